#include "core/rng.h"

Rng rng_make(uint64_t seed, uint64_t stream) {
    Rng rng = { .state = 0, .stream = (stream << 1U) | 1U };
    (void)rng_u32(&rng);
    rng.state += seed;
    (void)rng_u32(&rng);
    return rng;
}

uint32_t rng_u32(Rng *rng) {
    uint64_t old = rng->state;
    rng->state = old * 6364136223846793005ULL + rng->stream;
    uint32_t shifted = (uint32_t)(((old >> 18U) ^ old) >> 27U);
    uint32_t turn = (uint32_t)(old >> 59U);
    return (shifted >> turn) | (shifted << ((32U - turn) & 31U));
}

uint32_t rng_below(Rng *rng, uint32_t bound) {
    return (uint32_t)(((uint64_t)rng_u32(rng) * bound) >> 32U);
}

double rng_unit(Rng *rng) {
    return rng_u32(rng) / 4294967296.0;
}

double rng_range(Rng *rng, double low, double high) {
    return low + (high - low) * rng_unit(rng);
}

double rng_normal(Rng *rng) {
    double sum = 0;
    for (int i = 0; i < 12; i++) sum += rng_unit(rng);
    return sum - 6.0;
}

Vec3 rng_direction(Rng *rng) {
    /* One after the other: the order in which arguments are evaluated is each compiler's own. */
    double x = rng_normal(rng);
    double y = rng_normal(rng);
    double z = rng_normal(rng);
    return vec3_unit(vec3(x, y, z));
}
