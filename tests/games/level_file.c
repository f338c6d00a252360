#include "level_file.h"

#include "core/json_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Dose {
    const char *exercise;
    int32_t reps, reps_a_side, seconds;
} Dose;

static const Dose doses[] = {
    { "foam_roll", 0, 0, 60 },
    { "cat_cow", 8, 0, 0 },
    { "table_top_twist", 16, 8, 0 },
    { "pull_apart", 15, 0, 0 },
    { "thoracic_bridge", 10, 0, 0 },
    { "quadruped_rotation", 20, 10, 0 },
    { "rocked_back_cat_camel", 12, 0, 0 },
    { "bench_extension", 0, 0, 90 },
};

static Result read_number(const JsonFile *file, int32_t level, const char *key, int64_t low, int64_t high,
                          int32_t *out, Error *error) {
    char path[160];
    int64_t value = 0;
    snprintf(path, sizeof path, "levels[%d].%s", (int)level - 1, key);
    Result result = json_file_integer(file, path, low, high, &value, error);
    *out = (int32_t)value;
    return result;
}

static Result read_level(const JsonFile *file, const Minigame *game, int32_t level, Level *out,
                         Error *error) {
    GameSetup *s = &out->setup;
    const struct {
        const char *key;
        int32_t low, high, *out;
    } numbers[] = {
        { "target", 700, 950, &s->target },
        { "under", 0, 950, &s->under },
        { "tempo_min_ms", 1000, 30000, &s->tempo_min_ms },
        { "tempo_max_ms", s->tempo_min_ms + 1, 60000, &s->tempo_max_ms },
        { "hold_s", 0, 60, &s->hold_s },
        { "stars[0]", 0, 1000, &out->stars[0] },
        { "stars[1]", 0, 1000, &out->stars[1] },
        { "stars[2]", 0, 1000, &out->stars[2] },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        Result result =
            read_number(file, level, numbers[i].key, numbers[i].low, numbers[i].high, numbers[i].out, error);
        if (result != RESULT_OK) return result;
    }
    size_t known = 0;
    for (; game->fields[known].name != NULL; known++) {
        char key[64];
        snprintf(key, sizeof key, "fields.%s", game->fields[known].name);
        Result result = read_number(file, level, key, game->fields[known].low, game->fields[known].high,
                                    &out->fields[known], error);
        if (result != RESULT_OK) return result;
    }
    char path[40];
    snprintf(path, sizeof path, "levels[%d].fields", (int)level - 1);
    if (json_object_size(json_file_at(file, path)) != known)
        return json_file_wrong(file, path, error, "has a field that the game does not know");
    return RESULT_OK;
}

Result level_read(Level *out, const Minigame *game, int32_t level, uint32_t seed, Error *error) {
    char path[512];
    static const size_t text_max = 65536;
    snprintf(path, sizeof path, "%s/%s", ASSETS, game->data_path);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) return error_set(error, RESULT_IO, "%s cannot be opened.", path);
    char *text = calloc(1, text_max);
    size_t size = text != NULL ? fread(text, 1, text_max - 1, stream) : 0;
    fclose(stream);
    if (size == 0) {
        free(text);
        return error_set(error, RESULT_IO, "%s cannot be read.", path);
    }
    *out = (Level){ .setup = { .seed = seed, .level = level } };
    for (size_t i = 0; i < sizeof doses / sizeof doses[0]; i++) {
        if (strcmp(doses[i].exercise, game->exercise) != 0) continue;
        out->setup.reps = doses[i].reps;
        out->setup.reps_a_side = doses[i].reps_a_side;
        out->setup.seconds = doses[i].seconds;
    }
    JsonFile file;
    Result result = json_file_parse(&file, text, game->data_path, error);
    if (result == RESULT_OK) {
        size_t levels = 0;
        result = json_file_array(&file, "levels", MINIGAME_LEVELS, MINIGAME_LEVELS, &levels, error);
        if (result == RESULT_OK) result = read_level(&file, game, level, out, error);
        json_file_free(&file);
    }
    free(text);
    out->setup.fields = out->fields;
    return result;
}
