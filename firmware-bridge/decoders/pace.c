#include "decoders/pace.h"

#include <math.h>

#define FIRST_WINDOW_S 0.25
#define WINDOW_S       1.0
#define CATCH_UP       0.02 /* of a sample's lateness: what the times follow a slower clock by */
#define LOST_PERIODS   4    /* later than this and… */
#define LOST_S         0.06 /* …than this: samples are missing, and not only late */
#define PERIOD_LEAST_S 0.0005
#define PERIOD_MOST_S  0.5

void pace_init(Pace *pace, double period_s) {
    *pace = (Pace){ .period_s = period_s };
}

static void begin_window(Pace *p, double now_s) {
    p->window_start_s = now_s;
    p->window_count = 0;
    p->window_hurt = false;
}

static void learn_period(Pace *p, double now_s, uint32_t steps, bool hurt) {
    p->window_count += steps;
    p->window_hurt = p->window_hurt || hurt;
    double passed_s = now_s - p->window_start_s;
    if (passed_s < (p->period_s > 0 ? WINDOW_S : FIRST_WINDOW_S)) return;
    double seen_s = passed_s / p->window_count;
    bool sane = seen_s > PERIOD_LEAST_S && seen_s < PERIOD_MOST_S;
    if (sane && (p->period_s <= 0 || !p->window_hurt))
        p->period_s = p->period_s <= 0 || fabs(seen_s / p->period_s - 1) > 0.2
                          ? seen_s
                          : p->period_s + 0.2 * (seen_s - p->period_s);
    begin_window(p, now_s);
}

uint32_t pace_feed(Pace *p, double now_s, uint32_t steps, bool damage) {
    if (!p->running || now_s - p->arrival_s > 1 || now_s < p->arrival_s) {
        p->running = true;
        p->t_s = p->arrival_s = now_s;
        begin_window(p, now_s);
        return 1;
    }
    double late_s = now_s - p->t_s - p->period_s;
    bool hurt = damage || (p->period_s > 0 && late_s > fmax(LOST_S, LOST_PERIODS * p->period_s));
    uint32_t n = steps;
    if (n == 0)
        n = hurt && p->period_s > 0 ? (uint32_t)fmax(1, fmin(1000, round((now_s - p->t_s) / p->period_s)))
                                    : 1;
    learn_period(p, now_s, n, hurt && steps == 0);
    double due_s = p->t_s + n * p->period_s;
    bool lost_track = now_s - due_s > fmax(LOST_S, LOST_PERIODS * p->period_s);
    if (p->period_s <= 0 || due_s > now_s || lost_track)
        p->t_s = now_s;
    else
        p->t_s = due_s + CATCH_UP * (now_s - due_s);
    p->arrival_s = now_s;
    return n;
}

uint32_t pace_time_us(const Pace *pace) {
    return (uint32_t)(uint64_t)fmod(pace->t_s * 1e6, 4294967296.0);
}

double pace_rate_hz(const Pace *pace) {
    return pace->period_s > 0 ? 1 / pace->period_s : 0;
}
