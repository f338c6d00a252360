/* The few small filters that motion and exercises share. Values, sample times handed in, any rate. */
#ifndef MOTION_FILTERS_H
#define MOTION_FILTERS_H

#include "core/vec.h"

/* First-order low-pass whose first `tau` seconds are a plain mean, so that it starts without a transient. */
typedef struct LowPass {
    double tau_s;
    double seen_s;
    double value;
} LowPass;

LowPass low_pass_make(double tau_s);
double low_pass_feed(LowPass *filter, double value, double dt_s);

typedef struct LowPass3 {
    double tau_s;
    double seen_s;
    Vec3 value;
} LowPass3;

LowPass3 low_pass3_make(double tau_s);
Vec3 low_pass3_feed(LowPass3 *filter, Vec3 value, double dt_s);

/* The median of the last few values. */
enum { MEDIAN_MAX = 7 };

typedef struct Median {
    int count, next;
    double values[MEDIAN_MAX];
} Median;

void median_push(Median *median, double value);
/* The newest value turns out to be another one. */
void median_amend(Median *median, double value);
/* `fallback` while it is empty. */
double median_get(const Median *median, double fallback);
/* The value above which all but `share` of them lie; likewise. */
double median_upper(const Median *median, double share, double fallback);

#endif
