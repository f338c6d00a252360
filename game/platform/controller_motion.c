#include "platform/controller_motion.h"

#include <math.h>
#include <string.h>

/* More than any controller's sensor can tell: 4000 °/s, 30 g. */
#define GYRO_MAX_RAD_S 70.0F
#define ACCEL_MAX_M_S2 300.0F
/* What belongs together: less than half of a millisecond's period, or of the same report. */
#define SAME_US 400
#define SAME_S  0.008
#define HELD_S  0.1 /* an acceleration older than this stands for nothing */
/* A clock that stands still while reports are lost falls behind. */
#define LATE_WINDOW_S 1.0
#define LATE_MAX_S    0.04
#define STEP_MIN_S    1e-6
#define GAP_PERIODS   1.7
#define GAP_MAX_US    2e6 /* further apart it was silent, and lost nothing */
#define PERIOD_SHARE  0.02
enum { STEPS_KNOW = 32 };

void controller_motion_init(ControllerMotion *m, uint8_t sensor, double rate_hz, bool counted) {
    *m = (ControllerMotion){ .sensor = sensor, .counted = counted };
    clock_map_init(&m->clock);
    pace_init(&m->pace, rate_hz > 1 ? 1 / rate_hz : 0);
}

static bool is_sane(const MotionReading *reading) {
    float most = reading->part == MOTION_GYRO ? GYRO_MAX_RAD_S : ACCEL_MAX_M_S2;
    for (int i = 0; i < 3; i++) {
        if (!isfinite(reading->value[i]) || fabsf(reading->value[i]) > most) return false;
    }
    return true;
}

static MotionReading take(ControllerMotion *m, MotionPart part) {
    MotionReading first = m->waiting[part][0];
    m->count[part]--;
    memmove(&m->waiting[part][0], &m->waiting[part][1], m->count[part] * sizeof first);
    return first;
}

/* Negative where `a` was measured before `b`, 0 where they belong together. */
static int order(const MotionReading *a, const MotionReading *b) {
    if (a->device_us != 0 && b->device_us != 0) {
        uint64_t apart_us =
            a->device_us > b->device_us ? a->device_us - b->device_us : b->device_us - a->device_us;
        if (apart_us > SAME_US) return a->device_us < b->device_us ? -1 : 1;
        return 0;
    }
    double apart_s = a->arrival_s - b->arrival_s;
    return fabs(apart_s) <= SAME_S ? 0 : apart_s < 0 ? -1 : 1;
}

/* ---- Time ---- */

static void count_gap(ControllerMotion *m, uint64_t device_us) {
    double step_us = device_us > m->last_us ? (double)(device_us - m->last_us) : 0;
    if (m->last_us == 0 || step_us <= 0 || step_us > GAP_MAX_US) return;
    if (m->period_us <= 0) m->period_us = step_us;
    if (m->steps >= STEPS_KNOW && step_us > GAP_PERIODS * m->period_us)
        m->lost += (uint32_t)lround(step_us / m->period_us) - 1;
    double near_us = fmin(fmax(step_us, 0.5 * m->period_us), 1.5 * m->period_us);
    m->period_us += PERIOD_SHARE * (near_us - m->period_us);
    m->steps++;
}

/* All have been late for a while: the clock stood still, and is to be placed anew. */
static void watch_lateness(ControllerMotion *m, double late_s, double arrival_s) {
    if (m->late_since_s <= 0 || late_s < m->late_least_s) m->late_least_s = late_s;
    if (m->late_since_s <= 0) m->late_since_s = arrival_s;
    if (arrival_s - m->late_since_s < LATE_WINDOW_S) return;
    if (m->late_least_s > LATE_MAX_S) m->clock.running = false;
    m->late_since_s = 0;
}

static double clocked_s(ControllerMotion *m, const MotionReading *gyro) {
    count_gap(m, gyro->device_us);
    double t_s = clock_map_feed(&m->clock, 0, (uint32_t)gyro->device_us, gyro->arrival_s);
    watch_lateness(m, gyro->arrival_s - t_s, gyro->arrival_s);
    return t_s;
}

static double paced_s(ControllerMotion *m, const MotionReading *gyro) {
    m->lost += pace_feed(&m->pace, gyro->arrival_s, 0, false) - 1;
    return m->pace.t_s;
}

/* ---- Pairs ---- */

static size_t emit(ControllerMotion *m, const MotionReading *gyro, ImuSample *out) {
    if (!m->has_accel || gyro->arrival_s - m->accel.arrival_s > HELD_S) {
        m->lost++;
        return 0;
    }
    if (gyro->device_us != 0 && gyro->device_us == m->last_us) return 0; /* told twice */
    double t_s = gyro->device_us != 0 && !m->counted ? clocked_s(m, gyro) : paced_s(m, gyro);
    if (m->samples > 0) t_s = fmax(t_s, m->last_s + STEP_MIN_S);
    m->last_s = t_s;
    m->last_us = gyro->device_us;
    m->samples++;
    *out = (ImuSample){ .t_s = t_s, .sensor = m->sensor };
    memcpy(out->gyro, gyro->value, sizeof out->gyro);
    memcpy(out->accel, m->accel.value, sizeof out->accel);
    return 1;
}

static void keep_accel(ControllerMotion *m) {
    m->accel = take(m, MOTION_ACCEL);
    m->has_accel = true;
}

size_t controller_motion_feed(ControllerMotion *m, const MotionReading *reading,
                              ImuSample out[MOTION_WAITING_MAX]) {
    if (!is_sane(reading)) {
        m->bad++;
        return 0;
    }
    size_t *gyros = &m->count[MOTION_GYRO], *accels = &m->count[MOTION_ACCEL], made = 0;
    m->waiting[reading->part][m->count[reading->part]++] = *reading;
    while (*gyros > 0 && (*accels > 0 || *gyros == MOTION_WAITING_MAX)) {
        int which = *accels > 0 ? order(&m->waiting[MOTION_GYRO][0], &m->waiting[MOTION_ACCEL][0]) : -1;
        if (which >= 0) keep_accel(m);
        if (which > 0) continue;
        MotionReading gyro = take(m, MOTION_GYRO);
        made += emit(m, &gyro, &out[made]);
    }
    if (*accels == MOTION_WAITING_MAX) keep_accel(m);
    return made;
}
