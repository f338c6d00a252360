#include "motion/orientation.h"

#include <math.h>

const OrientationConfig orientation_config_default = {
    .rest_gyro_dps = 2.0,
    .rest_accel = 0.5,
    .rest_time_s = 1.0,
    .slow_turn_dps = 1.0,
    .bias_limit_dps = 40.0, /* 20 on each axis, and some */
    .gap_s = 0.25,
    .lag_s = 0.004, /* as data sheets say of a low-pass of 50 to 100 Hz, and half a sample */
};

#define RATE_ABSURD    (4000.0 * DEG2RAD)
#define ACCEL_ABSURD   400.0
#define TIME_ABSURD    1e12
#define AHEAD_MOST_S   0.05
#define FIRST_DT_S     0.01
#define BLOCK_S        0.05
#define WINDOW_S       0.2
#define SETTLE_S       0.5
#define SPEED_SPREAD_S 0.1 /* the speeds that go with the scatter of the acceleration */
#define TRUST_RAD      (5.0 * DEG2RAD)

/* So still that the mean rate is the bias. */
#define STILL_GYRO   (0.3 * DEG2RAD)
#define STILL_ACCEL  0.1
#define STILL_TIME_S 1.0
#define STILL_SIGMA  (0.02 * DEG2RAD) /* of a second's mean */
#define BIAS_KNOWN   (0.5 * DEG2RAD)
#define BIAS_FOUND   (0.2 * DEG2RAD)
/* Until a body lies that still, rest is enough for a guess. */
#define BIAS_GUESSED (0.7 * DEG2RAD)
#define GUESS_S      1.0
/* A steady rate this far from a known bias is a turn. */
#define TURN_LEAST (0.15 * DEG2RAD)
/* Nobody turns about the vertical for long in a hold. */
#define HOLD_S     5.0
#define HOLD_RATE  (10.0 * DEG2RAD)
#define HOLD_SIGMA (0.05 * DEG2RAD)

/* What a sensor in a room never does for long: its levels or its times must be wrong. */
#define UPSET_SPEED      6.0 /* m/s */
#define UPSET_MEAN_SPEED 1.2 /* over two seconds; fast play reaches half of it */
#define TRUST_SPEED      4.5
#define TRUST_MEAN_SPEED 0.9
/* A sample missed hides a turning that changes, as a fast limb's does, one and a half times a second: the
 * error of the trapezoid, of the turn and of the speed gathered. Below this it is nothing. */
#define MISSED_S     0.015
#define MISSED_SHARE 7.4 /* (2 pi 1.5 Hz)^2 / 12 */

#define BACKWARD_RUN  5
#define REFUSED_RUN   5
#define REFUSED_S     0.05
#define SAME_MOVING_S 0.05
#define SAME_STILL_S  1.0
#define GRAVITY_LEAST 7.0 /* of a poor accelerometer at rest, m/s^2 */
#define GRAVITY_MOST  13.0
#define NOISE_S       1.0
#define NOISE         (0.01 * DEG2RAD)
/* The smallest full scales there are. */
#define RAIL_RATE  (245.0 * DEG2RAD)
#define RAIL_ACCEL 19.0
#define RAIL_RUN   3

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
    tilt_filter_init(&o->tilt);
}

/* Inlined copies of core/vec's: a call costs more than the arithmetic, and this runs a thousand times a
 * second. */
static inline Vec3 sum(Vec3 a, Vec3 b) {
    return (Vec3){ a.x + b.x, a.y + b.y, a.z + b.z };
}

static inline Vec3 scaled(Vec3 a, double s) {
    return (Vec3){ a.x * s, a.y * s, a.z * s };
}

static inline Vec3 difference(Vec3 a, Vec3 b) {
    return (Vec3){ a.x - b.x, a.y - b.y, a.z - b.z };
}

static inline double length2(Vec3 a) {
    return a.x * a.x + a.y * a.y + a.z * a.z;
}

