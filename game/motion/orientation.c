#include "motion/orientation.h"

#include <math.h>

const OrientationConfig orientation_config_default = {
    .rest_gyro_dps = 2.0,
    .rest_accel = 0.5,
    .rest_time_s = 1.0,
    .slow_turn_dps = 1.0,
    .bias_limit_dps = 25.0,
    .gap_s = 0.25,
    .lag_s = 0.004, /* as data sheets say of a low-pass of 50 to 100 Hz, and half a sample */
};

#define RATE_ABSURD  (4000.0 * DEG2RAD)
#define ACCEL_ABSURD 400.0
#define FIRST_DT_S   0.01
#define BLOCK_S      0.025
#define WINDOW_S     0.2
#define SETTLE_S     0.5
#define TRUST_RAD    (5.0 * DEG2RAD)

/* So still that the mean rate is the bias. */
#define STILL_GYRO   (0.3 * DEG2RAD)
#define STILL_ACCEL  0.1
#define STILL_TIME_S 1.0
#define STILL_SIGMA  (0.02 * DEG2RAD) /* of a second's mean */
#define BIAS_KNOWN   (0.5 * DEG2RAD)
#define BIAS_FOUND   (0.2 * DEG2RAD)
/* A steady rate this far from a known bias is a turn. */
#define TURN_LEAST (0.15 * DEG2RAD)
/* Nobody turns about the vertical for long in a hold. */
#define HOLD_S     10.0
#define HOLD_RATE  (10.0 * DEG2RAD)
#define HOLD_SIGMA (0.07 * DEG2RAD)

/* What a sensor in a room never does for long: its levels or its times must be wrong. */
#define UPSET_SPEED      6.0
#define UPSET_MEAN_SPEED 2.0
#define UNREST_MOST      1.0

#define BACKWARD_RUN  5
#define REFUSED_RUN   50
#define SAME_MOVING_S 0.1
#define SAME_STILL_S  1.0
#define NOISE_S       1.0
#define NOISE         (0.01 * DEG2RAD)
/* The smallest full scales there are. */
#define RAIL_RATE  (245.0 * DEG2RAD)
#define RAIL_ACCEL 19.0

static double square(double x) {
    return x * x;
}

static Vec3 gyro_of(const ImuSample *s) {
    return (Vec3){ s->gyro[0], s->gyro[1], s->gyro[2] };
}

static Vec3 accel_of(const ImuSample *s) {
    return (Vec3){ s->accel[0], s->accel[1], s->accel[2] };
}

void orientation_init(Orientation *o, const OrientationConfig *config) {
    *o = (Orientation){
        .config = *config,
        .attitude = QUAT_IDENTITY,
        .block.attitude = QUAT_IDENTITY,
        .rest_gyro = low_pass3_make(0.5),
        .rest_accel = low_pass3_make(0.5),
    };
    tilt_filter_init(&o->tilt, 1, 1);
}

/* Inlined copies of core/vec's: a call costs more than the arithmetic, and this runs a thousand times a
 * second. */
static inline Quat turned(Quat q, Vec3 r) {
    double x = 0.5 * r.x, y = 0.5 * r.y, z = 0.5 * r.z;
    double half2 = x * x + y * y + z * z;
    Quat d;
    if (half2 < 0.04) {
        /* To 1e-9 rad in 0.4. */
        double c = 1 - half2 * (1.0 / 2 - half2 * (1.0 / 24 - half2 / 720));
        double s = 1 - half2 * (1.0 / 6 - half2 * (1.0 / 120 - half2 / 5040));
        d = (Quat){ c, s * x, s * y, s * z };
    } else {
        d = quat_from_rotation_vector(r);
    }
    return (Quat){
        q.w * d.w - q.x * d.x - q.y * d.y - q.z * d.z,
        q.w * d.x + q.x * d.w + q.y * d.z - q.z * d.y,
        q.w * d.y - q.x * d.z + q.y * d.w + q.z * d.x,
        q.w * d.z + q.x * d.y - q.y * d.x + q.z * d.w,
    };
}

/* One Newton step: exact enough for what one sample leaves. */
static inline Quat renormalised(Quat q) {
    double k = 1.5 - 0.5 * (q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);
    return (Quat){ q.w * k, q.x * k, q.y * k, q.z * k };
}

