/* The orientation against movements whose truth is known to the last digit: whatever a sensor can do wrong is
 * done to it here. */
#include "core/rng.h"
#include "motion/orientation.h"
#include "testing.h"

#include <math.h>

#define DT_S 0.01

/* A body that lies still, and then turns and swings about all axes, with a sensor that has faults. */
typedef struct World {
    double still_s;  /* how long it lies still first */
    double hold_s;   /* ... and when it comes to hold a pose, breathing */
    double turn_dps; /* meanwhile it turns about the vertical */
    double speed;    /* of the movement; 1 is brisk */
    Vec3 bias;       /* rad/s */
    double scale;    /* of the gyro, 0 is right */
    double noise_dps, noise_ms2;
    Rng rng;
} World;

static double ramp(double t_s, double from_s) {
    double x = fmin(1, fmax(0, (t_s - from_s) / 2));
    return x * x * (3 - 2 * x);
}

static Quat pose_at(const World *w, double t_s) {
    double moving = ramp(t_s, w->still_s) * (1 - ramp(t_s, w->hold_s - 2));
    double breath = ramp(t_s, w->hold_s) * 0.008;
    double p = 2 * PI * t_s * w->speed;
    Vec3 swing = { moving * sin(0.31 * p) + breath * sin(2 * PI * t_s / 4),
                   moving * 0.9 * sin(0.43 * p + 1) * sin(0.11 * p), moving * 1.2 * sin(0.23 * p) };
    double heading = w->turn_dps * DEG2RAD * fmax(0, t_s - w->hold_s);
    Quat tilted = quat_from_rotation_vector(vec3(0.4, -0.3, 0.2));
    return quat_multiply(quat_from_rotation_vector(vec3(0, 0, heading)),
                         quat_multiply(quat_from_rotation_vector(swing), tilted));
}

static Vec3 place_at(const World *w, double t_s) {
    double moving = ramp(t_s, w->still_s) * (1 - ramp(t_s, w->hold_s - 2));
    double p = 2 * PI * t_s * w->speed;
    Vec3 lever = quat_rotate(pose_at(w, t_s), vec3(0.2, 0, 0.1));
    return vec3_add(lever, vec3_scale(vec3(sin(0.37 * p), sin(0.53 * p), 0.5 * sin(0.29 * p)), 0.1 * moving));
}

static ImuSample sense(World *w, double t_s) {
    const double d = 1e-3;
    Quat q = pose_at(w, t_s);
    Vec3 rate = vec3_scale(
        quat_rotation_vector(quat_multiply(quat_conjugate(pose_at(w, t_s - d)), pose_at(w, t_s + d))),
        0.5 / d);
    Vec3 ends = vec3_add(place_at(w, t_s - d), place_at(w, t_s + d));
    Vec3 push = vec3_scale(vec3_sub(ends, vec3_scale(place_at(w, t_s), 2)), 1 / (d * d));
    Vec3 force = quat_rotate(quat_conjugate(q), vec3_add(push, vec3(0, 0, 9.81)));
    rate = vec3_add(vec3_scale(rate, 1 + w->scale), w->bias);
    const double rates[3] = { rate.x, rate.y, rate.z }, forces[3] = { force.x, force.y, force.z };
    ImuSample sample = { .t_s = t_s };
    for (int i = 0; i < 3; i++) {
        sample.gyro[i] = (float)(rates[i] + w->noise_dps * DEG2RAD * rng_normal(&w->rng));
        sample.accel[i] = (float)(forces[i] + w->noise_ms2 * rng_normal(&w->rng));
    }
    return sample;
}

static World brisk(void) {
    return (World){
        .still_s = 3, .hold_s = 1e9, .speed = 1, .noise_dps = 0.1, .noise_ms2 = 0.03, .rng = rng_make(1, 1)
    };
}

/* The sensors here are not late. */
static OrientationConfig prompt(void) {
    OrientationConfig config = orientation_config_default;
    config.lag_s = 0;
    return config;
}

static double tilt_off_deg(Quat estimate, Quat truth) {
    Quat off = quat_multiply(estimate, quat_conjugate(truth));
    assert_true(isfinite(off.w + off.x + off.y + off.z));
    return 2 * acos(fmin(1, sqrt(off.w * off.w + off.z * off.z))) * RAD2DEG;
}

static double heading_off_deg(Quat estimate, Quat truth) {
    Quat off = quat_multiply(estimate, quat_conjugate(truth));
    return 2 * atan2(off.z, off.w) * RAD2DEG;
}

