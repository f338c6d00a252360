#include "session/routine.h"

#include "core/json_file.h"
#include "exercises/spec.h"
#include "minigames/minigame.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Ids stand in file names and scores: a-z, 0-9 and _. */
static bool is_id(const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if (!islower((unsigned char)text[i]) && !isdigit((unsigned char)text[i]) && text[i] != '_')
            return false;
    }
    return length > 0 && length < ROUTINE_ID_MAX;
}

static Result parse_dose(const JsonFile *file, const char *path, const ExerciseSpec *spec, Dose *dose,
                         Error *error) {
    static const char *const known[] = { "reps", "seconds", "each_side", NULL };
    char full[160];
    Result result = json_file_known_keys(file, path, known, error);
    if (result != RESULT_OK) return result;
    (void)snprintf(full, sizeof full, "%s.each_side", path);
    json_t *each_side = json_file_at(file, full);
    if (each_side != NULL && !json_is_boolean(each_side))
        return json_file_wrong(file, full, error, "must be true or false");
    dose->each_side = json_is_true(each_side);
    if (dose->each_side && spec->first_side == SIDE_NONE)
        return json_file_wrong(file, full, error, "must be false: %s has no sides", spec->id);
    (void)snprintf(full, sizeof full, "%s.reps", path);
    bool has_reps = json_file_at(file, full) != NULL;
    bool timed = spec->still_dps > 0;
    if (has_reps == timed)
        return json_file_wrong(file, path, error,
                               timed ? "must ask for seconds, as a hold does" : "must ask for reps");
    int64_t value = 0;
    if (has_reps) {
        result = json_file_integer(file, full, 1, 60, &value, error);
        dose->reps = (int32_t)value;
    } else {
        (void)snprintf(full, sizeof full, "%s.seconds", path);
        result = json_file_integer(file, full, 10, 600, &value, error);
        dose->seconds = (int32_t)value;
    }
    return result;
}

static Result parse_item(const JsonFile *file, int index, RoutineItem *item, Error *error) {
    static const char *const known[] = { "exercise", "dose", "minute", NULL };
    char path[48], full[96];
    const char *exercise = NULL;
    (void)snprintf(path, sizeof path, "exercises[%d]", index);
    Result result = json_file_known_keys(file, path, known, error);
    (void)snprintf(full, sizeof full, "%s.exercise", path);
    if (result == RESULT_OK) result = json_file_string(file, full, &exercise, error);
    if (result != RESULT_OK) return result;
    const ExerciseSpec *spec = exercise_spec(exercise);
    if (spec == NULL || minigame_for_exercise(exercise) == NULL) {
        char ids[256];
        exercise_spec_ids(ids, sizeof ids, false);
        return json_file_wrong(file, full, error,
                               spec == NULL ? "is not an exercise; there are %s"
                                            : "has no mini-game in this version; the exercises are %s",
                               ids);
    }
    (void)snprintf(item->exercise, sizeof item->exercise, "%s", exercise);
    (void)snprintf(full, sizeof full, "%s.dose", path);
    result = parse_dose(file, full, spec, &item->dose, error);
    if (result != RESULT_OK) return result;
    (void)snprintf(full, sizeof full, "%s.minute", path);
    return parse_dose(file, full, spec, &item->minute, error);
}

Result routine_parse(Routine *out, const char *text, const char *name, Error *error) {
    static const char *const known[] = { "format", "id", "name", "minutes", "any_one", "exercises", NULL };
    *out = (Routine){ 0 };
    JsonFile file;
    int64_t format = 0, minutes = 0;
    const char *id = NULL, *title = NULL;
    size_t count = 0;
    Result result = json_file_parse(&file, text, name, error);
    if (result != RESULT_OK) return result;
    result = json_file_known_keys(&file, "", known, error);
    if (result == RESULT_OK) result = json_file_integer(&file, "format", 1, 1, &format, error);
    if (result == RESULT_OK) result = json_file_string(&file, "id", &id, error);
    if (result == RESULT_OK && !is_id(id))
        result = json_file_wrong(&file, "id", error, "must be 1 to %d of a-z, 0-9 and _", ROUTINE_ID_MAX - 1);
    if (result == RESULT_OK) result = json_file_string(&file, "name", &title, error);
    if (result == RESULT_OK) result = json_file_integer(&file, "minutes", 1, 120, &minutes, error);
    if (result == RESULT_OK)
        result = json_file_array(&file, "exercises", 1, ROUTINE_ITEMS_MAX, &count, error);
    if (result == RESULT_OK) {
        (void)snprintf(out->id, sizeof out->id, "%s", id);
        (void)snprintf(out->name, sizeof out->name, "%s", title);
        out->minutes = (int)minutes;
        out->any_one = json_is_true(json_file_at(&file, "any_one"));
        out->count = (int)count;
    }
    for (int i = 0; i < (int)count && result == RESULT_OK; i++)
        result = parse_item(&file, i, &out->items[i], error);
    json_file_free(&file);
    return result;
}

int routine_find(const Routine *routine, const char *exercise) {
    for (int i = 0; i < routine->count; i++) {
        if (strcmp(routine->items[i].exercise, exercise) == 0) return i;
    }
    return -1;
}
