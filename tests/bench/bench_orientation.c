/* How well the orientation holds against a reference, and what an update costs.
 *
 *     bench_orientation DIR [--bias-dps X]
 *
 * DIR holds trials as tests/bench/trial.h reads them. All samples of a trial are fed in order; the estimate
 * after each is that of its moment. A line a trial, then one line of JSON: the inclination means and the
 * worst are over the measured trials (NN_*.bin; over the synthetic S*.bin only where there are no others),
 * the heading drift over the synthetic holds where there are any, else over all. The best shift is one for
 * all, within 5 ms: it says how much of the error is only the wrong moment. `bias10` adds 10 deg/s to each
 * axis of the gyro, with several signs; the worst counts. `--bias-dps` adds X to each axis in all the rest.
 * The cost is the time of one update with its orientation read, the median of many runs, taken in turn with a
 * plain Madgwick's. */
#include "madgwick.h"
#include "median.h"
#include "motion/orientation.h"
#include "trial.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SHIFTS = 41, TIMED_RUNS = 25, TIMED_SAMPLES = 20000 };
#define SHIFT_MOST_S  0.005
#define SHIFT_STEP_S  0.00025
#define BIAS_TEST_DPS 10.0

typedef struct Scores {
    double unshifted_deg, worst_deg, best_deg, best_shift_ms, drift_dpm;
    int trials;
} Scores;

typedef struct Cost {
    double orientation_ns, madgwick_ns;
} Cost;

static void estimate_trial(const Trial *trial, const double bias_dps[3], Quat *out) {
    Orientation orientation;
    orientation_init(&orientation, &orientation_config_default);
    for (size_t i = 0; i < trial->count; i++) {
        ImuSample sample = trial->samples[i];
        for (int k = 0; k < 3; k++) sample.gyro[k] += (float)(bias_dps[k] * DEG2RAD);
        (void)orientation_feed(&orientation, &sample);
        out[i] = orientation_get(&orientation);
    }
}

static double shift_s(int i) {
    return -SHIFT_MOST_S + SHIFT_STEP_S * i;
}

static bool any(const Trials *trials, bool measured) {
    for (size_t i = 0; i < trials->count; i++) {
        if (trials->trial[i].measured == measured) return true;
    }
    return false;
}

static size_t longest(const Trials *trials) {
    size_t most = 1;
    for (size_t i = 0; i < trials->count; i++) {
        if (trials->trial[i].count > most) most = trials->trial[i].count;
    }
    return most;
}

static Scores score(const Trials *trials, const double bias_dps[3], Quat *room) {
    Scores scores = { .trials = 0 };
    double at_shift[SHIFTS] = { 0 };
    bool measured = any(trials, true), synthetic = any(trials, false);
    int drifts = 0;
    printf("%-50s %8s %8s %8s %9s\n", "trial", "rmse", "best", "at", "heading");
    for (size_t i = 0; i < trials->count; i++) {
        const Trial *trial = &trials->trial[i];
        estimate_trial(trial, bias_dps, room);
        double here = trial_inclination(trial, room, 0), best = here, best_s = 0;
        double drift = trial_heading_drift(trial, room);
        bool counts = trial->measured || !measured;
        for (int k = 0; k < SHIFTS; k++) {
            double shifted = trial_inclination(trial, room, shift_s(k));
            if (counts) at_shift[k] += shifted;
            if (shifted < best) {
                best = shifted;
                best_s = shift_s(k);
            }
        }
        if (counts) {
            scores.trials++;
            scores.unshifted_deg += here;
            scores.worst_deg = fmax(scores.worst_deg, here);
        }
        if (!trial->measured || !synthetic) {
            scores.drift_dpm += drift;
            drifts++;
        }
        printf("%-50s %5.3f deg %5.3f deg %+5.2f ms %6.2f deg/min\n", trial->name, here, best, best_s * 1000,
               drift);
    }
    int best = 0;
    for (int k = 1; k < SHIFTS; k++) {
        if (at_shift[k] < at_shift[best]) best = k;
    }
    scores.unshifted_deg /= scores.trials;
    scores.best_deg = at_shift[best] / scores.trials;
    scores.best_shift_ms = shift_s(best) * 1000;
    scores.drift_dpm /= drifts;
    return scores;
}

