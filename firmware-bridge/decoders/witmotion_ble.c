/* WitMotion's Bluetooth family through a serial gateway: 0x55 0x61 and nine little-endian words,
 * acceleration, rate and angles, with no checksum: only frames that follow right upon each other are
 * believed. */
#include "decoders/formats.h"
#include "decoders/frames.h"
#include "decoders/numbers.h"
#include "decoders/pace.h"

enum { SIZE = 20, SURE_RUN = 10 };
#define ACCEL_RANGE_G  16.0
#define RATE_RANGE_DPS 2000.0

typedef struct WitMotionBle {
    Frames frames;
    Pace pace;
    bool said;
    uint16_t sequence;
} WitMotionBle;

_Static_assert(sizeof(WitMotionBle) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static bool ble_check(const uint8_t *bytes, size_t length) {
    return bytes[0] == 0x55 && (length < 2 || bytes[1] == 0x61);
}

static void ble_init(void *state) {
    WitMotionBle *w = state;
    *w = (WitMotionBle){ .said = false };
    pace_init(&w->pace, 0);
}

static bool ble_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    WitMotionBle *w = state;
    if (!frames_feed(&w->frames, byte, SIZE, ble_check)) return false;
    w->sequence = (uint16_t)(w->sequence + pace_feed(&w->pace, now_s, 0, frames_after_damage(&w->frames)));
    if (!w->said) {
        w->said = w->frames.run >= SURE_RUN && pace_rate_hz(&w->pace) > 0;
        if (w->said)
            *out = decoder_hello(&decoder_witmotion_ble, "WT BLE", RATE_RANGE_DPS, ACCEL_RANGE_G,
                                 pace_rate_hz(&w->pace));
        return w->said;
    }
    if (w->frames.run < 2) return false;
    *out = (WireMessage){ .id = WIRE_SAMPLE,
                          .as.sample = { .sequence = w->sequence, .time_us = pace_time_us(&w->pace) } };
    for (size_t i = 0; i < 3; i++) {
        out->as.sample.accel[i] = take_i16le(w->frames.bytes + 2 + 2 * i);
        out->as.sample.gyro[i] = take_i16le(w->frames.bytes + 8 + 2 * i);
    }
    return true;
}

static uint32_t ble_bad(const void *state) {
    return ((const WitMotionBle *)state)->frames.bad;
}

static bool ble_promising(const void *state) {
    return ((const WitMotionBle *)state)->frames.run >= 2;
}

const DecoderFormat decoder_witmotion_ble = {
    .id = "witmotion-ble",
    .name = "WitMotion BLE",
    .gives = GIVES_RATES,
    .state_size = sizeof(WitMotionBle),
    .init = ble_init,
    .feed = ble_feed,
    .bad = ble_bad,
    .promising = ble_promising,
};
