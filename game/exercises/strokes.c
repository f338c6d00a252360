#include "exercises/strokes.h"

#include <math.h>

#define SETTLE_S      1.0  /* so long at rest after a repetition, and its lowest point is taken as sure */
#define WENT_ON_SHARE 0.12 /* of the own range: this much further down, and a rest was only a hesitation */
/* A fidget and the first stroke out are no repetition. */
#define FIRST_RISE_SHARE 0.2
#define FLICK_SHARE      0.7
#define FLICK_REST_S     0.6
#define FLICK_BACK       0.3  /* of its way may be missing when it is back */
#define TOP_SHARE        0.3  /* of the way up: less far down is still the top */
#define ARRIVE_SHARE     0.85 /* of the own range: from here a stroke that has slowed has arrived … */
#define ARRIVE_SPEED     0.12 /* … slowed to this share of its fastest */

const StrokeConfig stroke_config_default = {
    .floor_deg = 10,
    .accept_share = 0.62,
    .partial_share = 0.2,
    .hysteresis_share = 0.09,
    .rise_share = 0.12,
    .dwell_s = 0.2,
    .partial_dwell_s = 2.5,
    .slow_dps = 3.0,
};

void stroke_counter_init(StrokeCounter *counter, const StrokeConfig *config) {
    *counter = (StrokeCounter){ .config = *config };
}

double stroke_counter_range(const StrokeCounter *counter) {
    return learnt_range_get(&counter->ranges, counter->config.range_deg);
}

static Stroke stroke_of(const StrokeCounter *c, StrokeKind kind) {
    return (Stroke){
        .kind = kind,
        .start_s = c->from_s,
        .peak_s = c->peak_s,
        .end_s = kind == STROKE_TOP ? 0 : c->low_s,
        .from_deg = c->from_deg,
        .peak_deg = c->peak_deg,
        .low_deg = c->low_deg,
    };
}

static void begin_rise(StrokeCounter *c, double value_deg) {
    c->from_deg = c->low_deg;
    c->from_s = c->low_s;
    c->peak_deg = value_deg;
    c->peak_s = c->t_s;
    c->falling = c->topped = c->told = c->rested = c->refused = false;
}

void stroke_counter_begin(StrokeCounter *counter, double t_s, double value_deg) {
    counter->low_deg = value_deg;
    counter->low_s = counter->t_s = t_s;
    counter->any = true;
    begin_rise(counter, value_deg);
}

void stroke_counter_refuse(StrokeCounter *counter) {
    if (counter->refused) {
        begin_rise(counter, counter->low_deg);
    } else {
        counter->told = false;
        counter->refused = true;
    }
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
    /* Before anything is known, a twitch the other way and back to rest is no place to measure from. */
    bool rested = c->ranges.seen == 0 && !c->config.returns && c->slow_s >= FLICK_REST_S;
    double took_s = c->t_s - c->slow_s - c->from_s;
    bool quick = took_s > 0 && took_s < FLICK_SHARE * c->config.least_s / 2;
    if (rested && quick && fabs(value_deg - c->rest_deg) < FLICK_BACK * (value_deg - c->from_deg)) {
        c->from_deg = c->peak_deg = value_deg;
        c->from_s = c->peak_s = c->t_s;
    }
    if (rested && !quick) c->rest_deg = value_deg;
    double hysteresis_deg = c->config.hysteresis_share * range_deg;
    if (c->peak_deg - c->from_deg < hysteresis_deg || value_deg > c->peak_deg - hysteresis_deg)
        return nothing;
    c->falling = true;
    c->low_deg = value_deg;
    c->low_s = c->t_s;
    c->fall_dps = 0;
    if (c->topped || c->peak_deg - c->from_deg < 0.4 * range_deg) return nothing;
    c->topped = true;
    return stroke_of(c, STROKE_TOP);
}

/* A repetition that came to rest is settled there; if the stroke goes on afterwards, it is settled again. */
static Stroke settle(StrokeCounter *c, double value_deg, bool turned, double range_deg) {
    Stroke settled = stroke_of(c, STROKE_SETTLED);
    bool went_on = c->rested && c->low_deg < c->rested_deg - WENT_ON_SHARE * range_deg;
    if (!c->rested)
        learnt_range_push(&c->ranges, c->peak_deg - c->low_deg);
    else if (went_on)
        median_amend(&c->ranges.sizes, c->peak_deg - c->low_deg);
    else
        settled.kind = STROKE_NONE;
    if (turned) {
        begin_rise(c, value_deg);
    } else {
        c->rested = true;
        c->rested_deg = c->low_deg;
    }
    return settled;
}

