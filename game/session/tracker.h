/* From samples to the tick's input: runs the recogniser and quantises what it says. The last place where a
 * float matters: behind it, everything is small integers. A value. */
#ifndef SESSION_TRACKER_H
#define SESSION_TRACKER_H

#include "exercises/recogniser.h"
#include "minigames/sim_input.h"

enum { TRACKER_QUEUE_MAX = 32 };

typedef struct Tracker {
    Recogniser recogniser;
    int queued;
    Move queue[TRACKER_QUEUE_MAX]; /* moves not yet handed to a tick: one a tick */
    double still_s;                /* how long the body has kept still */
    double last_t_s;
} Tracker;

void tracker_init(Tracker *tracker, const ExerciseSpec *spec, const OwnMeasure *own);
/* The body is in its start pose: counts anew from here; the axis stays learnt. */
void tracker_restart(Tracker *tracker, const OwnMeasure *own);
void tracker_feed(Tracker *tracker, const ImuSample *samples, size_t count);

/* The next tick's input. `asked` turns the place so that positive is the asked side's way out. */
void tracker_tick(Tracker *tracker, Side asked, SimInput *out);

/* The newest place for the eye, `ahead_s` further by the gyro; signed as tracker_tick's. */
double tracker_place(const Tracker *tracker, Side asked, double ahead_s);

#endif
