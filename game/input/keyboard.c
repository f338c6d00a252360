#include "input/keyboard.h"

#include "input/body.h"

#include <math.h>
#include <stdlib.h>

#define RATE_HZ     100.0
#define INERTIA_S   0.22 /* how long the body takes to follow a key */
#define CROSS_SHARE 0.32 /* of an ordinary repetition: a held key goes from the start to the end in this */
#define SWING_SHARE 0.20 /* … where each repetition goes to both ends */
#define HOME_SHARE  0.40 /* … and letting go comes back in this */
#define END         1.03 /* the body's own soft stop */

typedef struct Keyboard {
    InputKind kind;
    Body body;
    Cue cue;
    HandInput hand;
    bool running;
    double next_s;
    double place; /* along the movement, 0…1 and below; the bridge's first half is the lift */
    double speed;
    double side; /* of the body: +1 right, -1 left */
} Keyboard;

/* Where a push leads: signed by the asked side for the keys that know no side. */
static double push_of(Keyboard *k) {
    const ExerciseSpec *spec = k->body.spec;
    double asked = k->cue.side == SIDE_LEFT ? -1 : 1;
    if (spec->first_side == SIDE_NONE) return fmax(-1, fmin(1, k->hand.forward + k->hand.sideways));
    if (spec->pattern == PATTERN_OPENING)
        return fmax(-1, fmin(1, k->hand.forward * asked + k->hand.sideways));
    /* Bridge: a side key chooses the arm while the hips are still low, and pushes. */
    if (k->place < 0.5) k->side = k->hand.sideways != 0 ? (k->hand.sideways > 0 ? 1 : -1) : asked;
    return fmax(-1, fmin(1, k->hand.forward + fabs((double)k->hand.sideways)));
}

static double low_end(const Keyboard *k) {
    switch (k->body.spec->pattern) {
    case PATTERN_SWING:
    case PATTERN_OPENING: return -END;
    case PATTERN_RETURN:
    case PATTERN_BRIDGE:
    case PATTERN_HOLD: break;
    }
    return 0;
}

/* Threading under goes half as far as opening: whichever side is not the asked one. */
static double soft_limit(const Keyboard *k, double place) {
    double high = END, low = low_end(k);
    if (k->body.spec->pattern == PATTERN_OPENING) {
        double under = k->body.spec->under_deg > 0 ? 0.5 * END : 0.05;
        if (k->cue.side == SIDE_LEFT) high = under;
        if (k->cue.side == SIDE_RIGHT) low = -under;
    }
    return fmax(low, fmin(high, place));
}

static void move(Keyboard *k, double dt_s) {
    double push = push_of(k);
    double share = k->body.spec->pattern == PATTERN_SWING ? SWING_SHARE : CROSS_SHARE;
    double wanted = push / (share * k->body.spec->rep_s);
    bool stays = k->body.spec->pattern == PATTERN_RETURN && k->body.spec->still_dps > 0;
    if (push == 0) wanted = stays ? 0 : -k->place / (HOME_SHARE * k->body.spec->rep_s) * 2.2;
    k->speed += (wanted - k->speed) * (1 - exp(-dt_s / INERTIA_S));
    /* Near its end the body slows down by itself, as bodies do. */
    double next = k->place + k->speed * dt_s, limit = soft_limit(k, next);
    if (next != limit) {
        next = k->place + (limit - k->place) * (1 - exp(-dt_s / 0.1));
        k->speed *= exp(-dt_s / 0.05);
    }
    k->place = next;
}

static BodyPose pose_of(const Keyboard *k) {
    if (k->body.spec->pattern != PATTERN_BRIDGE) return (BodyPose){ .place = k->place };
    double lift = fmin(1, k->place / 0.5), reach = fmax(0, (k->place - 0.5) / 0.5);
    return (BodyPose){ .lift = lift, .place = k->side * reach };
}

static size_t keyboard_read(void *self, double now_s, ImuSample *out, size_t capacity) {
    Keyboard *k = self;
    /* Nobody looked for a while, or a new session's clock has begun. */
    if (!k->running || fabs(now_s - k->next_s) > 1) {
        k->running = true;
        k->next_s = now_s;
    }
    size_t count = 0;
    while (count < capacity && k->next_s <= now_s) {
        move(k, 1 / RATE_HZ);
        BodyPose pose = pose_of(k);
        out[count++] = body_sample(&k->body, &pose, k->next_s, 1 / RATE_HZ);
        k->next_s += 1 / RATE_HZ;
    }
    return count;
}

static void keyboard_status(void *self, double now_s, SourceStatus *out) {
    const Keyboard *k = self;
    (void)now_s;
    *out = (SourceStatus){ .state = SOURCE_READY, .kind = k->kind, .rate_hz = (float)RATE_HZ };
    const char *name = k->kind == INPUT_CONTROLLER ? "Controller" : "Keyboard";
    for (int i = 0; name[i] != '\0'; i++) out->name[i] = name[i];
}

static void keyboard_cue(void *self, const Cue *cue) {
    Keyboard *k = self;
    const ExerciseSpec *spec = exercise_spec(cue->exercise);
    if (spec != NULL && spec != k->body.spec) {
        BodyRange range = body_range_typical(spec);
        body_change(&k->body, spec, &range);
        k->place = k->speed = 0;
        k->side = 1;
    }
    k->cue = *cue;
}

static void keyboard_hand(void *self, const HandInput *hand) {
    Keyboard *k = self;
    k->hand = *hand;
}

Result keyboard_source_open(Source *out, InputKind kind, Error *error) {
    Keyboard *k = calloc(1, sizeof *k);
    if (k == NULL) return error_set(error, RESULT_NO_MEMORY, "Not enough memory for the keyboard.");
    const ExerciseSpec *spec = &exercise_specs[0];
    BodyRange range = body_range_typical(spec);
    const SensorFaults none = { 0 };
    k->kind = kind;
    k->side = 1;
    body_init(&k->body, spec, &range, &none, rng_make(1, 1));
    *out = (Source){ .self = k,
                     .read = keyboard_read,
                     .status = keyboard_status,
                     .cue = keyboard_cue,
                     .hand = keyboard_hand,
                     .close = free };
    return RESULT_OK;
}
