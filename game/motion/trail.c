#include "motion/trail.h"

#include <math.h>

static TrailPoint between(TrailPoint a, TrailPoint b, double share) {
    Vec3 up_a = vec3(a.up[0], a.up[1], a.up[2]), up_b = vec3(b.up[0], b.up[1], b.up[2]);
    Vec3 up = vec3_unit(vec3_add(vec3_scale(up_a, 1 - share), vec3_scale(up_b, share)));
    return (TrailPoint){ .up = { (float)up.x, (float)up.y, (float)up.z },
                         .raw_deg = (float)(a.raw_deg + (b.raw_deg - a.raw_deg) * share) };
}

void trail_feed(Trail *trail, double t_s, Vec3 up, double raw_deg) {
    bool far = fabs(t_s - trail->next_s) > (double)TRAIL_MAX / TRAIL_HZ; /* a long gap, or a clock set back */
    if (trail->count == 0 || far) {
        trail->count = 0;
        trail->next_s = t_s;
    }
    TrailPoint to = { .up = { (float)up.x, (float)up.y, (float)up.z }, .raw_deg = (float)raw_deg };
    TrailPoint from = trail->count > 0 ? trail_point(trail, trail->count - 1) : to;
    int missed = (int)((t_s - trail->next_s) * TRAIL_HZ) + 1;
    for (int i = 1; trail->next_s <= t_s; i++) {
        trail->points[trail->count % TRAIL_MAX] = between(from, to, fmin(1, (double)i / missed));
        trail->count++;
        trail->next_s += 1.0 / TRAIL_HZ;
    }
}

/* Of the first point at or after t_s. */
static int64_t number_at(const Trail *trail, double t_s) {
    double back = (trail->next_s - t_s) * TRAIL_HZ;
    if (back <= 0) return trail->count;
    if (back >= TRAIL_MAX) return trail->count > TRAIL_MAX ? trail->count - TRAIL_MAX : 0;
    int64_t number = trail->count - (int64_t)floor(back);
    int64_t oldest = trail->count > TRAIL_MAX ? trail->count - TRAIL_MAX : 0;
    return number < oldest ? oldest : number;
}

void trail_span(const Trail *trail, double from_s, double to_s, int64_t *first, int64_t *end) {
    *first = number_at(trail, from_s);
    *end = number_at(trail, to_s) + 1;
    if (*end > trail->count) *end = trail->count;
    if (*first > *end) *first = *end;
}

TrailPoint trail_point(const Trail *trail, int64_t number) {
    return trail->points[number % TRAIL_MAX];
}

bool trail_reaches(const Trail *trail, double t_s) {
    int64_t held = trail->count < TRAIL_MAX ? trail->count : TRAIL_MAX;
    return t_s >= trail->next_s - (double)held / TRAIL_HZ;
}
