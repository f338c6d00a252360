#include "input/tilt.h"

#include "core/vec.h"

#include <math.h>

static double dot(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* False for what is too short to have a direction. */
static bool unit(double out[3], const double v[3]) {
    double size = sqrt(dot(v, v));
    if (!(size > 1e-6)) return false;
    for (int i = 0; i < 3; i++) out[i] = v[i] / size;
    return true;
}

void tilt_init(Tilt *tilt) {
    *tilt = (Tilt){ 0 };
}

static void begin_anew(Tilt *tilt, const ImuSample *sample) {
    tilt_init(tilt);
    for (int i = 0; i < 3; i++) tilt->up[i] = (double)sample->accel[i];
    tilt->running = unit(tilt->rest, tilt->up);
    tilt->last_s = tilt->near_s = sample->t_s;
}

static void rest_here(Tilt *tilt, const double up[3]) {
    for (int i = 0; i < 3; i++) tilt->rest[i] = up[i];
    tilt->away = tilt->knows_way = false;
}

static void settle(Tilt *tilt, const double up[3], double dt_s) {
    double share = 1 - exp(-dt_s / TILT_REST_S), moved[3];
    for (int i = 0; i < 3; i++) moved[i] = tilt->rest[i] + share * (up[i] - tilt->rest[i]);
    (void)unit(tilt->rest, moved);
}

static int given_back(Tilt *tilt) {
    tilt->away = false;
    if (tilt->held_s < TILT_HELD_S) return 0;
    if (!tilt->knows_way) {
        for (int i = 0; i < 3; i++) tilt->way[i] = tilt->lean[i];
        tilt->knows_way = true;
    }
    return dot(tilt->way, tilt->lean) >= 0 ? 1 : -1;
}

int tilt_feed(Tilt *tilt, const ImuSample *sample) {
    double t_s = sample->t_s, dt_s = t_s - tilt->last_s, up[3];
    for (int i = 0; i < 3; i++) {
        if (!isfinite(sample->accel[i])) return 0;
    }
    if (!isfinite(t_s)) return 0;
    if (!tilt->running || dt_s < 0 || dt_s > TILT_GAP_S) {
        begin_anew(tilt, sample);
        return 0;
    }
    double share = 1 - exp(-dt_s / TILT_SMOOTH_S);
    for (int i = 0; i < 3; i++) tilt->up[i] += share * ((double)sample->accel[i] - tilt->up[i]);
    tilt->last_s = t_s;
    if (!unit(up, tilt->up)) return 0;
    double along = fmax(-1, fmin(1, dot(up, tilt->rest))), angle_deg = acos(along) / DEG2RAD;

    if (angle_deg < TILT_BACK_DEG) {
        int step = tilt->away ? given_back(tilt) : 0;
        settle(tilt, up, dt_s);
        tilt->near_s = t_s;
        return step;
    }
    if (angle_deg > TILT_FAR_DEG) {
        if (!tilt->away) {
            tilt->away = true;
            tilt->away_s = t_s;
        }
        tilt->held_s = t_s - tilt->away_s;
        for (int i = 0; i < 3; i++) tilt->lean[i] = up[i] - along * tilt->rest[i];
    }
    if (t_s - tilt->near_s > TILT_HELD_MAX_S) rest_here(tilt, up);
    return 0;
}
