#include "exercises/openings.h"

#include <math.h>

#define ACCEPT_SHARE      0.62
#define WHOLE_SHARE       0.58 /* … of the way from under to open */
#define PARTIAL_SHARE     0.22
#define OUT_SHARE         0.18 /* an opening begins */
#define HOME_SHARE        0.2  /* … and is back */
#define NEAR_SHARE        0.35 /* so long a rest this near after an opening is at the start, which moved … */
#define NEAR_S            1.8
#define AGAIN_SHARE       0.25 /* … and so is a turn from which the same side opens again */
#define AGAIN_BACK_SHARE  0.2  /* … from nearer to the start, less is enough */
#define UNDER_SHARE       0.12 /* the swing under begins */
#define TURN_SHARE        0.08
#define DWELL_S           0.3
#define ARRIVE_SPEED      0.15 /* of the fastest way back: it has slowed to arrive */
#define OTHER_SHARE       0.75 /* a swing under this large is the other side's opening */
#define OTHER_FIRST_SHARE 0.85 /* … while the axis, and so the first opening, is not known well */
#define USUAL_SHARE       1.3
#define OUTGROWN          1.25
#define LATE_UNDER_S      2.2 /* a swing under this soon after the return belongs to it */
#define STRAY_S           2.2 /* rest that makes a small way out a moved start, not an opening … */
#define STRAY_SHARE       0.28
#define LOST_S            4.0 /* … and one that does so anywhere short of an opening */
#define LOST_SHARE        0.5
#define MOST_DEG          125.0
#define STILL_DPS         2.5
#define HOME_AFTER_S      0.4
#define REST_S            0.4  /* a rest short of an opening … */
#define REST_SHARE        0.05 /* … at this same place again after having left it is the start */
#define REST_AGAIN        3
#define HOME_TAU_S        0.8

void opening_counter_init(OpeningCounter *counter, const OpeningConfig *config) {
    *counter = (OpeningCounter){ .config = *config };
}

double opening_counter_range(const OpeningCounter *counter) {
    return learnt_range_get(&counter->ranges, counter->config.range_deg);
}

void opening_counter_accept(OpeningCounter *counter, const Opening *opening) {
    learnt_range_push(&counter->ranges, opening->peak_deg);
    counter->over_count++;
    if (opening->under_deg > 0) {
        counter->under_count++;
        median_push(&counter->unders, opening->under_deg);
    }
}

/* Whether this body threads under at all; until it has shown that it does not, it may. */
static bool goes_under(const OpeningCounter *c) {
    return c->config.has_under && (c->over_count < 2 || 3 * c->under_count > c->over_count);
}

static void go_out(OpeningCounter *c, int sign, double out_deg) {
    c->phase = OPENING_OUT;
    c->sign = sign;
    c->topped = c->under_told = false;
    c->peak_deg = out_deg;
    c->peak_s = c->t_s;
    c->valley_deg = out_deg;
    c->under_deg = c->back_dps = 0;
}

static void stay_home(OpeningCounter *c, double home_deg) {
    c->phase = OPENING_AT_HOME;
    c->home_deg = home_deg;
    c->start_s = c->t_s;
}

/* Who threads under has done it by the whole way from there to the opening. */
static bool is_whole(const OpeningCounter *c, double range_deg, double accept_deg) {
    if (c->peak_deg < accept_deg) return false;
    double own_under_deg = goes_under(c) ? median_get(&c->unders, 0) : 0;
    return own_under_deg <= 0 || c->peak_deg + c->under_deg >= WHOLE_SHARE * (range_deg + own_under_deg);
}

