/* A small random generator (PCG-XSH-RR 64/32; O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient
 * Statistically Good Algorithms for Random Number Generation"). A value: copy it to fork it. The simulation
 * and the picture each own one. */
#ifndef CORE_RNG_H
#define CORE_RNG_H

#include "core/vec.h"

#include <stdint.h>

typedef struct Rng {
    uint64_t state;
    uint64_t stream; /* odd */
} Rng;

/* Generators with other `stream` values give unrelated sequences for the same seed. */
Rng rng_make(uint64_t seed, uint64_t stream);

uint32_t rng_u32(Rng *rng);

/* Uniform in [0, bound); 0 where bound is 0. */
uint32_t rng_below(Rng *rng, uint32_t bound);

/* Uniform in [0, 1). */
double rng_unit(Rng *rng);

/* Uniform in [low, high). */
double rng_range(Rng *rng, double low, double high);

/* Normal, mean 0, standard deviation 1 (twelve uniforms: tails end at 6). */
double rng_normal(Rng *rng);

/* A unit vector, every direction as likely. */
Vec3 rng_direction(Rng *rng);

#endif
