#include "app/screenshots.h"

#include "platform/files.h"

#include <stdio.h>
#include <string.h>

bool screenshots_wants(const Screenshots *shots, const char *name) {
    if (shots->folder == NULL || shots->count == SCREENSHOT_NAMES_MAX) return false;
    for (int i = 0; i < shots->count; i++) {
        if (strcmp(shots->names[i], name) == 0) return false;
    }
    return true;
}

Result screenshots_take(Screenshots *shots, Screen *screen, const char *name, Error *error) {
    char path[FILES_PATH_MAX];
    (void)snprintf(shots->names[shots->count], SCREENSHOT_NAME_BYTES, "%s", name);
    (void)snprintf(path, sizeof path, "%s/%02d-%s.png", shots->folder, shots->count + 1, name);
    shots->count++;
    return screen_save_png(screen, path, error);
}
