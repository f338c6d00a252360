/* A simulated body with simulated sensors strapped on: a pose in, sensor samples out. The keyboard and the
 * demo player move it; everything behind them sees only samples. It knows the exercise's geometry and nothing
 * of how movement is recognised.
 *
 * Poses follow the coach figure: place 0 is the start pose, 1 the body's own end, negative the other way (cat
 * -1, threading under -0.5). A value. Distances in metres, times in seconds. */
#ifndef INPUT_BODY_H
#define INPUT_BODY_H

#include "exercises/spec.h"
#include "input/imu_model.h"

/* How far this body moves, degrees. */
typedef struct BodyRange {
    double range_deg, under_deg, lift_deg;
} BodyRange;

/* How this body is built, apart from its range. */
typedef struct BodyBuild {
    double size;       /* 1 is an ordinary adult */
    double slope_deg;  /* how its start pose differs from the ordinary one */
    double coupling;   /* share of the movement that leaks into the other planes */
    double hips_share; /* how much of a turn the hips go along with; 0 flat */
    double breath_deg; /* how far a full breath tilts the breastbone, either way */
    double heart_hz;   /* 0: no heartbeat is felt */
} BodyBuild;

extern const BodyBuild body_build_ordinary;

typedef struct BodyPose {
    double place;  /* signed by side where the exercise has sides: positive opens or reaches with the right */
    double lift;   /* bridge: hips, 0…1 */
    double breath; /* -1…1, full out to full in */
    Vec3 sway_deg; /* whatever else the body part does: rotation vector, body frame */
} BodyPose;

/* One sensor on its strap, and what is needed to know how it moves. */
typedef struct WornSensor {
    ImuModel imu;
    Rng tissue;
    double wobble[3], wobble_speed[3]; /* of the strap, rad and rad/s: a soft spring */
    int history;                       /* how many of the last positions are known */
    Quat last_q;
    Vec3 last_p, last_p2;
    double last_speed; /* rad/s, without the wobble */
    Quat last_carrier;
} WornSensor;

typedef struct Body {
    const ExerciseSpec *spec;
    BodyRange range;
    BodyBuild build;
    WornSensor chest, pelvis; /* chest: or the wrist */
} Body;

/* The ordinary body of an exercise. */
BodyRange body_range_typical(const ExerciseSpec *spec);

/* An ordinary build; set body->build for another. Both sensors have these faults, but each its own mount and
 * noise. */
void body_init(Body *body, const ExerciseSpec *spec, const BodyRange *range, const SensorFaults *faults,
               Rng rng);

/* Another exercise: the body lies down anew; the sensors and their faults stay. */
void body_change(Body *body, const ExerciseSpec *spec, const BodyRange *range);

/* The reading of the chest or wrist at t_s, dt_s after the one before. */
ImuSample body_sample(Body *body, const BodyPose *pose, double t_s, double dt_s);
/* The same of the sensor on the pelvis. */
ImuSample body_pelvis_sample(Body *body, const BodyPose *pose, double t_s, double dt_s);

#endif