/* The worst tilt between two times. */
static double follow(Orientation *o, World *w, double from_s, double to_s, double dt_s, double watch_s) {
    double worst = 0;
    long steps = lround((to_s - from_s) / dt_s);
    for (long i = 0; i < steps; i++) {
        double t_s = from_s + (double)i * dt_s;
        ImuSample sample = sense(w, t_s);
        assert_true(orientation_feed(o, &sample));
        if (t_s >= watch_s) worst = fmax(worst, tilt_off_deg(orientation_get(o), pose_at(w, t_s)));
    }
    return worst;
}

static Orientation start(void) {
    OrientationConfig config = prompt();
    Orientation o;
    orientation_init(&o, &config);
    return o;
}

static void every_rate_is_followed(void **state) {
    (void)state;
    const double rates_hz[] = { 25, 50, 100, 285.7, 1000 };
    for (size_t i = 0; i < sizeof rates_hz / sizeof *rates_hz; i++) {
        World w = brisk();
        Orientation o = start();
        double worst = follow(&o, &w, 0, 40, 1 / rates_hz[i], 1);
        if (worst > 1) fail_msg("at %.0f Hz the tilt is off by %.2f degrees", rates_hz[i], worst);
        assert_true(orientation_trusted(&o));
    }
}

static void a_large_bias_costs_nothing(void **state) {
    (void)state;
    const double signs[][3] = { { 1, 1, 1 }, { -1, 1, -1 }, { 1, -1, -1 }, { 0, 0, 1 } };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        World w = brisk();
        w.bias = vec3_scale(vec3(signs[i][0], signs[i][1], signs[i][2]), 20 * DEG2RAD);
        Orientation o = start();
        assert_true(follow(&o, &w, 0, 30, 0.01, 2.5) < 1);
        assert_true(vec3_length(vec3_sub(o.bias, w.bias)) * RAD2DEG < 0.1);
    }
}

/* Two seconds are all that a recording promises. */
static void two_seconds_of_rest_are_seen(void **state) {
    (void)state;
    World w = brisk();
    Orientation o = start();
    (void)follow(&o, &w, 0, 1, DT_S, 1);
    assert_false(orientation_at_rest(&o));
    (void)follow(&o, &w, 1, 2, DT_S, 2);
    assert_true(orientation_at_rest(&o));
    assert_true(o.rest_s > 1.85 && o.rest_s <= 2);
    (void)follow(&o, &w, 2, 4, DT_S, 4);
    assert_false(orientation_at_rest(&o));
    assert_true(o.rest_s == 0);
}

static void a_bias_is_learnt_in_motion(void **state) {
    (void)state;
    World w = brisk();
    w.still_s = -10;
    w.bias = vec3(2 * DEG2RAD, -1 * DEG2RAD, 1 * DEG2RAD);
    Orientation o = start();
    double worst = follow(&o, &w, 0, 60, 0.01, 40);
    assert_true(worst < 1.5);
    assert_true(o.rest_s == 0);
    assert_true(vec3_length(vec3_sub(o.bias, w.bias)) * RAD2DEG < 0.3);
}

static void the_scale_of_the_gyro_is_learnt(void **state) {
    (void)state;
    World w = brisk();
    w.scale = 0.008;
    Orientation o = start();
    (void)follow(&o, &w, 0, 90, 0.01, 0);
    /* The rate is 1 / 1.008 of what the gyro says; that so much is unlikely is known too, so not all is
     * believed. */
    double mean = 0;
    for (int i = 0; i < 3; i++) {
        assert_true(o.tilt.matrix[i][i] < -0.001);
        mean += o.tilt.matrix[i][i] / 3;
    }
    assert_true(mean < -0.0025 && mean > -0.010);
}

static double hold_drift_dpm(double turn_dps, double *learnt_dps) {
    World w = brisk();
    w.still_s = 10;
    w.hold_s = 20;
    w.turn_dps = turn_dps;
    w.bias = vec3(0.5 * DEG2RAD, -0.3 * DEG2RAD, 0.4 * DEG2RAD);
    Orientation o = start();
    (void)follow(&o, &w, 0, 26, 0.01, 0);
    double before = heading_off_deg(orientation_get(&o), pose_at(&w, 26));
    (void)follow(&o, &w, 26, 146, 0.01, 26);
    double after = heading_off_deg(orientation_get(&o), pose_at(&w, 146));
    *learnt_dps = vec3_length(vec3_sub(o.bias, w.bias)) * RAD2DEG;
    return fabs(remainder(after - before, 360)) / 2;
}

static void a_breathing_hold_keeps_its_heading(void **state) {
    (void)state;
    double off_dps;
    assert_true(hold_drift_dpm(0, &off_dps) < 1);
    assert_true(off_dps < 0.03);
}

