#include "core/rng.h"
#include "exercises/recogniser.h"
#include "testing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One sensor on some body part that turns to and fro; what it feels is worked out from that. */
typedef struct Wearer {
    Recogniser recogniser;
    Rng rng;
    double rate_hz;
    Vec3 axis;     /* that it turns about, sensor frame */
    Vec3 up_start; /* up, sensor frame, at angle 0 */
    Vec3 bias;     /* rad/s */
    double noise_dps, noise_accel;
    double t_s, angle_deg;
    double told_s[256], end_s[256]; /* of each repetition that was told */
    int told;
} Wearer;

static Wearer *wearer;

static void wear(uint64_t seed, double rate_hz) {
    memset(wearer, 0, sizeof *wearer);
    wearer->rng = rng_make(seed, 3);
    Rng *rng = &wearer->rng;
    wearer->rate_hz = rate_hz;
    wearer->axis = rng_direction(rng);
    wearer->up_start = rng_direction(rng);
    wearer->noise_dps = 0.3;
    wearer->noise_accel = 0.05;
    recogniser_init(&wearer->recogniser, exercise_spec("generic"), NULL);
}

static Vec3 noise(double size) {
    Rng *rng = &wearer->rng;
    return vec3_scale(vec3(rng_normal(rng), rng_normal(rng), rng_normal(rng)), size);
}

static void keep_moves(const Moves *moves) {
    for (int i = 0; i < moves->count; i++) {
        assert_int_equal(moves->items[i].kind, MOVE_REP);
        assert_true(wearer->told < 256);
        wearer->told_s[wearer->told] = moves->items[i].t_s;
        wearer->end_s[wearer->told++] = moves->items[i].end_s;
    }
}

/* The next sample: turned to `angle_deg`, and besides that pushed and turned as given. */
static void move_to(double angle_deg, Vec3 turn_dps, Vec3 push) {
    Wearer *w = wearer;
    double rate = (angle_deg - w->angle_deg) * DEG2RAD * w->rate_hz;
    w->angle_deg = angle_deg;
    Quat turned = quat_from_rotation_vector(vec3_scale(w->axis, angle_deg * DEG2RAD));
    Vec3 up = quat_rotate(quat_conjugate(turned), w->up_start);
    Vec3 gyro = vec3_add(vec3_add(vec3_scale(w->axis, rate), w->bias),
                         vec3_scale(vec3_add(turn_dps, noise(w->noise_dps)), DEG2RAD));
    Vec3 accel = vec3_add(vec3_scale(up, 9.81), vec3_add(push, noise(w->noise_accel)));
    ImuSample sample = { .t_s = w->t_s,
                         .gyro = { (float)gyro.x, (float)gyro.y, (float)gyro.z },
                         .accel = { (float)accel.x, (float)accel.y, (float)accel.z } };
    Moves moves = { 0 };
    assert_true(recogniser_feed(&w->recogniser, &sample, &moves));
    keep_moves(&moves);
    assert_int_equal(w->told, w->recogniser.reps);
    w->t_s += 1 / w->rate_hz;
}

static void rest(double seconds) {
    for (double end_s = wearer->t_s + seconds; wearer->t_s < end_s;)
        move_to(wearer->angle_deg, vec3(0, 0, 0), vec3(0, 0, 0));
}

/* Out by `range_deg` and back. */
static void repetition(double range_deg, double seconds) {
    double start_s = wearer->t_s, start_deg = wearer->angle_deg;
    while (wearer->t_s < start_s + seconds) {
        double phase = (wearer->t_s - start_s) / seconds;
        move_to(start_deg + range_deg * (0.5 - 0.5 * cos(2 * PI * phase)), vec3(0, 0, 0), vec3(0, 0, 0));
    }
}

static int finish(void) {
    Moves moves = { 0 };
    recogniser_finish(&wearer->recogniser, &moves);
    keep_moves(&moves);
    return wearer->recogniser.reps;
}

static double about(double mean, double spread) {
    return mean * fmax(0.5, 1 + spread * rng_normal(&wearer->rng));
}

