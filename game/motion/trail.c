#include "motion/trail.h"

#include <math.h>

void trail_feed(Trail *trail, double t_s, Vec3 up, double raw_deg) {
    bool far = fabs(t_s - trail->next_s) > (double)TRAIL_MAX / TRAIL_HZ; /* a long gap, or a clock set back */
    if (trail->count == 0 || far) {
        trail->count = 0;
        trail->next_s = t_s;
    }
    while (trail->next_s <= t_s) {
        trail->points[trail->count % TRAIL_MAX] =
            (TrailPoint){ .up = { (float)up.x, (float)up.y, (float)up.z }, .raw_deg = (float)raw_deg };
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
