#include "platform/recording_file.h"

#include "platform/files.h"

#include <stdlib.h>
#include <string.h>

Result recording_load(Recording *out, const char *path, Error *error) {
    char *text = NULL;
    size_t size = 0;
    *out = (Recording){ 0 };
    Result result = files_read(path, &text, &size, error);
    if (result == RESULT_OK && strlen(text) != size)
        result = error_set(error, RESULT_BAD_DATA, "%s is not a recording: it holds zero bytes.", path);
    if (result == RESULT_OK) result = recording_parse(out, text, path, error);
    free(text);
    return result;
}
