#include "audio/commands.h"

_Static_assert((COMMANDS_MAX & (COMMANDS_MAX - 1)) == 0, "the counters wrap: a power of two");

void commands_init(CommandRing *ring) {
    atomic_init(&ring->pushed, 0);
    atomic_init(&ring->taken, 0);
}

bool commands_push(CommandRing *ring, const Command *command) {
    size_t pushed = atomic_load_explicit(&ring->pushed, memory_order_relaxed);
    if (pushed - atomic_load_explicit(&ring->taken, memory_order_acquire) == COMMANDS_MAX) return false;
    ring->slots[pushed % COMMANDS_MAX] = *command;
    atomic_store_explicit(&ring->pushed, pushed + 1, memory_order_release);
    return true;
}

bool commands_take(CommandRing *ring, Command *out) {
    size_t taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    if (atomic_load_explicit(&ring->pushed, memory_order_acquire) == taken) return false;
    *out = ring->slots[taken % COMMANDS_MAX];
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_release);
    return true;
}
