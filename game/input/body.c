#include "input/body.h"

#include <math.h>
#include <string.h>

#define GRAVITY       9.80665
#define TABLE_TOP_DEG (-12.0) /* a trunk on its forearms slopes to the head */
#define SUPINE_DEG    (-8.0)
#define RECLINE_DEG   24.0  /* seated, hands behind */
#define LIFT_DEG      58.0  /* from there to a level trunk */
#define BREATH_DEG    0.35  /* how far a breath tilts the breastbone */
#define TREMOR_DEG    0.008 /* nobody is a statue */

static const Vec3 chest_lever = { 0.34, 0, 0.11 }; /* breastbone from the hips, body axes */
static const Vec3 wrist_lever = { 0, 0, 0.62 };    /* wrist from the shoulder */

BodyRange body_range_typical(const ExerciseSpec *spec) {
    return (BodyRange){ .range_deg = spec->typical_deg, .under_deg = spec->under_deg, .lift_deg = LIFT_DEG };
}

void body_init(Body *body, const ExerciseSpec *spec, const BodyRange *range, const SensorFaults *faults,
               Rng rng) {
    *body = (Body){ .faults = *faults, .rng = rng };
    const Quat *m = &body->faults.mount;
    if (m->w == 0 && m->x == 0 && m->y == 0 && m->z == 0) body->faults.mount = QUAT_IDENTITY;
    body_change(body, spec, range);
}

void body_change(Body *body, const ExerciseSpec *spec, const BodyRange *range) {
    body->spec = spec;
    body->range = *range;
    body->history = 0;
}

static Quat turn_deg(Vec3 axis, double angle_deg) {
    return quat_from_rotation_vector(vec3_scale(axis, angle_deg * DEG2RAD));
}

/* Degrees that a place means on this body. */
static double main_deg(const Body *body, double place) {
    const BodyRange *r = &body->range;
    if (body->spec->pattern == PATTERN_SWING) return place >= 0 ? place * r->range_deg : place * r->under_deg;
    return place * r->range_deg;
}

/* Which way the trunk (or the forearm) lies. Extension turns about earth -y: it lifts the head end. */
static Quat body_orientation(const Body *body, const BodyPose *pose) {
    const Vec3 extend = { 0, -1, 0 };
    const Quat prone = quat_from_axes(vec3(1, 0, 0), vec3(0, 0, -1));
    const Quat upright = quat_from_axes(vec3(0, 0, 1), vec3(1, 0, 0));
    double angle = main_deg(body, pose->place);
    double breath = pose->breath * BREATH_DEG;
    switch (body->spec->signal) {
    case SIGNAL_YAW: return quat_multiply(turn_deg(vec3(0, 0, -1), angle), upright);
    case SIGNAL_BRIDGE:
        return quat_multiply(
            quat_multiply(turn_deg(extend, RECLINE_DEG + pose->lift * body->range.lift_deg + breath),
                          upright),
            turn_deg(vec3(1, 0, 0), angle));
    case SIGNAL_TILT:
    case SIGNAL_FREE: break;
    }
    if (body->spec->pattern == PATTERN_OPENING) {
        /* Opening the right side lifts it: body y (right) turns toward the back, which is up. */
        return quat_multiply(quat_multiply(turn_deg(extend, TABLE_TOP_DEG + breath), prone),
                             turn_deg(vec3(1, 0, 0), -angle));
    }
    bool supine = strcmp(body->spec->id, "foam_roll") == 0;
    const Quat on_back = QUAT_IDENTITY;
    return quat_multiply(turn_deg(extend, (supine ? SUPINE_DEG : 0) + angle + breath),
                         supine ? on_back : prone);
}

ImuSample body_sample(Body *body, const BodyPose *pose, double t_s, double dt_s) {
    Quat trunk = body_orientation(body, pose);
    bool wrist = body->spec->signal == SIGNAL_YAW;
    Vec3 p = quat_rotate(trunk, wrist ? wrist_lever : chest_lever);
    Quat q = quat_multiply(trunk, body->faults.mount);
    if (body->history == 0) body->last_q = q;

    /* Soft tissue shakes with the speed of the movement. */
    Vec3 turn = quat_rotation_vector(quat_multiply(quat_conjugate(body->last_q), q));
    double speed_dps = vec3_length(turn) / dt_s * RAD2DEG;
    body->wobble_phase += 2 * PI * 6.0 * dt_s;
    double wobble =
        body->faults.wobble_deg * fmin(1, speed_dps / 60) * 2 * PI * 6.0 * cos(body->wobble_phase);
    double tremor = TREMOR_DEG * 2 * PI * 8.0 * cos(1.37 * body->wobble_phase);

    Vec3 acceleration = { 0, 0, 0 };
    if (body->history >= 2)
        acceleration =
            vec3_scale(vec3_add(vec3_sub(p, vec3_scale(body->last_p, 2)), body->last_p2), 1 / (dt_s * dt_s));
    Vec3 force = quat_rotate(quat_conjugate(q), vec3_add(acceleration, vec3(0, 0, GRAVITY)));
    Vec3 rate = vec3_scale(turn, 1 / dt_s);
    body->last_p2 = body->last_p;
    body->last_p = p;
    body->last_q = q;
    if (body->history < 2) body->history++;

    const double rates[3] = { rate.x + wobble * DEG2RAD, rate.y + tremor * DEG2RAD,
                              rate.z + (wobble + tremor) * 0.5 * DEG2RAD };
    const double forces[3] = { force.x, force.y, force.z };
    ImuSample sample = { .t_s = t_s, .sensor = SENSOR_MAIN };
    for (int i = 0; i < 3; i++) {
        const SensorFaults *f = &body->faults;
        sample.gyro[i] =
            (float)(rates[i] + (f->bias_dps[i] + f->gyro_noise_dps * rng_normal(&body->rng)) * DEG2RAD);
        sample.accel[i] = (float)(forces[i] + f->accel_offset[i] + f->accel_noise * rng_normal(&body->rng));
    }
    return sample;
}
