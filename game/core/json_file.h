/* A JSON data file that can say where it is wrong: syntax errors and wrong values alike get file, line and
 * reason. jansson reads it; this adds the line of a value, which jansson does not keep.
 *
 * Paths look like "levels[2].target": keys and indices from the root. The text is borrowed and must outlive
 * the JsonFile. */
#ifndef CORE_JSON_FILE_H
#define CORE_JSON_FILE_H

#include "core/result.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

typedef struct JsonFile {
    json_t *root;     /* owned */
    const char *text; /* borrowed */
    const char *name; /* borrowed; for messages */
} JsonFile;

MUST_CHECK Result json_file_parse(JsonFile *file, const char *text, const char *name, Error *error);
void json_file_free(JsonFile *file);

/* The value at a path, or NULL. Borrowed. */
json_t *json_file_at(const JsonFile *file, const char *path);

/* The line, from 1, on which the value at `path` stands; of its nearest parent that exists where it does not.
 */
int json_file_line(const JsonFile *file, const char *path);

/* "NAME, line N: PATH …reason…", and RESULT_BAD_DATA. */
Result json_file_wrong(const JsonFile *file, const char *path, Error *error, const char *reason, ...)
    PRINTF_LIKE(4, 5);

/* Required values, checked. */
MUST_CHECK Result json_file_integer(const JsonFile *file, const char *path, int64_t low, int64_t high,
                                    int64_t *out, Error *error);
MUST_CHECK Result json_file_number(const JsonFile *file, const char *path, double low, double high,
                                   double *out, Error *error);
/* *out is borrowed from the file. Empty strings are refused. */
MUST_CHECK Result json_file_string(const JsonFile *file, const char *path, const char **out, Error *error);
/* The array's length; refused outside low…high. */
MUST_CHECK Result json_file_array(const JsonFile *file, const char *path, size_t low, size_t high,
                                  size_t *length, Error *error);
/* Refuses an object at `path` that has a key not in `known` (NULL-terminated), so that a misspelled option is
 * noticed. */
MUST_CHECK Result json_file_known_keys(const JsonFile *file, const char *path, const char *const *known,
                                       Error *error);

#endif
