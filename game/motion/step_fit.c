#include "motion/step_fit.h"

#include "core/vec.h"

#include <math.h>

enum { TERMS = 4, LEAST_COUNT = 40, ROUNDS = 7 };

#define SHORTEST_S      0.8
#define SHORT_S         1.5 /* … of the first guesses */
#define LONGEST_S       9.0
#define BREATH_LEAST_HZ 0.06
#define BREATH_MOST_HZ  0.36
#define BREATH_TINY     1e-3 /* keeps the sine small where the record can't tell it from the step */

typedef struct Guess {
    double middle_s, length_s, breath_hz;
    double cost, size;
} Guess;

static double half_cosine(double share) {
    if (share <= 0) return 0;
    if (share >= 1) return 1;
    return 0.5 - 0.5 * cos(PI * share);
}

/* Solves the normal equations in place (they are positive definite); false where they are singular. */
static bool solve(double m[TERMS][TERMS + 1]) {
    for (int i = 0; i < TERMS; i++) {
        if (fabs(m[i][i]) < 1e-9) return false;
        for (int k = i + 1; k < TERMS; k++) {
            double factor = m[k][i] / m[i][i];
            for (int j = i; j <= TERMS; j++) m[k][j] -= factor * m[i][j];
        }
    }
    for (int i = TERMS - 1; i >= 0; i--) {
        for (int j = i + 1; j < TERMS; j++) m[i][TERMS] -= m[i][j] * m[j][TERMS];
        m[i][TERMS] /= m[i][i];
    }
    return true;
}

static void judge(Guess *g, const float *values, size_t count, double first_s, double rate_hz) {
    double m[TERMS][TERMS + 1] = { { 0 } }, squares = 0, right[TERMS];
    for (size_t i = 0; i < count; i++) {
        double t_s = first_s + (double)i / rate_hz;
        double phase = 2 * PI * g->breath_hz * (t_s - g->middle_s);
        const double terms[TERMS] = { 1, half_cosine((t_s - g->middle_s) / g->length_s + 0.5), sin(phase),
                                      cos(phase) };
        for (int a = 0; a < TERMS; a++) {
            for (int b = a; b < TERMS; b++) m[a][b] += terms[a] * terms[b];
            m[a][TERMS] += terms[a] * values[i];
        }
        squares += (double)values[i] * values[i];
    }
    m[2][2] += BREATH_TINY * (double)count;
    m[3][3] += BREATH_TINY * (double)count;
    for (int a = 0; a < TERMS; a++) {
        right[a] = m[a][TERMS];
        for (int b = 0; b < a; b++) m[a][b] = m[b][a];
    }
    g->cost = 1e300;
    if (!solve(m)) return;
    double explained = 0;
    for (int a = 0; a < TERMS; a++) explained += m[a][TERMS] * right[a];
    g->cost = squares - explained;
    g->size = m[1][TERMS];
}

bool step_fit(const float *values, size_t count, double first_s, double rate_hz, double guess_s,
              double around_s, StepFit *out) {
    if (count < LEAST_COUNT) return false;
    Guess best = { .cost = 1e300 };
    enum { RATES = 10, LENGTHS = 4, PLACES = 11 };
    for (int k = 0; k < RATES * LENGTHS * PLACES; k++) {
        int rate = k / (PLACES * LENGTHS), length = k / PLACES % LENGTHS;
        double place = 2.0 * (k % PLACES) / (PLACES - 1) - 1;
        Guess g = { .middle_s = guess_s + place * around_s,
                    .length_s = SHORT_S * pow(1.5, length),
                    .breath_hz = BREATH_LEAST_HZ * pow(1.22, rate) };
        judge(&g, values, count, first_s, rate_hz);
        if (g.cost < best.cost) best = g;
    }
    double at_step = 0.2, length_step = 1.25, hz_step = 1.1;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 6; i++) {
            Guess g = best;
            double way = i % 2 == 0 ? 1 : -1;
            if (i < 2)
                g.middle_s += way * at_step;
            else if (i < 4)
                g.length_s *= pow(length_step, way);
            else
                g.breath_hz *= pow(hz_step, way);
            if (g.length_s < SHORTEST_S || g.length_s > LONGEST_S || g.breath_hz > 1.3 * BREATH_MOST_HZ)
                continue;
            judge(&g, values, count, first_s, rate_hz);
            if (g.cost < best.cost) best = g;
        }
        at_step *= 0.65;
        length_step = sqrt(length_step);
        hz_step = sqrt(hz_step);
    }
    if (best.cost >= 1e300) return false;
    *out = (StepFit){ .middle_s = best.middle_s,
                      .length_s = best.length_s,
                      .size = best.size,
                      .residual = sqrt(fmax(0, best.cost) / (double)count) };
    return true;
}
