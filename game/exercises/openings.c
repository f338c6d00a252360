#include "exercises/openings.h"

#include <math.h>

#define ACCEPT_SHARE  0.6
#define PARTIAL_SHARE 0.2
#define OUT_SHARE     0.18 /* an opening begins */
#define HOME_SHARE    0.2  /* … and is back */
#define UNDER_SHARE   0.12 /* the swing under begins */
#define TURN_SHARE    0.08
#define DWELL_S       0.35
#define OTHER_SHARE   0.75 /* a swing under this large is the other side's opening */
/* A small opposite swing this soon after a repetition is its own late swing under. */
#define LATE_UNDER_S 1.2

void opening_counter_init(OpeningCounter *counter, const OpeningConfig *config) {
    *counter = (OpeningCounter){ .config = *config };
}

double opening_counter_range(const OpeningCounter *counter) {
    return median_get(&counter->ranges, counter->config.range_deg);
}

static void go_out(OpeningCounter *c, int sign, double out_deg) {
    c->phase = OPENING_OUT;
    c->sign = sign;
    c->topped = c->under_told = false;
    c->peak_deg = out_deg;
    c->peak_s = c->t_s;
    c->under_deg = 0;
}

static Opening finish(OpeningCounter *c, double range_deg, double accept_deg) {
    Opening done = {
        .kind = c->peak_deg >= accept_deg                  ? OPENING_REP
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
    bool late_under =
        c->config.has_under && c->sign == -c->last_sign && c->start_s - c->last_end_s < LATE_UNDER_S;
    if (done.kind == OPENING_PARTIAL && late_under) done.kind = OPENING_NONE;
    if (done.kind == OPENING_REP) median_push(&c->ranges, c->peak_deg);
    c->last_sign = done.kind == OPENING_REP && c->under_deg <= 0 ? c->sign : 0;
    c->last_end_s = c->t_s;
    c->phase = OPENING_AT_HOME;
    c->start_s = c->t_s;
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

Opening opening_counter_feed(OpeningCounter *c, double t_s, double value_deg, double rate_dps) {
    Opening nothing = { 0 };
    double dt_s = c->t_s > 0 ? t_s - c->t_s : 0;
    c->slow_s = fabs(rate_dps) < c->config.slow_dps ? c->slow_s + dt_s : 0;
    c->t_s = t_s;
    double known_deg = opening_counter_range(c);
    double range_deg = known_deg > 0 ? known_deg : c->config.floor_deg;
    double accept_deg = known_deg > 0 ? ACCEPT_SHARE * known_deg : c->config.floor_deg;
    double from_home = value_deg - c->home_deg;
    double out_deg = c->sign * from_home;

    switch (c->phase) {
    case OPENING_AT_HOME:
        if (fabs(from_home) < OUT_SHARE * range_deg) {
            c->start_s = c->slow_s > 0.2 || c->start_s <= 0 ? t_s : c->start_s;
            /* Only a body at rest near its start teaches where the start is. */
            if (c->slow_s > 1.0 && fabs(value_deg) < 0.25 * range_deg)
                c->home_deg += (value_deg - c->home_deg) * fmin(1, dt_s / 1.5);
            return nothing;
        }
        go_out(c, from_home > 0 ? 1 : -1, fabs(from_home));
        return nothing;

    case OPENING_OUT:
        if (out_deg > c->peak_deg) {
            c->peak_deg = out_deg;
            c->peak_s = t_s;
        }
        if (out_deg < HOME_SHARE * range_deg && out_deg < 0.6 * c->peak_deg) {
            c->phase = OPENING_BACK;
            c->home_s = t_s;
        }
        if (!c->topped && c->peak_deg > 0.45 * range_deg && out_deg < c->peak_deg - TURN_SHARE * range_deg) {
            c->topped = true;
            return told(c, OPENING_TOP);
        }
        return nothing;

    case OPENING_BACK:
        if (out_deg < -UNDER_SHARE * range_deg) {
            c->phase = OPENING_BELOW;
            c->under_deg = -out_deg;
            return nothing;
        }
        if (c->slow_s >= DWELL_S) return finish(c, range_deg, accept_deg);
        if (out_deg > 1.5 * HOME_SHARE * range_deg) {
            Opening done = finish(c, range_deg, accept_deg);
            go_out(c, c->sign, out_deg);
            return done;
        }
        return nothing;

    case OPENING_BELOW:
        if (-out_deg > c->under_deg) c->under_deg = -out_deg;
        if (c->under_deg > OTHER_SHARE * fmax(range_deg, c->peak_deg) ||
            (!c->config.has_under && c->under_deg > 0.3 * range_deg)) {
            double other_deg = c->under_deg;
            c->under_deg = 0;
            Opening done = finish(c, range_deg, accept_deg);
            go_out(c, -c->sign, other_deg);
            return done;
        }
        if (!c->under_told && -out_deg < c->under_deg - TURN_SHARE * range_deg) {
            c->under_told = true;
            return told(c, OPENING_UNDER);
        }
        if (-out_deg < 0.5 * UNDER_SHARE * range_deg ||
            (c->slow_s >= DWELL_S && -out_deg < 0.7 * c->under_deg))
            return finish(c, range_deg, accept_deg);
        return nothing;
    }
    return nothing;
}
