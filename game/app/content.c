#include "app/content.h"

#include "core/json_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static Result load_levels(Content *content, Error *error) {
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        char path[FILES_PATH_MAX + 128];
        char *text = NULL;
        (void)snprintf(path, sizeof path, "%s/%s", content->assets, (*game)->data_path);
        /* Another game is played with its exercise. */
        if (content_levels(content, (*game)->exercise) != NULL) continue;
        if (content->game_count == CONTENT_GAMES_MAX)
            return error_set(error, RESULT_BAD_DATA, "%s: there are more than %d games.", path,
                             CONTENT_GAMES_MAX);
        Result result = files_read(path, &text, NULL, error);
        if (result == RESULT_OK)
            result = level_set_parse(&content->levels[content->game_count++], *game, text, path, error);
        free(text);
        if (result != RESULT_OK) return result;
    }
    return RESULT_OK;
}

static Result load_routine(Content *content, const char *folder, const char *name, Error *error) {
    char path[FILES_PATH_MAX + 512];
    char *text = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    if (content->routine_count == CONTENT_ROUTINES_MAX)
        return error_set(error, RESULT_BAD_DATA, "%s: there are more than %d routines; take some away.", path,
                         CONTENT_ROUTINES_MAX);
    Routine routine;
    Result result = files_read(path, &text, NULL, error);
    if (result == RESULT_OK) result = routine_parse(&routine, text, path, error);
    free(text);
    if (result != RESULT_OK) return result;
    if (content_routine(content, routine.id) != NULL)
        return error_set(error, RESULT_BAD_DATA, "%s: a routine \"%s\" is there already; give it another id.",
                         path, routine.id);
    content->routines[content->routine_count++] = routine;
    return RESULT_OK;
}

static Result load_routines(Content *content, const char *folder, Error *error) {
    char **names = NULL;
    size_t count = 0;
    Result result = files_list(folder, ".json", &names, &count, error);
    for (size_t i = 0; i < count && result == RESULT_OK; i++)
        result = load_routine(content, folder, names[i], error);
    files_free_names(names, count);
    return result;
}

/* The morning's routine comes first on the map. */
static void quick_five_first(Content *content) {
    for (int i = 1; i < content->routine_count; i++) {
        if (strcmp(content->routines[i].id, "quick_five") != 0) continue;
        Routine first = content->routines[i];
        memmove(&content->routines[1], &content->routines[0], (size_t)i * sizeof first);
        content->routines[0] = first;
    }
}

static Result load_texts(Content *content, Error *error) {
    char path[FILES_PATH_MAX + 64];
    char *text = NULL;
    JsonFile file = { 0 };
    (void)snprintf(path, sizeof path, "%s/texts/exercises.en.json", content->assets);
    Result result = files_read(path, &text, NULL, error);
    if (result == RESULT_OK) result = json_file_parse(&file, text, path, error);
    if (result == RESULT_OK && !json_is_object(json_file_at(&file, "exercises")))
        result = json_file_wrong(&file, "exercises", error, "must be an object in braces");
    if (result == RESULT_OK) content->texts = json_incref(file.root);
    json_file_free(&file);
    free(text);
    return result;
}

Result content_load(Content *out, const char *data_folder, Error *error) {
    char folder[FILES_PATH_MAX + 32];
    struct stat about;
    *out = (Content){ 0 };
    Result result = files_assets_folder(out->assets, error);
    if (result == RESULT_OK) result = load_levels(out, error);
    (void)snprintf(folder, sizeof folder, "%s/routines", out->assets);
    if (result == RESULT_OK) result = load_routines(out, folder, error);
    (void)snprintf(folder, sizeof folder, "%s/routines", data_folder);
    if (result == RESULT_OK && stat(folder, &about) == 0) result = load_routines(out, folder, error);
    quick_five_first(out);
    if (result == RESULT_OK) result = load_texts(out, error);
    if (result != RESULT_OK) content_free(out);
    return result;
}

void content_free(Content *content) {
    json_decref(content->texts);
    content->texts = NULL;
}

const LevelSet *content_levels(const Content *content, const char *exercise) {
    for (int i = 0; i < content->game_count; i++) {
        if (strcmp(content->levels[i].game->exercise, exercise) == 0) return &content->levels[i];
    }
    return NULL;
}

const Routine *content_routine(const Content *content, const char *id) {
    for (int i = 0; i < content->routine_count; i++) {
        if (strcmp(content->routines[i].id, id) == 0) return &content->routines[i];
    }
    return NULL;
}

const char *content_text(const Content *content, const char *exercise, const char *key, const char *inner) {
    json_t *value =
        json_object_get(json_object_get(json_object_get(content->texts, "exercises"), exercise), key);
    if (inner != NULL) value = json_object_get(value, inner);
    const char *text = json_string_value(value);
    return text != NULL ? text : "";
}

const char *content_common(const Content *content, const char *group, const char *key) {
    json_t *value = json_object_get(json_object_get(json_object_get(content->texts, "common"), group), key);
    const char *text = json_string_value(value);
    return text != NULL ? text : "";
}

static void add_id(char *out, size_t size, const char *id) {
    size_t used = strlen(out);
    (void)snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", id);
}

void content_routine_ids(const Content *content, char *out, size_t size) {
    out[0] = '\0';
    for (int i = 0; i < content->routine_count; i++) add_id(out, size, content->routines[i].id);
}

void content_exercise_ids(const Content *content, char *out, size_t size) {
    out[0] = '\0';
    for (int i = 0; i < content->game_count; i++) add_id(out, size, content->levels[i].game->exercise);
}