static void a_slow_turn_in_a_hold_is_no_bias(void **state) {
    (void)state;
    double off_dps;
    assert_true(hold_drift_dpm(0.5, &off_dps) < 1.5);
    assert_true(off_dps < 0.05);
    assert_true(hold_drift_dpm(-0.4, &off_dps) < 1.5);
}

static void jitter_and_lost_samples_are_followed(void **state) {
    (void)state;
    World w = brisk();
    Rng rng = rng_make(2, 2);
    Orientation o = start();
    double worst = 0, t_s = 0;
    while (t_s < 40) {
        t_s += 0.01 * rng_range(&rng, 0.6, 1.4);
        if (rng_unit(&rng) < 0.15) continue;
        ImuSample sample = sense(&w, t_s);
        assert_true(orientation_feed(&o, &sample));
        if (t_s > 1) worst = fmax(worst, tilt_off_deg(orientation_get(&o), pose_at(&w, t_s)));
    }
    assert_true(worst < 1.2);
    assert_true(orientation_trusted(&o));
}

typedef enum Fault {
    FAULT_GAP,
    FAULT_NOT_A_NUMBER,
    FAULT_ABSURD,
    FAULT_STUCK,
    FAULT_ZEROS,
    FAULT_SWAPPED,
    FAULT_RAILED,
    FAULT_TIMES,
    FAULTS
} Fault;

/* False where nothing arrives. */
static bool spoil(Fault fault, ImuSample *s, const ImuSample *last_good, double since_s) {
    switch (fault) {
    case FAULT_GAP: return false;
    case FAULT_NOT_A_NUMBER: s->gyro[1] = NAN; break;
    case FAULT_ABSURD: s->accel[2] = 1e7F; break;
    case FAULT_STUCK:
        for (int i = 0; i < 3; i++) {
            s->gyro[i] = last_good->gyro[i];
            s->accel[i] = last_good->accel[i];
        }
        break;
    case FAULT_ZEROS:
        for (int i = 0; i < 3; i++) s->gyro[i] = s->accel[i] = 0;
        break;
    case FAULT_SWAPPED: {
        float gyro = s->gyro[0], accel = s->accel[0];
        s->gyro[0] = s->gyro[2];
        s->accel[0] = s->accel[2];
        s->gyro[2] = gyro;
        s->accel[2] = accel;
        break;
    }
    case FAULT_RAILED: s->gyro[0] = 4.36F; break;
    case FAULT_TIMES: s->t_s += 2 * since_s; break;
    case FAULTS: break;
    }
    return true;
}

/* Every fault lasts for three seconds in the midst of the movement. What must hold: the estimate stays
 * finite, it is not trusted at the end of the fault, or is right; and within five seconds it is right, and
 * trusted again. */
static void faults_are_survived_and_said(void **state) {
    (void)state;
    for (int fault = 0; fault < FAULTS; fault++) {
        World w = brisk();
        w.speed = 1.3;
        Orientation o = start();
        (void)follow(&o, &w, 0, 20, 0.01, 20);
        assert_true(orientation_trusted(&o));
        ImuSample last_good = sense(&w, 19.99);
        double later_s = fault == FAULT_TIMES ? 6 : 0; /* the sensor's clock has run ahead for good */
        int wrong = 0;
        for (int i = 0; i < 300; i++) {
            double t_s = 20 + i * DT_S;
            ImuSample sample = sense(&w, t_s);
            if (spoil((Fault)fault, &sample, &last_good, t_s - 20)) (void)orientation_feed(&o, &sample);
            double off = tilt_off_deg(orientation_get(&o), pose_at(&w, t_s));
            if (fault != FAULT_GAP && t_s > 21 && off > 25 && orientation_trusted(&o)) wrong++;
        }
        if (wrong > 30) fail_msg("fault %d: wrong and trusted in %d samples of 200", fault, wrong);
        bool said = false;
        double worst = 0;
        for (int i = 0; i < 1700; i++) {
            double t_s = 23 + i * DT_S;
            ImuSample sample = sense(&w, t_s);
            sample.t_s += later_s;
            (void)orientation_feed(&o, &sample);
            if (t_s < 23.3 && !orientation_trusted(&o)) said = true;
            if (t_s > 28) worst = fmax(worst, tilt_off_deg(orientation_get(&o), pose_at(&w, t_s)));
        }
        if (worst > 4) fail_msg("fault %d: still off by %.1f degrees after five seconds", fault, worst);
        if (fault == FAULT_GAP && !said) fail_msg("a gap was not said");
        assert_true(orientation_trusted(&o));
    }
}

