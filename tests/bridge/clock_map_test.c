/* The board's clock on the program's: drift, jitter, wrap, reset. */
#include "core/rng.h"
#include "input/clock_map.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A simulated board: true time t, its own clock runs at 1 + drift, messages take `least` plus an exponential
 * delay, and now and then the host stalls and takes all that has piled up at once. */
typedef struct Board {
    double start_us, drift, least_s, mean_s;
} Board;

typedef struct Measure {
    double worst_s, square, worst_step;
    int count;
} Measure;

static Measure play(ClockMap *map, Board board, double from_s, double seconds, double settle_s,
                    uint64_t seed) {
    Rng rng = rng_make(seed, 3);
    Measure m = { 0 };
    double last_t_s = -1, last_true_s = 0, stalled_until_s = 0;
    for (int i = 0; i < (int)(seconds * 100); i++) {
        double true_s = from_s + i * 0.01;
        double delay_s = board.least_s - board.mean_s * log(1 - rng_unit(&rng));
        if (rng_below(&rng, 1500) == 0) stalled_until_s = true_s + 0.15;
        double arrival_s = fmax(true_s + delay_s, stalled_until_s);
        uint32_t device_us =
            (uint32_t)(uint64_t)fmod(board.start_us + true_s * 1e6 * (1 + board.drift), 4294967296.0);
        double t_s = clock_map_feed(map, 0, device_us, arrival_s);
        assert_true(t_s > last_t_s);
        assert_true(t_s <= arrival_s + 1e-4);
        if (true_s - from_s > settle_s) {
            double error_s = t_s - true_s - board.least_s;
            m.worst_s = fmax(m.worst_s, fabs(error_s));
            m.square += error_s * error_s;
            m.worst_step = fmax(m.worst_step, fabs((t_s - last_t_s) - (true_s - last_true_s)));
            m.count++;
        }
        last_t_s = t_s;
        last_true_s = true_s;
    }
    return m;
}

static void follows_every_drift_within_two_milliseconds(void **state) {
    (void)state;
    const double drifts[] = { 0, 30e-6, -30e-6, 0.001, -0.001, 0.005, -0.005 };
    for (size_t i = 0; i < sizeof drifts / sizeof *drifts; i++) {
        ClockMap map;
        clock_map_init(&map);
        Board board = { .start_us = 5e6, .drift = drifts[i], .least_s = 0.002, .mean_s = 0.002 };
        Measure m = play(&map, board, 100, 600, 10, i + 1);
        print_message("drift %+.0f ppm: worst %.2f ms, rms %.3f ms, worst step error %.2f ms\n",
                      drifts[i] * 1e6, m.worst_s * 1e3, 1e3 * sqrt(m.square / m.count), m.worst_step * 1e3);
        assert_true(m.count > 50000);
        assert_true(m.worst_s < 0.002);
        assert_true(m.worst_step < 0.0015);
        assert_int_equal(map.restarts, 0);
    }
}

static void goes_through_the_wrap(void **state) {
    (void)state;
    ClockMap map;
    clock_map_init(&map);
    Board board = { .start_us = 4294967296.0 - 20e6, .drift = 20e-6, .least_s = 0.001, .mean_s = 0.001 };
    Measure m = play(&map, board, 0, 40, 10, 9);
    assert_true(m.worst_s < 0.002);
    assert_int_equal(map.restarts, 0);
}

static void a_silence_of_several_wraps_is_no_reset(void **state) {
    (void)state;
    ClockMap map;
    clock_map_init(&map);
    Board board = { .start_us = 1e6, .drift = 50e-6, .least_s = 0.001, .mean_s = 0.001 };
    (void)play(&map, board, 0, 20, 10, 10);
    Measure m = play(&map, board, 4 * 3600, 30, 10, 11);
    assert_int_equal(map.restarts, 0);
    assert_true(m.worst_s < 0.003);
}

static void a_reset_is_noticed_and_mapped_anew(void **state) {
    (void)state;
    ClockMap map;
    clock_map_init(&map);
    Board board = { .start_us = 500e6, .least_s = 0.001, .mean_s = 0.001 };
    (void)play(&map, board, 0, 20, 10, 12);
    assert_int_equal(map.restarts, 0);
    board.start_us = 1e6 - 22e6; /* reads 1 s at the 22nd second */
    Measure m = play(&map, board, 22, 20, 5, 13);
    assert_int_equal(map.restarts, 1);
    assert_true(m.worst_s < 0.002);
}

static void two_sensors_share_the_clock_and_each_rises(void **state) {
    (void)state;
    ClockMap map;
    clock_map_init(&map);
    double last_s[2] = { -1, -1 };
    for (uint32_t i = 0; i < 2000; i++) {
        for (unsigned sensor = 0; sensor < 2; sensor++) {
            /* The second is read first, but sent second. */
            uint32_t device_us = 1000000 + i * 5000 - sensor * 900;
            double t_s = clock_map_feed(&map, sensor, device_us, 50 + i * 0.005 + 0.001);
            assert_true(t_s > last_s[sensor]);
            last_s[sensor] = t_s;
        }
    }
    assert_int_equal(map.restarts, 0);
    assert_true(fabs(last_s[0] - last_s[1] - 0.0009) < 1e-4);
}

static void a_late_start_is_mended_by_the_first_quick_sample(void **state) {
    (void)state;
    ClockMap map;
    clock_map_init(&map);
    (void)clock_map_feed(&map, 0, 1000000, 10.3); /* 300 ms late */
    double t_s = clock_map_feed(&map, 0, 1500000, 10.501);
    assert_true(fabs(t_s - 10.501) < 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_every_drift_within_two_milliseconds),
        cmocka_unit_test(goes_through_the_wrap),
        cmocka_unit_test(a_silence_of_several_wraps_is_no_reset),
        cmocka_unit_test(a_reset_is_noticed_and_mapped_anew),
        cmocka_unit_test(two_sensors_share_the_clock_and_each_rises),
        cmocka_unit_test(a_late_start_is_mended_by_the_first_quick_sample),
    };
    return cmocka_run_group_tests_name("clock_map", tests, NULL, NULL);
}