static Opening finish(OpeningCounter *c, double out_deg, double range_deg, double accept_deg) {
    Opening done = {
        .kind = is_whole(c, range_deg, accept_deg)         ? OPENING_REP
                : c->peak_deg >= PARTIAL_SHARE * range_deg ? OPENING_PARTIAL
                                                           : OPENING_NONE,
        .sign = c->sign,
        .start_s = c->start_s,
        .peak_s = c->peak_s,
        .home_s = c->home_s,
        .end_s = c->t_s,
        .peak_deg = c->peak_deg,
        .under_deg = c->under_deg,
    };
    c->phase = OPENING_AT_HOME;
    c->start_s = c->t_s;
    c->shy_deg = fmax(0, out_deg);
    bool late_under = goes_under(c) && (c->last.kind == OPENING_REP || c->last.kind == OPENING_PARTIAL) &&
                      c->last.under_deg <= 0 && c->sign == -c->last.sign &&
                      done.start_s - c->last.end_s < LATE_UNDER_S;
    if (late_under && done.peak_deg < OTHER_SHARE * fmax(range_deg, c->last.peak_deg)) {
        bool counted = c->last.kind == OPENING_REP;
        done = c->last;
        done.kind = counted ? OPENING_LATE_UNDER : OPENING_NONE;
        done.under_deg = c->peak_deg;
        done.end_s = c->t_s;
        if (counted) c->under_count++;
    }
    c->last = done;
    return done;
}

static Opening told(const OpeningCounter *c, OpeningKind kind) {
    return (Opening){ .kind = kind,
                      .sign = c->sign,
                      .start_s = c->start_s,
                      .peak_s = c->peak_s,
                      .peak_deg = c->peak_deg,
                      .under_deg = c->under_deg };
}

/* Where it has rested time and again, with a movement in between, is the start, whatever was thought. */
static bool rested_here_before(OpeningCounter *c, double value_deg, double range_deg) {
    bool here = fabs(value_deg - c->rest_deg) < REST_SHARE * range_deg;
    if (!here && fabs(value_deg - c->rest_deg) > LOST_SHARE * range_deg) c->rest_left = true;
    if (c->still_s < REST_S || c->sign * (value_deg - c->home_deg) > LOST_SHARE * range_deg) return false;
    if (!here) c->rest_again = 0;
    if (here && c->rest_left) c->rest_again++;
    c->rest_left = false;
    if (!here) c->rest_deg = value_deg;
    return c->rest_again >= REST_AGAIN;
}

