#include "exercises/holds.h"

#include "motion/step_fit.h"

#include <math.h>

/* The roller. */
#define COUNTS_S     5.0  /* shorter stillness is a pause */
#define AWAY_SHARE   0.12 /* of the range from the start: below, it rests at the start */
#define LEAVE_SHARE  0.16 /* … and only from here has it left the start */
#define BRIDGE_S     2.0  /* a cough this long does not end a hold, if the body stays where it is */
#define BRIDGE_DEG   1.5
#define BRIDGE_SHARE 0.08
/* The slow ends of the movements before and after look still: this share of a stroke is slower than a small
 * share of its fastest, for strokes of many shapes. */
#define TAIL_SHARE  0.4
#define STROKE_FORM 1.7 /* length of a smooth stroke by its way and its fastest */
#define TAIL_MOST_S 1.0
#define HOME_TAU_S  1.0

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
                       .until_s = fmax(h->since_s, h->until_s - h->tail_s) };
}

static double tail_s(const StillHold *h, double way_deg) {
    double share = TAIL_SHARE * fmin(1, h->stillness.enter_dps / h->fastest_dps);
    return fmin(TAIL_MOST_S, share * STROKE_FORM * way_deg / h->fastest_dps);
}

HoldNews still_hold_feed(StillHold *h, double t_s, double value_deg, double turn_dps, double range_deg) {
    double dt_s = h->t_s > 0 ? t_s - h->t_s : 0;
    h->t_s = t_s;
    stillness_feed(&h->stillness, t_s, turn_dps);
    bool still = h->stillness.still;
    if (still && !h->holding) {
        if (h->fastest_dps > 0) h->tail_s = tail_s(h, fabs(value_deg - h->left_deg));
        h->fastest_dps = 0;
        h->left_deg = value_deg;
    } else if (turn_dps > h->fastest_dps) {
        h->fastest_dps = turn_dps;
    }
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
        h->since_s = fmax(h->stillness.since_s, t_s - 1) + h->tail_s;
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
    if (!h->told && t_s - h->since_s >= COUNTS_S + h->tail_s && !h->doubted) {
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
#define SUNK_SHARE    0.5 /* of the own sink */
#define SLOW_DPS      1.6
#define QUICK_TAU_S   0.3
#define BEFORE_FROM_S 9.0 /* what it is compared with: where it lay so long ago … */
#define BEFORE_TO_S   5.0
#define TOLD_S        2.0
#define MEASURE_S     8.0  /* after this it is known how deep the sink went, and so when it ended */
#define AGAIN_S       25.0 /* until then a larger step is the sink, and what came before was not */
/* This share of a step within this many points of the trace, of those of some seconds. */
#define SLIP_SHARE    0.65
#define SLIP_POINTS   6
#define SLIP_BACK     (9 * SINK_TRACE_HZ)
#define FURTHER_S     12.0
#define FURTHER_SHARE 0.4
#define FURTHER_DEG   1.8
#define LEVEL_TAU_S   6.0
#define OUT_SHARE     0.55 /* of the sink, back up: this is the way out … */
#define NEAR_SHARE    0.2  /* … on which it began to be this far from where it lay … */
#define JERK_S        0.15 /* … at least so long ago: a strap slips and a body twitches faster */
#define JERK_OVER_S   1.5  /* after so long such a jerk is over */
#define OUT_TURN_S    2.5  /* how long after it began the way out is measured */

/* The step is fitted to the trace from so long before its middle to so long after it. */
#define FIT_BEFORE_S 6.0
#define FIT_AFTER_S  9.0
#define FIT_AROUND_S 2.0
/* Half a cosine is fitted to strokes of many shapes, of which most begin and end more gently. */
#define FIT_LONGER 1.05

SinkHold sink_hold_make(double range_deg, double floor_deg) {
    return (SinkHold){ .range_deg = range_deg, .floor_deg = floor_deg };
}

static double trace_time(const SinkHold *h, int64_t number) {
    return h->next_s - (double)(h->count - number) / SINK_TRACE_HZ;
}

double sink_hold_point(const SinkHold *hold, int64_t number, double *t_s) {
    *t_s = trace_time(hold, number);
    return hold->trace_deg[number % SINK_TRACE_MAX];
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
    return seen > 0 ? sum / seen : h->trace_deg[oldest % SINK_TRACE_MAX];
}

/* Fits the step whose middle is near `guess_s` in the trace; positive size = a sink. */
static bool fit_trace(const SinkHold *h, double guess_s, double to_s, StepFit *fit) {
    float values[SINK_TRACE_MAX];
    size_t count = 0;
    int64_t oldest = h->count > SINK_TRACE_MAX ? h->count - SINK_TRACE_MAX : 0;
    double first_s = 0;
    for (int64_t i = oldest; i < h->count; i++) {
        double t_s = trace_time(h, i);
        if (t_s < guess_s - FIT_BEFORE_S || t_s > to_s) continue;
        if (count == 0) first_s = t_s;
        values[count++] = h->trace_deg[i % SINK_TRACE_MAX];
    }
    return step_fit(values, count, first_s, SINK_TRACE_HZ, guess_s, FIT_AROUND_S, fit);
}

static void measure_sink(SinkHold *h) {
    h->measured = true;
    double to_deg = trace_mean(h, h->seen_s + 2, h->t_s), from_deg = to_deg - h->sign * h->in_deg;
    double half_s = h->seen_s, t_s = h->t_s;
    for (int64_t i = h->count - 1; i > 0 && i > h->count - SINK_TRACE_MAX; i--) {
        double done_deg = h->sign * (sink_hold_point(h, i, &t_s) - from_deg);
        if (done_deg < h->sign * (to_deg - from_deg) / 2 && t_s < h->seen_s + 1) break;
        half_s = t_s;
    }
    StepFit fit;
    if (!fit_trace(h, half_s, half_s + FIT_AFTER_S, &fit) || fit.size * h->sign <= 0) return;
    h->in_deg = fabs(fit.size);
    h->since_s = fit.middle_s + FIT_LONGER * fit.length_s / 2;
}

static HoldNews end_sink(SinkHold *h) {
    bool told = h->told;
    if (told) h->down = h->sign;
    h->holding = h->told = h->leaving = false;
    if (!told) return (HoldNews){ 0 };
    return (HoldNews){ .kind = HOLD_END, .since_s = h->since_s, .until_s = fmax(h->since_s, h->until_s) };
}

static void measure_exit(SinkHold *h) {
    StepFit fit;
    if (!fit_trace(h, h->left_s, h->t_s, &fit) || fit.size * h->sign >= 0) return;
    h->out_deg = fabs(fit.size);
    h->until_s = fmin(h->left_s, fit.middle_s - FIT_LONGER * fit.length_s / 2);
}

static void begin_sink(SinkHold *h, double sign) {
    h->holding = true;
    h->measured = h->leaving = h->jerked = false;
    h->sign = sign;
    h->seen_s = h->since_s = h->near_s = h->t_s;
    h->mean_deg = h->mean_s = 0;
    h->level_deg = h->quick_deg;
    h->in_deg = fabs(h->quick_deg - h->before_deg);
    h->rested_deg = h->quick_deg;
}

static void follow_level(SinkHold *h, double value_deg, double dt_s) {
    h->level_deg += (value_deg - h->level_deg) * fmin(1, dt_s / LEVEL_TAU_S);
    h->mean_s += dt_s;
    h->mean_deg += (value_deg - h->mean_deg) * dt_s / h->mean_s;
}

/* A strap slips at once, a body sinks slowly. */
static bool has_slipped(const SinkHold *h, double step_deg) {
    double most_deg = 0;
    int64_t oldest = h->count > SINK_TRACE_MAX ? h->count - SINK_TRACE_MAX : 0;
    for (int64_t i = h->count - 1; i - SLIP_POINTS >= oldest && i > h->count - SLIP_BACK; i--) {
        double change_deg =
            h->trace_deg[i % SINK_TRACE_MAX] - h->trace_deg[(i - SLIP_POINTS) % SINK_TRACE_MAX];
        most_deg = fmax(most_deg, change_deg * (step_deg > 0 ? 1 : -1));
    }
    return most_deg > SLIP_SHARE * fabs(step_deg);
}

HoldNews sink_hold_feed(SinkHold *h, double t_s, double value_deg) {
    double dt_s = h->t_s > 0 ? t_s - h->t_s : 0;
    h->t_s = t_s;
    if (h->count == 0) {
        h->next_s = t_s;
        h->quick_deg = value_deg;
    }
    while (h->next_s <= t_s) {
        h->trace_deg[h->count++ % SINK_TRACE_MAX] = (float)value_deg;
        h->next_s += 1.0 / SINK_TRACE_HZ;
        h->before_deg = trace_mean(h, t_s - BEFORE_FROM_S, t_s - BEFORE_TO_S);
    }
    double before = h->quick_deg;
    h->quick_deg += (value_deg - h->quick_deg) * fmin(1, dt_s / QUICK_TAU_S);
    double rate_dps = dt_s > 0 ? (h->quick_deg - before) / dt_s : 0;
    h->slow_dps += (fabs(rate_dps) - h->slow_dps) * fmin(1, dt_s / 0.2);
    double step_deg = h->quick_deg - h->before_deg;
    double sunk_deg = h->range_deg > 0 ? SUNK_SHARE * h->range_deg : h->floor_deg;
    bool slow = h->slow_dps < SLOW_DPS;
    if (!h->holding) {
        /* A body may rise beyond where it began; that is no sink. */
        bool down = h->down == 0 || step_deg * h->down > 0;
        if (fabs(step_deg) > sunk_deg && slow && down && !has_slipped(h, step_deg))
            begin_sink(h, step_deg > 0 ? 1 : -1);
        return (HoldNews){ 0 };
    }
    bool early = t_s - h->seen_s < AGAIN_S && t_s - h->seen_s > BEFORE_TO_S;
    if (early && slow && fabs(step_deg) > 1.3 * h->in_deg && fabs(step_deg) > sunk_deg && !h->leaving &&
        !has_slipped(h, step_deg)) {
        begin_sink(h, step_deg > 0 ? 1 : -1);
        h->told = false;
    }
    /* Some sink in two steps, and hold from the second; how deep it goes shows that, where it is not known.
     */
    bool further = h->range_deg <= 0 && slow && !h->leaving && t_s - h->seen_s > 2 &&
                   t_s - h->seen_s < FURTHER_S &&
                   h->sign * (h->quick_deg - h->rested_deg) > fmax(FURTHER_SHARE * h->in_deg, FURTHER_DEG);
    if (further && !has_slipped(h, h->quick_deg - h->rested_deg)) {
        double in_deg = h->in_deg;
        begin_sink(h, h->sign);
        h->in_deg = fmax(in_deg, h->in_deg);
        h->told = false;
    }
    if (!h->measured && t_s - h->seen_s > MEASURE_S) measure_sink(h);
    double sink_deg = fmax(h->in_deg, h->floor_deg);
    double up_deg = h->sign * (h->level_deg - value_deg);
    if (h->leaving) {
        if (up_deg < 0.25 * sink_deg)
            h->leaving = false;
        else if (t_s - h->left_s > OUT_TURN_S) {
            measure_exit(h);
            return end_sink(h);
        }
    } else if (h->jerked) {
        if (t_s - h->near_s > JERK_OVER_S) {
            h->level_deg = h->quick_deg;
            h->jerked = false;
        }
    } else if (fabs(up_deg) > OUT_SHARE * sink_deg && t_s - h->near_s < JERK_S) {
        h->jerked = true;
    } else if (up_deg > OUT_SHARE * sink_deg) {
        h->leaving = true;
        h->left_s = h->until_s = t_s;
    } else {
        follow_level(h, value_deg, dt_s);
    }
    if (!h->jerked && fabs(up_deg) < NEAR_SHARE * sink_deg) h->near_s = t_s;
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
    return hold->mean_s > 2 * MEASURE_S ? (hold->in_deg + fabs(hold->mean_deg)) / 2 : hold->in_deg;
}
