/* The plain gradient-descent filter of Madgwick (2010), six axes, in double: what others' cost is compared
 * with. */
#ifndef BENCH_MADGWICK_H
#define BENCH_MADGWICK_H

#include "core/vec.h"

typedef struct Madgwick {
    Quat q; /* earth to sensor, as in the report */
    double beta;
} Madgwick;

void madgwick_init(Madgwick *madgwick, double beta);
void madgwick_update(Madgwick *madgwick, const float gyro[3], const float accel[3], double dt_s);

#endif