static Stroke feed_falling(StrokeCounter *c, double value_deg, double rate_dps, double range_deg,
                           double accept_deg) {
    Stroke nothing = { 0 };
    if (value_deg < c->low_deg) {
        c->low_deg = value_deg;
        c->low_s = c->t_s;
    }
    if (-rate_dps > c->fall_dps) c->fall_dps = -rate_dps;
    double fall_deg = c->peak_deg - c->low_deg, rise_deg = c->peak_deg - c->from_deg;
    double back_deg = value_deg - c->low_deg;
    bool home = c->low_deg < c->from_deg + 0.3 * rise_deg;
    /* While the range is unknown, the stroke itself says what is a turn. */
    bool turned = back_deg > c->config.hysteresis_share * fmax(range_deg, 1.3 * fall_deg);
    if (c->told) {
        bool rested = !c->rested && c->slow_s >= SETTLE_S && (home || !c->config.returns);
        if (turned || rested) return settle(c, value_deg, turned, range_deg);
        return nothing;
    }
    if (value_deg > c->peak_deg) {
        /* Only a hesitation: the rise goes on. */
        c->falling = false;
        return feed_rising(c, value_deg, range_deg);
    }
    /* Out, back and at rest in no time: a twitch, and nothing that goes on from here belongs to it. */
    if (home && c->slow_s >= FLICK_REST_S &&
        c->t_s - c->slow_s - c->from_s < FLICK_SHARE * c->config.least_s) {
        begin_rise(c, value_deg);
        return nothing;
    }
    double rise_share = fmax(c->config.rise_share, c->ranges.seen == 0 ? FIRST_RISE_SHARE : 0);
    if (fall_deg >= accept_deg && rise_deg >= rise_share * fall_deg) {
        bool arrived = fall_deg >= ARRIVE_SHARE * range_deg && -rate_dps < ARRIVE_SPEED * c->fall_dps;
        bool rested = c->slow_s >= c->config.dwell_s;
        /* Once the range is known, a stroke down as long as this is one wherever the start has moved to. */
        bool whole = home || !c->config.returns || stroke_counter_range(c) > 0;
        bool enough = c->t_s - c->from_s >= c->config.least_s;
        bool done = turned || ((arrived || rested) && !c->refused);
        if (done && whole && enough) {
            c->told = true;
            return stroke_of(c, STROKE_REP);
        }
        if (turned && !enough) begin_rise(c, value_deg);
        return nothing;
    }
    /* Whoever stays at the top, or settles a little there, has not turned back yet. */
    bool stays = fall_deg < TOP_SHARE * rise_deg;
    bool over = back_deg > fmax(0.5 * fall_deg, 1.3 * c->config.hysteresis_share * range_deg) ||
                (c->slow_s >= c->config.partial_dwell_s && !stays);
    if (over && (home || !c->config.returns)) {
        Stroke partial = stroke_of(c, STROKE_PARTIAL);
        bool enough = fmin(fall_deg, rise_deg) >= c->config.partial_share * range_deg;
        begin_rise(c, value_deg);
        return enough ? partial : nothing;
    }
    return nothing;
}

Stroke stroke_counter_feed(StrokeCounter *c, double t_s, double value_deg, double rate_dps) {
    if (!c->any) {
        c->any = true;
        c->from_deg = c->peak_deg = c->low_deg = c->rest_deg = value_deg;
        c->from_s = c->peak_s = c->low_s = c->t_s = t_s;
    }
    c->slow_s = fabs(rate_dps) < c->config.slow_dps ? c->slow_s + (t_s - c->t_s) : 0;
    c->t_s = t_s;
    double known_deg = stroke_counter_range(c);
    double range_deg = known_deg > 0 ? known_deg : c->config.floor_deg;
    double accept_deg = known_deg > 0 ? learnt_range_accept(&c->ranges, c->config.accept_share) * known_deg
                                      : c->config.floor_deg;
    if (c->falling) return feed_falling(c, value_deg, rate_dps, range_deg, accept_deg);
    return feed_rising(c, value_deg, range_deg);
}
