#include "motion/signal.h"

#include <math.h>

#define START_REST_S     1.8 /* rest that shows the start pose */
#define START_PATIENCE_S 2.5 /* without rest, it is taken as it is after this */
#define RECLINE_DEG                                                                                          \
    25.0 /* bridge: how far a seated trunk leans back; only scales the lift, never the reach */
#define RISE_DEG        22.0 /* bridge: by this much tilt, the axis of the rise is clear */
#define SEATED_DEG      20.0 /* bridge: this near to where it sat at first, and so still, it sits */
#define SEATED_DPS      4.0
#define SEATED_S        0.4
#define SEATED_TAU_S    0.5
#define RISES_MOST      6 /* bridge: the mean is over so many rises */
#define LIFTED_SHARE    0.8
#define LIFTED_DEG      36.0 /* bridge: from here on the turning is the reach */
#define REACHED_RAD2    0.6  /* bridge: so much turning has shown the long axis … */
#define LEAN_LEAST_DEG  8.0  /* … if the seated trunk leans back by an angle that a trunk can lean by */
#define LEAN_MOST_DEG   65.0
#define SAME_SEAT_DEG   12.0 /* a strap that sits as it did shows up within this */
#define FREE_MEMORY_S   12.0
#define YAW_HOME_DEG    14.0 /* a pull-apart is home within this, when slow after inward movement */
#define YAW_HOME_DPS    4.0
#define YAW_HOME_SLOW_S 0.2
#define YAW_HOME_TAU_S  0.3
#define YAW_GAP_S       1.5  /* a longer gap is not guessed over */
#define AXIS_TAU_S      0.12 /* twice: 1.3 Hz, below the strap's wobble */

void movement_signal_init(MovementSignal *signal, SignalKind kind, double sign_deg, double memory_rad2) {
    *signal = (MovementSignal){
        .kind = kind,
        .sign_deg = sign_deg,
        .axis = functional_axis_make(memory_rad2),
        .reach_axis = functional_axis_make(memory_rad2),
        .smooth_rate = low_pass3_make(0.4),
        .axis_rate1 = low_pass3_make(AXIS_TAU_S),
        .axis_rate2 = low_pass3_make(AXIS_TAU_S),
    };
    orientation_init(&signal->orientation, &orientation_config_default);
}

void movement_signal_rebase(MovementSignal *signal) {
    signal->started = true;
    signal->up_start = orientation_up(&signal->orientation);
    signal->raw_deg = signal->home_deg = signal->value_deg = signal->turned_deg = signal->lift_deg = 0;
    signal->rise_seen = false;
}

void movement_signal_forget(MovementSignal *signal) {
    signal->axis = functional_axis_make(signal->axis.memory_rad2);
    signal->reach_axis = functional_axis_make(signal->reach_axis.memory_rad2);
    signal->right = vec3(0, 0, 0);
    signal->rise_seen = false;
    signal->most_lift_deg = 0;
    signal->rises = 0;
    signal->sign = 0;
}

/* The start pose is known after a moment of rest; a body that never rests is taken as it is. */
static void look_for_start(MovementSignal *s, double dt_s) {
    s->waited_s += dt_s;
    /* A movement of any kind has no start pose to wait for. */
    bool now =
        s->kind == SIGNAL_FREE || s->orientation.rest_s >= START_REST_S || s->waited_s >= START_PATIENCE_S;
    if (now) movement_signal_rebase(s);
}

static void feed_tilt(MovementSignal *s) {
    Vec3 up = orientation_up(&s->orientation);
    s->raw_deg = turn_about_axis(s->axis.axis, s->up_start, up) * RAD2DEG;
    s->rate_dps = vec3_dot(s->orientation.rate, s->axis.axis) * RAD2DEG;
}

