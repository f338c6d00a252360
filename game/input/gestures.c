#include "input/gestures.h"

void gestures_rest(Gestures *gestures) {
    tilt_init(&gestures->tilt);
}

static Gesture gesture_of(int knocks, TiltWay way) {
    static const Gesture tilts[] = { [TILT_NONE] = GESTURE_NONE,
                                     [TILT_FORWARD] = GESTURE_FORWARD,
                                     [TILT_BACKWARD] = GESTURE_BACKWARD,
                                     [TILT_LEFT] = GESTURE_LEFT,
                                     [TILT_RIGHT] = GESTURE_RIGHT };
    return knocks == 2 ? GESTURE_TWO_KNOCKS : knocks == 3 ? GESTURE_THREE_KNOCKS : tilts[way];
}

void gestures_feed(Gestures *gestures, const ImuSample *samples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (samples[i].sensor != SENSOR_MAIN) continue;
        int knocks = taps_feed(&gestures->taps, &samples[i]);
        Gesture gesture = gesture_of(knocks, tilt_feed(&gestures->tilt, &samples[i]));
        if (gesture != GESTURE_NONE) gestures->newest = gesture;
    }
}

void gestures_button(Gestures *gestures, uint32_t presses) {
    if (gestures->knows_presses && presses != gestures->presses) gestures->newest = GESTURE_TWO_KNOCKS;
    gestures->knows_presses = true;
    gestures->presses = presses;
}

Gesture gestures_take(Gestures *gestures) {
    Gesture newest = gestures->newest;
    gestures->newest = GESTURE_NONE;
    return newest;
}
