/* Counts openings to either side of one angle: out, back, and (for the twist) on under the start. The sign of
 * the angle is the side. A repetition ends when the body is back at the start; an opposite swing right after
 * an opening is the threading under, unless it is as large as an opening itself. The start is where the body
 * last came to rest: it drifts, and a strap slips. Causal; a value. */
#ifndef EXERCISES_OPENINGS_H
#define EXERCISES_OPENINGS_H

#include "exercises/learnt_range.h"

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
    OPENING_PARTIAL,
    OPENING_LATE_UNDER, /* the repetition told last went on under the start after a rest there */
} OpeningKind;

typedef struct Opening {
    OpeningKind kind;
    int sign; /* of the angle */
    double start_s, peak_s, home_s, end_s;
    double peak_deg, under_deg; /* both positive */
} Opening;

typedef struct OpeningCounter {
    OpeningConfig config;
    LearntRange ranges;
    Median unders;
    enum { OPENING_AT_HOME, OPENING_OUT, OPENING_BACK, OPENING_BELOW } phase;
    int sign;
    bool topped, under_told;
    double home_deg; /* where it rested last */
    double shy_deg;  /* … and how far out the way back was ended */
    double slow_s, still_s, t_s;
    /* Where it rested last short of an opening, how often it came back there, and whether it is away. */
    double rest_deg;
    int rest_again;
    bool rest_left;
    double start_s, peak_s, home_s;
    double peak_deg, valley_deg, under_deg; /* valley: lowest since the peak */
    double back_dps;                        /* fastest of the way back */
    Opening last;                           /* the repetition told last */
    int over_count, under_count;            /* repetitions, and those of them that went on under */
} OpeningCounter;

void opening_counter_init(OpeningCounter *counter, const OpeningConfig *config);
Opening opening_counter_feed(OpeningCounter *counter, double t_s, double value_deg, double rate_dps);
/* The opening that was just told as a repetition is one: it teaches the own range. */
void opening_counter_accept(OpeningCounter *counter, const Opening *opening);
/* Start to open, as known by now; 0 while unknown. */
double opening_counter_range(const OpeningCounter *counter);

#endif
