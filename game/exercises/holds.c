#include "exercises/holds.h"

#include <math.h>

/* The roller. */
#define COUNTS_S     5.0  /* shorter stillness is a pause */
#define AWAY_SHARE   0.12 /* of the range from the start: below, it rests at the start */
#define LEAVE_SHARE  0.16 /* … and only from here has it left the start */
#define BRIDGE_S     2.0  /* a cough this long does not end a hold, if the body stays where it is */
#define BRIDGE_DEG   2.5
#define BRIDGE_SHARE 0.12
#define TAILS_S      0.4 /* the slow ends of the movements before and after, which look still */
#define HOME_TAU_S   1.0

StillHold still_hold_make(double enter_dps, double leave_dps) {
    return (StillHold){ .stillness = stillness_make(enter_dps, leave_dps), .at_home = true };
}

void still_hold_home(StillHold *hold) {
    hold->at_home = true;
    hold->home_deg = NAN;
}

static HoldNews end_still(StillHold *h) {
    h->holding = h->doubted = false;
    if (!h->told) return (HoldNews){ 0 };
    h->told = false;
    return (HoldNews){ .kind = HOLD_END,
                       .since_s = h->since_s,
                       .until_s = fmax(h->since_s, h->until_s - TAILS_S) };
}

HoldNews still_hold_feed(StillHold *h, double t_s, double value_deg, double turn_dps, double range_deg) {
    double dt_s = h->t_s > 0 ? t_s - h->t_s : 0;
    h->t_s = t_s;
    stillness_feed(&h->stillness, t_s, turn_dps);
    bool still = h->stillness.still;
    if (!(fabs(h->home_deg) < 1e9)) h->home_deg = value_deg;
    double away_deg = fabs(value_deg - h->home_deg);
    if (h->at_home) {
        if (away_deg > fmax(LEAVE_SHARE * range_deg, 2))
            h->at_home = false;
        else if (still)
            h->home_deg += (value_deg - h->home_deg) * fmin(1, dt_s / HOME_TAU_S);
    }
    bool away = !h->at_home && away_deg > fmax(AWAY_SHARE * range_deg, 1.5);
    if (!h->holding) {
        if (!still || !away) return (HoldNews){ 0 };
        h->holding = true;
        h->doubted = false;
        h->since_s = fmax(h->stillness.since_s, t_s - 1);
        h->level_deg = value_deg;
    }
    bool stayed = fabs(value_deg - h->level_deg) < fmax(BRIDGE_SHARE * range_deg, BRIDGE_DEG);
    if (still && stayed && away) {
        h->doubted = false;
        h->until_s = t_s;
        h->level_deg += (value_deg - h->level_deg) * fmin(1, dt_s / HOME_TAU_S);
    } else if (!h->doubted) {
        h->doubted = true;
        h->until_s = fmin(h->until_s, h->stillness.last_quiet_s);
    }
    if (h->doubted && (!stayed || t_s - h->until_s > BRIDGE_S)) return end_still(h);
    if (!h->told && t_s - h->since_s >= COUNTS_S + TAILS_S && !h->doubted) {
        h->told = true;
        return (HoldNews){ .kind = HOLD_START, .since_s = h->since_s };
    }
    return (HoldNews){ 0 };
}

HoldNews still_hold_finish(StillHold *hold) {
    if (!hold->holding) return (HoldNews){ 0 };
    return end_still(hold);
}

/* The bench. */
#define SUNK_SHARE  0.5 /* of the own sink */
#define SLOW_DPS    1.6
#define TOLD_S      2.0
#define MEASURE_S   8.0 /* after this it is known how deep the sink went, and so when it ended */
#define LEVEL_TAU_S 6.0
#define OUT_SHARE   0.55 /* of the sink, back up: this is the way out */
#define OUT_TURN_S  5.0  /* … at the latest so long after it began */
/* Between a fifth and four fifths of a smooth stroke lies this share of its time (0.35 for minimum jerk, 0.41
 * for a cosine, 0.40 for a trapezoid). */
#define MIDDLE_SHARE 0.38

SinkHold sink_hold_make(double range_deg, double floor_deg) {
    return (SinkHold){ .range_deg = range_deg, .floor_deg = floor_deg };
}

static double trace_time(const SinkHold *h, int64_t number) {
    return h->next_s - (double)(h->count - number) / SINK_TRACE_HZ;
}

/* Mean over half a second, so that a heartbeat does not matter. */
static double trace_at(const SinkHold *h, int64_t number) {
    enum { REACH = SINK_TRACE_HZ / 4 };
    int64_t oldest = h->count > SINK_TRACE_MAX ? h->count - SINK_TRACE_MAX : 0;
    double sum = 0;
    int seen = 0;
    for (int64_t i = number - REACH; i <= number + REACH; i++) {
        if (i < oldest || i >= h->count) continue;
        sum += h->trace_deg[i % SINK_TRACE_MAX];
        seen++;
    }
    return seen > 0 ? sum / seen : 0;
}

static double trace_mean(const SinkHold *h, double from_s, double to_s) {
    int64_t oldest = h->count > SINK_TRACE_MAX ? h->count - SINK_TRACE_MAX : 0;
    double sum = 0;
    int seen = 0;
    for (int64_t i = oldest; i < h->count; i++) {
        double t_s = trace_time(h, i);
        if (t_s < from_s || t_s > to_s) continue;
        sum += h->trace_deg[i % SINK_TRACE_MAX];
        seen++;
    }
    return seen > 0 ? sum / seen : 0;
}

