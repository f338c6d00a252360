#include "input/imu_model.h"

#include <math.h>

void imu_model_init(ImuModel *model, const SensorFaults *faults, Rng rng) {
    *model = (ImuModel){ .faults = *faults, .rng = rng };
    const Quat *m = &faults->mount;
    if (m->w == 0 && m->x == 0 && m->y == 0 && m->z == 0) model->faults.mount = QUAT_IDENTITY;
}

static double clip(double value, double limit) {
    return limit > 0 ? fmax(-limit, fmin(limit, value)) : value;
}

ImuSample imu_model_read(ImuModel *model, Vec3 rate, Vec3 force, double t_s) {
    const SensorFaults *f = &model->faults;
    const double rates[3] = { rate.x, rate.y, rate.z }, forces[3] = { force.x, force.y, force.z };
    ImuSample sample = { .t_s = t_s, .sensor = SENSOR_MAIN };
    for (int i = 0; i < 3; i++) {
        double dps = rates[i] * RAD2DEG * (1 + f->gyro_scale[i]) + f->bias_dps[i] +
                     f->bias_drift_dps[i] * t_s / 60 + f->gyro_noise_dps * rng_normal(&model->rng);
        double accel = forces[i] * (1 + f->accel_scale[i]) + f->accel_offset[i] +
                       f->accel_noise * rng_normal(&model->rng);
        sample.gyro[i] = (float)(clip(dps, f->gyro_limit_dps) * DEG2RAD);
        sample.accel[i] = (float)clip(accel, f->accel_limit);
    }
    return sample;
}

bool imu_model_deliver(ImuModel *model, ImuSample *sample) {
    const SensorFaults *f = &model->faults;
    double dt_s = model->checked_s > 0 ? sample->t_s - model->checked_s : 0;
    model->checked_s = sample->t_s;
    if (f->gaps_per_min > 0 && rng_unit(&model->rng) < f->gaps_per_min * dt_s / 60)
        model->gap_until_s = sample->t_s + rng_range(&model->rng, 0.2, 1) * f->gap_s;
    if (sample->t_s < model->gap_until_s) return false;
    if (f->lost_share > 0 && rng_unit(&model->rng) < f->lost_share) return false;
    double t_s = sample->t_s;
    if (f->repeated_share > 0 && model->any && rng_unit(&model->rng) < f->repeated_share)
        *sample = model->last;
    sample->t_s = f->jitter_s > 0 ? t_s + rng_range(&model->rng, -f->jitter_s, f->jitter_s) : t_s;
    model->last = *sample;
    model->any = true;
    return true;
}