static void any_axis_tempo_and_rate_is_counted(void **state) {
    (void)state;
    static const double rates_hz[] = { 25, 50, 104 };
    for (uint64_t seed = 1; seed <= 18; seed++) {
        wear(seed, rates_hz[seed % 3]);
        double length_s = 1.8 + 0.3 * (double)seed, range_deg = 12 + 5 * (double)seed;
        int count = 6 + (int)(seed % 9);
        rest(2);
        for (int i = 0; i < count; i++) {
            repetition(about(range_deg, 0.08), about(length_s, 0.08));
            rest(about(0.3, 0.3));
        }
        rest(1.5);
        if (wearer->told != count) fail_msg("seed %d: %d of %d", (int)seed, wearer->told, count);
        assert_int_equal(finish(), count);
        double rom_deg = recogniser_rom_deg(&wearer->recogniser);
        assert_true(rom_deg > 0.8 * range_deg && rom_deg < 1.2 * range_deg);
    }
}

static void three_alike_are_told_at_once_and_later_ones_soon(void **state) {
    (void)state;
    wear(4, 50);
    rest(2);
    for (int i = 0; i < 10; i++) {
        repetition(about(60, 0.05), about(3, 0.05));
        double end_s = wearer->t_s;
        if (i < 2) assert_int_equal(wearer->told, 0);
        rest(0.4);
        if (i < 2) continue;
        assert_int_equal(wearer->told, i + 1);
        assert_true(wearer->told_s[i] < end_s + 0.3);
        assert_true(fabs(wearer->end_s[i] - end_s) < 0.3);
    }
    assert_true(wearer->told_s[0] == wearer->told_s[2]);
    assert_true(wearer->end_s[1] - wearer->end_s[0] > 2.5);
}

static void small_ones_between_do_not_count(void **state) {
    (void)state;
    wear(7, 50);
    rest(2);
    for (int i = 0; i < 12; i++) {
        repetition(about(50, 0.05), about(3, 0.05));
        if (i % 4 == 2) repetition(14, 1.5);
    }
    rest(2);
    assert_int_equal(finish(), 12);
}

/* What is typical is what is typical now. */
static void smaller_ones_after_a_rest_count(void **state) {
    (void)state;
    wear(8, 25);
    rest(2);
    for (int set = 0; set < 3; set++) {
        for (int i = 0; i < 8; i++)
            repetition(about(set == 2 ? 20 : 60, 0.06), about(set == 1 ? 2 : 4, 0.06));
        rest(30);
        assert_int_equal(wearer->told, 8 * (set + 1));
    }
}

static void slow_ones_with_pauses_count(void **state) {
    (void)state;
    wear(9, 50);
    rest(3);
    for (int i = 0; i < 10; i++) {
        repetition(about(45, 0.05), about(4, 0.05));
        rest(about(2.5, 0.2));
    }
    assert_int_equal(finish(), 10);
}

/* Longer than what is looked at anew, and with a gyro that was never calibrated. */
static void a_long_set_with_a_biased_gyro_is_counted(void **state) {
    (void)state;
    wear(10, 50);
    wearer->bias = vec3(0.05, -0.03, 0.04);
    for (int i = 0; i < 60; i++) repetition(about(40, 0.05), about(3.5, 0.05));
    rest(1);
    assert_in_range(finish(), 59, 61);
    assert_true(wearer->t_s > 2.0 * GENERIC_FRAMES_MAX / GENERIC_FRAME_HZ);
}

static void lost_samples_are_survived(void **state) {
    (void)state;
    wear(11, 50);
    rest(2);
    for (int i = 0; i < 12; i++) {
        repetition(about(50, 0.04), about(3, 0.04));
        rest(0.3);
        if (i % 3 == 1) wearer->t_s += 0.2;
    }
    assert_int_equal(finish(), 12);
    /* Minutes without a sample end the set; the next one is counted by itself. */
    wearer->t_s += 500;
    rest(2);
    for (int i = 0; i < 5; i++) repetition(50, 3);
    rest(1);
    assert_int_equal(wearer->told, 17);
}

