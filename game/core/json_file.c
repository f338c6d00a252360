#include "core/json_file.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Result json_file_parse(JsonFile *file, const char *text, const char *name, Error *error) {
    json_error_t wrong;
    *file = (JsonFile){ .text = text, .name = name };
    file->root = json_loads(text, JSON_REJECT_DUPLICATES, &wrong);
    if (file->root == NULL)
        return error_set(error, RESULT_BAD_DATA, "%s, line %d: not valid JSON: %s", name, wrong.line,
                         wrong.text);
    return RESULT_OK;
}

void json_file_free(JsonFile *file) {
    json_decref(file->root);
    file->root = NULL;
}

/* One step of a path: a key or an index. */
typedef struct Step {
    bool is_index;
    char key[64];
    size_t index;
} Step;

/* Takes the next step off *path; false at its end. */
static bool next_step(const char **path, Step *step) {
    const char *p = *path;
    if (*p == '.') p++;
    if (*p == '\0') return false;
    *step = (Step){ 0 };
    if (*p == '[') {
        char *end = NULL;
        step->is_index = true;
        step->index = strtoul(p + 1, &end, 10);
        *path = *end == ']' ? end + 1 : end;
        return true;
    }
    size_t length = strcspn(p, ".[");
    size_t kept = length < sizeof step->key - 1 ? length : sizeof step->key - 1;
    memcpy(step->key, p, kept);
    *path = p + length;
    return true;
}

json_t *json_file_at(const JsonFile *file, const char *path) {
    json_t *value = file->root;
    Step step;
    while (value != NULL && next_step(&path, &step)) {
        value = step.is_index ? json_array_get(value, step.index) : json_object_get(value, step.key);
    }
    return value;
}

/* The text is known to be valid JSON, so skipping a value needs only brackets and strings. */
static const char *skip_space(const char *p) {
    while (*p != '\0' && isspace((unsigned char)*p)) p++;
    return p;
}

static const char *skip_string(const char *p) {
    for (p++; *p != '\0' && *p != '"'; p++) {
        if (*p == '\\' && p[1] != '\0') p++;
    }
    return *p == '"' ? p + 1 : p;
}

static const char *skip_value(const char *p) {
    int depth = 0;
    p = skip_space(p);
    while (*p != '\0') {
        if (*p == '"') {
            p = skip_string(p);
        } else {
            if (*p == '{' || *p == '[') depth++;
            if (*p == '}' || *p == ']') {
                if (depth == 0) return p;
                depth--;
            }
            if (*p == ',' && depth == 0) return p;
            p++;
        }
        if (depth == 0) {
            p = skip_space(p);
            if (*p == ',' || *p == '}' || *p == ']' || *p == '\0') return p;
        }
    }
    return p;
}

/* From the start of a container to the start of the child that `step` names; NULL where it has none. */
static const char *enter(const char *p, const Step *step) {
    p = skip_space(p);
    if (*p != (step->is_index ? '[' : '{')) return NULL;
    p = skip_space(p + 1);
    for (size_t i = 0; *p != '\0' && *p != ']' && *p != '}'; i++) {
        bool found = step->is_index && i == step->index;
        if (!step->is_index) {
            const char *after = skip_string(p);
            size_t length = (size_t)(after - p) - 2;
            found = length == strlen(step->key) && strncmp(p + 1, step->key, length) == 0;
            p = skip_space(after);
            if (*p == ':') p = skip_space(p + 1);
        }
        if (found) return p;
        p = skip_value(p);
        if (*p == ',') p = skip_space(p + 1);
    }
    return NULL;
}

int json_file_line(const JsonFile *file, const char *path) {
    const char *at = skip_space(file->text);
    Step step;
    while (next_step(&path, &step)) {
        const char *child = enter(at, &step);
        if (child == NULL) break;
        at = child;
    }
    int line = 1;
    for (const char *p = file->text; p < at; p++) line += *p == '\n';
    return line;
}

Result json_file_wrong(const JsonFile *file, const char *path, Error *error, const char *reason, ...) {
    char words[240];
    va_list arguments;
    va_start(arguments, reason);
    (void)vsnprintf(words, sizeof words, reason, arguments);
    va_end(arguments);
    return error_set(error, RESULT_BAD_DATA, "%s, line %d: %s %s", file->name, json_file_line(file, path),
                     path, words);
}

Result json_file_integer(const JsonFile *file, const char *path, int64_t low, int64_t high, int64_t *out,
                         Error *error) {
    json_t *value = json_file_at(file, path);
    if (value == NULL)
        return json_file_wrong(file, path, error, "is missing: a whole number from %lld to %lld",
                               (long long)low, (long long)high);
    if (!json_is_integer(value) || json_integer_value(value) < low || json_integer_value(value) > high)
        return json_file_wrong(file, path, error, "must be a whole number from %lld to %lld", (long long)low,
                               (long long)high);
    *out = json_integer_value(value);
    return RESULT_OK;
}

Result json_file_number(const JsonFile *file, const char *path, double low, double high, double *out,
                        Error *error) {
    json_t *value = json_file_at(file, path);
    if (value == NULL)
        return json_file_wrong(file, path, error, "is missing: a number from %g to %g", low, high);
    if (!json_is_number(value) || !(json_number_value(value) >= low && json_number_value(value) <= high))
        return json_file_wrong(file, path, error, "must be a number from %g to %g", low, high);
    *out = json_number_value(value);
    return RESULT_OK;
}

Result json_file_string(const JsonFile *file, const char *path, const char **out, Error *error) {
    json_t *value = json_file_at(file, path);
    if (value == NULL) return json_file_wrong(file, path, error, "is missing: a text in quotes");
    if (!json_is_string(value) || json_string_length(value) == 0)
        return json_file_wrong(file, path, error, "must be a text in quotes, not empty");
    *out = json_string_value(value);
    return RESULT_OK;
}

Result json_file_array(const JsonFile *file, const char *path, size_t low, size_t high, size_t *length,
                       Error *error) {
    json_t *value = json_file_at(file, path);
    if (value == NULL)
        return json_file_wrong(file, path, error, "is missing: a list of %zu to %zu", low, high);
    if (!json_is_array(value) || json_array_size(value) < low || json_array_size(value) > high)
        return json_file_wrong(file, path, error, "must be a list of %zu to %zu", low, high);
    *length = json_array_size(value);
    return RESULT_OK;
}

Result json_file_known_keys(const JsonFile *file, const char *path, const char *const *known, Error *error) {
    json_t *object = json_file_at(file, path);
    if (!json_is_object(object)) return json_file_wrong(file, path, error, "must be an object in braces");
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object, key, value) {
        bool found = false;
        for (const char *const *k = known; *k != NULL; k++) found = found || strcmp(*k, key) == 0;
        if (found) continue;
        char child[256];
        (void)snprintf(child, sizeof child, "%s%s%s", path, path[0] ? "." : "", key);
        return json_file_wrong(file, child, error, "is not known here");
    }
    return RESULT_OK;
}