/* When a stroke between two levels passed the middle last before `before_s`, and how long the whole took. */
static bool stroke_times(const SinkHold *h, double from_deg, double to_deg, double before_s, double *middle_s,
                         double *length_s) {
    int64_t oldest = h->count > SINK_TRACE_MAX ? h->count - SINK_TRACE_MAX : 0;
    int64_t at = h->count - 1;
    while (at > oldest && trace_time(h, at) > before_s) at--;
    double span = to_deg - from_deg;
    while (at > oldest && (trace_at(h, at) - from_deg) / span > 0.5) at--;
    if (at <= oldest) return false;
    int64_t low = at, high = at;
    while (low > oldest && (trace_at(h, low) - from_deg) / span > 0.2) low--;
    while (high < h->count - 1 && (trace_at(h, high) - from_deg) / span < 0.8) high++;
    *middle_s = trace_time(h, at);
    *length_s = (trace_time(h, high) - trace_time(h, low)) / MIDDLE_SHARE;
    return true;
}

static void measure_sink(SinkHold *h) {
    h->measured = true;
    h->in_deg = trace_mean(h, h->seen_s + 2, h->t_s);
    double middle_s, length_s;
    if (!stroke_times(h, 0, h->in_deg, h->seen_s + 1, &middle_s, &length_s)) return;
    h->since_s = middle_s + fmin(length_s, 8) / 2;
}

static HoldNews end_sink(SinkHold *h) {
    bool told = h->told;
    h->holding = h->told = h->leaving = false;
    if (!told) return (HoldNews){ 0 };
    return (HoldNews){ .kind = HOLD_END, .since_s = h->since_s, .until_s = fmax(h->since_s, h->until_s) };
}

/* Where it lay before it left, where it lies now, and from that when the way out began. */
static void measure_exit(SinkHold *h) {
    double to_deg = trace_mean(h, h->t_s - 0.4, h->t_s);
    double from_deg = trace_mean(h, h->left_s - 10, h->left_s - 2);
    double middle_s, length_s;
    h->out_deg = from_deg - to_deg;
    if (stroke_times(h, from_deg, to_deg, h->t_s, &middle_s, &length_s))
        h->until_s = middle_s - fmin(length_s, 6) / 2;
}

HoldNews sink_hold_feed(SinkHold *h, double t_s, double value_deg) {
    double dt_s = h->t_s > 0 ? t_s - h->t_s : 0;
    h->t_s = t_s;
    if (h->count == 0) h->next_s = t_s;
    while (h->next_s <= t_s) {
        h->trace_deg[h->count++ % SINK_TRACE_MAX] = (float)value_deg;
        h->next_s += 1.0 / SINK_TRACE_HZ;
    }
    double before = h->level_deg;
    if (!h->holding) {
        /* A quick mean of the angle, and its rate. */
        h->level_deg += (value_deg - h->level_deg) * fmin(1, dt_s / 0.3);
        double rate_dps = dt_s > 0 ? (h->level_deg - before) / dt_s : 0;
        h->slow_dps += (fabs(rate_dps) - h->slow_dps) * fmin(1, dt_s / 0.2);
        double sunk_deg = h->range_deg > 0 ? SUNK_SHARE * h->range_deg : h->floor_deg;
        if (h->level_deg > sunk_deg && h->slow_dps < SLOW_DPS) {
            h->holding = true;
            h->measured = h->told = h->leaving = false;
            h->seen_s = h->since_s = t_s;
            h->mean_deg = h->mean_s = 0;
            h->in_deg = h->level_deg;
        }
        return (HoldNews){ 0 };
    }
    if (!h->measured && t_s - h->seen_s > MEASURE_S) measure_sink(h);
    if (!h->leaving) {
        h->level_deg += (value_deg - h->level_deg) * fmin(1, dt_s / LEVEL_TAU_S);
        h->mean_s += dt_s;
        if (h->mean_s > 0) h->mean_deg += (value_deg - h->mean_deg) * dt_s / h->mean_s;
    }
    double step_deg = fmax(h->in_deg, h->floor_deg);
    if (!h->leaving && h->level_deg - value_deg > OUT_SHARE * step_deg) {
        h->leaving = true;
        h->left_s = h->until_s = t_s;
        h->out_from_deg = h->level_deg;
    }
    if (h->leaving) {
        bool sunk_again = h->out_from_deg - value_deg < 0.25 * step_deg;
        if (sunk_again) {
            h->leaving = false;
        } else if (t_s - h->left_s > OUT_TURN_S / 2) {
            measure_exit(h);
            return end_sink(h);
        }
    }
    if (!h->told && t_s - h->seen_s >= TOLD_S) {
        h->told = true;
        return (HoldNews){ .kind = HOLD_START, .since_s = h->since_s };
    }
    return (HoldNews){ 0 };
}

HoldNews sink_hold_finish(SinkHold *hold) {
    if (!hold->holding) return (HoldNews){ 0 };
    if (hold->leaving)
        measure_exit(hold);
    else
        hold->until_s = hold->t_s;
    return end_sink(hold);
}

double sink_hold_depth(const SinkHold *hold) {
    if (hold->in_deg <= 0) return 0;
    bool came_back = hold->out_deg > 0.6 * hold->in_deg && hold->out_deg < 1.6 * hold->in_deg;
    if (came_back) return (hold->in_deg + hold->out_deg) / 2;
    return hold->mean_s > 2 * MEASURE_S ? (hold->in_deg + hold->mean_deg) / 2 : hold->in_deg;
}
