#include "ui/coach.h"

#include "core/json_file.h"
#include "ui/coach_draw.h"
#include "ui/coach_poses.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PATH_MAX_BYTES = 160 };

/* Reading goes on until the first thing that is wrong; everything after it does nothing. */
typedef struct Reader {
    JsonFile file;
    Result result;
    Error *error;
} Reader;

static const char *const limb_names[COACH_LIMBS] = { "arm_r", "arm_l", "leg_r", "leg_l" };
static const char *const bone_names[2][3] = { { "upper_arm", "forearm", "hand" },
                                              { "thigh", "shank", "foot" } };

/* "base" and "key" or "base" and "[3]". Nothing here is long; what were cut off would not be found. */
static const char *join(char path[PATH_MAX_BYTES], const char *base, const char *key) {
    int length =
        snprintf(path, PATH_MAX_BYTES, base[0] != '\0' && key[0] != '[' ? "%s.%s" : "%s%s", base, key);
    if (length < 0 || length >= PATH_MAX_BYTES) path[0] = '\0';
    return path;
}

static const char *join_index(char path[PATH_MAX_BYTES], const char *base, int index) {
    char key[16];
    int length = snprintf(key, sizeof key, "[%d]", index);
    return join(path, base, length > 0 ? key : "");
}

static double number(Reader *r, double low, double high, const char *path) {
    double value = 0;
    if (r->result == RESULT_OK) r->result = json_file_number(&r->file, path, low, high, &value, r->error);
    return value;
}

static double number_at(Reader *r, double low, double high, const char *base, const char *key) {
    char path[PATH_MAX_BYTES];
    (void)join(path, base, key);
    return number(r, low, high, path);
}

static double optional(Reader *r, double low, double high, const char *base, const char *key,
                       double otherwise) {
    char path[PATH_MAX_BYTES];
    (void)join(path, base, key);
    return r->result == RESULT_OK && json_file_at(&r->file, path) != NULL ? number(r, low, high, path)
                                                                          : otherwise;
}

static size_t length(Reader *r, size_t low, size_t high, const char *base, const char *key) {
    char path[PATH_MAX_BYTES];
    size_t count = 0;
    (void)join(path, base, key);
    if (r->result == RESULT_OK) r->result = json_file_array(&r->file, path, low, high, &count, r->error);
    return r->result == RESULT_OK ? count : 0;
}

static void numbers(Reader *r, double low, double high, const char *base, const char *key, int count,
                    double *out) {
    if (length(r, (size_t)count, (size_t)count, base, key) == 0) return;
    char list[PATH_MAX_BYTES], path[PATH_MAX_BYTES];
    (void)join(list, base, key);
    for (int i = 0; i < count; i++) {
        out[i] = number(r, low, high, join_index(path, list, i));
    }
}

static const char *string_at(Reader *r, const char *path) {
    const char *words = "";
    if (r->result == RESULT_OK) r->result = json_file_string(&r->file, path, &words, r->error);
    return words;
}

static void wrong(Reader *r, const char *path, const char *reason) {
    if (r->result == RESULT_OK) r->result = json_file_wrong(&r->file, path, r->error, "%s", reason);
}

static Vec3 direction(Reader *r, const char *base, const char *key) {
    double angles[2] = { 0 };
    numbers(r, -360, 360, base, key, 2, angles);
    double a = angles[0] * DEG2RAD, z = angles[1] * DEG2RAD;
    return vec3(cos(z) * cos(a), cos(z) * sin(a), sin(z));
}

static Vec3 place(Reader *r, const char *base, const char *key) {
    double at[3] = { 0 };
    numbers(r, -3, 3, base, key, 3, at);
    return vec3(at[0], at[1], at[2]);
}

static int outline(Reader *r, const char *key, CoachOutline *out) {
    size_t count = length(r, 2, COACH_OUTLINE_MAX, "", key);
    for (size_t i = 0; i < count; i++) {
        char item[PATH_MAX_BYTES];
        double pair[2] = { 0 };
        (void)join_index(item, key, (int)i);
        if (r->result == RESULT_OK) {
            size_t two = 0;
            r->result = json_file_array(&r->file, item, 2, 2, &two, r->error);
        }
        for (int j = 0; j < 2; j++) {
            char path[PATH_MAX_BYTES];
            pair[j] = number(r, 0, 1, join_index(path, item, j));
        }
        out[i] = (CoachOutline){ .at = pair[0], .half = pair[1] };
        if (i > 0 && pair[0] <= out[i - 1].at) wrong(r, item, "must lie above the one before");
    }
    return (int)count;
}

