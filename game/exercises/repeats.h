/* Which strokes of a zigzag belong to an exercise: those in runs of cycles that are alike, each to the next,
 * in size, in length and in how the sensor moved in all three dimensions. Two strokes are a cycle. A run
 * begins to count where three cycles in a row are clearly alike, goes on while they are roughly so, and
 * reaches back over what was roughly so before. Handling, talking and walking (cycles under 1.5 s) make none.
 */
#ifndef EXERCISES_REPEATS_H
#define EXERCISES_REPEATS_H

#include "exercises/zigzag.h"

#include <stdbool.h>

/* Where a run stands, so that what follows can be looked at without what came before. */
typedef struct RepeatRun {
    int trust;   /* how many comparisons speak for it */
    bool counts; /* it has been believed */
} RepeatRun;

typedef struct Repeats {
    bool counted[ZIGZAG_MAX]; /* of each stroke */
    RepeatRun run;            /* at the end */
    int compared;             /* pairs of cycles */
    double unlike;            /* sum of their differences: 0 each for a machine, over 1 for no exercise */
} Repeats;

/* Of the first `strokes` strokes of `values`; `path` are the three channels that the zigzag's indices count
 * in, by `frame_s`. `run` is where it stood at the first stroke. At the end of a recording (`over`) two
 * cycles very much alike are enough. */
void repeats_find(Repeats *out, const Zigzag *z, int strokes, const float *values, const float *const path[3],
                  double frame_s, RepeatRun run, bool over);

#endif