static inline Quat turned(Quat q, Vec3 r) {
    double x = 0.5 * r.x, y = 0.5 * r.y, z = 0.5 * r.z;
    double half2 = x * x + y * y + z * z;
    Quat d;
    if (half2 < 0.01) {
        /* To a billionth. */
        double s = 1 - half2 * (1.0 / 6 - half2 * (1.0 / 120));
        d = (Quat){ 1 - half2 * (0.5 - half2 * (1.0 / 24)), s * x, s * y, s * z };
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

static inline Vec3 rotated(Quat q, Vec3 v) {
    double x = q.y * v.z - q.z * v.y, y = q.z * v.x - q.x * v.z, z = q.x * v.y - q.y * v.x;
    return (Vec3){
        v.x + 2 * (q.w * x + q.y * z - q.z * y),
        v.y + 2 * (q.w * y + q.z * x - q.x * z),
        v.z + 2 * (q.w * z + q.x * y - q.y * x),
    };
}

/* From one sample to the next, with the rate changing evenly; the second term is what turning about a turning
 * axis (coning) adds. */
static inline Vec3 turn_between(Vec3 a, Vec3 b, double dt_s) {
    double half_s = 0.5 * dt_s, cone = dt_s * dt_s * (1.0 / 12);
    return (Vec3){
        half_s * (a.x + b.x) + cone * (a.y * b.z - a.z * b.y),
        half_s * (a.y + b.y) + cone * (a.z * b.x - a.x * b.z),
        half_s * (a.z + b.z) + cone * (a.x * b.y - a.y * b.x),
    };
}

static inline Quat unit(Quat q) {
    double scale = 1 / sqrt(q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);
    return (Quat){ q.w * scale, q.x * scale, q.y * scale, q.z * scale };
}

static inline Vec3 true_rate(const TiltFilter *f, Vec3 gyro) {
    Vec3 r = difference(gyro, f->bias);
    const double(*m)[3] = f->matrix;
    return (Vec3){
        r.x + (m[0][0] * r.x + m[0][1] * r.y + m[0][2] * r.z),
        r.y + (m[1][0] * r.x + m[1][1] * r.y + m[1][2] * r.z),
        r.z + (m[2][0] * r.x + m[2][1] * r.y + m[2][2] * r.z),
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
    const Vec3 none = { 0, 0, 0 };
    o->block.duration_s = o->block.gyro2 = o->block.accel2 = 0;
    o->block.samples = 0;
    o->block.attitude = o->attitude;
    o->block.turned = o->block.gathered = o->block.gyro = o->block.accel = none;
}

static void begin_window(Orientation *o) {
    o->window = (TiltWindow){ .duration_s = 0 };
    o->unseen_rad = o->unseen_ms = 0;
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
    o->levelled = sum(o->levelled, scaled(earth, dt_s));
    o->scatter += length2(earth) * dt_s;
    double length = sqrt(length2(o->levelled));
    if (length > 1e-6) {
        level_to(o, o->levelled);
        o->levelled = vec3(0, 0, length); /* where levelling has turned it */
    }
    if (o->settle_s < SETTLE_S) return;
    double spread = sqrt(fmax(0, o->scatter - square(length) / o->settle_s) / o->settle_s);
    tilt_filter_relevel(&o->tilt, 2 * DEG2RAD + 0.5 * atan2(spread, 9.81), 0.1 + 0.2 * spread,
                        square(SPEED_SPREAD_S * spread));
    begin_window(o);
}

static bool bias_known(const Orientation *o) {
    return o->tilt.bias_spread < BIAS_KNOWN;
}

/* Rest is judged by deviation from the recent mean, so that an unknown bias does not hide it; once the bias
 * is known, a steady slow turn is no longer taken for one. */
static void judge_rest(Orientation *o) {
    double share = 1.0 / o->block.samples, dt_s = o->block.duration_s;
    Vec3 gyro = scaled(o->block.gyro, share), accel = scaled(o->block.accel, share);
    double gyro_spread2 = fmax(0, o->block.gyro2 * share - length2(gyro));
    double accel_spread2 = fmax(0, o->block.accel2 * share - length2(accel));
    Vec3 mean_gyro = low_pass3_feed(&o->rest_gyro, gyro, dt_s);
    Vec3 mean_accel = low_pass3_feed(&o->rest_accel, accel, dt_s);
    bool known = bias_known(o);
    double limit = (known ? o->config.slow_turn_dps : o->config.bias_limit_dps) * DEG2RAD;
    Vec3 turning = known ? difference(mean_gyro, o->bias) : mean_gyro;
    bool quiet =
        length2(difference(gyro, mean_gyro)) + gyro_spread2 < square(o->config.rest_gyro_dps * DEG2RAD) &&
        length2(difference(accel, mean_accel)) + accel_spread2 < square(o->config.rest_accel) &&
        length2(turning) < square(limit);
    o->rest_s = quiet ? o->rest_s + dt_s : 0;
    o->rest_turned = quiet ? sum(o->rest_turned, scaled(gyro, dt_s)) : vec3(0, 0, 0);
    o->still.gyro = sum(o->still.gyro, o->block.gyro);
    o->still.accel = sum(o->still.accel, o->block.accel);
    o->still.samples += o->block.samples;
    if (!quiet) o->still.broken = true;
    if (o->still.since_s > STILL_TIME_S && gyro_spread2 > square(NOISE)) o->noise_s += dt_s;
}

/* Stillness is judged by a window's means: a heart, a tremor and a motor's hum are shorter, and do not tilt.
 */
static bool lies_still(Orientation *o) {
    double dt_s = o->window.duration_s, share = 1.0 / o->still.samples;
    Vec3 gyro = vec3_sub(vec3_scale(o->still.gyro, share), o->rest_gyro.value);
    Vec3 accel = vec3_sub(vec3_scale(o->still.accel, share), o->rest_accel.value);
    double off2 = vec3_dot(gyro, gyro);
    o->still.off2 += fmin(1, dt_s / STILL_TIME_S) * (off2 - o->still.off2);
    bool broken =
        o->still.broken || off2 > square(STILL_GYRO) || vec3_dot(accel, accel) > square(STILL_ACCEL);
    o->still.since_s = broken ? 0 : o->still.since_s + dt_s;
    return o->still.since_s > STILL_TIME_S;
}

/* Until now the bias turned the frame that the levelling looks at: begin that anew. */
static void find_bias(Orientation *o, Vec3 bias, double sigma) {
    level_to(o, quat_rotate(o->attitude, o->rest_accel.value));
    tilt_filter_relevel(&o->tilt, 1 * DEG2RAD, 0.03, 0);
    tilt_filter_forget_matrix(&o->tilt);
    tilt_filter_set_bias(&o->tilt, bias, sigma);
}

/* The bias at rest is the mean rate, unless that is too far from what is known: then it is a slow turn. */
static void learn_at_rest(Orientation *o) {
    if (!bias_known(o)) find_bias(o, o->rest_gyro.value, BIAS_FOUND);
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
 * not turn on and on; so what it turns in five seconds is the bias, if it is no more than that may be off. */
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

static double speed(const double velocity[2]) {
    return sqrt(square(velocity[0]) + square(velocity[1]));
}

static void end_window(Orientation *o) {
    bool still = lies_still(o);
    o->window.doubt_rad2 += square(o->unseen_rad);
    o->window.doubt_m2s2 += square(o->unseen_ms);
    apply(o, tilt_filter_step(&o->tilt, &o->window, still && bias_known(o)));
    bool guessed = o->tilt.bias_spread < 2 * BIAS_GUESSED;
    if (still)
        learn_at_rest(o);
    else if (!guessed && o->rest_s > GUESS_S)
        find_bias(o, scaled(o->rest_turned, 1 / o->rest_s), BIAS_GUESSED);
    if (speed(o->tilt.velocity) > UPSET_SPEED || speed(o->tilt.mean_velocity) > UPSET_MEAN_SPEED) {
        tilt_filter_doubt_gyro(&o->tilt);
        unsettle(o);
    }
    begin_window(o);
}

static void end_block(Orientation *o) {
    double dt_s = o->block.duration_s;
    Vec3 rate = scaled(o->block.turned, 1 / dt_s);
    o->attitude = unit(o->attitude);
    o->settle_s += dt_s;
    o->window.duration_s += dt_s;
    o->window.gathered[0] += o->block.gathered.x;
    o->window.gathered[1] += o->block.gathered.y;
    Quat a = o->block.attitude, b = o->attitude;
    Quat middle = unit((Quat){ a.w + b.w, a.x + b.x, a.y + b.y, a.z + b.z });
    tilt_window_turn(&o->window, middle, rate, dt_s);
    learn_in_hold(o, rotated(middle, o->block.turned).z, dt_s, sqrt(length2(rate)));
    begin_block(o);
    if (o->window.duration_s >= WINDOW_S) end_window(o);
}

/* A value that stays the same at the end of its scale, while others change, hides a greater one. */
static bool railed(float value, float last, double rail, int *run) {
    *run = value == last && fabsf(value) > (float)rail ? *run + 1 : 0;
    return *run >= RAIL_RUN;
}

static void look_at_rails(Orientation *o, const ImuSample *sample, double dt_s) {
    for (int i = 0; i < 3; i++) {
        float gyro = sample->gyro[i], accel = sample->accel[i];
        if (railed(gyro, o->last.gyro[i], RAIL_RATE, &o->rail_run[i]))
            o->unseen_rad += 2 * fabs((double)gyro) * dt_s;
        if (railed(accel, o->last.accel[i], RAIL_ACCEL, &o->rail_run[3 + i]))
            o->unseen_ms += fabs((double)accel) * dt_s;
    }
}

static void look_at_missed(Orientation *o, Vec3 rate, Vec3 accel, double dt_s) {
    double share = MISSED_SHARE * dt_s * dt_s;
    double turn = fmax(length2(rate), length2(o->rate)), push = length2(difference(accel, o->accel));
    o->window.doubt_rad2 += turn * square(share * dt_s);
    o->window.doubt_m2s2 += push * square(share * dt_s);
}

/* At rest, only a sensor that is known to have noise can be told to be stuck. */
static bool stuck_still(const Orientation *o) {
    return o->noise_s > NOISE_S && o->same_s > SAME_STILL_S;
}

static inline bool same_as_last(const Orientation *o, const ImuSample *s) {
    const float *g = o->last.gyro, *a = o->last.accel;
    return s->gyro[0] == g[0] && s->gyro[1] == g[1] && s->gyro[2] == g[2] && s->accel[0] == a[0] &&
           s->accel[1] == a[1] && s->accel[2] == a[2];
}

/* Whether the sensor has stopped measuring and only repeats itself. */
static bool stuck(Orientation *o, Vec3 gyro, double accel2, double dt_s) {
    o->same_s += fmax(0, fmin(dt_s, o->config.gap_s));
    double most_dps = bias_known(o) ? o->config.rest_gyro_dps : o->config.bias_limit_dps;
    bool moving = length2(difference(gyro, o->bias)) > square(most_dps * DEG2RAD) ||
                  accel2 < square(GRAVITY_LEAST) || accel2 > square(GRAVITY_MOST);
    return moving && o->same_s > SAME_MOVING_S;
}

static bool refuse(Orientation *o, double dt_s) {
    o->refused++;
    o->trouble.any = true;
    o->trouble.refused++;
    if (o->trouble.refused >= REFUSED_RUN || dt_s > REFUSED_S) o->trouble.silent = true;
    return false;
}

/* The first sample, and the first after a gap. */
static void begin_at(Orientation *o, const ImuSample *sample) {
    unsettle(o);
    o->accel = accel_of(sample);
    o->rate = true_rate(&o->tilt, gyro_of(sample));
    settle(o, o->accel, FIRST_DT_S);
    o->t_s = sample->t_s;
    o->samples++;
    o->trouble = (struct Trouble){ .refused = 0 };
    o->last = *sample;
}

bool orientation_feed(Orientation *o, const ImuSample *sample) {
    Vec3 gyro = gyro_of(sample), accel = accel_of(sample);
    double gyro2 = length2(gyro), accel2 = length2(accel), dt_s = sample->t_s - o->t_s;
    /* Written so that what is not a number fails. */
    bool sane = gyro2 < RATE_ABSURD * RATE_ABSURD && accel2 < ACCEL_ABSURD * ACCEL_ABSURD &&
                fabs(sample->t_s) < TIME_ABSURD;
    if (!sane) return refuse(o, o->samples > 0 && fabs(dt_s) < TIME_ABSURD ? dt_s : 0);
    if (o->samples == 0) {
        begin_at(o, sample);
        return true;
    }
    if (same_as_last(o, sample)) {
        if (stuck(o, gyro, accel2, dt_s)) return refuse(o, dt_s);
    } else if (o->same_s > 0) {
        /* It may have been turned while it lay stuck. */
        if (stuck_still(o)) unsettle(o);
        o->same_s = 0;
    }
    if (!(dt_s > 0 && dt_s <= o->config.gap_s)) {
        /* Back in time once or twice is a mistake; a clock that stays behind was set anew. */
        if (dt_s == 0 || (dt_s < 0 && ++o->trouble.backward < BACKWARD_RUN)) return refuse(o, 0);
        begin_at(o, sample);
        return true;
    }
    if (o->trouble.any) o->trouble = (struct Trouble){ .refused = 0 };
    Vec3 rate = true_rate(&o->tilt, gyro);
    Vec3 turn = turn_between(o->rate, rate, dt_s);
    o->attitude = turned(o->attitude, turn);
    if ((gyro2 > square(RAIL_RATE) || accel2 > square(RAIL_ACCEL)) && o->same_s == 0)
        look_at_rails(o, sample, dt_s);
    if (dt_s > MISSED_S) look_at_missed(o, rate, accel, dt_s);
    o->accel = accel;
    o->rate = rate;
    o->t_s = sample->t_s;
    o->samples++;
    o->last = *sample;
    bool settling = o->settle_s < SETTLE_S;
    if (!settling) o->block.gathered = sum(o->block.gathered, scaled(rotated(o->attitude, accel), dt_s));
    o->block.turned = sum(o->block.turned, turn);
    o->block.gyro = sum(o->block.gyro, gyro);
    o->block.accel = sum(o->block.accel, accel);
    o->block.gyro2 += gyro2;
    o->block.accel2 += accel2;
    o->block.samples++;
    o->block.duration_s += dt_s;
    if (o->block.duration_s >= BLOCK_S) {
        judge_rest(o);
        if (settling)
            begin_block(o);
        else
            end_block(o);
    }
    if (settling) settle(o, accel, dt_s);
    return true;
}

static inline Quat ahead(const Orientation *o, double s) {
    return turned(o->attitude, scaled(o->rate, s));
}

Quat orientation_ahead(const Orientation *o, double ahead_s) {
    return ahead(o, o->config.lag_s + fmax(0, fmin(ahead_s, AHEAD_MOST_S)));
}

Quat orientation_get(const Orientation *o) {
    return ahead(o, o->config.lag_s);
}

Vec3 orientation_up(const Orientation *o) {
    return quat_rotate(quat_conjugate(orientation_get(o)), vec3(0, 0, 1));
}

bool orientation_at_rest(const Orientation *o) {
    return o->rest_s >= o->config.rest_time_s;
}

bool orientation_trusted(const Orientation *o) {
    return o->settle_s >= SETTLE_S && !o->trouble.silent && !stuck_still(o) &&
           tilt_filter_sigma(&o->tilt) < TRUST_RAD && speed(o->tilt.velocity) < TRUST_SPEED &&
           speed(o->tilt.mean_velocity) < TRUST_MEAN_SPEED;
}
