/* Pictures of every screen, numbered in the order they were first seen and named after it. */
#ifndef APP_SCREENSHOTS_H
#define APP_SCREENSHOTS_H

#include "platform/screen.h"

#include <stdbool.h>

enum { SCREENSHOT_NAMES_MAX = 128, SCREENSHOT_NAME_BYTES = 64 };

typedef struct Screenshots {
    const char *folder; /* NULL: none are taken; borrowed */
    int count;
    char names[SCREENSHOT_NAMES_MAX][SCREENSHOT_NAME_BYTES];
} Screenshots;

/* True where a picture of that name is still wanted. */
bool screenshots_wants(const Screenshots *shots, const char *name);
/* Saves what was presented last under the next number. */
MUST_CHECK Result screenshots_take(Screenshots *shots, Screen *screen, const char *name, Error *error);

#endif
