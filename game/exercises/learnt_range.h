/* How far a body goes, from the repetitions that it has done. Bodies warm up and repetitions vary: the own
 * range is a high one of the last few, not their mean and not the largest. A value; degrees. */
#ifndef EXERCISES_LEARNT_RANGE_H
#define EXERCISES_LEARNT_RANGE_H

#include "motion/filters.h"

typedef struct LearntRange {
    Median sizes;
    int seen; /* repetitions ever taken in */
} LearntRange;

void learnt_range_push(LearntRange *learnt, double size_deg);
/* `fallback` while nothing has been taken in. */
double learnt_range_get(const LearntRange *learnt, double fallback);
/* The share of the own range that counts: `share` once three repetitions are known, more while fewer are, as
 * the range still grows. */
double learnt_range_accept(const LearntRange *learnt, double share);

#endif