static CoachBall ball(Reader *r, const char *path) {
    CoachBall b = { .front = number_at(r, -0.3, 0.3, path, "front"),
                    .up = number_at(r, -0.3, 0.3, path, "up") };
    b.r = number_at(r, 0.005, 0.3, path, "r");
    return b;
}

static void read_body(Reader *r, Coach *coach) {
    coach->spine = number(r, 0.01, 1, "lengths.spine");
    coach->neck = number(r, 0.01, 1, "lengths.neck");
    coach->head = number(r, 0.01, 1, "lengths.headc");
    coach->shoulder = number(r, 0.01, 1, "lengths.shoulder");
    coach->hip = number(r, 0.01, 1, "lengths.hip");
    for (int kind = 0; kind < 2; kind++) {
        for (int bone = 0; bone < 3; bone++) {
            coach->bones[kind][bone] = number_at(r, 0.01, 1, "lengths", bone_names[kind][bone]);
            numbers(r, 0.005, 0.3, "radii", bone_names[kind][bone], 2, coach->radii[kind][bone]);
        }
    }
    numbers(r, 0.005, 0.3, "radii", "neck", 2, coach->neck_radii);
    coach->width_count = outline(r, "trunk_half_width", coach->width);
    coach->depth_count = outline(r, "trunk_half_depth", coach->depth);
    coach->brow = ball(r, "head.brow");
    coach->jaw = ball(r, "head.jaw");
    coach->hair = ball(r, "head.hair");
    coach->bun = ball(r, "head.bun");
}

static void read_key(Reader *r, const char *base, CoachKey *key) {
    key->m = number_at(r, -2, 2, base, "m");
    key->anchor_at = place(r, base, "anchor_at");
    numbers(r, -360, 360, base, "spine", COACH_SPINE, key->spine_deg);
    key->neck = direction(r, base, "neck");
    key->head = direction(r, base, "head");
    key->pelvis_rot_deg = number_at(r, -180, 180, base, "pelvis_rot");
    key->chest_rot_deg = number_at(r, -180, 180, base, "chest_rot");
    key->scap = number_at(r, -0.2, 0.2, base, "scap");
    key->roller_x = optional(r, -2, 2, base, "roller_x", 0);
    key->girdle[0] = key->girdle[1] = 1;
    char path[PATH_MAX_BYTES];
    (void)join(path, base, "girdle");
    if (r->result == RESULT_OK && json_file_at(&r->file, path) != NULL)
        numbers(r, 0, 1, base, "girdle", 2, key->girdle);
    for (int limb = 0; limb < COACH_LIMBS; limb++) {
        for (int bone = 0; bone < 3; bone++) {
            char name[24];
            (void)snprintf(name, sizeof name, "%s_%c", bone_names[limb >= COACH_LEG_R][bone],
                           limb % 2 == 0 ? 'r' : 'l');
            key->limb[limb][bone] = direction(r, base, name);
        }
    }
}

static void read_pin(Reader *r, const char *base, CoachPin *pin) {
    char path[PATH_MAX_BYTES];
    (void)join(path, base, "limb");
    const char *limb = string_at(r, path);
    pin->limb = COACH_LIMBS;
    for (int i = 0; i < COACH_LIMBS; i++) {
        if (strcmp(limb, limb_names[i]) == 0) pin->limb = (CoachLimb)i;
    }
    if (pin->limb == COACH_LIMBS) {
        wrong(r, path, "must be arm_r, arm_l, leg_r or leg_l");
        pin->limb = COACH_ARM_R;
    }
    (void)join(path, base, "joint");
    if (r->result == RESULT_OK && json_file_at(&r->file, path) != NULL) {
        pin->elbow = strcmp(string_at(r, path), "elbow") == 0;
        if (!pin->elbow) wrong(r, path, "must be elbow");
    }
    pin->at = place(r, base, "at");
    double range[2] = { -INFINITY, INFINITY };
    (void)join(path, base, "m");
    if (r->result == RESULT_OK && json_file_at(&r->file, path) != NULL)
        numbers(r, -2, 2, base, "m", 2, range);
    pin->m_low = range[0];
    pin->m_high = range[1];
}

