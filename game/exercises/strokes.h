/* Counts strokes of one angle by its turning points, not by its distance from zero, because a start pose
 * drifts by degrees. A repetition is completed by the stroke down from a peak; reversals smaller than the
 * hysteresis, and hesitations on the way, do not end one. Causal: each event is told once, as soon as the
 * movement has turned or come to rest. A value. */
#ifndef EXERCISES_STROKES_H
#define EXERCISES_STROKES_H

#include "motion/filters.h"

#include <stdbool.h>

typedef struct StrokeConfig {
    double floor_deg;        /* lowest to highest that the first repetition needs while no range is known */
    double range_deg;        /* own range if it is known, else 0 */
    double accept_share;     /* of the own range that counts */
    double partial_share;    /* below accept and from here: a partial */
    double hysteresis_share; /* of the own range that makes a turning point */
    double dwell_s;          /* rest that ends a stroke which would count */
    double partial_dwell_s;  /* rest that ends one which would not */
    double slow_dps;         /* slower than this is rest */
} StrokeConfig;

extern const StrokeConfig stroke_config_default;

typedef enum StrokeKind { STROKE_NONE, STROKE_TOP, STROKE_REP, STROKE_PARTIAL } StrokeKind;

typedef struct Stroke {
    StrokeKind kind;
    double start_s, peak_s, end_s;
    double from_deg, peak_deg, low_deg; /* the trough before, the peak, the trough after */
} Stroke;

typedef struct StrokeCounter {
    StrokeConfig config;
    Median ranges;
    bool any, falling, topped;
    double from_deg, from_s; /* the trough that the rise began at */
    double peak_deg, peak_s;
    double low_deg, low_s; /* lowest since the peak */
    double slow_s;         /* how long it has been slow */
    double t_s;
} StrokeCounter;

void stroke_counter_init(StrokeCounter *counter, const StrokeConfig *config);
/* `rate_dps`: how fast the angle changes, for telling rest. Returns what this sample completed. */
Stroke stroke_counter_feed(StrokeCounter *counter, double t_s, double value_deg, double rate_dps);
/* The own range as known by now, lowest to highest; 0 while unknown. */
double stroke_counter_range(const StrokeCounter *counter);

#endif
