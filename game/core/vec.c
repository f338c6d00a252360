#include "core/vec.h"

#include <math.h>

Vec3 vec3(double x, double y, double z) {
    return (Vec3){ x, y, z };
}

Vec3 vec3_add(Vec3 a, Vec3 b) {
    return vec3(a.x + b.x, a.y + b.y, a.z + b.z);
}

Vec3 vec3_sub(Vec3 a, Vec3 b) {
    return vec3(a.x - b.x, a.y - b.y, a.z - b.z);
}

Vec3 vec3_scale(Vec3 a, double s) {
    return vec3(a.x * s, a.y * s, a.z * s);
}

double vec3_dot(Vec3 a, Vec3 b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

double vec3_angle(Vec3 a, Vec3 b) {
    return acos(fmax(-1, fmin(1, vec3_dot(a, b))));
}

Vec3 vec3_cross(Vec3 a, Vec3 b) {
    return vec3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}

double vec3_length(Vec3 a) {
    return sqrt(vec3_dot(a, a));
}

Vec3 vec3_unit(Vec3 a) {
    double length = vec3_length(a);
    return length > 1e-12 ? vec3_scale(a, 1.0 / length) : vec3(0, 0, 0);
}

Vec3 vec3_reject(Vec3 a, Vec3 n) {
    return vec3_sub(a, vec3_scale(n, vec3_dot(a, n)));
}

Quat quat_multiply(Quat a, Quat b) {
    return (Quat){
        a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
        a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
        a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
        a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
    };
}

Quat quat_conjugate(Quat q) {
    return (Quat){ q.w, -q.x, -q.y, -q.z };
}

Quat quat_unit(Quat q) {
    double length = sqrt(q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);
    if (!(length > 1e-12)) return QUAT_IDENTITY;
    return (Quat){ q.w / length, q.x / length, q.y / length, q.z / length };
}

Vec3 quat_rotate(Quat q, Vec3 v) {
    Vec3 u = vec3(q.x, q.y, q.z);
    Vec3 t = vec3_scale(vec3_cross(u, v), 2.0);
    return vec3_add(vec3_add(v, vec3_scale(t, q.w)), vec3_cross(u, t));
}

Quat quat_from_rotation_vector(Vec3 r) {
    double angle = vec3_length(r);
    if (angle < 1e-9) return quat_unit((Quat){ 1.0, r.x / 2, r.y / 2, r.z / 2 });
    double s = sin(angle / 2) / angle;
    return (Quat){ cos(angle / 2), r.x * s, r.y * s, r.z * s };
}

Quat quat_between(Vec3 from, Vec3 to) {
    double cosine = vec3_dot(from, to);
    if (cosine < -0.999999) {
        /* Opposite: half a turn about anything square to them. */
        Vec3 helper = fabs(from.x) < 0.7 ? vec3(1, 0, 0) : vec3(0, 1, 0);
        Vec3 axis = vec3_unit(vec3_cross(from, helper));
        return (Quat){ 0, axis.x, axis.y, axis.z };
    }
    Vec3 axis = vec3_cross(from, to);
    return quat_unit((Quat){ 1.0 + cosine, axis.x, axis.y, axis.z });
}

Quat quat_from_axes(Vec3 x, Vec3 z) {
    Quat first = quat_between(vec3(1, 0, 0), x);
    Vec3 z_now = quat_rotate(first, vec3(0, 0, 1));
    double angle = atan2(vec3_dot(x, vec3_cross(z_now, z)), vec3_dot(z_now, z));
    return quat_unit(quat_multiply(quat_from_rotation_vector(vec3_scale(x, angle)), first));
}

Vec3 quat_rotation_vector(Quat q) {
    if (q.w < 0) q = (Quat){ -q.w, -q.x, -q.y, -q.z };
    Vec3 v = vec3(q.x, q.y, q.z);
    double sine = vec3_length(v);
    if (sine < 1e-9) return vec3_scale(v, 2);
    return vec3_scale(v, 2 * atan2(sine, q.w) / sine);
}