static void read_props(Reader *r, const char *base, CoachExercise *exercise) {
    size_t count = length(r, 0, 5, base, "props");
    char props[PATH_MAX_BYTES], path[PATH_MAX_BYTES];
    (void)join(props, base, "props");
    for (size_t i = 0; i < count; i++) {
        const char *prop = string_at(r, join_index(path, props, (int)i));
        bool *known = strcmp(prop, "mat") == 0      ? &exercise->mat
                      : strcmp(prop, "roller") == 0 ? &exercise->roller
                      : strcmp(prop, "band") == 0   ? &exercise->band
                      : strcmp(prop, "bench") == 0  ? &exercise->bench
                      : strcmp(prop, "stool") == 0  ? &exercise->stool
                                                    : NULL;
        if (known != NULL) {
            *known = true;
        } else {
            wrong(r, path, "must be mat, roller, band, bench or stool");
        }
    }
}

/* The arm that is free while the other one carries. */
static Side moving_side(const CoachExercise *exercise) {
    bool carries[2] = { false, false };
    for (int i = 0; i < exercise->pin_count; i++) {
        const CoachPin *pin = &exercise->pins[i];
        if (pin->limb <= COACH_ARM_L && pin->m_high >= exercise->keys[exercise->key_count - 1].m)
            carries[pin->limb] = true;
    }
    if (carries[0] == carries[1]) return SIDE_NONE;
    return carries[COACH_ARM_R] ? SIDE_LEFT : SIDE_RIGHT;
}

static void read_exercise(Reader *r, const char *id, CoachExercise *exercise) {
    char base[PATH_MAX_BYTES], list[PATH_MAX_BYTES], path[PATH_MAX_BYTES];
    (void)join(base, "exercises", id);
    if (strlen(id) >= sizeof exercise->id) wrong(r, base, "has too long an id: at most 31 letters");
    (void)snprintf(exercise->id, sizeof exercise->id, "%.31s", id);
    exercise->facing = number_at(r, -1, 1, base, "facing") < 0 ? -1 : 1;
    exercise->yaw_deg = number_at(r, -180, 180, base, "camera.yaw");
    exercise->pitch_deg = number_at(r, -45, 45, base, "camera.pitch");
    (void)join(path, base, "anchor");
    const char *anchor = string_at(r, path);
    exercise->anchor = COACH_PELVIS;
    if (strcmp(anchor, "knee_r") == 0) {
        exercise->anchor = COACH_LIMB_JOINTS + 4 * COACH_LEG_R + 1;
    } else if (strcmp(anchor, "pelvis") != 0) {
        wrong(r, path, "must be pelvis or knee_r");
    }
    read_props(r, base, exercise);
    exercise->pin_count = (int)length(r, 0, COACH_PINS_MAX, base, "pins");
    (void)join(list, base, "pins");
    for (int i = 0; i < exercise->pin_count; i++) read_pin(r, join_index(path, list, i), &exercise->pins[i]);
    exercise->key_count = (int)length(r, 2, COACH_KEYS_MAX, base, "keys");
    (void)join(list, base, "keys");
    for (int i = 0; i < exercise->key_count; i++) {
        read_key(r, join_index(path, list, i), &exercise->keys[i]);
        if (i > 0 && exercise->keys[i].m <= exercise->keys[i - 1].m)
            wrong(r, path, "must have a larger m than the key before");
    }
    if (r->result == RESULT_OK) exercise->moves = moving_side(exercise);
}

Result coach_parse(Coach *coach, const char *text, const char *name, Error *error) {
    *coach = (Coach){ 0 };
    Reader r = { .error = error };
    r.result = json_file_parse(&r.file, text, name, error);
    if (r.result != RESULT_OK) return r.result;
    (void)number(&r, 1, 1, "format");
    read_body(&r, coach);
    json_t *exercises = json_file_at(&r.file, "exercises");
    if (!json_is_object(exercises) || json_object_size(exercises) < 1 ||
        json_object_size(exercises) > COACH_EXERCISES_MAX)
        wrong(&r, "exercises", "must hold 1 to 12 exercises");
    const char *id = NULL;
    json_t *value = NULL;
    if (r.result == RESULT_OK) {
        json_object_foreach(exercises, id, value) {
            read_exercise(&r, id, &coach->exercises[coach->exercise_count++]);
            if (r.result != RESULT_OK) break;
        }
    }
    json_file_free(&r.file);
    for (int i = 0; r.result == RESULT_OK && i < coach->exercise_count; i++)
        coach_measure(coach, &coach->exercises[i]);
    return r.result;
}

const CoachExercise *coach_exercise(const Coach *coach, const char *id) {
    for (int i = 0; i < coach->exercise_count; i++) {
        if (strcmp(coach->exercises[i].id, id) == 0) return &coach->exercises[i];
    }
    return NULL;
}
