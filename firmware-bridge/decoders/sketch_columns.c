#include "decoders/sketch.h"

#include <math.h>
#include <stdio.h>

enum { LOOK_LINES = 8 };
#define LOOK_S        0.3
#define GRAVITY_NEAR  0.10 /* of the unit: how far the mean length may be from one gravity */
#define GRAVITY_EVEN  0.25 /* its deviation */
#define TIME_NEAR     0.3
#define FAST_DPS      400.0 /* a mean that is faster is no rate */
#define REST_RAD_S    1.0   /* nothing at rest turns so fast: it is in degrees */
#define ACCEL_MOST_G  20.0
#define RATE_MOST_DPS 4500.0
#define UP_TAU_S      0.08
#define WINDOW_S      0.5
#define TURN_LEAST    10.0 /* degrees in a window that are worth comparing */
#define TURN_MOST     70.0
#define TURNS_ENOUGH  60.0
#define WRONG         1.6 /* off by more than this: another unit */

typedef struct Unit {
    double per; /* a g, or a degree per second */
    const char *name;
} Unit;

static const Unit accel_units[] = {
    { 1, "g" },
    { 9.80665, "m/s²" },
    { 1000, "mg" },
    { 16384, "counts (±2 g)" },
    { 8192, "counts (±4 g)" },
    { 4096, "counts (±8 g)" },
    { 2048, "counts (±16 g)" },
};
static const Unit rate_units[] = {
    { 1, "°/s" },
    { DEG2RAD, "rad/s" },
    { 1000, "m°/s" },
    { 131, "counts (±250 °/s)" },
    { 65.5, "counts (±500 °/s)" },
    { 32.8, "counts (±1000 °/s)" },
    { 16.4, "counts (±2000 °/s)" },
};
enum {
    ACCEL_UNITS = sizeof accel_units / sizeof *accel_units,
    RATE_UNITS = sizeof rate_units / sizeof *rate_units
};

void sketch_columns_init(SketchColumns *columns) {
    *columns = (SketchColumns){ .time_at = -1, .accel_at = -1, .rate_at = -1, .four_at = -1 };
}

static double length_of(const double *n, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) sum += n[i] * n[i];
    return sqrt(sum);
}

static void gather(SketchColumns *c, const double *n, size_t count, double now_s) {
    if (c->columns != count) {
        sketch_columns_init(c);
        c->columns = count;
        c->first_s = now_s;
        c->first0 = n[0];
        c->rises = true;
    } else {
        c->rises = c->rises && n[0] > c->last0;
    }
    c->last_s = now_s;
    c->last0 = n[0];
    c->lines++;
    for (size_t i = 0; i + 3 <= count; i++) {
        double length = length_of(n + i, 3);
        c->length[i] += length;
        c->length2[i] += length * length;
    }
    for (size_t i = 0; i < 2 && i + 4 <= count; i++)
        c->four[i] = fmax(c->four[i], fabs(length_of(n + i, 4) - 1));
}

static void find_time(SketchColumns *c) {
    static const double units_s[] = { 1, 1e-3, 1e-6 };
    c->time_at = -1;
    double said = c->last0 - c->first0, passed_s = c->last_s - c->first_s;
    for (size_t i = 0; c->rises && i < 3; i++) {
        if (fabs(said * units_s[i] / passed_s - 1) > TIME_NEAR) continue;
        c->time_at = 0;
        c->time_s = units_s[i];
    }
}

/* Four numbers of length one, and at most an accuracy after them: SparkFun's i, j, k, real, accuracy. */
static bool find_quaternion(SketchColumns *c) {
    size_t from = c->time_at == 0 ? 1 : 0, rest = c->columns - from;
    if ((rest != 4 && rest != 5) || c->four[from] > 0.02) return false;
    c->is_quaternion = true;
    c->four_at = (int)from;
    c->real_last = rest == 5;
    return true;
}

static bool find_accel(SketchColumns *c) {
    size_t from = c->time_at == 0 ? 1 : 0;
    double evenest = GRAVITY_EVEN;
    c->accel_at = -1;
    for (size_t i = from; i + 3 <= c->columns; i += 3) {
        double mean = c->length[i] / c->lines;
        double uneven = sqrt(fmax(0, c->length2[i] / c->lines - mean * mean)) / fmax(mean, 1e-9);
        for (int u = 0; u < ACCEL_UNITS && uneven < evenest; u++) {
            if (fabs(mean / accel_units[u].per - 1) > GRAVITY_NEAR) continue;
            evenest = uneven;
            c->accel_at = (int)i;
            c->per_g = accel_units[u].per;
        }
    }
    return c->accel_at >= 0;
}

/* What goes with the unit of the acceleration by custom. */
static double customary_rate(const SketchColumns *c) {
    double mean = c->length[c->rate_at] / c->lines;
    if (c->per_g == 9.80665) return mean > REST_RAD_S ? 1 : DEG2RAD;
    if (c->per_g <= 1000) return 1;
    return c->per_g / 16384 * 131;
}

