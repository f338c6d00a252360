#include "loudness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HOP     4800
#define BLOCK   (4 * HOP)
#define SILENCE (-120.0)
#define TAPS    12 /* a phase */
#define PHASES  4

typedef struct Biquad {
    double b0, b1, b2, a1, a2, x1, x2, y1, y2;
} Biquad;

static double biquad_next(Biquad *f, double x) {
    double y = f->b0 * x + f->b1 * f->x1 + f->b2 * f->x2 - f->a1 * f->y1 - f->a2 * f->y2;
    f->x2 = f->x1;
    f->x1 = x;
    f->y2 = f->y1;
    f->y1 = y;
    return y;
}

/* The two filters of the recommendation, for 48 kHz. */
static const Biquad shelf = { .b0 = 1.53512485958697,
                              .b1 = -2.69169618940638,
                              .b2 = 1.19839281085285,
                              .a1 = -1.69065929318241,
                              .a2 = 0.73248077421585 };
static const Biquad high_pass = {
    .b0 = 1, .b1 = -2, .b2 = 1, .a1 = -1.99004745483398, .a2 = 0.99007225036621
};

static double lufs(double power) {
    return power > 1e-12 ? -0.691 + 10 * log10(power) : SILENCE;
}

/* Weighted power of each hop, both sides added; the caller's to free. */
static double *hops_of(const float *stereo, size_t frames, size_t *count) {
    *count = frames / HOP;
    double *hops = calloc(*count + 1, sizeof *hops);
    if (hops == NULL) abort();
    for (int side = 0; side < 2; side++) {
        Biquad first = shelf, second = high_pass;
        for (size_t n = 0; n < *count * HOP; n++) {
            double y = biquad_next(&second, biquad_next(&first, (double)stereo[2 * n + (size_t)side]));
            hops[n / HOP] += y * y / HOP;
        }
    }
    return hops;
}

static double block_power(const double *hops, size_t first) {
    return (hops[first] + hops[first + 1] + hops[first + 2] + hops[first + 3]) / 4;
}

static double mean_above(const double *hops, size_t count, double gate_lufs) {
    double sum = 0;
    size_t kept = 0;
    for (size_t i = 0; i + 4 <= count; i++) {
        double power = block_power(hops, i);
        if (lufs(power) <= gate_lufs) continue;
        sum += power;
        kept++;
    }
    return kept > 0 ? lufs(sum / (double)kept) : SILENCE;
}

double loudness_integrated(const float *stereo, size_t frames) {
    size_t count = 0;
    double *hops = hops_of(stereo, frames, &count);
    double ungated = mean_above(hops, count, -70);
    double gated = mean_above(hops, count, fmax(-70, ungated - 10));
    free(hops);
    return gated;
}

double loudness_momentary_max(const float *stereo, size_t frames) {
    size_t count = 0;
    double *hops = hops_of(stereo, frames, &count), loudest = SILENCE;
    for (size_t i = 0; i + 4 <= count; i++) loudest = fmax(loudest, lufs(block_power(hops, i)));
    free(hops);
    return loudest;
}

double loudness_mean(const float *stereo, size_t frames) {
    size_t count = 0;
    double *hops = hops_of(stereo, frames, &count), sum = 0;
    for (size_t i = 0; i < count; i++) sum += hops[i];
    free(hops);
    return count > 0 ? lufs(sum / (double)count) : SILENCE;
}

static double db(double value) {
    return value > 1e-6 ? 20 * log10(value) : SILENCE;
}

double sample_peak_db(const float *stereo, size_t frames) {
    double peak = 0;
    for (size_t i = 0; i < 2 * frames; i++) peak = fmax(peak, fabs((double)stereo[i]));
    return db(peak);
}

double true_peak_db(const float *stereo, size_t frames) {
    double taps[PHASES][TAPS], peak = pow(10, sample_peak_db(stereo, frames) / 20);
    for (int phase = 0; phase < PHASES; phase++) {
        for (int i = 0; i < TAPS; i++) {
            double x = (double)i - TAPS * 0.5 + (double)phase / PHASES,
                   w = 0.5 + 0.5 * cos(M_PI * x / (TAPS / 2.0 + 0.5));
            taps[phase][i] = (fabs(x) < 1e-9 ? 1 : sin(M_PI * x) / (M_PI * x)) * w;
        }
    }
    for (size_t n = TAPS; n < frames; n++) {
        for (int side = 0; side < 2; side++) {
            for (int phase = 1; phase < PHASES; phase++) {
                double sum = 0;
                for (int i = 0; i < TAPS; i++)
                    sum += taps[phase][i] * (double)stereo[2 * (n - (size_t)i) + (size_t)side];
                peak = fmax(peak, fabs(sum));
            }
        }
    }
    return db(peak);
}

static Biquad second_order(double hz, int high) {
    double w = 2 * M_PI * hz / 48000, alpha = sin(w) / M_SQRT2, c = cos(w), a0 = 1 + alpha;
    double edge = high ? (1 + c) / 2 : (1 - c) / 2;
    return (Biquad){ .b0 = edge / a0,
                     .b1 = (high ? -2 : 2) * edge / a0,
                     .b2 = edge / a0,
                     .a1 = -2 * c / a0,
                     .a2 = (1 - alpha) / a0 };
}

double speech_band_db(const float *stereo, size_t frames) {
    double sum = 0;
    for (int side = 0; side < 2; side++) {
        Biquad low = second_order(300, 1), low2 = low, high = second_order(3400, 0), high2 = high;
        for (size_t n = 0; n < frames; n++) {
            double y = biquad_next(&low, (double)stereo[2 * n + (size_t)side]);
            y = biquad_next(&high2, biquad_next(&high, biquad_next(&low2, y)));
            sum += y * y;
        }
    }
    return frames > 0 && sum > 0 ? 10 * log10(sum / (double)frames) : SILENCE;
}
