#include "session/advice.h"

enum {
    LEAST_LOSS = 25,   /* points of 1000: what costs less needs no words */
    ZONE_ENOUGH = 900, /* thousandths of a hold's seconds */
};

/* What each thing cost, summed over the repetitions, in points times repetitions. */
typedef struct Losses {
    int32_t of[ADVICE_COUNT];
} Losses;

static void lose_by_rep(Losses *losses, const RepScore *rep) {
    losses->of[ADVICE_REACH] += SCORE_WEIGHT_REACH * (1000 - rep->reach) / 100;
    losses->of[ADVICE_CONTROL] += SCORE_WEIGHT_CONTROL * (1000 - rep->control) / 100;
    losses->of[rep->hasty ? ADVICE_HASTE : ADVICE_LINGER] += SCORE_WEIGHT_TEMPO * (1000 - rep->tempo) / 100;
    losses->of[ADVICE_FORM] += SCORE_WEIGHT_FORM * (1000 - rep->form) / 100;
}

static Advice largest(const Losses *losses, int32_t least) {
    Advice most = ADVICE_NONE;
    for (int i = ADVICE_NONE + 1; i < ADVICE_COUNT; i++) {
        if (losses->of[i] >= least && losses->of[i] > losses->of[most]) most = (Advice)i;
    }
    return most;
}

static Advice of_hold(const Run *run) {
    int32_t asked_s = run->setup.hold_s > 0 ? run->setup.hold_s : run->setup.seconds;
    if (1000 - run->score < 2 * LEAST_LOSS || asked_s <= 0) return ADVICE_NONE;
    return run->zone_ticks < ZONE_ENOUGH * asked_s / 1000 * TICK_HZ ? ADVICE_ZONE : ADVICE_STILL;
}

Advice advice_of(const Run *run) {
    if (run->is_hold) return of_hold(run);
    Losses losses = { { 0 } };
    int32_t expected = score_expected_reps(&run->setup);
    int32_t most = run->reps > expected ? run->reps : expected;
    for (int32_t i = 0; i < run->rep_count; i++) {
        if (run->rep_scores[i].word != WORD_PARTIAL) lose_by_rep(&losses, &run->rep_scores[i]);
    }
    /* A repetition that is missing cost all it could have brought. */
    int32_t missing = most - run->reps;
    losses.of[run->partials > 0 ? ADVICE_PARTIAL : ADVICE_MORE] += 1000 * missing;
    if (run->setup.hold_s > 0) {
        int32_t moving = 100 - SCORE_WEIGHT_HOLD;
        for (int i = 0; i < ADVICE_COUNT; i++) losses.of[i] = losses.of[i] * moving / 100;
        int32_t still = run->hold_ms < run->setup.hold_s * 1000 ? run->hold_ms / run->setup.hold_s : 1000;
        losses.of[ADVICE_STILL] += SCORE_WEIGHT_HOLD * (1000 - still) / 100 * most;
    }
    return largest(&losses, LEAST_LOSS * most);
}

const char *advice_key(Advice advice) {
    static const char *const keys[ADVICE_COUNT] = {
        [ADVICE_NONE] = "none",       [ADVICE_REACH] = "reach", [ADVICE_PARTIAL] = "partial",
        [ADVICE_CONTROL] = "control", [ADVICE_HASTE] = "haste", [ADVICE_LINGER] = "linger",
        [ADVICE_FORM] = "form",       [ADVICE_STILL] = "still", [ADVICE_ZONE] = "zone",
        [ADVICE_MORE] = "more",
    };
    return keys[advice];
}