Opening opening_counter_feed(OpeningCounter *c, double t_s, double value_deg, double rate_dps) {
    Opening nothing = { 0 };
    double dt_s = c->t_s > 0 ? t_s - c->t_s : 0;
    c->slow_s = fabs(rate_dps) < c->config.slow_dps ? c->slow_s + dt_s : 0;
    c->still_s = fabs(rate_dps) < STILL_DPS ? c->still_s + dt_s : 0;
    c->t_s = t_s;
    double known_deg = opening_counter_range(c);
    double range_deg = known_deg > 0 ? known_deg : c->config.floor_deg / ACCEPT_SHARE;
    double accept_deg =
        known_deg > 0 ? learnt_range_accept(&c->ranges, ACCEPT_SHARE) * known_deg : c->config.floor_deg;
    double from_home = remainder(value_deg - c->home_deg, 360);
    double out_deg = c->sign * from_home;

    if (fabs(from_home) > MOST_DEG) {
        /* Nobody turns that far: the axis is not known yet. */
        stay_home(c, value_deg);
        return nothing;
    }
    switch (c->phase) {
    case OPENING_AT_HOME:
        /* Where a rest on the way back has ended an opening, going on is no new one. */
        if (c->shy_deg > 0 && out_deg < OUT_SHARE * range_deg) c->shy_deg = 0;
        if (c->shy_deg > 0 && out_deg < c->shy_deg + TURN_SHARE * range_deg) return nothing;
        c->shy_deg = 0;
        if (fabs(from_home) < OUT_SHARE * range_deg) {
            c->start_s = c->slow_s > 0.2 || c->start_s <= 0 ? t_s : c->start_s;
            if (c->still_s > HOME_AFTER_S) {
                c->home_deg += from_home * fmin(1, dt_s / HOME_TAU_S);
                c->rest_deg = value_deg;
                c->rest_again = 0;
                c->rest_left = false;
            }
            return nothing;
        }
        go_out(c, from_home > 0 ? 1 : -1, fabs(from_home));
        return nothing;

    case OPENING_OUT:
        if (out_deg > c->peak_deg) {
            c->peak_deg = out_deg;
            c->peak_s = t_s;
            c->back_dps = 0;
            c->valley_deg = out_deg;
        }
        if (out_deg < c->valley_deg) {
            c->valley_deg = out_deg;
            c->home_s = t_s;
        }
        c->back_dps = fmax(c->back_dps, -c->sign * rate_dps);
        if ((c->still_s > STRAY_S && c->peak_deg < STRAY_SHARE * range_deg) ||
            (c->still_s > LOST_S && out_deg < LOST_SHARE * range_deg) ||
            rested_here_before(c, value_deg, range_deg)) {
            stay_home(c, value_deg);
            return nothing;
        }
        if (out_deg < HOME_SHARE * range_deg && out_deg < 0.6 * c->peak_deg) {
            c->phase = OPENING_BACK;
            c->home_s = t_s;
        } else if (c->still_s >= NEAR_S && out_deg < NEAR_SHARE * range_deg && out_deg < 0.5 * c->peak_deg) {
            c->home_s = t_s;
            Opening done = finish(c, out_deg, range_deg, accept_deg);
            c->home_deg = value_deg;
            c->shy_deg = 0;
            return done;
        } else if (c->valley_deg < 0.5 * c->peak_deg && out_deg > c->valley_deg + AGAIN_SHARE * range_deg) {
            double valley_deg = c->valley_deg;
            Opening done = finish(c, out_deg, range_deg, accept_deg);
            /* The first way out may be a strap's adjustment, and is no place to measure from. */
            if (known_deg <= 0) valley_deg = 0;
            c->home_deg += c->sign * valley_deg;
            go_out(c, c->sign, out_deg - valley_deg);
            return done;
        }
        if (!c->topped && c->peak_deg > 0.45 * range_deg && out_deg < c->peak_deg - TURN_SHARE * range_deg) {
            c->topped = true;
            return told(c, OPENING_TOP);
        }
        return nothing;

    case OPENING_BACK:
        c->back_dps = fmax(c->back_dps, -c->sign * rate_dps);
        if (out_deg < -UNDER_SHARE * range_deg) {
            c->phase = OPENING_BELOW;
            c->under_deg = -out_deg;
            return nothing;
        }
        if (c->slow_s >= DWELL_S || (!goes_under(c) && -c->sign * rate_dps < ARRIVE_SPEED * c->back_dps))
            return finish(c, out_deg, range_deg, accept_deg);
        c->valley_deg = fmin(c->valley_deg, out_deg);
        if (out_deg > c->valley_deg + AGAIN_BACK_SHARE * range_deg) {
            Opening done = finish(c, out_deg, range_deg, accept_deg);
            go_out(c, c->sign, out_deg);
            return done;
        }
        return nothing;

    case OPENING_BELOW:
        if (-out_deg > c->under_deg) c->under_deg = -out_deg;
        double other_share = c->over_count == 0 && c->config.has_under ? OTHER_FIRST_SHARE : OTHER_SHARE;
        /* What is large enough for an opening does not belong to a clearly smaller one. */
        bool outgrown = c->peak_deg < accept_deg && c->under_deg > fmax(accept_deg, OUTGROWN * c->peak_deg);
        /* Who threads under swings as far from there to the opening as ever, wherever the start has moved to.
         */
        double own_under_deg = c->under_count >= 2 && goes_under(c) ? median_get(&c->unders, 0) : 0;
        bool usual =
            own_under_deg > 0 && c->peak_deg + c->under_deg < USUAL_SHARE * (range_deg + own_under_deg);
        bool other = c->under_deg > other_share * fmax(range_deg, c->peak_deg) && !usual;
        if (outgrown || other || (!c->config.has_under && c->under_deg > 0.3 * range_deg)) {
            double other_deg = c->under_deg;
            c->under_deg = 0;
            Opening done = finish(c, out_deg, range_deg, accept_deg);
            go_out(c, -c->sign, other_deg);
            return done;
        }
        if (!c->under_told && -out_deg < c->under_deg - TURN_SHARE * range_deg) {
            c->under_told = true;
            return told(c, OPENING_UNDER);
        }
        if (-out_deg < 0.5 * UNDER_SHARE * range_deg ||
            (c->slow_s >= DWELL_S && -out_deg < fmin(0.7 * c->under_deg, HOME_SHARE * range_deg)))
            return finish(c, out_deg, range_deg, accept_deg);
        if (c->still_s >= NEAR_S && -out_deg < 0.7 * c->under_deg) {
            Opening done = finish(c, out_deg, range_deg, accept_deg);
            c->home_deg = value_deg;
            c->shy_deg = 0;
            return done;
        }
        return nothing;
    }
    return nothing;
}
