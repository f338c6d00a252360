#include "input/person.h"

SensorFaults person_faults(Rng *rng, DemoStyle style) {
    bool bad = style == DEMO_RESTLESS;
    SensorFaults faults = {
        .mount = quat_unit((Quat){ rng_normal(rng), rng_normal(rng), rng_normal(rng), rng_normal(rng) }),
        .wobble_share = rng_range(rng, 0.01, bad ? 0.06 : 0.03),
        .gyro_noise_dps = rng_range(rng, 0.04, 0.2),
        .accel_noise = rng_range(rng, 0.01, 0.04),
        .gyro_limit_dps = 500,
        .accel_limit = 4 * 9.80665,
        .lost_share = style == DEMO_SKILFUL ? 0 : rng_range(rng, 0, bad ? 0.05 : 0.02),
        .jitter_s = rng_range(rng, 0, 0.002),
        .repeated_share = bad ? 0.002 : 0,
        .gaps_per_min = bad ? rng_range(rng, 0, 1.5) : 0,
        .gap_s = 0.8,
    };
    double bias_dps = rng_range(rng, 0, bad ? 15 : 8), offset_ms2 = rng_range(rng, 0, bad ? 0.78 : 0.3);
    Vec3 bias = vec3_scale(rng_direction(rng), bias_dps);
    Vec3 offset = vec3_scale(rng_direction(rng), offset_ms2);
    const double biases[3] = { bias.x, bias.y, bias.z }, offsets[3] = { offset.x, offset.y, offset.z };
    for (int i = 0; i < 3; i++) {
        faults.bias_dps[i] = biases[i];
        faults.accel_offset[i] = offsets[i];
        faults.bias_drift_dps[i] = rng_range(rng, -0.05, 0.05);
        faults.gyro_scale[i] = rng_range(rng, -0.02, 0.02);
        faults.accel_scale[i] = rng_range(rng, -0.02, 0.02);
    }
    return faults;
}

BodyRange person_range(Rng *rng, const ExerciseSpec *spec) {
    BodyRange range = body_range_typical(spec);
    double limber = rng_range(rng, 0.85, 1.2);
    range.range_deg *= limber;
    range.under_deg *= limber * rng_range(rng, 0.9, 1.1);
    range.lift_deg *= rng_range(rng, 0.9, 1.1);
    return range;
}

BodyBuild person_build(Rng *rng, const ExerciseSpec *spec) {
    return (BodyBuild){
        .size = rng_range(rng, 0.85, 1.15),
        .slope_deg = rng_range(rng, -8, 8),
        .coupling = rng_range(rng, -0.15, 0.15),
        .hips_share = rng_range(rng, 0, 0.35),
        /* A breath that is waited for is a deep one. */
        .breath_deg = spec->pattern == PATTERN_HOLD ? rng_range(rng, 0.25, 1.0) : rng_range(rng, 0.1, 0.4),
        .heart_hz = rng_range(rng, 0.9, 1.5),
    };
}
