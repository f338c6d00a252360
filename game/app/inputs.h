/* From the words after --input to a Source. */
#ifndef APP_INPUTS_H
#define APP_INPUTS_H

#include "input/demo.h"

#include <stdbool.h>

typedef struct InputChoice {
    Source source;
    InputKind kind; /* which board its scores are on */
    InputKind
        body; /* whose own ranges it measures and plays with: a strapped-on controller's are the sensor's */
    bool recorded; /* a recording: nothing can be asked of it, and nothing is learnt from it for tomorrow */
    bool own_time; /* makes its own samples: may run faster than the wall, from time 0 */
} InputChoice;

/* "demo" or "demo:STYLE"; *style is ordinary where none is named. */
bool input_is_demo(const char *what, DemoStyle *style);

/* A controller's stick, and a controller's motion sensor, which need not be there yet. */
MUST_CHECK Result input_open_stick(InputChoice *out, Error *error);
MUST_CHECK Result input_open_motion(InputChoice *out, Error *error);
/* The controller that counts has motion; false too where the choice was not opened. */
bool input_motion_is_there(const InputChoice *choice);

/* `what` as `--input` takes it ("controller" is its motion where one with motion is there now, else its
 * stick); `seed` is the demo player's. RESULT_BAD_USAGE lists the inputs there are. */
MUST_CHECK Result input_open(InputChoice *out, const char *what, uint32_t seed, Error *error);
void input_close(InputChoice *choice);

#endif
