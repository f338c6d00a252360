#include "input/clock_map.h"

#include <math.h>

/* Two sensors of one board may be stamped slightly out of order; anything further back is a reset. */
#define BACK_MAX_S 0.05
/* Nothing that is still in a buffer is older, so a greater disagreement of the clocks is a reset. */
#define LATE_MAX_S 2.0
#define WINDOW_S   1.0
/* Ceramic resonators are good to 0.5 %; twice that is allowed for. */
#define SKEW_MAX 0.01
/* Once the skew is learnt, what it may be wrong by. */
#define SKEW_DOUBT   0.0003
#define WINDOWS_KNOW 5
#define STEP_MIN_S   1e-6
#define WRAP_S       (4294967296.0 * 1e-6)

void clock_map_init(ClockMap *map) {
    *map = (ClockMap){ 0 };
}

static void begin(ClockMap *map, uint32_t device_us, double arrival_s) {
    map->running = true;
    map->last_us = device_us;
    map->device_s = (double)device_us * 1e-6;
    map->offset_s = arrival_s - map->device_s;
    map->skew = 0;
    map->windows = 0;
    map->window_start_s = map->device_s;
    map->window_least_s = map->offset_s;
    map->window_least_at_s = map->device_s;
}

/* Least squares through the windows' least delays. */
static double fitted_skew(const ClockMap *map) {
    uint32_t n = map->windows < CLOCK_MAP_WINDOWS ? map->windows : CLOCK_MAP_WINDOWS;
    double mean_at = 0, mean_least = 0, above = 0, below = 0;
    for (uint32_t i = 0; i < n; i++) {
        mean_at += map->least_at_s[i] / n;
        mean_least += map->least_s[i] / n;
    }
    for (uint32_t i = 0; i < n; i++) {
        double at = map->least_at_s[i] - mean_at;
        above += at * (map->least_s[i] - mean_least);
        below += at * at;
    }
    return below > 0 ? fmax(-SKEW_MAX, fmin(SKEW_MAX, above / below)) : 0;
}

static void watch_window(ClockMap *map, double delay_s) {
    if (map->device_s - map->window_start_s >= WINDOW_S) {
        map->least_s[map->windows % CLOCK_MAP_WINDOWS] = map->window_least_s;
        map->least_at_s[map->windows % CLOCK_MAP_WINDOWS] = map->window_least_at_s;
        map->windows++;
        if (map->windows >= WINDOWS_KNOW) map->skew = fitted_skew(map);
        map->window_start_s = map->device_s;
        map->window_least_s = delay_s;
        map->window_least_at_s = map->device_s;
    } else if (delay_s < map->window_least_s) {
        map->window_least_s = delay_s;
        map->window_least_at_s = map->device_s;
    }
}

double clock_map_feed(ClockMap *map, unsigned sensor, uint32_t device_us, double arrival_s) {
    if (!map->running) {
        begin(map, device_us, arrival_s);
    } else {
        /* Of all readings that this counter can mean, the one nearest to what its arrival lets expect: whole
         * wraps may have passed in a silence. */
        double expected_s = arrival_s - map->offset_s;
        double reading_s = map->device_s + (double)(uint32_t)(device_us - map->last_us) * 1e-6;
        reading_s += WRAP_S * round((expected_s - reading_s) / WRAP_S);
        double step_s = reading_s - map->device_s;
        if (step_s < -BACK_MAX_S || fabs(expected_s - reading_s) > LATE_MAX_S + SKEW_MAX * fabs(step_s)) {
            begin(map, device_us, arrival_s);
            map->restarts++;
        } else {
            double rise = map->windows >= WINDOWS_KNOW ? map->skew + SKEW_DOUBT : SKEW_MAX;
            double delay_s = arrival_s - reading_s;
            map->last_us = device_us;
            map->device_s = reading_s;
            map->offset_s = fmin(map->offset_s + rise * fmax(step_s, 0), delay_s);
            watch_window(map, delay_s);
        }
    }
    double t_s = map->device_s + map->offset_s;
    if (map->seen[sensor]) t_s = fmax(t_s, map->last_s[sensor] + STEP_MIN_S);
    map->seen[sensor] = true;
    map->last_s[sensor] = t_s;
    return t_s;
}
