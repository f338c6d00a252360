/* A lock-free queue of samples from one thread to one other. When it is full the newest sample is refused and
 * counted: the consumer then finds an unbroken past followed by a gap, and no slot is ever written while it
 * is read. At 1000 samples a second it holds two seconds, so only a stalled program fills it.
 *
 * Exactly one thread pushes and exactly one pops. Public so that it can live inside its owner; not copyable
 * once in use. */
#ifndef INPUT_RING_H
#define INPUT_RING_H

#include "motion/sample.h"

#include <stdatomic.h>
#include <stddef.h>

enum { IMU_RING_CAPACITY = 2048 };

typedef struct ImuRing {
    _Alignas(64) atomic_size_t
        pushed; /* written by the producer only; apart from `popped`, so that they share no cache line */
    _Alignas(64) atomic_size_t popped; /* written by the consumer only */
    _Alignas(64) atomic_uint dropped;
    ImuSample slots[IMU_RING_CAPACITY];
} ImuRing;

void imu_ring_init(ImuRing *ring);

/* Producer. False where it was full and the sample was dropped. */
bool imu_ring_push(ImuRing *ring, const ImuSample *sample);

/* Consumer. Takes at most `capacity`, oldest first; returns how many. */
size_t imu_ring_pop(ImuRing *ring, ImuSample *out, size_t capacity);

/* Either. Samples dropped since the start. */
unsigned imu_ring_dropped(const ImuRing *ring);

#endif
