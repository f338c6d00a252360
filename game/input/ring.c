#include "input/ring.h"

_Static_assert((IMU_RING_CAPACITY & (IMU_RING_CAPACITY - 1)) == 0, "the counters wrap: a power of two");

void imu_ring_init(ImuRing *ring) {
    atomic_init(&ring->pushed, 0);
    atomic_init(&ring->popped, 0);
    atomic_init(&ring->dropped, 0);
}

bool imu_ring_push(ImuRing *ring, const ImuSample *sample) {
    size_t pushed = atomic_load_explicit(&ring->pushed, memory_order_relaxed);
    size_t popped = atomic_load_explicit(&ring->popped, memory_order_acquire);
    if (pushed - popped == IMU_RING_CAPACITY) {
        atomic_fetch_add_explicit(&ring->dropped, 1, memory_order_relaxed);
        return false;
    }
    ring->slots[pushed % IMU_RING_CAPACITY] = *sample;
    atomic_store_explicit(&ring->pushed, pushed + 1, memory_order_release);
    return true;
}

size_t imu_ring_pop(ImuRing *ring, ImuSample *out, size_t capacity) {
    size_t popped = atomic_load_explicit(&ring->popped, memory_order_relaxed);
    size_t waiting = atomic_load_explicit(&ring->pushed, memory_order_acquire) - popped;
    size_t count = waiting < capacity ? waiting : capacity;
    for (size_t i = 0; i < count; i++) out[i] = ring->slots[(popped + i) % IMU_RING_CAPACITY];
    atomic_store_explicit(&ring->popped, popped + count, memory_order_release);
    return count;
}

unsigned imu_ring_dropped(const ImuRing *ring) {
    return atomic_load_explicit(&ring->dropped, memory_order_relaxed);
}
