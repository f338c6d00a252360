/* How sure a measured range of motion is, and from where on a difference between two days is a change. A mean
 * of n repetitions has the standard error spread / sqrt(n); to it comes what differs from one strapping-on to
 * the next in a body that is the same. MDC95 = 1.96 sqrt(2) SEM (Weir 2005, doi 10.1519/15184.1). Degrees. */
#ifndef SESSION_RANGE_ERROR_H
#define SESSION_RANGE_ERROR_H

#include <stdint.h>

/* Half the width of the 95 % interval about the mean of `reps` repetitions that spread by `spread_deg`
 * (standard deviation). */
double range_error_deg(double spread_deg, int32_t reps);

/* The minimal detectable change between two such means; never under 6 degrees. */
double range_least_change_deg(double spread_deg, int32_t reps);

#endif
