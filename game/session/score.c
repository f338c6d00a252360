#include "session/score.h"

enum {
    PERFECT_FROM = 900,
    GREAT_FROM = 750,
};

static int32_t clamp(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}

static int32_t share(int32_t achieved, int32_t target) {
    return target > 0 ? clamp((int32_t)((int64_t)achieved * 1000 / target), 0, 1000) : 1000;
}

static int32_t tempo_score(const GameSetup *setup, int32_t tempo_ms) {
    if (tempo_ms < setup->tempo_min_ms) {
        /* Haste: nothing at half of the shortest. */
        int32_t half = setup->tempo_min_ms / 2;
        return half > 0 ? clamp((tempo_ms - half) * 1000 / half, 0, 1000) : 0;
    }
    if (tempo_ms <= setup->tempo_max_ms) return 1000;
    /* Slow: down to 600 at twice the longest, never less. */
    return clamp(1000 - (int32_t)((int64_t)(tempo_ms - setup->tempo_max_ms) * 400 / setup->tempo_max_ms), 600,
                 1000);
}

RepScore score_rep(const GameSetup *setup, const SimInput *in, int32_t form) {
    int32_t reach = share(in->reach, setup->target);
    if (setup->under > 0) reach = (2 * reach + share(in->under, setup->under)) / 3;
    RepScore score = {
        .reach = reach,
        .control = clamp(in->control, 0, 1000),
        .tempo = tempo_score(setup, in->tempo_ms),
        .form = clamp(form, 0, 1000),
        .side = (Side)in->side,
        .hasty = in->tempo_ms < setup->tempo_min_ms,
    };
    score.total = (SCORE_WEIGHT_REACH * score.reach + SCORE_WEIGHT_CONTROL * score.control +
                   SCORE_WEIGHT_TEMPO * score.tempo + SCORE_WEIGHT_FORM * score.form) /
                  100;
    score.word = score.total >= PERFECT_FROM ? WORD_PERFECT
                 : score.total >= GREAT_FROM ? WORD_GREAT
                                             : WORD_GOOD;
    return score;
}

int32_t score_expected_reps(const GameSetup *setup) {
    if (setup->seconds <= 0) return setup->reps;
    int32_t moving_ms = (setup->seconds - setup->hold_s) * 1000;
    int32_t slow_ms = setup->tempo_max_ms > 0 ? (setup->tempo_min_ms + setup->tempo_max_ms) / 2 : 8000;
    /* One repetition's time is for finding the stones. */
    return clamp(moving_ms / slow_ms - 1, 1, 60);
}

int32_t score_exercise(const GameSetup *setup, int32_t sum_total, int32_t reps, int32_t hold_ms) {
    int32_t expected = score_expected_reps(setup);
    int32_t most = reps > expected ? reps : expected;
    int32_t moving = most > 0 ? sum_total / most : 0;
    if (setup->hold_s <= 0) return clamp(moving, 0, 1000);
    int32_t still = share(hold_ms, setup->hold_s * 1000);
    return clamp((SCORE_WEIGHT_HOLD * still + (100 - SCORE_WEIGHT_HOLD) * moving) / 100, 0, 1000);
}

int32_t score_hold(const GameSetup *setup, int64_t sum_form) {
    int32_t asked_s = setup->hold_s > 0 ? setup->hold_s : setup->seconds;
    if (asked_s <= 0) return 0;
    int64_t score = sum_form / ((int64_t)asked_s * TICK_HZ);
    return score < 1000 ? (int32_t)score : 1000;
}

int32_t score_stars(const int32_t thresholds[3], int32_t score) {
    return (score >= thresholds[0]) + (score >= thresholds[1]) + (score >= thresholds[2]);
}

char score_grade(int32_t sum, int32_t exercises) {
    int32_t mean = exercises > 0 ? sum / exercises : 0;
    return mean >= 850 ? 'A' : mean >= 700 ? 'B' : mean >= 500 ? 'C' : 'D';
}
