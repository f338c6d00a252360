/* The sampling part of board.h for boards that read their sensors from the loop, by their own clock, and not
 * in interrupts: a reading may begin late while a message is put together, but its stamp says when it began.
 */
#if defined(BACKBEAT_RP2040) ||                                                                              \
    (defined(ARDUINO) && (!defined(__AVR_ATmega328P__) || defined(BACKBEAT_ARDUINO_API)))

#include "board.h"

#include <string.h>

static struct {
    BoardBurst bursts[BOARD_BURSTS_MAX];
    uint8_t count;
    uint32_t period_us, next_us;
} sampler;

void board_sampling_start(uint32_t period_us, const BoardBurst *bursts, uint8_t count) {
    memcpy(sampler.bursts, bursts, count * sizeof *bursts);
    sampler.period_us = period_us;
    sampler.next_us = board_micros() + period_us;
    sampler.count = count;
}

void board_sampling_stop(void) {
    sampler.count = 0;
}

bool board_sampling_take(BoardTick *out) {
    if (sampler.count == 0 || (int32_t)(board_micros() - sampler.next_us) < 0) return false;
    out->missed = 0;
    sampler.next_us += sampler.period_us;
    while ((int32_t)(board_micros() - sampler.next_us) >= 0) {
        sampler.next_us += sampler.period_us;
        if (out->missed < UINT8_MAX) out->missed++;
    }
    for (uint8_t i = 0; i < sampler.count; i++) {
        const BoardBurst *burst = &sampler.bursts[i];
        out->time_us[i] = board_micros();
        out->answer[i] = board_i2c(burst->address, &burst->first_register, 1, out->bytes[i], burst->length);
    }
    return true;
}

#endif
