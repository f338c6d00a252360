#include "exercises/control.h"

#include "motion/smoothness.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* SPARC of one calm stroke, and of one that stops and starts: the ends of the scale. */
#define SPARC_CALM  (-1.65)
#define SPARC_JERKY (-3.6)

void control_feed(Control *c, double t_s, double rate_dps) {
    bool far = fabs(t_s - c->next_s) > (double)CONTROL_TRACE_MAX / CONTROL_TRACE_HZ;
    if (c->count == 0 || far) c->next_s = t_s; /* a long gap, or a clock set back */
    while (c->next_s <= t_s) {
        c->speed_dps[c->count % CONTROL_TRACE_MAX] = (float)fabs(rate_dps);
        c->count++;
        c->next_s += 1.0 / CONTROL_TRACE_HZ;
    }
}

static double stroke_control(const Control *c, double from_s, double to_s) {
    double speed[CONTROL_TRACE_MAX];
    int64_t first = c->count - (int64_t)((c->next_s - from_s) * CONTROL_TRACE_HZ);
    int64_t end = c->count - (int64_t)((c->next_s - to_s) * CONTROL_TRACE_HZ);
    if (first < c->count - CONTROL_TRACE_MAX) first = c->count - CONTROL_TRACE_MAX;
    if (first < 0) first = 0;
    if (end > c->count) end = c->count;
    size_t count = 0;
    for (int64_t i = first; i < end; i++) speed[count++] = c->speed_dps[i % CONTROL_TRACE_MAX];
    if (count < 10) return 0.5; /* too short to say */
    double sparc = smoothness_sparc(speed, count, CONTROL_TRACE_HZ);
    return fmax(0, fmin(1, (sparc - SPARC_JERKY) / (SPARC_CALM - SPARC_JERKY)));
}

double control_of(const Control *control, double start_s, double top_s, double end_s) {
    return (stroke_control(control, start_s, top_s) + stroke_control(control, top_s, end_s)) / 2;
}