static void stillness_and_breathing_are_no_exercise(void **state) {
    (void)state;
    wear(12, 50);
    while (wearer->t_s < 120)
        move_to(0.5 * sin(2 * PI * 0.22 * wearer->t_s), vec3(0, 0, 0),
                vec3(0.05 * sin(1.4 * wearer->t_s), 0, 0));
    assert_int_equal(finish(), 0);
}

/* A stride a second: the trunk turns once, and is shaken twice. */
static void walking_is_no_exercise(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        wear(20 + seed, 50);
        double phase = 0, stride_s = 0.95 + 0.1 * (double)seed;
        while (wearer->t_s < 60) {
            phase += 2 * PI / (about(stride_s, 0.03) * wearer->rate_hz);
            move_to(8 * sin(phase), vec3(15 * cos(2 * phase), 0, 0),
                    vec3_scale(wearer->up_start, 2.5 * sin(2 * phase)));
        }
        assert_int_equal(finish(), 0);
    }
}

/* Strapping on, picking up, talking with the hands: turns of any size and length about any axis. */
static void handling_is_no_exercise(void **state) {
    (void)state;
    int told = 0;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        wear(40 + seed, 50);
        while (wearer->t_s < 120) {
            Rng *rng = &wearer->rng;
            double seconds = 0.3 + 2.5 * rng_unit(rng), start_s = wearer->t_s;
            Vec3 peak_dps = noise(60 * rng_unit(rng));
            while (wearer->t_s < start_s + seconds) {
                double speed = sin(PI * (wearer->t_s - start_s) / seconds);
                move_to(wearer->angle_deg, vec3_scale(peak_dps, speed), noise(0.5));
            }
            if (rng_unit(rng) < 0.2) rest(2 * rng_unit(rng));
        }
        told += finish();
    }
    /* Twenty minutes; under 0.2 a minute. */
    assert_true(told < 4);
}

static void too_little_is_no_set(void **state) {
    (void)state;
    wear(13, 50);
    rest(2);
    repetition(60, 3);
    rest(4);
    assert_int_equal(finish(), 0);
    assert_true(recogniser_rom_deg(&wearer->recogniser) == 0);
}

static void a_zigzag_loses_its_wobbles(void **state) {
    (void)state;
    static Zigzag z;
    const float values[] = { 0, 5, 10, 8, 10, 20, 10, 0, 3, 1, 10, 20, 0 };
    zigzag_make(&z, values, 0, sizeof values / sizeof *values, 1);
    assert_int_equal(z.count, 9);
    zigzag_smooth(&z, 1.5, 0.5);
    assert_int_equal(z.count, 5);
    const int turns[] = { 0, 5, 7, 11, 12 };
    assert_memory_equal(z.at, turns, sizeof turns);
    assert_true(zigzag_stroke(&z, 1) == 20);
    assert_true(zigzag_typical(&z, 1) == 20);
    /* Nothing is left of what is all under the floor. */
    zigzag_smooth(&z, 30, 0.5);
    assert_int_equal(z.count, 0);
}

static int make_wearer(void **state) {
    (void)state;
    wearer = malloc(sizeof *wearer);
    return wearer == NULL;
}

static int drop_wearer(void **state) {
    (void)state;
    free(wearer);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_axis_tempo_and_rate_is_counted),
        cmocka_unit_test(three_alike_are_told_at_once_and_later_ones_soon),
        cmocka_unit_test(small_ones_between_do_not_count),
        cmocka_unit_test(smaller_ones_after_a_rest_count),
        cmocka_unit_test(slow_ones_with_pauses_count),
        cmocka_unit_test(a_long_set_with_a_biased_gyro_is_counted),
        cmocka_unit_test(lost_samples_are_survived),
        cmocka_unit_test(stillness_and_breathing_are_no_exercise),
        cmocka_unit_test(walking_is_no_exercise),
        cmocka_unit_test(handling_is_no_exercise),
        cmocka_unit_test(too_little_is_no_set),
        cmocka_unit_test(a_zigzag_loses_its_wobbles),
    };
    return cmocka_run_group_tests(tests, make_wearer, drop_wearer);
}
