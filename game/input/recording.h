/* A recording as files hold it: CSV, optional "# key: value" lines, a header t_s,gx,gy,gz,ax,ay,az and maybe
 * sensor, then samples in rad/s and m/s^2. Columns may come in any order; others are ignored. What is wrong
 * is refused with its line. */
#ifndef INPUT_RECORDING_H
#define INPUT_RECORDING_H

#include "core/result.h"
#include "motion/sample.h"

#include <stddef.h>

typedef struct Recording {
    ImuSample *samples; /* owned; in the order of the file */
    size_t count;       /* at least 1 */
} Recording;

/* `text` ends with a zero byte; `name` is for messages. On failure *out is empty. */
MUST_CHECK Result recording_parse(Recording *out, const char *text, const char *name, Error *error);
void recording_free(Recording *recording);

/* One line of such a file, with line end; `size` 160 is enough. */
void recording_format(char *out, size_t size, const ImuSample *sample);
#define RECORDING_HEADER "t_s,gx,gy,gz,ax,ay,az,sensor\n"

#endif
