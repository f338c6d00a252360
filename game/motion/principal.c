#include "motion/principal.h"

#include <math.h>
#include <string.h>

#define LOCAL_S     2.0  /* to either side: what "loud just now" means */
#define QUIET_SHARE 0.05 /* of the mean power: nothing is so quiet that it weighs more than this */

typedef struct Symmetric3 {
    double m[3][3];
} Symmetric3;

static void take_out_drift(const float *in, int count, double keep, float *out) {
    /* The first value stands for all before it, and the last for all after it. */
    double mean = in[0];
    for (int i = 0; i < count; i++) {
        mean = in[i] + (mean - in[i]) * keep;
        out[i] = (float)(in[i] - mean);
    }
    mean = out[count - 1];
    for (int i = count - 1; i >= 0; i--) {
        mean = out[i] + (mean - out[i]) * keep;
        out[i] = (float)(out[i] - mean);
    }
}

static double power_at(float x[3][PRINCIPAL_FRAMES_MAX], int i) {
    return (double)x[0][i] * x[0][i] + (double)x[1][i] * x[1][i] + (double)x[2][i] * x[2][i];
}

static Symmetric3 spread_of(float x[3][PRINCIPAL_FRAMES_MAX], int count, double frame_s) {
    Symmetric3 s = { 0 };
    int reach = (int)(LOCAL_S / frame_s);
    double total = 0, local = 0;
    for (int i = 0; i < count; i++) total += power_at(x, i);
    double floor = QUIET_SHARE * total / count + 1e-12;
    for (int i = 0; i < count && i < reach; i++) local += power_at(x, i);
    for (int i = 0; i < count; i++) {
        if (i + reach < count) local += power_at(x, i + reach);
        if (i - reach - 1 >= 0) local -= power_at(x, i - reach - 1);
        int first = i - reach > 0 ? i - reach : 0, last = i + reach < count ? i + reach : count - 1;
        double weight = 1 / (fmax(local, 0) / (last - first + 1) + floor);
        for (int a = 0; a < 3; a++) {
            for (int b = a; b < 3; b++) s.m[a][b] += weight * x[a][i] * x[b][i];
        }
    }
    s.m[1][0] = s.m[0][1];
    s.m[2][0] = s.m[0][2];
    s.m[2][1] = s.m[1][2];
    return s;
}

/* Jacobi's rotations; the columns of `axes` become the axes. */
static void diagonalise(Symmetric3 *s, double axes[3][3]) {
    memset(axes, 0, 9 * sizeof(double));
    for (int i = 0; i < 3; i++) axes[i][i] = 1;
    for (int sweep = 0; sweep < 8; sweep++) {
        for (int p = 0; p < 2; p++) {
            for (int q = p + 1; q < 3; q++) {
                if (fabs(s->m[p][q]) < 1e-15 * (fabs(s->m[p][p]) + fabs(s->m[q][q]))) continue;
                double angle = 0.5 * atan2(2 * s->m[p][q], s->m[q][q] - s->m[p][p]);
                double c = cos(angle), n = sin(angle);
                for (int k = 0; k < 3; k++) {
                    double kp = s->m[k][p], kq = s->m[k][q];
                    s->m[k][p] = c * kp - n * kq;
                    s->m[k][q] = n * kp + c * kq;
                }
                for (int k = 0; k < 3; k++) {
                    double pk = s->m[p][k], qk = s->m[q][k];
                    s->m[p][k] = c * pk - n * qk;
                    s->m[q][k] = n * pk + c * qk;
                }
                for (int k = 0; k < 3; k++) {
                    double kp = axes[k][p], kq = axes[k][q];
                    axes[k][p] = c * kp - n * kq;
                    axes[k][q] = n * kp + c * kq;
                }
            }
        }
    }
}

void principal_project(const float *const channel[3], int count, double frame_s, double tau_s, int axes,
                       float *const along[]) {
    float x[3][PRINCIPAL_FRAMES_MAX];
    double keep = exp(-frame_s / tau_s);
    for (int a = 0; a < 3; a++) take_out_drift(channel[a], count, keep, x[a]);
    Symmetric3 spread = spread_of(x, count, frame_s);
    double vectors[3][3];
    diagonalise(&spread, vectors);
    int order[3] = { 0, 1, 2 };
    for (int i = 0; i < 2; i++) {
        for (int j = i + 1; j < 3; j++) {
            if (spread.m[order[j]][order[j]] <= spread.m[order[i]][order[i]]) continue;
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
    for (int k = 0; k < axes; k++) {
        for (int i = 0; i < count; i++)
            along[k][i] = (float)(vectors[0][order[k]] * x[0][i] + vectors[1][order[k]] * x[1][i] +
                                  vectors[2][order[k]] * x[2][i]);
    }
}
