/* A staircase for each player and exercise: after each set it asks for a little more of the own range where
 * nearly all repetitions reached what was asked, and for a little less where many did not, so that about four
 * in five do. It is the weighted up-down rule (Kaernbach 1991, doi 10.3758/BF03214307): a success steps up by
 * one, a miss down by p / (1 - p), which is four for 80 %. It moves the asked share of the range and nothing
 * else: never the pace, and never past STAIRCASE_MOST of the comfortable range. Integers only; the value a
 * set was played with stands in its replay. */
#ifndef SESSION_STAIRCASE_H
#define SESSION_STAIRCASE_H

#include "session/score.h"

enum {
    STAIRCASE_START = 1000, /* thousandths of the level's target */
    STAIRCASE_LOW = 700,
    STAIRCASE_HIGH = 1300,
    STAIRCASE_MOST =
        950, /* thousandths of the own range that are ever asked for, where the level asks no more */
};

/* The value for the next set, from the value of this one and how its repetitions went, partial ones too. */
int32_t staircase_after(int32_t value, const RepScore *reps, int32_t count);

/* What is asked of a range where the level asks for `level_target`, thousandths. */
int32_t staircase_target(int32_t level_target, int32_t value);

#endif
