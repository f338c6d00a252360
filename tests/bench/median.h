/* What a benchmark quotes, as machines are noisy. */
#ifndef BENCH_MEDIAN_H
#define BENCH_MEDIAN_H

#include <stddef.h>

/* Sorts the values; 0 of none. */
double bench_median(double *values, size_t count);

#endif
