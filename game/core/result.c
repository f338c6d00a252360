#include "core/result.h"

#include <stdarg.h>
#include <stdio.h>

Result error_set(Error *error, Result result, const char *format, ...) {
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(error->text, sizeof error->text, format, arguments);
        va_end(arguments);
    }
    return result;
}
