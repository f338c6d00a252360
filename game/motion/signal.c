#include "motion/signal.h"

#include <math.h>

#define START_REST_S     1.8 /* rest that shows the start pose */
#define START_PATIENCE_S 2.5 /* without rest, it is taken as it is after this */
#define RECLINE_DEG                                                                                          \
    25.0 /* bridge: how far a seated trunk leans back; only scales the lift, never the reach */
#define RISE_DEG        22.0 /* bridge: by this much tilt, the axis of the rise is clear */
#define FREE_MEMORY_S   12.0
#define YAW_HOME_DEG    14.0 /* a pull-apart is home within this, when slow after inward movement */
#define YAW_HOME_DPS    4.0
#define YAW_HOME_SLOW_S 0.2
#define YAW_HOME_TAU_S  0.3

void movement_signal_init(MovementSignal *signal, SignalKind kind, double sign_deg, double memory_rad2) {
    *signal = (MovementSignal){
        .kind = kind,
        .sign_deg = sign_deg,
        .axis = functional_axis_make(memory_rad2),
        .smooth_rate = low_pass3_make(0.4),
    };
    orientation_init(&signal->orientation, &orientation_config_default);
}

void movement_signal_rebase(MovementSignal *signal) {
    signal->started = true;
    signal->up_start = orientation_up(&signal->orientation);
    signal->raw_deg = signal->value_deg = signal->turned_deg = signal->lift_deg = 0;
    signal->rise_seen = false;
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
    s->raw_deg += s->rate_dps * dt_s;
    if (fabs(s->raw_deg) > fabs(s->turned_deg)) s->turned_deg = s->raw_deg;
    /* Home is where it slows down again after coming back in, never where it was held outside: heading drift
     * ends here. */
    bool came_back = fabs(s->turned_deg) > 2 * YAW_HOME_DEG && fabs(s->raw_deg) < 0.4 * fabs(s->turned_deg);
    bool home = fabs(s->raw_deg) < YAW_HOME_DEG && (came_back || fabs(s->turned_deg) < YAW_HOME_DEG);
    s->slow_s = fabs(s->rate_dps) < YAW_HOME_DPS ? s->slow_s + dt_s : 0;
    if (home && s->slow_s > YAW_HOME_SLOW_S) {
        s->raw_deg -= s->raw_deg * (1 - exp(-dt_s / YAW_HOME_TAU_S));
        if (fabs(s->raw_deg) < 3) s->turned_deg = s->raw_deg;
    }
}

static void feed_free(MovementSignal *s, double dt_s) {
    s->rate_dps = vec3_dot(s->orientation.rate, s->axis.axis) * RAD2DEG;
    s->raw_deg = (s->raw_deg + s->rate_dps * dt_s) * exp(-dt_s / FREE_MEMORY_S);
}

/* Up, in the body's eyes, wanders from the head toward the front of the chest as the hips rise: the axis of
 * that is the body's right (x head, y right, z front), and with it the whole body frame is known. Seen from
 * the body, up then moves to the right as the right arm reaches across. */
static void feed_bridge(MovementSignal *s) {
    Vec3 up = orientation_up(&s->orientation);
    double tilt_deg = acos(fmax(-1, fmin(1, vec3_dot(up, s->up_start)))) * RAD2DEG;
    if (tilt_deg < RISE_DEG / 3) s->rise_seen = false;
    if (tilt_deg > RISE_DEG && !s->rise_seen) {
        Vec3 right = vec3_unit(vec3_cross(up, s->up_start));
        bool known = vec3_length(s->right) > 0.5;
        s->right = known ? vec3_unit(vec3_add(vec3_scale(s->right, 0.6), vec3_scale(right, 0.4))) : right;
        s->rise_seen = true;
    }
    if (vec3_length(s->right) < 0.5) {
        s->lift_deg = tilt_deg;
        s->rate_dps = vec3_length(s->orientation.rate) * RAD2DEG;
        return;
    }
    Vec3 ahead = vec3_cross(s->up_start, s->right);
    double lean = RECLINE_DEG * DEG2RAD;
    Vec3 cranial = vec3_unit(vec3_sub(vec3_scale(s->up_start, cos(lean)), vec3_scale(ahead, sin(lean))));
    Vec3 front = vec3_cross(cranial, s->right);
    s->lift_deg = (90 - RECLINE_DEG) - asin(fmax(-1, fmin(1, vec3_dot(up, cranial)))) * RAD2DEG;
    s->raw_deg = atan2(vec3_dot(up, s->right), vec3_dot(up, front)) * RAD2DEG;
    if (s->lift_deg < 0.3 * (90 - RECLINE_DEG))
        s->raw_deg *= fmax(0, s->lift_deg) / (0.3 * (90 - RECLINE_DEG));
    s->rate_dps = vec3_dot(s->orientation.rate, cranial) * RAD2DEG;
    s->sign = 1; /* true sides */
}

bool movement_signal_feed(MovementSignal *s, const ImuSample *sample) {
    double before_s = s->orientation.t_s;
    bool first = s->orientation.samples == 0;
    if (!orientation_feed(&s->orientation, sample)) return false;
    double dt_s = first ? 0 : fmin(sample->t_s - before_s, s->orientation.config.gap_s);
    s->still_dps = vec3_length(low_pass3_feed(&s->smooth_rate, s->orientation.rate, dt_s)) * RAD2DEG;
    if (!s->started) {
        look_for_start(s, dt_s);
        return true;
    }
    functional_axis_feed(&s->axis, s->orientation.rate, dt_s);
    switch (s->kind) {
    case SIGNAL_TILT: feed_tilt(s); break;
    case SIGNAL_YAW: feed_yaw(s, dt_s); break;
    case SIGNAL_BRIDGE: feed_bridge(s); break;
    case SIGNAL_FREE: feed_free(s, dt_s); break;
    }
    if (s->sign == 0 && fabs(s->raw_deg) > s->sign_deg) s->sign = s->raw_deg > 0 ? 1 : -1;
    /* Until the sign is known, whichever way it goes is taken for it: so the value does not jump when it is.
     */
    double sign = s->sign != 0 ? s->sign : s->raw_deg < 0 ? -1 : 1;
    s->value_deg = s->raw_deg * sign;
    s->rate_dps *= sign;
    return true;
}

double movement_signal_ahead(const MovementSignal *signal, double ahead_s) {
    return signal->value_deg + signal->rate_dps * fmax(0, fmin(ahead_s, 0.05));
}