static void feed_yaw(MovementSignal *s, double dt_s) {
    s->rate_dps = vec3_dot(s->orientation.rate, orientation_up(&s->orientation)) * RAD2DEG;
    /* Over lost samples, the mean of the rates on either side is the best guess. */
    s->raw_deg += (s->last_rate_dps + s->rate_dps) / 2 * fmin(dt_s, YAW_GAP_S);
    s->last_rate_dps = s->rate_dps;
    double away_deg = s->raw_deg - s->home_deg;
    if (fabs(away_deg) > fabs(s->turned_deg)) s->turned_deg = away_deg;
    /* Home is where it slows down again after coming back in, never where it was held outside: heading drift
     * ends here. */
    bool came_back = fabs(s->turned_deg) > 2 * YAW_HOME_DEG && fabs(away_deg) < 0.4 * fabs(s->turned_deg);
    bool home = fabs(away_deg) < YAW_HOME_DEG && (came_back || fabs(s->turned_deg) < YAW_HOME_DEG);
    s->slow_s = fabs(s->rate_dps) < YAW_HOME_DPS ? s->slow_s + dt_s : 0;
    if (home && s->slow_s > YAW_HOME_SLOW_S) {
        s->home_deg += away_deg * (1 - exp(-dt_s / YAW_HOME_TAU_S));
        if (fabs(s->raw_deg - s->home_deg) < 3) s->turned_deg = s->raw_deg - s->home_deg;
    }
}

static void feed_free(MovementSignal *s, double dt_s) {
    s->rate_dps = vec3_dot(s->orientation.rate, s->axis.axis) * RAD2DEG;
    s->raw_deg = (s->raw_deg + s->rate_dps * dt_s) * exp(-dt_s / FREE_MEMORY_S);
}

/* The long axis, headwards: with the hips up, the reach turns about it; until that is known, it is guessed
 * from the first rise. Zero before that. */
static Vec3 long_axis(const MovementSignal *s) {
    const FunctionalAxis *axis = &s->reach_axis;
    double turned = axis->spread[0] + axis->spread[1] + axis->spread[2];
    double cosine = vec3_dot(axis->axis, s->up_start);
    bool leans = fabs(cosine) > cos(LEAN_MOST_DEG * DEG2RAD) && fabs(cosine) < cos(LEAN_LEAST_DEG * DEG2RAD);
    if (turned >= REACHED_RAD2 && functional_axis_purity(axis) >= 0.7 && leans)
        return cosine > 0 ? axis->axis : vec3_scale(axis->axis, -1);
    if (vec3_length(s->right) < 0.5) return s->right;
    Vec3 ahead = vec3_cross(s->up_start, s->right);
    double lean = RECLINE_DEG * DEG2RAD;
    return vec3_unit(vec3_sub(vec3_scale(s->up_start, cos(lean)), vec3_scale(ahead, sin(lean))));
}

/* How far an axis points up. */
static double elevation_deg(Vec3 axis, Vec3 up) {
    return asin(fmax(-1, fmin(1, vec3_dot(axis, up)))) * RAD2DEG;
}

static double bridge_lift(const MovementSignal *s, Vec3 cranial, Vec3 up) {
    return elevation_deg(cranial, s->up_start) - elevation_deg(cranial, up);
}

/* It sits leaning back: what of up is not along the trunk is the front of the chest. Only with the hips up
 * does turning about the long axis show against gravity. */
static double bridge_roll(const MovementSignal *s, Vec3 cranial, Vec3 up) {
    /* The rises show it too, but for what of a reach goes along; to either side in turn, that cancels out. */
    Vec3 seat_right = vec3_unit(vec3_cross(s->up_start, cranial));
    Vec3 rise_right = vec3_unit(vec3_reject(s->right, cranial));
    Vec3 right = vec3_unit(vec3_add(seat_right, rise_right)), front = vec3_cross(cranial, right);
    double roll_deg = atan2(vec3_dot(up, right), vec3_dot(up, front)) * RAD2DEG;
    double low_deg = 0.3 * (90 - RECLINE_DEG);
    return roll_deg * fmax(0, fmin(1, bridge_lift(s, cranial, up) / low_deg));
}

/* Up, in the body's eyes, wanders from the head toward the front of the chest as the hips rise: the axis of
 * that is the body's right (x head, y right, z front), and with it the whole body frame is known. Seen from
 * the body, up then moves to the right as the right arm reaches across. */