/* Mean inclination with a bias more on each axis; the worst of several directions. */
static double with_bias(const Trials *trials, Quat *room) {
    static const double signs[][3] = { { 1, 1, 1 }, { 1, -1, 1 }, { -1, -1, 1 }, { -1, 1, -1 } };
    double worst = 0;
    bool measured = any(trials, true);
    for (size_t s = 0; s < sizeof signs / sizeof *signs; s++) {
        double more[3], sum = 0;
        int count = 0;
        for (int k = 0; k < 3; k++) more[k] = signs[s][k] * BIAS_TEST_DPS;
        for (size_t i = 0; i < trials->count; i++) {
            if (measured && !trials->trial[i].measured) continue;
            estimate_trial(&trials->trial[i], more, room);
            sum += trial_inclination(&trials->trial[i], room, 0);
            count++;
        }
        worst = fmax(worst, sum / count);
    }
    return worst;
}

static double now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Runs in turn, over the moving middle of a trial; what both end with is read, so that neither is left out.
 */
static Cost measure_cost(const Trial *trial) {
    size_t count = trial->count < TIMED_SAMPLES ? trial->count : TIMED_SAMPLES;
    const ImuSample *samples = trial->samples + (trial->count - count) / 2;
    double ours[TIMED_RUNS], theirs[TIMED_RUNS], sum = 0;
    for (int run = 0; run < TIMED_RUNS; run++) {
        Orientation orientation;
        orientation_init(&orientation, &orientation_config_default);
        double start = now_ns();
        for (size_t i = 0; i < count; i++) {
            (void)orientation_feed(&orientation, &samples[i]);
            sum += orientation_get(&orientation).w;
        }
        double middle = now_ns();
        Madgwick madgwick;
        madgwick_init(&madgwick, 0.1);
        for (size_t i = 0; i < count; i++) {
            madgwick_update(&madgwick, samples[i].gyro, samples[i].accel, 1 / trial->rate_hz);
            sum += madgwick.q.w;
        }
        theirs[run] = (now_ns() - middle) / (double)count;
        ours[run] = (middle - start) / (double)count;
    }
    if (isnan(sum)) fprintf(stderr, "An estimate of the timed runs is not a number.\n");
    return (Cost){ .orientation_ns = bench_median(ours, TIMED_RUNS),
                   .madgwick_ns = bench_median(theirs, TIMED_RUNS) };
}

static bool read_arguments(int argc, char **argv, double *bias_dps) {
    *bias_dps = 0;
    if (argc == 2) return true;
    if (argc != 4 || strcmp(argv[2], "--bias-dps") != 0) return false;
    char *end = NULL;
    *bias_dps = strtod(argv[3], &end);
    return end != argv[3] && *end == '\0' && isfinite(*bias_dps);
}

int main(int argc, char **argv) {
    double bias_dps = 0;
    if (!read_arguments(argc, argv, &bias_dps)) {
        fprintf(stderr, "Say where the trials are: bench_orientation DIR [--bias-dps X].\n");
        return 1;
    }
    Trials trials;
    Error error = { "" };
    Result result = trials_load(&trials, argv[1], &error);
    Quat *room = result == RESULT_OK ? calloc(longest(&trials), sizeof *room) : NULL;
    if (result == RESULT_OK && room == NULL)
        result = error_set(&error, RESULT_NO_MEMORY, "There is not enough memory for the estimates.");
    if (result == RESULT_OK && room != NULL) {
        double bias[3] = { bias_dps, bias_dps, bias_dps };
        Scores scores = score(&trials, bias, room);
        double bias10_deg = with_bias(&trials, room);
        Cost cost = measure_cost(&trials.trial[0]);
        printf(
            "{\"trials\":%d,\"mean_inclination_deg\":%.4f,\"worst_inclination_deg\":%.4f,"
            "\"mean_inclination_best_shift_deg\":%.4f,\"best_shift_ms\":%.2f,"
            "\"mean_heading_drift_deg_per_min\":%.3f,\"ns_per_update\":%.1f,\"madgwick_ns_per_update\":%.1f,"
            "\"cost_ratio\":%.2f,\"mean_inclination_bias10_deg\":%.4f}\n",
            scores.trials, scores.unshifted_deg, scores.worst_deg, scores.best_deg, scores.best_shift_ms,
            scores.drift_dpm, cost.orientation_ns, cost.madgwick_ns, cost.orientation_ns / cost.madgwick_ns,
            bias10_deg);
    } else {
        fprintf(stderr, "%s\n", error.text);
    }
    free(room);
    trials_free(&trials);
    return result == RESULT_OK ? 0 : 1;
}
