/* Vectors and unit quaternions, and the one axis convention of the whole program.
 *
 * Earth: x forward of the player as they settled, y to their left, z up. Body: x toward the head (cranial), y
 * to the body's right, z out of the chest (front). Sensor: whatever way round it was strapped; everything
 * that the program learns, it learns in the sensor's own frame. A quaternion q rotates sensor coordinates
 * into earth coordinates: v_earth = q v_sensor q*. Angles are in radians unless the name says otherwise;
 * turns are right-handed.
 *
 * Signs of the named movements: extension (cow, arch, sinking, hips up) and "toward the shoulders" are
 * positive as the exercise table (exercises/spec.h) lists them; opening the right side is positive rotation.
 */
#ifndef CORE_VEC_H
#define CORE_VEC_H

#define PI      3.14159265358979323846
#define RAD2DEG (180.0 / PI)
#define DEG2RAD (PI / 180.0)

typedef struct Vec3 {
    double x, y, z;
} Vec3;

typedef struct Quat {
    double w, x, y, z;
} Quat;

#define QUAT_IDENTITY ((Quat){ 1, 0, 0, 0 })

Vec3 vec3(double x, double y, double z);
Vec3 vec3_add(Vec3 a, Vec3 b);
Vec3 vec3_sub(Vec3 a, Vec3 b);
Vec3 vec3_scale(Vec3 a, double s);
double vec3_dot(Vec3 a, Vec3 b);
/* Between unit vectors, 0 to pi. */
double vec3_angle(Vec3 a, Vec3 b);
Vec3 vec3_cross(Vec3 a, Vec3 b);
double vec3_length(Vec3 a);
/* The zero vector stays zero. */
Vec3 vec3_unit(Vec3 a);
/* The part of `a` that is square to the unit vector `n`. */
Vec3 vec3_reject(Vec3 a, Vec3 n);

Quat quat_multiply(Quat a, Quat b);
Quat quat_conjugate(Quat q);
/* Identity for anything too short to have a direction. */
Quat quat_unit(Quat q);
Vec3 quat_rotate(Quat q, Vec3 v);
/* The turn by |r| radians about r. */
Quat quat_from_rotation_vector(Vec3 r);
/* The turn that takes the x axis to unit vector `x` and the z axis to unit vector `z` (square to each other).
 */
Quat quat_from_axes(Vec3 x, Vec3 z);
/* The rotation vector of a turn, the short way round. */
Vec3 quat_rotation_vector(Quat q);
/* The shortest turn that takes unit vector `from` to unit vector `to`. */
Quat quat_between(Vec3 from, Vec3 to);

#endif