static inline Vec3 rotated(Quat q, Vec3 v) {
    double tx = 2 * (q.y * v.z - q.z * v.y), ty = 2 * (q.z * v.x - q.x * v.z),
           tz = 2 * (q.x * v.y - q.y * v.x);
    return (Vec3){
        v.x + q.w * tx + q.y * tz - q.z * ty,
        v.y + q.w * ty + q.z * tx - q.x * tz,
        v.z + q.w * tz + q.x * ty - q.y * tx,
    };
}

static inline Vec3 true_rate(const TiltFilter *f, Vec3 gyro) {
    double x = gyro.x - f->bias.x, y = gyro.y - f->bias.y, z = gyro.z - f->bias.z;
    const double(*m)[3] = f->matrix;
    return (Vec3){
        x + m[0][0] * x + m[0][1] * y + m[0][2] * z,
        y + m[1][0] * x + m[1][1] * y + m[1][2] * z,
        z + m[2][0] * x + m[2][1] * y + m[2][2] * z,
    };
}

static void apply(Orientation *o, Vec3 correction) {
    o->attitude = quat_unit(quat_multiply(quat_from_rotation_vector(correction), o->attitude));
    o->bias = o->tilt.bias;
}

static void level_to(Orientation *o, Vec3 up) {
    o->attitude = quat_unit(quat_multiply(quat_between(vec3_unit(up), vec3(0, 0, 1)), o->attitude));
}

static void begin_block(Orientation *o) {
    o->block.duration_s = o->block.gyro2 = o->block.accel2 = 0;
    o->block.samples = 0;
    o->block.attitude = o->attitude;
    o->block.turned = o->block.gyro = o->block.accel = vec3(0, 0, 0);
}

static void begin_window(Orientation *o) {
    o->window = (TiltWindow){ .duration_s = 0 };
    o->railed_rad = o->railed_ms = 0;
    o->still.gyro = o->still.accel = vec3(0, 0, 0);
    o->still.samples = 0;
    o->still.broken = false;
    begin_block(o);
}

/* Nobody knows how it turned: keep heading and bias, level anew from here. */
static void unsettle(Orientation *o) {
    o->settle_s = o->scatter = 0;
    o->levelled = vec3(0, 0, 0);
    o->rest_s = o->still.since_s = o->hold_s = o->hold_rad = 0;
    o->rest_gyro = low_pass3_make(0.5);
    o->rest_accel = low_pass3_make(0.5);
    begin_window(o);
}

/* The mean acceleration, in a frame that the gyro keeps from turning, points up. */
static void settle(Orientation *o, Vec3 accel, double dt_s) {
    Vec3 earth = rotated(o->attitude, accel);
    o->settle_s += dt_s;
    o->levelled = vec3_add(o->levelled, vec3_scale(earth, dt_s));
    o->scatter += vec3_dot(earth, earth) * dt_s;
    Vec3 before = o->levelled;
    double length = vec3_length(before);
    if (length > 1e-6) {
        level_to(o, before);
        o->levelled = vec3(0, 0, length); /* where levelling has turned it */
    }
    if (o->settle_s < SETTLE_S) return;
    double spread2 = fmax(0, o->scatter - square(length) / o->settle_s) / o->settle_s;
    tilt_filter_relevel(&o->tilt, 2 * DEG2RAD + 0.5 * atan2(sqrt(spread2), 9.81), 0.1 + 0.2 * sqrt(spread2),
                        true);
    begin_window(o);
}

static bool bias_known(const Orientation *o) {
    return tilt_filter_bias_sigma(&o->tilt, vec3(0, 0, 1)) < BIAS_KNOWN &&
           tilt_filter_bias_sigma(&o->tilt, vec3(1, 0, 0)) < BIAS_KNOWN &&
           tilt_filter_bias_sigma(&o->tilt, vec3(0, 1, 0)) < BIAS_KNOWN;
}

/* Rest is judged by deviation from the recent mean, so that an unknown bias does not hide it; once the bias
 * is known, a steady slow turn is no longer taken for one. */