static void feed_bridge(MovementSignal *s, double dt_s) {
    Vec3 up = orientation_up(&s->orientation);
    double tilt_deg = vec3_angle(up, s->up_start) * RAD2DEG;
    if (tilt_deg < RISE_DEG / 3) s->rise_seen = false;
    if (tilt_deg > RISE_DEG && !s->rise_seen) {
        Vec3 right = vec3_unit(vec3_cross(up, s->up_start));
        s->rises = s->rises < RISES_MOST ? s->rises + 1 : RISES_MOST;
        s->right = vec3_unit(vec3_add(vec3_scale(s->right, s->rises - 1), right));
        s->rise_seen = true;
    }
    Vec3 cranial = long_axis(s);
    if (vec3_length(cranial) < 0.5) {
        s->lift_deg = tilt_deg;
        s->rate_dps = vec3_length(s->orientation.rate) * RAD2DEG;
        return;
    }
    s->lift_deg = bridge_lift(s, cranial, up);
    s->raw_deg = bridge_roll(s, cranial, up);
    s->rate_dps = vec3_dot(s->orientation.rate, cranial) * RAD2DEG;
    s->sign = 1; /* true sides */
    s->seated_s = tilt_deg < SEATED_DEG && s->still_dps < SEATED_DPS ? s->seated_s + dt_s : 0;
    /* Seated again, a body sits a little elsewhere, and a strap may have slipped. */
    if (s->seated_s < SEATED_S) return;
    double share = 1 - exp(-dt_s / SEATED_TAU_S);
    s->up_start = vec3_unit(vec3_add(vec3_scale(s->up_start, 1 - share), vec3_scale(up, share)));
}

/* Slow turning only, and no faster than the movement itself, so that neither the wobble of the strap nor one
 * quick adjustment of it outweighs the movement. */
static void learn_axis(MovementSignal *s, double dt_s) {
    Vec3 rate = low_pass3_feed(&s->axis_rate1, s->orientation.rate, dt_s);
    rate = low_pass3_feed(&s->axis_rate2, rate, dt_s);
    double upright = vec3_dot(rate, orientation_up(&s->orientation)), all = vec3_dot(rate, rate);
    double keep = exp(-all * dt_s / s->axis.memory_rad2);
    s->turning = s->turning * keep + all * dt_s;
    s->upright_turning = s->upright_turning * keep + upright * upright * dt_s;
    if (s->level_axis) rate = vec3_reject(rate, orientation_up(&s->orientation));
    double speed_dps = vec3_length(rate) * RAD2DEG;
    if (s->fastest_dps > 0 && speed_dps > s->fastest_dps) rate = vec3_scale(rate, s->fastest_dps / speed_dps);
    functional_axis_feed(&s->axis, rate, dt_s);
    double tilt = vec3_dot(orientation_up(&s->orientation), s->up_start);
    s->most_lift_deg = fmax(s->most_lift_deg, s->lift_deg);
    bool lifted = tilt < cos(LIFTED_DEG * DEG2RAD) && s->lift_deg > LIFTED_SHARE * s->most_lift_deg;
    if (s->kind == SIGNAL_BRIDGE && lifted) functional_axis_feed(&s->reach_axis, rate, dt_s);
}

bool movement_signal_feed(MovementSignal *s, const ImuSample *sample) {
    double before_s = s->orientation.t_s;
    bool first = s->orientation.samples == 0;
    if (!orientation_feed(&s->orientation, sample)) return false;
    /* A clock that was set back has taken no time. */
    double passed_s = first ? 0 : fmax(0, sample->t_s - before_s);
    double dt_s = fmin(passed_s, s->orientation.config.gap_s);
    s->still_dps = vec3_length(low_pass3_feed(&s->smooth_rate, s->orientation.rate, dt_s)) * RAD2DEG;
    if (!s->started) {
        look_for_start(s, dt_s);
        return true;
    }
    learn_axis(s, dt_s);
    switch (s->kind) {
    case SIGNAL_TILT: feed_tilt(s); break;
    case SIGNAL_YAW: feed_yaw(s, passed_s); break;
    case SIGNAL_BRIDGE: feed_bridge(s, dt_s); break;
    case SIGNAL_FREE: feed_free(s, dt_s); break;
    }
    trail_feed(&s->trail, sample->t_s, orientation_up(&s->orientation), s->raw_deg);
    double away_deg = s->raw_deg - s->home_deg;
    if (s->sign == 0 && fabs(away_deg) > s->sign_deg) s->sign = away_deg > 0 ? 1 : -1;
    /* Until the sign is known, whichever way it goes is taken for it: so the value does not jump when it is.
     */
    double sign = s->sign != 0 ? s->sign : away_deg < 0 ? -1 : 1;
    s->value_deg = away_deg * sign;
    s->rate_dps *= sign;
    return true;
}

