#include "exercises/reaches.h"

#include <math.h>

#define ACCEPT_SHARE   0.62
#define PARTIAL_SHARE  0.15
#define LIFT_FLOOR_DEG 20.0
#define LIFT_LEAST_DEG 12.0
#define UP_SHARE       0.5 /* of the own lift: the hips are up */
#define DOWN_SHARE     0.3 /* of this one's: they are down again */

void reach_counter_init(ReachCounter *counter, const ReachConfig *config) {
    *counter = (ReachCounter){ .config = *config };
}

void reach_counter_accept(ReachCounter *counter, const Reach *reach) {
    learnt_range_push(&counter->ranges, reach->peak_deg);
    median_push(&counter->lifts, reach->lift_deg);
}

static Reach reach_of(const ReachCounter *c, ReachKind kind, double end_s) {
    return (Reach){
        .kind = kind,
        .sign = c->sign,
        .start_s = c->start_s,
        .peak_s = c->peak_s,
        .end_s = end_s,
        .peak_deg = c->peak_deg,
        .lift_deg = c->lift_deg,
    };
}

static double accept_of(const ReachCounter *c, double known_deg) {
    return known_deg > 0 ? learnt_range_accept(&c->ranges, ACCEPT_SHARE) * known_deg : c->config.floor_deg;
}

Reach reach_counter_feed(ReachCounter *c, double t_s, double roll_deg, double lift_deg) {
    Reach nothing = { 0 };
    double known_deg = learnt_range_get(&c->ranges, c->config.range_deg);
    double accept_deg = accept_of(c, known_deg);
    double own_lift_deg = median_get(&c->lifts, c->config.lift_deg);
    double up_deg = own_lift_deg > 0 ? fmax(UP_SHARE * own_lift_deg, LIFT_LEAST_DEG) : LIFT_FLOOR_DEG;
    if (!c->up) {
        if (lift_deg < DOWN_SHARE * up_deg || c->start_s <= 0) c->start_s = t_s;
        if (lift_deg < up_deg) return nothing;
        c->up = true;
        c->topped = false;
        c->peak_deg = c->lift_deg = 0;
        c->sign = 1;
        c->peak_s = t_s;
    }
    if (lift_deg > c->lift_deg) c->lift_deg = lift_deg;
    if (fabs(roll_deg) > c->peak_deg) {
        c->peak_deg = fabs(roll_deg);
        c->peak_s = t_s;
        c->sign = roll_deg >= 0 ? 1 : -1;
    }
    if (!c->topped && c->peak_deg > 0.8 * accept_deg && fabs(roll_deg) < 0.85 * c->peak_deg) {
        c->topped = true;
        return reach_of(c, REACH_TOP, 0);
    }
    if (lift_deg > DOWN_SHARE * c->lift_deg) return nothing;
    c->up = false;
    Reach done = reach_of(c, REACH_DONE, t_s);
    c->start_s = t_s;
    return done;
}

ReachKind reach_counter_judge(const ReachCounter *c, const Reach *reach) {
    double known_deg = learnt_range_get(&c->ranges, c->config.range_deg);
    double accept_deg = accept_of(c, known_deg);
    if (reach->peak_deg >= accept_deg) return REACH_REP;
    double size_deg = known_deg > 0 ? known_deg : accept_deg;
    return reach->peak_deg < PARTIAL_SHARE * size_deg ? REACH_NONE : REACH_PARTIAL;
}
