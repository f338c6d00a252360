#include "motion/axis.h"

#include <math.h>

FunctionalAxis functional_axis_make(double memory_rad2) {
    return (FunctionalAxis){ .memory_rad2 = memory_rad2 };
}

static Vec3 times_spread(const double s[6], Vec3 v) {
    return vec3(s[0] * v.x + s[3] * v.y + s[4] * v.z, s[3] * v.x + s[1] * v.y + s[5] * v.z,
                s[4] * v.x + s[5] * v.y + s[2] * v.z);
}

void functional_axis_feed(FunctionalAxis *axis, Vec3 rate, double dt_s) {
    double energy = vec3_dot(rate, rate) * dt_s;
    double keep = exp(-energy / axis->memory_rad2);
    double add[6] = { rate.x * rate.x, rate.y * rate.y, rate.z * rate.z,
                      rate.x * rate.y, rate.x * rate.z, rate.y * rate.z };
    for (int i = 0; i < 6; i++) axis->spread[i] = axis->spread[i] * keep + add[i] * dt_s;
    /* One step of power iteration a sample follows the slowly changing axis; the first sample starts it. */
    Vec3 from = vec3_length(axis->axis) > 0.5 ? axis->axis : vec3_unit(rate);
    Vec3 next = vec3_unit(times_spread(axis->spread, from));
    if (vec3_length(next) > 0.5) axis->axis = next;
}

void functional_axis_seed(FunctionalAxis *axis, Vec3 known) {
    const double outer[6] = { known.x * known.x, known.y * known.y, known.z * known.z,
                              known.x * known.y, known.x * known.z, known.y * known.z };
    for (int i = 0; i < 6; i++) axis->spread[i] = 0.1 * axis->memory_rad2 * outer[i];
    axis->axis = known;
}

double functional_axis_purity(const FunctionalAxis *axis) {
    double total = axis->spread[0] + axis->spread[1] + axis->spread[2];
    if (total <= 0) return 0;
    return vec3_dot(axis->axis, times_spread(axis->spread, axis->axis)) / total;
}

double turn_about_axis(Vec3 axis, Vec3 up_start, Vec3 up) {
    Vec3 from = vec3_reject(up_start, axis), to = vec3_reject(up, axis);
    /* As the sensor turns one way, up turns the other way in its frame. */
    return atan2(vec3_dot(axis, vec3_cross(to, from)), vec3_dot(from, to));
}