static bool find_rate(SketchColumns *c) {
    int from = c->time_at == 0 ? 1 : 0;
    c->rate_at = c->accel_at == from ? from + 3 : c->accel_at - 3;
    if (c->rate_at < from || (size_t)c->rate_at + 3 > c->columns) return false;
    c->per_dps = customary_rate(c);
    return c->length[c->rate_at] / c->lines / c->per_dps < FAST_DPS;
}

bool sketch_columns_look(SketchColumns *c, const double *numbers, size_t count, double now_s) {
    gather(c, numbers, count, now_s);
    if (c->lines < LOOK_LINES || now_s - c->first_s < LOOK_S) return false;
    find_time(c);
    c->known = find_quaternion(c) || (find_accel(c) && find_rate(c));
    if (!c->known) sketch_columns_init(c); /* perhaps it was shaken: look at other lines */
    return c->known;
}

bool sketch_columns_read(const SketchColumns *c, const double *n, size_t count, SketchReading *out) {
    *out = (SketchReading){ .has_time = c->time_at >= 0 };
    if (count != c->columns) return false;
    if (out->has_time) out->t_s = n[c->time_at] * c->time_s;
    if (c->is_quaternion) {
        const double *q = n + c->four_at;
        out->orientation = c->real_last ? (Quat){ q[3], q[0], q[1], q[2] } : (Quat){ q[0], q[1], q[2], q[3] };
        return fabs(length_of(q, 4) - 1) < 0.02;
    }
    for (int i = 0; i < 3; i++) {
        out->accel_g[i] = n[c->accel_at + i] / c->per_g;
        out->rate_dps[i] = n[c->rate_at + i] / c->per_dps;
        /* In the wrong unit the rates may be anything. */
        if (fabs(out->accel_g[i]) > ACCEL_MOST_G || fabs(out->rate_dps[i]) > RATE_MOST_DPS / DEG2RAD)
            return false;
    }
    return true;
}

static double nearest_rate(double per_dps) {
    double best = per_dps, off = INFINITY;
    for (int i = 0; i < RATE_UNITS; i++) {
        double away = fabs(log(per_dps / rate_units[i].per));
        if (away >= off) continue;
        off = away;
        best = rate_units[i].per;
    }
    return best;
}

static bool compare(SketchColumns *c) {
    double by_gravity =
        RAD2DEG * acos(fmax(-1, fmin(1, vec3_dot(vec3_unit(c->window_up), vec3_unit(c->up)))));
    if (by_gravity > TURN_LEAST && by_gravity < TURN_MOST) {
        c->turned_deg[0] += vec3_length(c->turning);
        c->turned_deg[1] += by_gravity;
    }
    c->window_s = 0;
    c->window_up = c->up;
    c->turning = vec3(0, 0, 0);
    if (c->turned_deg[1] < TURNS_ENOUGH) return false;
    double ratio = c->turned_deg[0] / c->turned_deg[1], before = c->per_dps;
    c->turned_deg[0] = c->turned_deg[1] = 0;
    if (ratio > WRONG || ratio < 1 / WRONG) c->per_dps = nearest_rate(c->per_dps * fmax(ratio, 1e-6));
    return c->per_dps != before;
}

bool sketch_columns_check(SketchColumns *c, const SketchReading *r, double dt_s) {
    if (c->is_quaternion) return false;
    Vec3 accel = vec3(r->accel_g[0], r->accel_g[1], r->accel_g[2]);
    Vec3 rate = vec3(r->rate_dps[0], r->rate_dps[1], r->rate_dps[2]);
    bool first = vec3_length(c->up) == 0;
    if (dt_s <= 0 || dt_s > 0.2 || first) {
        c->up = c->window_up = accel;
        c->turning = vec3(0, 0, 0);
        c->window_s = 0;
        return false;
    }
    c->up = vec3_add(c->up, vec3_scale(vec3_sub(accel, c->up), 1 - exp(-dt_s / UP_TAU_S)));
    /* What turns about the vertical does not turn gravity. */
    c->turning = vec3_add(c->turning, vec3_scale(vec3_reject(rate, vec3_unit(c->up)), dt_s));
    c->window_s += dt_s;
    return c->window_s >= WINDOW_S && compare(c);
}

static const char *name_of(const Unit *units, int count, double per) {
    for (int i = 0; i < count; i++) {
        if (units[i].per == per) return units[i].name;
    }
    return "counts";
}

void sketch_columns_note(const SketchColumns *c, char *out, size_t size) {
    if (c->is_quaternion) {
        (void)snprintf(out, size, "guessed: a quaternion, %s%s", c->real_last ? "i j k real" : "w x y z",
                       c->time_at >= 0 ? ", time first" : "");
        return;
    }
    (void)snprintf(out, size, "guessed: %s in %s, then %s in %s%s",
                   c->accel_at < c->rate_at ? "acceleration" : "rates",
                   c->accel_at < c->rate_at ? name_of(accel_units, ACCEL_UNITS, c->per_g)
                                            : name_of(rate_units, RATE_UNITS, c->per_dps),
                   c->accel_at < c->rate_at ? "rates" : "acceleration",
                   c->accel_at < c->rate_at ? name_of(rate_units, RATE_UNITS, c->per_dps)
                                            : name_of(accel_units, ACCEL_UNITS, c->per_g),
                   c->time_at >= 0 ? ", time first" : "");
}
