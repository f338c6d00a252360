/* Whole-number arithmetic of the rules: thousandths instead of fractions, nothing that a compiler may round
 * its own way. */
#ifndef MINIGAMES_FIXED_H
#define MINIGAMES_FIXED_H

#include "minigames/sim_input.h"

#include <stdbool.h>
#include <stdint.h>

static inline int32_t fixed_clamp(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}

static inline int32_t fixed_abs(int32_t value) {
    return value < 0 ? -value : value;
}

static inline int32_t fixed_max(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* Thousandths of the way from `from` to `to`, clamped to 0…1000; a step where the two are one. */
static inline int32_t fixed_ramp(int32_t value, int32_t from, int32_t to) {
    if (from == to) return value >= to ? 1000 : 0;
    int64_t share = ((int64_t)value - from) * 1000 / ((int64_t)to - from);
    return share < 0 ? 0 : share > 1000 ? 1000 : (int32_t)share;
}

static inline int32_t fixed_ms(int32_t ticks) {
    return (int32_t)((int64_t)ticks * 1000 / TICK_HZ);
}

static inline int32_t fixed_ticks(int32_t ms) {
    return (int32_t)((int64_t)ms * TICK_HZ / 1000);
}

/* True for what ends a repetition, counted or not. */
static inline bool fixed_rep_ended(SimInput in) {
    return in.signal == SIM_REP || in.signal == SIM_PARTIAL;
}

#endif
