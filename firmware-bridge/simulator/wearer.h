/* What the emulated sensors are strapped to: somebody who lies still as in the first second of a recording,
 * then moves as it says, and keeps the pose in which it ends or is told to stop. Values between two rows lie
 * on a line. */
#ifndef SIMULATOR_WEARER_H
#define SIMULATOR_WEARER_H

#include "input/recording.h"

#include <stdbool.h>

enum { WEARER_SENSORS_MAX = 2 };

typedef struct WearerTrack {
    ImuSample *samples; /* of one sensor, times from 0 */
    size_t count;
    size_t still_count; /* of the first second */
    double rest[3];     /* what its gyro says of stillness */
    size_t at;          /* where the last look was */
} WearerTrack;

typedef struct Wearer {
    WearerTrack track[WEARER_SENSORS_MAX]; /* owned */
    int sensors;
    double length_s;
    bool begun;
    double from_s;    /* board time less recording time, while it moves */
    double allowed_s; /* recording time up to which it moves */
    double moved_s;   /* recording time reached */
    double last_s;    /* board time of that */
} Wearer;

/* Copies what it needs of `recording`, from second `skip_s` on. */
MUST_CHECK Result wearer_init(Wearer *out, const Recording *recording, double skip_s, Error *error);
void wearer_free(Wearer *wearer);

/* The movement begins, or goes on, at board time `now_s`, and stops at recording time `until_s`. */
void wearer_move(Wearer *wearer, double now_s, double until_s);
bool wearer_rests(const Wearer *wearer);

/* What sensor `which` measures at board time `t_s`. */
void wearer_measure(Wearer *wearer, int which, double t_s, double gyro[3], double accel[3]);

#endif
