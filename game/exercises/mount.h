/* How the sensor seems to sit. One sensor, strapped on any way round, can't know where it is; but some things
 * can't be right. A value. */
#ifndef EXERCISES_MOUNT_H
#define EXERCISES_MOUNT_H

#include "motion/signal.h"

#include <stdbool.h>

typedef enum MountDoubt {
    MOUNT_FINE,
    MOUNT_SLIPPED,    /* gravity in the start pose has moved in one step, more than a body settles */
    MOUNT_OTHER_MOVE, /* what moves turns about an axis that this exercise does not have */
} MountDoubt;

/* All zero: nothing was seen yet. */
typedef struct Mount {
    Vec3 up_home;  /* up when the body last rested in its start pose, sensor frame */
    Vec3 up_moved; /* … where it rested last, if that is elsewhere */
    bool slipped;
} Mount;

/* The body rests in its start pose, or at the end of a swing of so many degrees (0: no swing). */
void mount_rest(Mount *mount, Vec3 up, double swing_deg);
MountDoubt mount_doubt(const Mount *mount, const MovementSignal *signal);

#endif