static void a_clock_set_back_is_gone_along_with(void **state) {
    (void)state;
    World w = brisk();
    Orientation o = start();
    (void)follow(&o, &w, 0, 20, 0.01, 20);
    for (int i = 0; i < 1000; i++) {
        double t_s = 20 + i * DT_S;
        ImuSample sample = sense(&w, t_s);
        sample.t_s -= 1000;
        (void)orientation_feed(&o, &sample);
    }
    assert_true(orientation_trusted(&o));
    assert_true(o.t_s < 0);
    assert_true(tilt_off_deg(orientation_get(&o), pose_at(&w, 29.99)) < 1);
    assert_in_range(o.refused, 1, 10);
}

static void repeated_samples_change_nothing(void **state) {
    (void)state;
    World w = brisk();
    Orientation o = start();
    for (int i = 0; i < 1000; i++) {
        double t_s = i * DT_S;
        ImuSample sample = sense(&w, t_s);
        assert_true(orientation_feed(&o, &sample));
        Quat once = orientation_get(&o);
        assert_false(orientation_feed(&o, &sample));
        Quat twice = orientation_get(&o);
        assert_true(once.w == twice.w && once.x == twice.x && once.y == twice.y && once.z == twice.z);
    }
    assert_int_equal(o.samples, o.refused);
    assert_true(orientation_trusted(&o));
}

static void a_copy_goes_its_own_way(void **state) {
    (void)state;
    World w = brisk();
    Orientation o = start();
    (void)follow(&o, &w, 0, 12, 0.01, 12);
    Orientation fork = o;
    World same = w;
    (void)follow(&o, &w, 12, 15, 0.01, 15);
    (void)follow(&fork, &same, 12, 15, 0.01, 15);
    Quat a = orientation_get(&o), b = orientation_get(&fork);
    assert_true(a.w == b.w && a.x == b.x && a.y == b.y && a.z == b.z);
    assert_true(fabs(a.w) < 0.9999);
}

static void looking_ahead_is_nearer_to_what_will_be(void **state) {
    (void)state;
    World w = brisk();
    Orientation o = start();
    double now = 0, ahead = 0;
    for (int i = 0; i < 2000; i++) {
        double t_s = i * DT_S;
        ImuSample sample = sense(&w, t_s);
        assert_true(orientation_feed(&o, &sample));
        if (t_s < 5) continue;
        Quat then = pose_at(&w, t_s + 0.03);
        now = fmax(now, tilt_off_deg(orientation_get(&o), then));
        ahead = fmax(ahead, tilt_off_deg(orientation_ahead(&o, 0.03), then));
    }
    assert_true(now > 2);
    assert_true(ahead < 0.4 * now);
    /* No more than 50 ms are believed. */
    Quat most = orientation_ahead(&o, 0.05), more = orientation_ahead(&o, 10);
    assert_true(most.x == more.x);
}

/* A late sensor: its samples are those of 8 ms ago, and it is told so. */
static void a_known_lag_is_made_up_for(void **state) {
    (void)state;
    double worst[2] = { 0, 0 };
    for (int known = 0; known < 2; known++) {
        World w = brisk();
        OrientationConfig config = orientation_config_default;
        config.lag_s = known ? 0.008 : 0;
        Orientation o;
        orientation_init(&o, &config);
        for (int i = 0; i < 2000; i++) {
            double t_s = i * DT_S;
            ImuSample sample = sense(&w, t_s - 0.008);
            sample.t_s = t_s;
            assert_true(orientation_feed(&o, &sample));
            if (t_s > 5)
                worst[known] = fmax(worst[known], tilt_off_deg(orientation_get(&o), pose_at(&w, t_s)));
        }
    }
    assert_true(worst[0] > 0.7);
    assert_true(worst[1] < 0.6 * worst[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rate_is_followed),
        cmocka_unit_test(a_large_bias_costs_nothing),
        cmocka_unit_test(two_seconds_of_rest_are_seen),
        cmocka_unit_test(a_bias_is_learnt_in_motion),
        cmocka_unit_test(the_scale_of_the_gyro_is_learnt),
        cmocka_unit_test(a_breathing_hold_keeps_its_heading),
        cmocka_unit_test(a_slow_turn_in_a_hold_is_no_bias),
        cmocka_unit_test(jitter_and_lost_samples_are_followed),
        cmocka_unit_test(faults_are_survived_and_said),
        cmocka_unit_test(a_clock_set_back_is_gone_along_with),
        cmocka_unit_test(repeated_samples_change_nothing),
        cmocka_unit_test(a_copy_goes_its_own_way),
        cmocka_unit_test(looking_ahead_is_nearer_to_what_will_be),
        cmocka_unit_test(a_known_lag_is_made_up_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
