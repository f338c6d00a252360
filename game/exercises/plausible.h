/* Whether what was counted can have been a repetition or a partial of its exercise, or was a fidget: those
 * are over in an instant, tilt the sensor aside of the axis, or happen while walking or while a strap is put
 * right. */
#ifndef EXERCISES_PLAUSIBLE_H
#define EXERCISES_PLAUSIBLE_H

#include "exercises/move.h"
#include "exercises/spec.h"
#include "motion/signal.h"

#include <stdbool.h>

/* No repetition of an exercise is shorter than this share of its own length. */
#define PLAUSIBLE_QUICK_SHARE 0.38

/* What is known of the body by now. */
typedef struct KnownBody {
    double rep_s;    /* how long its repetitions last; 0: unknown */
    int reps;        /* that were counted */
    bool any;        /* a range was given, or a repetition seen */
    bool adjusting;  /* its strap is being put right */
    double walked_s; /* when it walked last; 0: never */
} KnownBody;

bool plausible(const ExerciseSpec *spec, const MovementSignal *signal, const KnownBody *body,
               const Move *move);

#endif
