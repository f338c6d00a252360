#include "input/body.h"

#include <math.h>
#include <string.h>

#define GRAVITY       9.80665
#define TABLE_TOP_DEG (-12.0) /* a trunk on its forearms slopes to the head */
#define SUPINE_DEG    (-8.0)
#define RECLINE_DEG   24.0  /* seated, hands behind */
#define LIFT_DEG      58.0  /* from there to a level trunk */
#define TREMOR_DEG    0.004 /* nobody is a statue */
#define TISSUE_HZ     6.0   /* a strap on soft tissue swings at 4 to 12 Hz */
#define TISSUE_DAMP   0.25
#define PULSE_HZ      8.0 /* what the heart's beat rings at, at the breastbone */
#define PULSE_S       0.12
#define PULSE_ACCEL   0.04
#define PULSE_DPS     0.3
#define SLIP_S        0.4

static const Vec3 chest_lever = { 0.34, 0, 0.11 }; /* breastbone from the hips, body axes */
static const Vec3 wrist_lever = { 0, 0, 0.62 };    /* wrist from the shoulder */
static const Vec3 pelvis_lever = { 0.05, 0, -0.1 };
static const Vec3 extend = { 0, -1, 0 }; /* earth; lifts the head end */

const BodyBuild body_build_ordinary = { .size = 1, .breath_deg = 0.35 };

BodyRange body_range_typical(const ExerciseSpec *spec) {
    return (BodyRange){ .range_deg = spec->typical_deg, .under_deg = spec->under_deg, .lift_deg = LIFT_DEG };
}

void body_init(Body *body, const ExerciseSpec *spec, const BodyRange *range, const SensorFaults *faults,
               Rng rng) {
    *body = (Body){ .build = body_build_ordinary };
    imu_model_init(&body->chest.imu, faults, rng_make(rng_u32(&rng), 1));
    body->chest.tissue = rng_make(rng_u32(&rng), 2);
    SensorFaults other = *faults;
    other.mount = quat_multiply(body->chest.imu.faults.mount, (Quat){ 0.5, 0.5, -0.5, 0.5 });
    for (int i = 0; i < 3; i++) other.bias_dps[i] = -faults->bias_dps[(i + 1) % 3];
    imu_model_init(&body->pelvis.imu, &other, rng_make(rng_u32(&rng), 3));
    body->pelvis.tissue = rng_make(rng_u32(&rng), 4);
    body_change(body, spec, range);
}

