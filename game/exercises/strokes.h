/* Counts strokes of one angle by its turning points, not by its distance from zero, because a start pose
 * drifts by degrees. A repetition is completed by the stroke down from a peak; reversals smaller than the
 * hysteresis, and hesitations on the way, do not end one. Causal: a repetition is told as soon as the stroke
 * down slows, and told again, settled, once its lowest point is sure. A value. */
#ifndef EXERCISES_STROKES_H
#define EXERCISES_STROKES_H

#include "exercises/learnt_range.h"

#include <stdbool.h>

typedef struct StrokeConfig {
    double floor_deg;        /* lowest to highest that the first repetition needs while no range is known */
    double range_deg;        /* own range if it is known, else 0 */
    double accept_share;     /* of the own range that counts, once a few repetitions have shown it */
    double partial_share;    /* below accept and from here: a partial */
    double hysteresis_share; /* of the own range that makes a turning point */
    double rise_share;       /* of the stroke down that must have come before it as a stroke up */
    double dwell_s;          /* rest that ends a stroke which would count */
    double partial_dwell_s;  /* rest that ends one which would not */
    double slow_dps;         /* slower than this is rest */
    double least_s;          /* no repetition is shorter */
    bool returns; /* a stroke that does not count must come back to where it began to be a partial */
} StrokeConfig;

extern const StrokeConfig stroke_config_default;

typedef enum StrokeKind {
    STROKE_NONE,
    STROKE_TOP,
    STROKE_REP,
    STROKE_SETTLED, /* the repetition told last, with its final lowest point */
    STROKE_PARTIAL
} StrokeKind;

typedef struct Stroke {
    StrokeKind kind;
    double start_s, peak_s, end_s;
    double from_deg, peak_deg, low_deg; /* the trough before, the peak, the trough after */
} Stroke;

typedef struct StrokeCounter {
    StrokeConfig config;
    LearntRange ranges;
    bool any, falling, topped, told, refused, rested; /* rested: told and settled, but not yet turned */
    double rested_deg;                                /* … at this angle */
    double from_deg, from_s;                          /* the trough that the rise began at */
    double peak_deg, peak_s;
    double low_deg, low_s; /* lowest since the peak */
    double fall_dps;       /* fastest of the stroke down */
    double slow_s;         /* how long it has been slow */
    double rest_deg;       /* where it rested last while it rose, before the first repetition */
    double t_s;
} StrokeCounter;

void stroke_counter_init(StrokeCounter *counter, const StrokeConfig *config);
/* `rate_dps`: how fast the angle changes, for telling rest. Returns what this sample completed. */
Stroke stroke_counter_feed(StrokeCounter *counter, double t_s, double value_deg, double rate_dps);
/* The body rests in its start pose: what is under way is forgotten, the next stroke begins here. */
void stroke_counter_begin(StrokeCounter *counter, double t_s, double value_deg);
/* The repetition that was just told is none so far: it is told once more when it has turned; refused again,
 * it teaches nothing. */
void stroke_counter_refuse(StrokeCounter *counter);
/* The own range as known by now, lowest to highest; 0 while unknown. */
double stroke_counter_range(const StrokeCounter *counter);

#endif
