#include "session/level.h"

#include "core/json_file.h"

#include <stdio.h>
#include <string.h>

/* One required whole number of the level at `path`. */
static Result number(const JsonFile *file, const char *path, const char *key, int32_t low, int32_t high,
                     int32_t *out, Error *error) {
    char full[160];
    (void)snprintf(full, sizeof full, "%s.%s", path, key);
    int64_t value = 0;
    Result result = json_file_integer(file, full, low, high, &value, error);
    if (result == RESULT_OK) *out = (int32_t)value;
    return result;
}

static Result parse_stars(const JsonFile *file, const char *path, Level *level, Error *error) {
    char full[160];
    size_t count = 0;
    (void)snprintf(full, sizeof full, "%s.stars", path);
    Result result = json_file_array(file, full, 3, 3, &count, error);
    for (int i = 0; i < 3 && result == RESULT_OK; i++) {
        char key[16];
        (void)snprintf(key, sizeof key, "stars[%d]", i);
        result = number(file, path, key, 1, 1000, &level->stars[i], error);
    }
    if (result == RESULT_OK && !(level->stars[0] < level->stars[1] && level->stars[1] < level->stars[2]))
        result = json_file_wrong(file, full, error, "must rise from the first star to the third");
    return result;
}

static Result parse_fields(const JsonFile *file, const char *path, const Minigame *game, Level *level,
                           Error *error) {
    char fields_path[160];
    const char *known[MINIGAME_LEVEL_FIELDS_MAX + 1] = { 0 };
    (void)snprintf(fields_path, sizeof fields_path, "%s.fields", path);
    Result result = RESULT_OK;
    for (int i = 0; game->fields[i].name != NULL && result == RESULT_OK; i++) {
        known[i] = game->fields[i].name;
        result = number(file, fields_path, game->fields[i].name, game->fields[i].low, game->fields[i].high,
                        &level->fields[i], error);
    }
    return result == RESULT_OK ? json_file_known_keys(file, fields_path, known, error) : result;
}

static Result parse_level(const JsonFile *file, int index, const Minigame *game, Level *level, Error *error) {
    static const char *const known[] = { "target", "under", "tempo_min_ms", "tempo_max_ms",
                                         "hold_s", "stars", "fields",       NULL };
    char path[32];
    (void)snprintf(path, sizeof path, "levels[%d]", index);
    Result result = json_file_known_keys(file, path, known, error);
    if (result == RESULT_OK) result = number(file, path, "target", 500, 1000, &level->target, error);
    if (result == RESULT_OK) result = number(file, path, "under", 0, 1000, &level->under, error);
    if (result == RESULT_OK)
        result = number(file, path, "tempo_min_ms", 1500, 30000, &level->tempo_min_ms, error);
    if (result == RESULT_OK)
        result = number(file, path, "tempo_max_ms", 2000, 60000, &level->tempo_max_ms, error);
    if (result == RESULT_OK) result = number(file, path, "hold_s", 0, 120, &level->hold_s, error);
    if (result == RESULT_OK) result = parse_stars(file, path, level, error);
    if (result == RESULT_OK) result = parse_fields(file, path, game, level, error);
    if (result == RESULT_OK && level->tempo_max_ms <= level->tempo_min_ms) {
        char full[64];
        (void)snprintf(full, sizeof full, "%s.tempo_max_ms", path);
        result = json_file_wrong(file, full, error, "must be more than tempo_min_ms");
    }
    return result;
}

Result level_set_parse(LevelSet *out, const Minigame *game, const char *text, const char *name,
                       Error *error) {
    static const char *const known[] = { "format", "game", "levels", NULL };
    *out = (LevelSet){ .game = game };
    JsonFile file;
    int64_t format = 0;
    const char *id = NULL;
    size_t count = 0;
    Result result = json_file_parse(&file, text, name, error);
    if (result != RESULT_OK) return result;
    result = json_file_known_keys(&file, "", known, error);
    if (result == RESULT_OK) result = json_file_integer(&file, "format", 1, 1, &format, error);
    if (result == RESULT_OK) result = json_file_string(&file, "game", &id, error);
    if (result == RESULT_OK && strcmp(id, game->id) != 0)
        result = json_file_wrong(&file, "game", error, "must be \"%s\" here", game->id);
    if (result == RESULT_OK)
        result = json_file_array(&file, "levels", MINIGAME_LEVELS, MINIGAME_LEVELS, &count, error);
    for (int i = 0; i < MINIGAME_LEVELS && result == RESULT_OK; i++)
        result = parse_level(&file, i, game, &out->levels[i], error);
    json_file_free(&file);
    return result;
}
