#include "decoders/turning.h"

#include <math.h>

#define GAP_US      400000u
#define FASTEST_DPS 1999.0
#define LEAP_DPS    60.0 /* from one sample to the next */

static Quat about(double x, double y, double z, double deg) {
    return quat_from_rotation_vector(vec3_scale(vec3(x, y, z), deg * DEG2RAD));
}

Quat turning_from_ypr(double yaw_deg, double pitch_deg, double roll_deg) {
    Quat level = quat_multiply(about(0, 0, 1, yaw_deg), about(0, 1, 0, pitch_deg));
    return quat_multiply(level, about(1, 0, 0, roll_deg));
}

bool turning_feed(Turning *t, Quat orientation, uint32_t time_us, bool rough, TurningSample *out) {
    Quat now = quat_unit(orientation), before = t->last;
    uint32_t passed_us = time_us - t->last_us;
    bool follows = t->any && passed_us > 0 && passed_us <= GAP_US;
    t->any = true;
    t->last = now;
    t->last_us = time_us;
    if (!follows) return false;
    Vec3 turn = quat_rotation_vector(quat_multiply(quat_conjugate(before), now));
    out->rate_dps = vec3_scale(turn, RAD2DEG * 1e6 / passed_us);
    bool leaps = vec3_length(vec3_sub(out->rate_dps, t->last_dps)) > LEAP_DPS;
    t->last_dps = out->rate_dps;
    if (vec3_length(out->rate_dps) > FASTEST_DPS || (rough && leaps)) return false;
    out->time_us = time_us - passed_us / 2;
    Quat middle = quat_multiply(before, quat_from_rotation_vector(vec3_scale(turn, 0.5)));
    out->up_g = quat_rotate(quat_conjugate(middle), vec3(0, 0, 1));
    return true;
}
