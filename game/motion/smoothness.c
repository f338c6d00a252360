#include "motion/smoothness.h"

#include "core/vec.h"

#include <math.h>

#define CUTOFF_HZ    10.0 /* as the paper */
#define LEAST_COUNTS 0.03 /* of the spectrum at 0 Hz: what is below at the far end does not count … */
#define FULLY_COUNTS 0.07 /* … and what is above does, wholly; the paper cuts at 0.05, halfway */
#define STEP_HZ      0.05

static double magnitude(const double *speed, size_t count, double rate_hz, double frequency_hz) {
    double turn = 2 * PI * frequency_hz / rate_hz;
    /* Goertzel: one multiplication a sample. */
    double k = 2 * cos(turn), s1 = 0, s2 = 0;
    for (size_t i = 0; i < count; i++) {
        double s0 = speed[i] + k * s1 - s2;
        s2 = s1;
        s1 = s0;
    }
    double power = s1 * s1 + s2 * s2 - k * s1 * s2;
    return power > 0 ? sqrt(power) : 0;
}

static double smoothstep(double x) {
    double s = fmin(1, fmax(0, x));
    return s * s * (3 - 2 * s);
}

double smoothness_sparc(const double *speed, size_t count, double rate_hz) {
    enum { STEPS = (int)(CUTOFF_HZ / STEP_HZ) + 1 };
    double spectrum[STEPS];
    double at_zero = 0;
    for (size_t i = 0; i < count; i++) at_zero += speed[i];
    if (count < 4 || at_zero <= 0) return 0;
    for (int i = 0; i < STEPS; i++) {
        double frequency_hz = i * STEP_HZ;
        spectrum[i] =
            frequency_hz < rate_hz / 2 ? magnitude(speed, count, rate_hz, frequency_hz) / at_zero : 0;
    }
    /* From the far end: a step counts by the largest magnitude there or beyond. */
    double weight[STEPS];
    double envelope = 0, width = 0;
    for (int i = STEPS - 1; i > 0; i--) {
        envelope = fmax(envelope, spectrum[i]);
        weight[i] = smoothstep((envelope - LEAST_COUNTS) / (FULLY_COUNTS - LEAST_COUNTS));
        width += weight[i];
    }
    if (width <= 0) return 0;
    double arc = 0;
    for (int i = 1; i < STEPS; i++) {
        double dx = 1.0 / width, dy = spectrum[i] - spectrum[i - 1];
        arc += weight[i] * sqrt(dx * dx + dy * dy);
    }
    return -arc;
}
