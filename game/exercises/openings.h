/* Counts openings to either side of one angle: out, back, and (for the twist) on under the start. The sign of
 * the angle is the side. A repetition ends when the body is back at the start; an opposite swing right after
 * an opening is the threading under, unless it is as large as an opening itself. Causal; a value. */
#ifndef EXERCISES_OPENINGS_H
#define EXERCISES_OPENINGS_H

#include "motion/filters.h"

#include <stdbool.h>

typedef struct OpeningConfig {
    double floor_deg; /* opening that the first one needs while no range is known */
    double range_deg; /* own opening if it is known, else 0 */
    bool has_under;
    double slow_dps;
} OpeningConfig;

typedef enum OpeningKind {
    OPENING_NONE,
    OPENING_TOP,
    OPENING_UNDER,
    OPENING_REP,
    OPENING_PARTIAL
} OpeningKind;

typedef struct Opening {
    OpeningKind kind;
    int sign; /* +1 the first side, -1 the other */
    double start_s, peak_s, home_s, end_s;
    double peak_deg, under_deg; /* both positive */
} Opening;

typedef struct OpeningCounter {
    OpeningConfig config;
    Median ranges;
    enum { OPENING_AT_HOME, OPENING_OUT, OPENING_BACK, OPENING_BELOW } phase;
    int sign;
    bool topped, under_told;
    double home_deg; /* where it rested last: the start pose drifts */
    double slow_s, t_s;
    double start_s, peak_s, home_s;
    double peak_deg, under_deg;
    int last_sign; /* of the repetition before, if it ended without its swing under */
    double last_end_s;
} OpeningCounter;

void opening_counter_init(OpeningCounter *counter, const OpeningConfig *config);
Opening opening_counter_feed(OpeningCounter *counter, double t_s, double value_deg, double rate_dps);
/* Start to open, as known by now; 0 while unknown. */
double opening_counter_range(const OpeningCounter *counter);

#endif
