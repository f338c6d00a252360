/* From the words after --input to a Source, and what the player says with it besides moving. */
#ifndef APP_INPUTS_H
#define APP_INPUTS_H

#include "input/demo.h"
#include "input/gestures.h"

#include <stdbool.h>

typedef struct InputChoice {
    Source source;
    InputKind kind; /* which board its scores are on */
    InputKind
        body; /* whose own ranges it measures and plays with: a strapped-on controller's are the sensor's */
    bool recorded; /* a recording: nothing can be asked of it, and nothing is learnt from it for tomorrow */
    bool own_time; /* makes its own samples: may run faster than the wall, from time 0 */
    Gestures gestures;
    double read_s; /* when it was read last, and how often then */
    int reads;
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

/* As Source.read, and watches for gestures where there can be any; 0 as well after SOURCE_READS_MAX times for
 * the same now_s, so that a device that floods does not hold a frame. */
size_t input_read(InputChoice *choice, double now_s, ImuSample *out, size_t capacity);
/* Reads all that is due for nobody, but for the gestures in it. */
void input_drain(InputChoice *choice, double now_s);
/* The newest gesture of a worn sensor, once. */
Gesture input_gesture(InputChoice *choice, double now_s);

#endif
