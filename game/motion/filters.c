#include "motion/filters.h"

#include <math.h>
#include <string.h>

/* The weight of a new value: of a mean while young, of an exponential later. */
static double weight(double tau_s, double *seen_s, double dt_s) {
    *seen_s += dt_s;
    double x = dt_s / tau_s;
    /* 1 - exp(-x), to a millionth of it. */
    double exponential = x < 0.1 ? x * (1 - x * (0.5 - x * (1.0 / 6 - x / 24))) : 1.0 - exp(-x);
    double mean = dt_s / *seen_s;
    return mean > exponential ? mean : exponential;
}

LowPass low_pass_make(double tau_s) {
    return (LowPass){ .tau_s = tau_s };
}

double low_pass_feed(LowPass *filter, double value, double dt_s) {
    if (dt_s <= 0) return filter->value;
    double w = weight(filter->tau_s, &filter->seen_s, dt_s);
    filter->value += (value - filter->value) * w;
    return filter->value;
}

LowPass3 low_pass3_make(double tau_s) {
    return (LowPass3){ .tau_s = tau_s };
}

Vec3 low_pass3_feed(LowPass3 *filter, Vec3 value, double dt_s) {
    if (dt_s <= 0) return filter->value;
    double w = weight(filter->tau_s, &filter->seen_s, dt_s);
    filter->value = vec3_add(filter->value, vec3_scale(vec3_sub(value, filter->value), w));
    return filter->value;
}

void median_push(Median *median, double value) {
    median->values[median->next] = value;
    median->next = (median->next + 1) % MEDIAN_MAX;
    if (median->count < MEDIAN_MAX) median->count++;
}

void median_amend(Median *median, double value) {
    if (median->count > 0) median->values[(median->next + MEDIAN_MAX - 1) % MEDIAN_MAX] = value;
}

/* In rising order; returns how many. */
static int sort_values(const Median *median, double sorted[MEDIAN_MAX]) {
    memcpy(sorted, median->values, sizeof median->values);
    for (int i = 1; i < median->count; i++) {
        double value = sorted[i];
        int at = i;
        for (; at > 0 && sorted[at - 1] > value; at--) sorted[at] = sorted[at - 1];
        sorted[at] = value;
    }
    return median->count;
}

double median_get(const Median *median, double fallback) {
    double sorted[MEDIAN_MAX];
    int count = sort_values(median, sorted);
    if (count == 0) return fallback;
    return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

double median_upper(const Median *median, double share, double fallback) {
    double sorted[MEDIAN_MAX];
    int count = sort_values(median, sorted);
    if (count == 0) return fallback;
    int at = (int)(share * count);
    return sorted[at < count ? at : count - 1];
}