double movement_signal_raw_of(const MovementSignal *signal, TrailPoint point) {
    Vec3 up = vec3(point.up[0], point.up[1], point.up[2]);
    if (signal->kind == SIGNAL_BRIDGE) {
        Vec3 cranial = long_axis(signal);
        return vec3_length(cranial) > 0.5 ? bridge_roll(signal, cranial, up) : point.raw_deg;
    }
    if (signal->kind != SIGNAL_TILT) return point.raw_deg;
    return turn_about_axis(signal->axis.axis, signal->up_start, up) * RAD2DEG;
}

MovementSpan movement_signal_span(const MovementSignal *s, double from_s, double to_s) {
    enum { MEAN = TRAIL_HZ / 8 };
    int64_t first, end;
    trail_span(&s->trail, from_s, to_s, &first, &end);
    MovementSpan span = { 0 };
    double ring[MEAN] = { 0 }, sum = 0, aside_low = 2, aside_high = -2, nearest = 1;
    Vec3 up_first = { 0, 0, 0 };
    for (int64_t i = first; i < end; i++) {
        TrailPoint point = trail_point(&s->trail, i);
        Vec3 up = vec3(point.up[0], point.up[1], point.up[2]);
        double raw = movement_signal_raw_of(s, point);
        int64_t seen = i - first;
        if (seen == 0) up_first = up;
        nearest = fmin(nearest, vec3_dot(up, up_first));
        sum += raw - ring[seen % MEAN];
        ring[seen % MEAN] = raw;
        if (seen < MEAN - 1) continue;
        double mean = sum / MEAN;
        bool any = seen >= MEAN;
        span.low_deg = any && span.low_deg < mean ? span.low_deg : mean;
        span.high_deg = any && span.high_deg > mean ? span.high_deg : mean;
        double aside = vec3_dot(s->axis.axis, up);
        aside_low = fmin(aside_low, aside);
        aside_high = fmax(aside_high, aside);
    }
    if (aside_high >= aside_low)
        span.aside_deg = (asin(fmin(1, aside_high)) - asin(fmax(-1, aside_low))) * RAD2DEG;
    span.upset_deg = acos(fmax(-1, nearest)) * RAD2DEG;
    double tenth = (span.high_deg - span.low_deg) / 10;
    for (int64_t i = first; i < end && tenth > 0; i++) {
        double raw = movement_signal_raw_of(s, trail_point(&s->trail, i));
        if (raw > span.low_deg + tenth && raw < span.high_deg - tenth) span.moving_s += 1.0 / TRAIL_HZ;
    }
    return span;
}

void movement_signal_face(MovementSignal *signal, double sign) {
    if (signal->sign * sign < 0) {
        signal->value_deg = -signal->value_deg;
        signal->rate_dps = -signal->rate_dps;
    }
    signal->sign = sign;
}

Seat movement_signal_seat(const MovementSignal *signal) {
    if (signal->kind != SIGNAL_TILT || signal->sign == 0) return (Seat){ 0 };
    return (Seat){ .up = signal->up_start, .axis = signal->axis.axis };
}

bool movement_signal_sit(MovementSignal *signal, const Seat *seat) {
    bool known = vec3_length(seat->up) > 0.5 && vec3_length(seat->axis) > 0.5;
    if (!known || !signal->started || signal->kind != SIGNAL_TILT) return false;
    if (vec3_dot(signal->up_start, seat->up) < cos(SAME_SEAT_DEG * DEG2RAD)) return false;
    functional_axis_seed(&signal->axis, seat->axis);
    return true;
}

double movement_signal_ahead(const MovementSignal *signal, double ahead_s) {
    return signal->value_deg + signal->rate_dps * fmax(0, fmin(ahead_s, 0.05));
}
