#include "session/range_error.h"

#include <math.h>

#define WITHIN_95        1.96
#define LEAST_MDC_DEG    6.0 /* of trunk rotation between days, by sensors on straps */
#define BETWEEN_DAYS_DEG (LEAST_MDC_DEG / (WITHIN_95 * 1.4142135623730951))

static double standard_error_deg(double spread_deg, int32_t reps) {
    double of_mean = reps > 0 ? spread_deg / sqrt(reps) : spread_deg;
    return hypot(BETWEEN_DAYS_DEG, of_mean);
}

double range_error_deg(double spread_deg, int32_t reps) {
    return WITHIN_95 * standard_error_deg(spread_deg, reps);
}

double range_least_change_deg(double spread_deg, int32_t reps) {
    return WITHIN_95 * sqrt(2) * standard_error_deg(spread_deg, reps);
}