static void judge_rest(Orientation *o) {
    double share = 1.0 / o->block.samples, dt_s = o->block.duration_s;
    Vec3 gyro = vec3_scale(o->block.gyro, share), accel = vec3_scale(o->block.accel, share);
    double gyro_spread2 = o->block.gyro2 * share - vec3_dot(gyro, gyro);
    double accel_spread2 = o->block.accel2 * share - vec3_dot(accel, accel);
    Vec3 mean_gyro = low_pass3_feed(&o->rest_gyro, gyro, dt_s);
    Vec3 mean_accel = low_pass3_feed(&o->rest_accel, accel, dt_s);
    Vec3 gyro_off = vec3_sub(gyro, mean_gyro), accel_off = vec3_sub(accel, mean_accel);
    double gyro_off2 = vec3_dot(gyro_off, gyro_off), accel_off2 = vec3_dot(accel_off, accel_off);
    bool known = bias_known(o);
    double limit = (known ? o->config.slow_turn_dps : o->config.bias_limit_dps) * DEG2RAD;
    Vec3 turning = known ? vec3_sub(mean_gyro, o->bias) : mean_gyro;
    bool quiet = gyro_off2 + fmax(0, gyro_spread2) < square(o->config.rest_gyro_dps * DEG2RAD) &&
                 accel_off2 + fmax(0, accel_spread2) < square(o->config.rest_accel) &&
                 vec3_dot(turning, turning) < square(limit);
    o->rest_s = quiet ? o->rest_s + dt_s : 0;
    o->still.gyro = vec3_add(o->still.gyro, o->block.gyro);
    o->still.accel = vec3_add(o->still.accel, o->block.accel);
    o->still.samples += o->block.samples;
    if (!quiet) o->still.broken = true;
    if (o->still.since_s > STILL_TIME_S && gyro_spread2 > square(NOISE)) o->noise_s += dt_s;
}

/* Stillness is judged by a window's means: a heart, a tremor and a motor's hum are shorter, and do not tilt. */
static bool lies_still(Orientation *o) {
    double dt_s = o->window.duration_s, share = 1.0 / o->still.samples;
    Vec3 gyro = vec3_sub(vec3_scale(o->still.gyro, share), o->rest_gyro.value);
    Vec3 accel = vec3_sub(vec3_scale(o->still.accel, share), o->rest_accel.value);
    double off2 = vec3_dot(gyro, gyro);
    o->still.off2 += fmin(1, dt_s / STILL_TIME_S) * (off2 - o->still.off2);
    bool broken = o->still.broken || off2 > square(STILL_GYRO) || vec3_dot(accel, accel) > square(STILL_ACCEL);
    o->still.since_s = broken ? 0 : o->still.since_s + dt_s;
    return o->still.since_s > STILL_TIME_S;
}

