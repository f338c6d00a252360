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
    tilt->last_s = tilt->near_s = tilt->settled_s = sample->t_s;
}

static void rest_here(Tilt *tilt, const double up[3]) {
    for (int i = 0; i < 3; i++) tilt->rest[i] = up[i];
    tilt->away = tilt->knows_forward = false;
}

static void settle(Tilt *tilt, const double up[3], double dt_s) {
    double share = 1 - exp(-dt_s / TILT_REST_S), moved[3];
    for (int i = 0; i < 3; i++) moved[i] = tilt->rest[i] + share * (up[i] - tilt->rest[i]);
    (void)unit(tilt->rest, moved);
}

/* The lean is where up went in the sensor's frame: against the way the body leant. So left is up times
 * forward in that frame as well. */
static TiltWay way_of(Tilt *tilt) {
    const double *up = tilt->rest, *f = tilt->forward;
    if (!tilt->knows_forward) {
        for (int i = 0; i < 3; i++) tilt->forward[i] = tilt->lean[i];
        tilt->knows_forward = true;
    }
    const double left[3] = { up[1] * f[2] - up[2] * f[1], up[2] * f[0] - up[0] * f[2],
                             up[0] * f[1] - up[1] * f[0] };
    double along = dot(f, tilt->lean), across = dot(left, tilt->lean);
    if (fabs(along) >= fabs(across)) return along >= 0 ? TILT_FORWARD : TILT_BACKWARD;
    return across >= 0 ? TILT_LEFT : TILT_RIGHT;
}

static TiltWay given_back(Tilt *tilt) {
    tilt->away = false;
    return tilt->from_rest && tilt->held_s >= TILT_HELD_S ? way_of(tilt) : TILT_NONE;
}

TiltWay tilt_feed(Tilt *tilt, const ImuSample *sample) {
    double t_s = sample->t_s, dt_s = t_s - tilt->last_s, up[3];
    for (int i = 0; i < 3; i++) {
        if (!isfinite(sample->accel[i])) return TILT_NONE;
    }
    if (!isfinite(t_s)) return TILT_NONE;
    if (!tilt->running || dt_s < 0 || dt_s > TILT_GAP_S) {
        begin_anew(tilt, sample);
        return TILT_NONE;
    }
    double share = 1 - exp(-dt_s / TILT_SMOOTH_S);
    for (int i = 0; i < 3; i++) tilt->up[i] += share * ((double)sample->accel[i] - tilt->up[i]);
    tilt->last_s = t_s;
    if (!unit(up, tilt->up)) return TILT_NONE;
    double along = fmax(-1, fmin(1, dot(up, tilt->rest))), angle_deg = acos(along) / DEG2RAD;

    if (angle_deg < TILT_BACK_DEG) {
        TiltWay way = tilt->away ? given_back(tilt) : TILT_NONE;
        if (t_s - tilt->near_s > TILT_SMOOTH_S) tilt->settled_s = t_s; /* it was elsewhere */
        settle(tilt, up, dt_s);
        tilt->near_s = t_s;
        return way;
    }
    if (angle_deg > TILT_FAR_DEG) {
        if (!tilt->away) {
            tilt->away = true;
            tilt->from_rest = tilt->near_s - tilt->settled_s >= TILT_STEADY_S;
            tilt->away_s = t_s;
        }
        tilt->held_s = t_s - tilt->away_s;
        for (int i = 0; i < 3; i++) tilt->lean[i] = up[i] - along * tilt->rest[i];
    }
    if (t_s - tilt->near_s > TILT_HELD_MAX_S) rest_here(tilt, up);
    return TILT_NONE;
}
