/* A strap that is put right before the first repetition: the sensor goes to and fro, or out and soon back,
 * and then rests. What a body does in its exercise is a stroke, out and back at the most, and slower. Causal;
 * a value. */
#ifndef EXERCISES_ADJUSTING_H
#define EXERCISES_ADJUSTING_H

#include "motion/signal.h"

/* Of the movement under way, or of the last one. */
typedef struct Adjusting {
    double begun_s, moved_s; /* when it began, and when it moved last */
    Vec3 up;                 /* where it began: up, sensor frame … */
    double raw_deg;          /* … and the raw angle */
    double far_deg;          /* the farthest from there; 0: nothing has moved */
    double path_deg;         /* all the turning in it */
} Adjusting;

Adjusting adjusting_make(double t_s);
/* After each sample of the signal. Rest for `calm_s` ends a movement; true when that has been an adjustment.
 * `returns`: the exercise never goes out and back to rest in no time. */
bool adjusting_feed(Adjusting *adjusting, const MovementSignal *signal, double calm_s, bool returns,
                    double dt_s);
/* So far the movement under way is one: more to and fro than any repetition, and fast for one of which the
 * fastest turning is `fastest_dps`. */
bool adjusting_now(const Adjusting *adjusting, double fastest_dps);

#endif