/* The bias at rest is the mean rate, unless that is too far from what is known: then it is a slow turn. */
static void learn_at_rest(Orientation *o) {
    if (!bias_known(o)) {
        /* Until now the bias turned the frame that the levelling looks at: begin that anew. */
        level_to(o, quat_rotate(o->attitude, o->rest_accel.value));
        tilt_filter_relevel(&o->tilt, 1 * DEG2RAD, 0.03, false);
        tilt_filter_set_bias(&o->tilt, o->rest_gyro.value, BIAS_FOUND);
    }
    Vec3 rate = vec3_sub(o->rest_gyro.value, o->tilt.bias);
    Vec3 axes[3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
    double rates[3] = { rate.x, rate.y, rate.z };
    /* What is left of breathing goes on for seconds. */
    double noise = sqrt((square(STILL_SIGMA) + 4 * o->still.off2) / o->window.duration_s);
    for (int i = 0; i < 3; i++) {
        double sigma = tilt_filter_bias_sigma(&o->tilt, axes[i]);
        if (fabs(rates[i]) > sqrt(square(TURN_LEAST) + square(3 * sigma))) return;
    }
    for (int i = 0; i < 3; i++) {
        double now = vec3_dot(vec3_sub(o->rest_gyro.value, o->tilt.bias), axes[i]);
        apply(o, tilt_filter_no_turn(&o->tilt, axes[i], now, noise));
    }
}

/* About the vertical the accelerometer is blind. But a body that holds a pose breathes and sways, and does
 * not turn on and on; so what it turns in ten seconds is the bias, if it is no more than that may be off. */
static void learn_in_hold(Orientation *o, double turned_rad, double duration_s, double fastest) {
    if (fastest > HOLD_RATE) {
        o->hold_s = o->hold_rad = 0;
        return;
    }
    o->hold_s += duration_s;
    o->hold_rad += turned_rad;
    if (o->hold_s < HOLD_S) return;
    double rate = o->hold_rad / o->hold_s;
    Vec3 vertical = quat_rotate(quat_conjugate(o->attitude), vec3(0, 0, 1));
    double sigma = tilt_filter_bias_sigma(&o->tilt, vertical);
    if (fabs(rate) < sqrt(square(TURN_LEAST) + square(3 * sigma)))
        apply(o, tilt_filter_no_turn(&o->tilt, vertical, rate, HOLD_SIGMA));
    o->hold_s = o->hold_rad = 0;
}

static void end_window(Orientation *o) {
    bool still = lies_still(o);
    o->window.doubt_rad2 += square(o->railed_rad);
    o->window.doubt_m2s2 += square(o->railed_ms);
    apply(o, tilt_filter_step(&o->tilt, &o->window, still && bias_known(o)));
    if (still) learn_at_rest(o);
    double speed = hypot(o->tilt.velocity[0], o->tilt.velocity[1]);
    double mean_speed = hypot(o->tilt.mean_velocity[0], o->tilt.mean_velocity[1]);
    if (speed > UPSET_SPEED || mean_speed > UPSET_MEAN_SPEED) {
        tilt_filter_relevel(&o->tilt, 1, 1, false);
        unsettle(o);
    }
    begin_window(o);
}

static void end_block(Orientation *o) {
    double dt_s = o->block.duration_s;
    Vec3 rate = vec3_scale(o->block.turned, 1 / dt_s);
    Quat a = o->block.attitude, b = o->attitude;
    Quat middle = quat_unit((Quat){ a.w + b.w, a.x + b.x, a.y + b.y, a.z + b.z });
    tilt_window_turn(&o->window, middle, rate, dt_s);
    judge_rest(o);
    double turn = 2 * (middle.x * middle.z - middle.w * middle.y) * o->block.turned.x +
                  2 * (middle.y * middle.z + middle.w * middle.x) * o->block.turned.y +
                  (1 - 2 * (middle.x * middle.x + middle.y * middle.y)) * o->block.turned.z;
    learn_in_hold(o, turn, dt_s, vec3_length(rate));
    begin_block(o);
    if (o->window.duration_s >= WINDOW_S) end_window(o);
}

/* A value that stays the same at the end of its scale hides a greater one. */
static void look_at_rails(Orientation *o, const ImuSample *sample, double dt_s) {
    for (int i = 0; i < 3; i++) {
        bool rail = sample->gyro[i] == o->last.gyro[i] && fabsf(sample->gyro[i]) > (float)RAIL_RATE;
        if (rail) o->railed_rad += 0.3 * fabs((double)sample->gyro[i]) * dt_s;
        rail = sample->accel[i] == o->last.accel[i] && fabsf(sample->accel[i]) > (float)RAIL_ACCEL;
        if (rail) o->railed_ms += 0.3 * fabs((double)sample->accel[i]) * dt_s;
    }
}

/* At rest, only a sensor that is known to have noise can be told to be stuck. */
static bool stuck_still(const Orientation *o) {
    return o->noise_s > NOISE_S && o->same_s > SAME_STILL_S;
}

/* Whether the sensor has stopped measuring and only repeats itself. */
static bool stuck(Orientation *o, const ImuSample *sample, Vec3 gyro, double dt_s) {
    bool same = true;
    for (int i = 0; i < 3 && same; i++)
        same = sample->gyro[i] == o->last.gyro[i] && sample->accel[i] == o->last.accel[i];
    if (!same) {
        /* It may have been turned meanwhile. */
        if (stuck_still(o)) unsettle(o);
        o->same_s = 0;
        return false;
    }
    o->same_s += dt_s;
    bool moving = vec3_length(vec3_sub(gyro, o->bias)) > o->config.rest_gyro_dps * DEG2RAD;
    return moving && bias_known(o) && o->same_s > SAME_MOVING_S;
}

static bool refuse(Orientation *o, double dt_s) {
    o->refused++;
    o->refused_run++;
    if (o->refused_run >= REFUSED_RUN || dt_s > o->config.gap_s) o->silent = true;
    return false;
}

bool orientation_feed(Orientation *o, const ImuSample *sample) {
    Vec3 gyro = gyro_of(sample), accel = accel_of(sample);
    double gyro2 = gyro.x * gyro.x + gyro.y * gyro.y + gyro.z * gyro.z;
    double accel2 = accel.x * accel.x + accel.y * accel.y + accel.z * accel.z;
    bool first = o->samples == 0;
    double dt_s = first ? FIRST_DT_S : sample->t_s - o->t_s;
    /* Written so that what is not a number fails. */
    bool good =
        gyro2 < RATE_ABSURD * RATE_ABSURD && accel2 < ACCEL_ABSURD * ACCEL_ABSURD && fabs(sample->t_s) < 1e12;
    if (!good) return refuse(o, 0);
    bool gap = dt_s > o->config.gap_s;
    if (!(dt_s > 0)) {
        /* Once or twice is a mistake; a clock that stays behind was set anew. */
        if (dt_s == 0 || ++o->backward_run < BACKWARD_RUN) return refuse(o, 0);
        gap = true;
    }
    o->backward_run = 0;
    if (!first && stuck(o, sample, gyro, fmax(0, dt_s))) return refuse(o, dt_s);
    if (first || gap) {
        unsettle(o);
        o->last = *sample;
        dt_s = FIRST_DT_S;
    }
    Vec3 before = gyro_of(&o->last);
    Vec3 rate = true_rate(&o->tilt, gyro);
    Vec3 middle = true_rate(
        &o->tilt, (Vec3){ 0.5 * (gyro.x + before.x), 0.5 * (gyro.y + before.y), 0.5 * (gyro.z + before.z) });
    Vec3 turn = { middle.x * dt_s, middle.y * dt_s, middle.z * dt_s };
    if (!first && !gap) o->attitude = renormalised(turned(o->attitude, turn));
    o->accel = accel;
    o->rate = rate;
    o->t_s = sample->t_s;
    o->samples++;
    o->refused_run = 0;
    o->silent = false;
    if (o->settle_s < SETTLE_S) {
        settle(o, accel, dt_s);
    } else {
        o->settle_s += dt_s;
        Vec3 earth = rotated(o->attitude, accel);
        o->window.gathered[0] += earth.x * dt_s;
        o->window.gathered[1] += earth.y * dt_s;
        if (gyro2 > square(RAIL_RATE) || accel2 > square(RAIL_ACCEL)) look_at_rails(o, sample, dt_s);
    }
    o->window.duration_s += dt_s;
    o->block.duration_s += dt_s;
    o->block.samples++;
    o->block.turned =
        (Vec3){ o->block.turned.x + turn.x, o->block.turned.y + turn.y, o->block.turned.z + turn.z };
    o->block.gyro = (Vec3){ o->block.gyro.x + gyro.x, o->block.gyro.y + gyro.y, o->block.gyro.z + gyro.z };
    o->block.accel =
        (Vec3){ o->block.accel.x + accel.x, o->block.accel.y + accel.y, o->block.accel.z + accel.z };
    o->block.gyro2 += gyro2;
    o->block.accel2 += accel2;
    o->last = *sample;
    if (o->block.duration_s >= BLOCK_S) end_block(o);
    return true;
}

Quat orientation_ahead(const Orientation *o, double ahead_s) {
    double s = o->config.lag_s + fmax(0, fmin(ahead_s, 0.05));
    return renormalised(turned(o->attitude, (Vec3){ o->rate.x * s, o->rate.y * s, o->rate.z * s }));
}

Quat orientation_get(const Orientation *o) {
    return orientation_ahead(o, 0);
}

Vec3 orientation_up(const Orientation *o) {
    return quat_rotate(quat_conjugate(orientation_get(o)), vec3(0, 0, 1));
}

bool orientation_at_rest(const Orientation *o) {
    return o->rest_s >= o->config.rest_time_s;
}

bool orientation_trusted(const Orientation *o) {
    return o->settle_s > SETTLE_S && !o->silent && !stuck_still(o) &&
           tilt_filter_sigma(&o->tilt) < TRUST_RAD && o->tilt.unrest < UNREST_MOST;
}
