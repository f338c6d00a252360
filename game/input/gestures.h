/* What the player wants, told with the sensor alone: knocks, tilts and its button. Knows nothing of what they
 * mean. A value, all zero to begin with; no heap. */
#ifndef INPUT_GESTURES_H
#define INPUT_GESTURES_H

#include "input/taps.h"
#include "input/tilt.h"

#include <stddef.h>
#include <stdint.h>

typedef enum Gesture {
    GESTURE_NONE,
    GESTURE_TWO_KNOCKS, /* or the board's button */
    GESTURE_THREE_KNOCKS,
    GESTURE_FORWARD, /* tilts that were held and given back */
    GESTURE_BACKWARD,
    GESTURE_LEFT,
    GESTURE_RIGHT
} Gesture;

typedef struct Gestures {
    Taps taps;
    Tilt tilt;
    bool knows_presses;
    uint32_t presses;
    Gesture newest; /* that nobody has taken */
} Gestures;

/* Samples of the main sensor count, in order. */
void gestures_feed(Gestures *gestures, const ImuSample *samples, size_t count);
/* The button's count (SourceStatus.presses) as it is now; a press is a change. */
void gestures_button(Gestures *gestures, uint32_t presses);
/* Forgets the pose and the ways of tilts: whatever is on the screen now is another thing. */
void gestures_rest(Gestures *gestures);
/* The newest one, once. */
Gesture gestures_take(Gestures *gestures);

#endif
