#include "exercises/adjusting.h"

#include <math.h>

#define MOVES_DPS  2.5
#define WOBBLE_DPS 3.0 /* this much of the turning is the strap's wobble */
/* This much turning, for the farthest it went, is no stroke … */
#define TO_AND_FRO     2.7
#define TO_AND_FRO_DEG 3.0 /* … but only if it went as far as this */
/* … and this much is no repetition, if the mean speed is this share of the fastest. */
#define WILD       3.6
#define WILD_SPEED 0.55
#define LEAST_S    0.5
/* Out and back, but for this share of the way and this much at most, in so long. */
#define BACK_SHARE 0.4
#define BACK_DEG   4.5
#define SOON_S     4.2

Adjusting adjusting_make(double t_s) {
    return (Adjusting){ .begun_s = t_s, .moved_s = t_s };
}

bool adjusting_feed(Adjusting *a, const MovementSignal *signal, double calm_s, bool returns, double dt_s) {
    const Orientation *o = &signal->orientation;
    bool moves = signal->still_dps > MOVES_DPS, calm = o->t_s - a->moved_s > calm_s;
    if (moves && calm)
        *a = (Adjusting){ .begun_s = o->t_s, .up = orientation_up(o), .raw_deg = signal->raw_deg };
    double away_deg = signal->kind == SIGNAL_YAW ? fabs(signal->raw_deg - a->raw_deg)
                                                 : vec3_angle(orientation_up(o), a->up) * RAD2DEG;
    if (moves) {
        a->moved_s = o->t_s;
        a->far_deg = fmax(a->far_deg, away_deg);
        a->path_deg += fmax(0, vec3_length(o->rate) * RAD2DEG - WOBBLE_DPS) * dt_s;
        return false;
    }
    if (!calm || a->far_deg <= 0) return false;
    bool to_and_fro = a->far_deg > TO_AND_FRO_DEG && a->path_deg > TO_AND_FRO * a->far_deg;
    bool back =
        returns && away_deg < fmin(BACK_SHARE * a->far_deg, BACK_DEG) && a->moved_s - a->begun_s < SOON_S;
    a->far_deg = 0;
    return to_and_fro || back;
}

bool adjusting_now(const Adjusting *a, double fastest_dps) {
    double mean_dps = a->path_deg / fmax(LEAST_S, a->moved_s - a->begun_s);
    return a->far_deg > TO_AND_FRO_DEG && a->path_deg > WILD * a->far_deg &&
           mean_dps > WILD_SPEED * fastest_dps;
}
