#include "app/say.h"

#include "app/options.h"
#include "platform/files.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int say_failure(Result result, const Error *error) {
    (void)fprintf(stderr, "backbeat: %s\n", error->text);
    return exit_code(result);
}

void say_line(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
}

void print_document(json_t *document) {
    char *text = json_dumps(document, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    if (text != NULL) (void)printf("%s\n", text);
    free(text);
    json_decref(document);
}

Store *household_open(void) {
    Error error = { 0 };
    char folder[FILES_PATH_MAX] = "";
    Store *store = NULL;
    Result result = files_data_folder(folder, &error);
    if (result != RESULT_OK) (void)say_failure(result, &error);
    result = store_open(&store, folder, &error);
    if (result != RESULT_OK) (void)say_failure(result, &error);
    return store;
}
