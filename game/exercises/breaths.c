#include "exercises/breaths.h"

#include <math.h>

#define FLOOR_DEG 0.18
#define SHORT_S   1.8
#define LONG_S    20.0
#define TAU_S     0.2
#define LOST_S    14.0 /* without one, their size is learnt anew */
#define MEAN_S    5.0
#define JOLT_DEG  2.5
#define JOLT_S    1.5
#define MOST_DEG  3.0
#define MUCH      2.6 /* times the typical one is no breath */

Breaths breaths_make(void) {
    StrokeConfig config = stroke_config_default;
    config.floor_deg = FLOOR_DEG;
    config.accept_share = 0.3;
    config.hysteresis_share = 0.12;
    config.partial_share = 2; /* no such thing as a partial breath */
    config.slow_dps = 0;
    Breaths breaths = { .low = low_pass_make(TAU_S), .mean = low_pass_make(MEAN_S) };
    stroke_counter_init(&breaths.strokes, &config);
    return breaths;
}

static void measure_anew(Breaths *b) {
    b->strokes.any = b->strokes.falling = b->strokes.told = false;
    b->low = low_pass_make(TAU_S);
    b->mean = low_pass_make(MEAN_S);
}

void breaths_begin(Breaths *breaths, double t_s) {
    measure_anew(breaths);
    breaths->told_s = t_s;
}

/* A cough, or a strap that slips, is no breath: it is left out, and what stays is measured from anew. */
static bool is_jolted(Breaths *b, double value_deg, double dt_s) {
    if (b->mean.seen_s > TAU_S && fabs(value_deg - b->mean.value) > JOLT_DEG) {
        b->jolted_s += dt_s;
        if (b->jolted_s < JOLT_S) return true;
        measure_anew(b);
    }
    b->jolted_s = 0;
    return false;
}

Breath breaths_feed(Breaths *b, double t_s, double value_deg, double dt_s) {
    Breath none = { 0 };
    if (is_jolted(b, value_deg, dt_s)) return none;
    /* Neither a heartbeat nor a slow settling is one. */
    double smooth_deg = low_pass_feed(&b->low, value_deg, dt_s) - low_pass_feed(&b->mean, value_deg, dt_s);
    double rate_dps = dt_s > 0 ? (smooth_deg - b->smooth_deg) / dt_s : 0;
    b->smooth_deg = smooth_deg;
    Stroke stroke = stroke_counter_feed(&b->strokes, t_s, smooth_deg, rate_dps);
    if (stroke.kind == STROKE_NONE && t_s - b->told_s > LOST_S) {
        b->strokes.ranges = (LearntRange){ 0 };
        b->told_s = t_s;
    }
    if (stroke.kind != STROKE_REP) return none;
    double length_s = stroke.end_s - stroke.start_s;
    double typical_deg = median_get(&b->strokes.ranges.sizes, MOST_DEG / MUCH);
    bool much = stroke.peak_deg - stroke.low_deg > MUCH * typical_deg;
    if (length_s < SHORT_S || length_s > LONG_S || much) {
        stroke_counter_refuse(&b->strokes);
        return none;
    }
    b->told_s = t_s;
    return (Breath){ .end_s = stroke.end_s, .length_s = length_s };
}
