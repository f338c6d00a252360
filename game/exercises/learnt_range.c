#include "exercises/learnt_range.h"

#include <string.h>

#define EARLY_MORE 0.04 /* of the own range */

void learnt_range_push(LearntRange *learnt, double size_deg) {
    median_push(&learnt->sizes, size_deg);
    learnt->seen++;
}

double learnt_range_get(const LearntRange *learnt, double fallback) {
    int count = learnt->sizes.count;
    if (count == 0) return fallback;
    double sorted[MEDIAN_MAX];
    memcpy(sorted, learnt->sizes.values, sizeof sorted);
    for (int i = 1; i < count; i++) {
        double value = sorted[i];
        int at = i;
        for (; at > 0 && sorted[at - 1] > value; at--) sorted[at] = sorted[at - 1];
        sorted[at] = value;
    }
    return sorted[2 * count / 3 < count ? 2 * count / 3 : count - 1];
}

double learnt_range_accept(const LearntRange *learnt, double share) {
    return learnt->seen < 3 ? share + EARLY_MORE : share;
}
