/* A simulated body with a simulated sensor on it: a pose in, sensor samples out. The keyboard and the demo
 * player move it; everything behind them sees only samples. It knows the exercise's geometry and nothing of
 * how movement is recognised.
 *
 * Poses follow the coach figure: place 0 is the start pose, 1 the body's own end, negative the other way (cat
 * -1, threading under -0.5). A value. Distances in metres, times in seconds. */
#ifndef INPUT_BODY_H
#define INPUT_BODY_H

#include "core/rng.h"
#include "core/vec.h"
#include "exercises/spec.h"
#include "motion/sample.h"

/* How far this body moves, degrees. */
typedef struct BodyRange {
    double range_deg, under_deg, lift_deg;
} BodyRange;

/* What is wrong with the sensor, and how it is strapped on. All zero: a perfect sensor, aligned. */
typedef struct SensorFaults {
    Quat mount; /* sensor to body; the identity if all zero */
    double bias_dps[3];
    double gyro_noise_dps;  /* standard deviation a sample */
    double accel_noise;     /* m/s^2, likewise */
    double accel_offset[3]; /* m/s^2 */
    double wobble_deg;      /* strap on soft tissue, while the body moves */
} SensorFaults;

typedef struct BodyPose {
    double place;  /* signed by side where the exercise has sides: positive opens or reaches with the right */
    double lift;   /* bridge: hips, 0…1 */
    double breath; /* -1…1, full out to full in */
} BodyPose;

typedef struct Body {
    const ExerciseSpec *spec;
    BodyRange range;
    SensorFaults faults;
    Rng rng;
    double wobble_phase;
    int history; /* how many of the last positions are known */
    Quat last_q;
    Vec3 last_p, last_p2;
} Body;

/* The ordinary body of an exercise. */
BodyRange body_range_typical(const ExerciseSpec *spec);

void body_init(Body *body, const ExerciseSpec *spec, const BodyRange *range, const SensorFaults *faults,
               Rng rng);

/* Another exercise: the body lies down anew; the sensor and its faults stay. */
void body_change(Body *body, const ExerciseSpec *spec, const BodyRange *range);

/* The reading at t_s, dt_s after the one before. */
ImuSample body_sample(Body *body, const BodyPose *pose, double t_s, double dt_s);

#endif