void body_change(Body *body, const ExerciseSpec *spec, const BodyRange *range) {
    body->spec = spec;
    body->range = *range;
    body->chest.history = body->pelvis.history = 0;
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

static bool supine(const Body *body) {
    return strcmp(body->spec->id, "foam_roll") == 0;
}

/* Which way the trunk (or the forearm) lies. */
static Quat body_orientation(const Body *body, const BodyPose *pose) {
    const Quat prone = quat_from_axes(vec3(1, 0, 0), vec3(0, 0, -1));
    const Quat upright = quat_from_axes(vec3(0, 0, 1), vec3(1, 0, 0));
    double angle = main_deg(body, pose->place), leak = body->build.coupling * angle;
    double breath = pose->breath * body->build.breath_deg + body->build.slope_deg;
    switch (body->spec->signal) {
    case SIGNAL_YAW:
        return quat_multiply(quat_multiply(turn_deg(vec3(0, 0, -1), angle), turn_deg(extend, leak)), upright);
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
        return quat_multiply(quat_multiply(turn_deg(extend, TABLE_TOP_DEG + breath + fabs(leak)), prone),
                             turn_deg(vec3(1, 0, 0), -angle));
    }
    Quat lying = supine(body) ? QUAT_IDENTITY : prone;
    return quat_multiply(
        quat_multiply(turn_deg(extend, (supine(body) ? SUPINE_DEG : 0) + angle + breath), lying),
        turn_deg(vec3(1, 0, 0), leak));
}

/* The hips stay behind: flat in a turn as far as their owner manages, rolling against the chest in a wave. */
static Quat pelvis_orientation(const Body *body, const BodyPose *pose) {
    BodyPose hips = { .breath = 0.2 * pose->breath, .lift = pose->lift };
    switch (body->spec->pattern) {
    case PATTERN_SWING: hips.place = -0.6 * pose->place; break;
    case PATTERN_OPENING:
    case PATTERN_BRIDGE: hips.place = body->build.hips_share * pose->place; break;
    case PATTERN_RETURN: hips.place = 0.3 * pose->place; break;
    case PATTERN_HOLD: break;
    }
    if (body->spec->signal == SIGNAL_YAW) return quat_from_axes(vec3(0, 0, 1), vec3(1, 0, 0));
    return body_orientation(body, &hips);
}

/* Soft tissue is a spring that the body's turning shakes. */
static Quat strap_wobble(WornSensor *w, double dt_s) {
    double omega = 2 * PI * TISSUE_HZ;
    /* White noise of this density makes a resonator of that damping swing with the asked rms rate. */
    double push = w->imu.faults.wobble_share * w->last_speed * sqrt(4 * TISSUE_DAMP * omega / dt_s);
    for (int i = 0; i < 3; i++) {
        double pull = omega * omega * w->wobble[i] + 2 * TISSUE_DAMP * omega * w->wobble_speed[i];
        w->wobble_speed[i] += (push * rng_normal(&w->tissue) - pull) * dt_s;
        w->wobble[i] += w->wobble_speed[i] * dt_s;
    }
    return quat_from_rotation_vector(vec3(w->wobble[0], w->wobble[1], w->wobble[2]));
}

static Quat strap_slip(const SensorFaults *f, double t_s) {
    if (f->slip_at_s <= 0 || t_s <= f->slip_at_s) return QUAT_IDENTITY;
    double share = fmin(1, (t_s - f->slip_at_s) / SLIP_S);
    return turn_deg(f->slip_axis, f->slip_deg * share * share * (3 - 2 * share));
}

/* What a sensor reads that is strapped to `carrier` at `p`. */
static ImuSample read_worn(WornSensor *w, const BodyBuild *build, Quat carrier, Vec3 p, double t_s,
                           double dt_s) {
    const SensorFaults *f = &w->imu.faults;
    if (w->history == 0) w->last_carrier = carrier;
    w->last_speed =
        vec3_length(quat_rotation_vector(quat_multiply(quat_conjugate(w->last_carrier), carrier))) / dt_s;
    w->last_carrier = carrier;
    Quat strap = quat_multiply(quat_multiply(f->mount, strap_slip(f, t_s)), strap_wobble(w, dt_s));
    Quat q = quat_multiply(carrier, strap);
    if (w->history == 0) w->last_q = q;
    Vec3 turn = quat_rotation_vector(quat_multiply(quat_conjugate(w->last_q), q));
    Vec3 acceleration = { 0, 0, 0 };
    if (w->history >= 2)
        acceleration =
            vec3_scale(vec3_add(vec3_sub(p, vec3_scale(w->last_p, 2)), w->last_p2), 1 / (dt_s * dt_s));
    w->last_p2 = w->last_p;
    w->last_p = p;
    w->last_q = q;
    if (w->history < 2) w->history++;

    double tremor = TREMOR_DEG * DEG2RAD * 2 * PI * PULSE_HZ * cos(2 * PI * PULSE_HZ * t_s);
    Vec3 rate = vec3_add(vec3_scale(turn, 1 / dt_s), vec3(0, tremor, 0.5 * tremor));
    Vec3 force = quat_rotate(quat_conjugate(q), vec3_add(acceleration, vec3(0, 0, GRAVITY)));
    if (build->heart_hz > 0) {
        double since_s = fmod(t_s, 1 / build->heart_hz);
        double beat = exp(-since_s / PULSE_S) * sin(2 * PI * PULSE_HZ * since_s);
        Quat to_sensor = quat_conjugate(strap);
        force = vec3_add(force, quat_rotate(to_sensor, vec3(0, 0, PULSE_ACCEL * beat)));
        rate = vec3_add(rate, quat_rotate(to_sensor, vec3(0, PULSE_DPS * DEG2RAD * beat, 0)));
    }
    return imu_model_read(&w->imu, rate, force, t_s);
}

ImuSample body_sample(Body *body, const BodyPose *pose, double t_s, double dt_s) {
    Quat sway = quat_from_rotation_vector(vec3_scale(pose->sway_deg, DEG2RAD));
    Quat part = quat_multiply(body_orientation(body, pose), sway);
    Vec3 lever = body->spec->signal == SIGNAL_YAW ? wrist_lever : chest_lever;
    return read_worn(&body->chest, &body->build, part, quat_rotate(part, vec3_scale(lever, body->build.size)),
                     t_s, dt_s);
}

ImuSample body_pelvis_sample(Body *body, const BodyPose *pose, double t_s, double dt_s) {
    Quat part = pelvis_orientation(body, pose);
    ImuSample sample = read_worn(&body->pelvis, &body->build, part,
                                 quat_rotate(part, vec3_scale(pelvis_lever, body->build.size)), t_s, dt_s);
    sample.sensor = SENSOR_PELVIS;
    return sample;
}
