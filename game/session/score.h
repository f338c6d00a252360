/* What a repetition, an exercise and a routine are worth. Integers only: the same on every compiler.
 *
 * Reach is a share of the asked share of the own range and stops at the target: more is worth no more. Slow
 * is never punished much, haste is. Smoothness comes as SPARC (motion/smoothness.h) in thousandths. */
#ifndef SESSION_SCORE_H
#define SESSION_SCORE_H

#include "minigames/minigame.h"

#include <stdint.h>

/* What each part weighs in a repetition, and stillness in a timed dose that asks for it; per cent. */
enum {
    SCORE_WEIGHT_REACH = 35,
    SCORE_WEIGHT_CONTROL = 25,
    SCORE_WEIGHT_TEMPO = 20,
    SCORE_WEIGHT_FORM = 20,
    SCORE_WEIGHT_HOLD = 40,
};

/* All parts 0…1000. */
typedef struct RepScore {
    int32_t reach, control, tempo, form;
    int32_t total;
    Word word;
    Side side;
    bool hasty; /* quicker than the window; else what tempo lacks was lost by slowness */
} RepScore;

/* `in` is the tick that carries SIM_REP; `form` what the game says. */
RepScore score_rep(const GameSetup *setup, const SimInput *in, int32_t form);

/* The exercise, 0…1000. `sum_total` over the counted repetitions; `hold_ms` of stillness. */
int32_t score_exercise(const GameSetup *setup, int32_t sum_total, int32_t reps, int32_t hold_ms);

/* A hold, 0…1000: its share of the asked seconds. `sum_form` is the game's form summed over the ticks. */
int32_t score_hold(const GameSetup *setup, int64_t sum_form);

/* 0…3. */
int32_t score_stars(const int32_t thresholds[3], int32_t score);

/* 'A'…'D' for a routine's sum out of 1000 an exercise. */
char score_grade(int32_t sum, int32_t exercises);

/* Repetitions that a timed dose has room for, beside the stillness it asks for. */
int32_t score_expected_reps(const GameSetup *setup);

#endif
