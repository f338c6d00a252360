#include "exercises/strokes.h"

#include <math.h>

const StrokeConfig stroke_config_default = {
    .floor_deg = 10,
    .accept_share = 0.6,
    .partial_share = 0.2,
    .hysteresis_share = 0.1,
    .dwell_s = 0.3,
    .partial_dwell_s = 0.7,
    .slow_dps = 3.0,
};

void stroke_counter_init(StrokeCounter *counter, const StrokeConfig *config) {
    *counter = (StrokeCounter){ .config = *config };
}

double stroke_counter_range(const StrokeCounter *counter) {
    return median_get(&counter->ranges, counter->config.range_deg);
}

static void begin_rise(StrokeCounter *c, double value_deg) {
    c->from_deg = c->low_deg;
    c->from_s = c->low_s;
    c->peak_deg = value_deg;
    c->peak_s = c->t_s;
    c->falling = c->topped = false;
}

static Stroke finish(StrokeCounter *c, StrokeKind kind, double value_deg) {
    Stroke stroke = {
        .kind = kind,
        .start_s = c->from_s,
        .peak_s = c->peak_s,
        .end_s = c->low_s,
        .from_deg = c->from_deg,
        .peak_deg = c->peak_deg,
        .low_deg = c->low_deg,
    };
    begin_rise(c, value_deg);
    return stroke;
}

static Stroke feed_rising(StrokeCounter *c, double value_deg, double range_deg) {
    Stroke nothing = { 0 };
    if (value_deg < c->from_deg) {
        c->from_deg = value_deg;
        c->from_s = c->t_s;
        c->peak_deg = value_deg;
        c->peak_s = c->t_s;
    }
    /* While it only rests at the start, the repetition has not begun. */
    if (c->peak_deg - c->from_deg < 0.5 * c->config.hysteresis_share * range_deg) c->from_s = c->t_s;
    if (value_deg > c->peak_deg) {
        c->peak_deg = value_deg;
        c->peak_s = c->t_s;
    }
    double hysteresis_deg = c->config.hysteresis_share * range_deg;
    if (c->peak_deg - c->from_deg < hysteresis_deg || value_deg > c->peak_deg - hysteresis_deg)
        return nothing;
    c->falling = true;
    c->low_deg = value_deg;
    c->low_s = c->t_s;
    if (c->topped || c->peak_deg - c->from_deg < 0.4 * range_deg) return nothing;
    c->topped = true;
    return (Stroke){ .kind = STROKE_TOP,
                     .start_s = c->from_s,
                     .peak_s = c->peak_s,
                     .from_deg = c->from_deg,
                     .peak_deg = c->peak_deg };
}

static Stroke feed_falling(StrokeCounter *c, double value_deg, double range_deg, double accept_deg) {
    Stroke nothing = { 0 };
    if (value_deg < c->low_deg) {
        c->low_deg = value_deg;
        c->low_s = c->t_s;
    }
    if (value_deg > c->peak_deg) {
        /* Only a hesitation: the rise goes on. */
        c->falling = false;
        return feed_rising(c, value_deg, range_deg);
    }
    double fall_deg = c->peak_deg - c->low_deg, rise_deg = c->peak_deg - c->from_deg;
    double back_deg = value_deg - c->low_deg;
    bool turned = back_deg > c->config.hysteresis_share * range_deg;
    if (fall_deg >= accept_deg && rise_deg >= 0.4 * accept_deg &&
        (turned || c->slow_s >= c->config.dwell_s)) {
        median_push(&c->ranges, fall_deg);
        return finish(c, STROKE_REP, value_deg);
    }
    bool home = c->low_deg < c->from_deg + 0.4 * rise_deg;
    bool over = back_deg > 0.15 * range_deg || c->slow_s >= c->config.partial_dwell_s;
    if (fall_deg < accept_deg && home && over) {
        StrokeKind kind = fall_deg >= c->config.partial_share * range_deg ? STROKE_PARTIAL : STROKE_NONE;
        return finish(c, kind, value_deg);
    }
    return nothing;
}

Stroke stroke_counter_feed(StrokeCounter *c, double t_s, double value_deg, double rate_dps) {
    if (!c->any) {
        c->any = true;
        c->from_deg = c->peak_deg = c->low_deg = value_deg;
        c->from_s = c->peak_s = c->low_s = c->t_s = t_s;
    }
    c->slow_s = fabs(rate_dps) < c->config.slow_dps ? c->slow_s + (t_s - c->t_s) : 0;
    c->t_s = t_s;
    double known_deg = stroke_counter_range(c);
    double range_deg = known_deg > 0 ? known_deg : c->config.floor_deg;
    double accept_deg = known_deg > 0 ? c->config.accept_share * known_deg : c->config.floor_deg;
    if (c->falling) return feed_falling(c, value_deg, range_deg, accept_deg);
    return feed_rising(c, value_deg, range_deg);
}
