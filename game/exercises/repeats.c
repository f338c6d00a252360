#include "exercises/repeats.h"

#include <math.h>

#define SHORTEST_CYCLE_S 1.5
#define LONGEST_CYCLE_S  15.0

/* How much two cycles may differ: in size and length by a logarithm of their ratio; and how well their paths
 * must correlate. */
typedef struct Likeness {
    double size, length, path;
} Likeness;

static const Likeness clearly = { .size = 0.5, .length = 0.3, .path = 0.6 };
static const Likeness roughly = { .size = 0.8, .length = 1.0, .path = 0.3 };
static const Likeness very_much = { .size = 0.3, .length = 0.3, .path = 0.8 };

enum { TRUST_NEEDED = 3, TRUST_MAX = 4, REACH_BACK = 2 };
#define VERY_MUCH_S     6.0 /* two cycles shorter than this together are too little to go by */
#define REACH_SIZE      1.8 /* a stroke just before a run may be this much larger or smaller, … */
#define REACH_LENGTH    3.0 /* … and its cycle this much longer, and still belong to it */
#define PATH_DIFFERENCE 0.5 /* weight beside size and length */

static double log_ratio(double a, double b) {
    return fabs(log(a / b));
}

/* Correlation of the paths of the cycles at[0…2] and at[2…4]. Way out and way back are compared apart,
 * because a rest may fall between them. */
static double path_likeness(const float *const path[3], const int at[5]) {
    enum { POINTS = 16, HALF = POINTS / 2 };
    double aa = 0, bb = 0, ab = 0;
    for (int c = 0; c < 3; c++) {
        const float *x = path[c];
        double a[POINTS], b[POINTS], mean_a = 0, mean_b = 0;
        double drift_a = (double)x[at[2]] - x[at[0]], drift_b = (double)x[at[4]] - x[at[2]];
        for (int i = 0; i < POINTS; i++) {
            int way = i / HALF;
            double share = (double)(i % HALF) / HALF;
            double place_a = at[way] + share * (at[way + 1] - at[way]);
            double place_b = at[way + 2] + share * (at[way + 3] - at[way + 2]);
            a[i] = x[(int)place_a] - drift_a * (place_a - at[0]) / (at[2] - at[0]);
            b[i] = x[(int)place_b] - drift_b * (place_b - at[2]) / (at[4] - at[2]);
            mean_a += a[i] / POINTS;
            mean_b += b[i] / POINTS;
        }
        for (int i = 0; i < POINTS; i++) {
            aa += (a[i] - mean_a) * (a[i] - mean_a);
            bb += (b[i] - mean_b) * (b[i] - mean_b);
            ab += (a[i] - mean_a) * (b[i] - mean_b);
        }
    }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* When the stroke has gone half its way: where a body rests at its turning point, that is the surer moment.
 */
static void find_middles(const Zigzag *z, int strokes, const float *values, int *middle) {
    for (int i = 0; i < strokes; i++) {
        double half = ((double)z->value[i] + z->value[i + 1]) / 2;
        bool rises = z->value[i + 1] > z->value[i];
        int at = z->at[i];
        while (at < z->at[i + 1] && (values[at] < half) == rises) at++;
        middle[i] = at;
    }
}

static bool within(const Likeness *found, const Likeness *limit) {
    return found->size < limit->size && found->length < limit->length && found->path > limit->path;
}

/* A run's first strokes are often slower or smaller, but they are its own. */
static int reach_back(const Zigzag *z, int begin, const bool *rough, const bool *counted) {
    while (begin > 0 && rough[begin - 1] && !counted[begin - 1]) begin--;
    for (int i = 0; i < REACH_BACK && begin > 0 && !counted[begin - 1]; i++) {
        double size = log_ratio(zigzag_stroke(z, begin - 1), zigzag_typical(z, begin));
        int length = z->at[begin + 1] - z->at[begin - 1], usual = z->at[begin + 3] - z->at[begin + 1];
        if (size > log(REACH_SIZE) || length > REACH_LENGTH * usual) break;
        begin--;
    }
    return begin;
}

void repeats_find(Repeats *out, const Zigzag *z, int strokes, const float *values, const float *const path[3],
                  double frame_s, RepeatRun run, bool over) {
    int middle[ZIGZAG_MAX];
    find_middles(z, strokes, values, middle);
    bool rough[ZIGZAG_MAX];
    int begin = 0;
    out->compared = 0;
    out->unlike = 0;
    for (int i = 0; i < strokes; i++) out->counted[i] = run.counts && strokes < 4;
    for (int i = 0; i + 3 < strokes; i++) {
        const int *at = z->at + i;
        double cycle_s = (middle[i + 2] - middle[i]) * frame_s;
        double next_s = (middle[i + 3] - middle[i + 1]) * frame_s;
        Likeness found = {
            .size = log_ratio(zigzag_stroke(z, i), zigzag_stroke(z, i + 2)),
            .length = log_ratio(cycle_s, next_s),
            .path = path_likeness(path, at),
        };
        out->compared++;
        out->unlike += found.size + found.length + PATH_DIFFERENCE * (1 - found.path);
        bool tempo = fmin(cycle_s, next_s) > SHORTEST_CYCLE_S && fmax(cycle_s, next_s) < LONGEST_CYCLE_S;
        rough[i] = tempo && within(&found, &roughly);
        if ((tempo && within(&found, &clearly)) || (run.counts && rough[i])) {
            if (run.trust == 0) begin = i;
            if (run.trust < TRUST_MAX) run.trust++;
            bool enough = over && tempo && within(&found, &very_much) && cycle_s + next_s > VERY_MUCH_S;
            if (!run.counts && (run.trust >= TRUST_NEEDED || enough)) {
                run.counts = true;
                begin = reach_back(z, begin, rough, out->counted);
            }
        } else if (run.trust > 0) {
            run.trust--;
            if (run.trust == 0) run.counts = false;
        }
        for (int k = begin; run.counts && k < i + 4; k++) out->counted[k] = true;
    }
    out->run = run;
}
