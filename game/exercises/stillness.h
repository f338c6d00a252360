/* Tells stillness from slow movement, with a gap between the two rates so that it does not flicker. Causal; a
 * value. */
#ifndef EXERCISES_STILLNESS_H
#define EXERCISES_STILLNESS_H

#include <stdbool.h>

typedef struct Stillness {
    double enter_dps, leave_dps;
    bool still;
    double since_s;      /* when it began; meaningful while still */
    double last_quiet_s; /* the last moment under enter_dps */
} Stillness;

static inline Stillness stillness_make(double enter_dps, double leave_dps) {
    return (Stillness){ .enter_dps = enter_dps, .leave_dps = leave_dps };
}

static inline void stillness_feed(Stillness *s, double t_s, double rate_dps) {
    if (rate_dps < s->enter_dps) s->last_quiet_s = t_s;
    if (!s->still && rate_dps < s->enter_dps) {
        s->still = true;
        s->since_s = t_s;
    } else if (s->still && rate_dps > s->leave_dps) {
        s->still = false;
    }
}

#endif
