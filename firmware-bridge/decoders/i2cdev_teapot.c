/* i2cdevlib's MPU6050_DMP6, OUTPUT_TEAPOT: '$' 2 w w x x y y z z 0 counter CR LF, big-endian, 16384 = 1. No
 * checksum: the fixed bytes and the quaternion's length stand for one. Orientation only. */
#include "decoders/formats.h"
#include "decoders/frames.h"
#include "decoders/numbers.h"
#include "decoders/oriented.h"

enum { SIZE = 14 };

typedef struct Teapot {
    Frames frames;
    Oriented oriented;
    bool any;
    uint8_t counter;
} Teapot;

_Static_assert(sizeof(Teapot) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static bool teapot_check(const uint8_t *bytes, size_t length) {
    if (bytes[0] != '$' || (length > 1 && bytes[1] != 2)) return false;
    if (length < SIZE) return true;
    if (bytes[10] != 0 || bytes[12] != '\r' || bytes[13] != '\n') return false;
    double length2 = 0;
    for (size_t i = 0; i < 4; i++) {
        double part = take_i16be(bytes + 2 + 2 * i) / 16384.0;
        length2 += part * part;
    }
    return length2 > 0.98 && length2 < 1.02;
}

static void teapot_init(void *state) {
    Teapot *t = state;
    *t = (Teapot){ .any = false };
    oriented_init(&t->oriented);
}

static bool teapot_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    Teapot *t = state;
    if (!frames_feed(&t->frames, byte, SIZE, teapot_check)) return false;
    const uint8_t *f = t->frames.bytes;
    uint32_t steps = (uint8_t)(f[11] - t->counter);
    t->counter = f[11];
    /* A counter that leaps without damage is another sketch's. */
    if (!t->any || steps == 0 || steps > 50) steps = 0;
    t->any = true;
    Quat q = { take_i16be(f + 2), take_i16be(f + 4), take_i16be(f + 6), take_i16be(f + 8) };
    return oriented_feed(&t->oriented, &decoder_i2cdev_teapot, "teapot", q, now_s, steps,
                         frames_after_damage(&t->frames), frames_rough(&t->frames), frames_sure(&t->frames),
                         out);
}

static uint32_t teapot_bad(const void *state) {
    return ((const Teapot *)state)->frames.bad;
}

static bool teapot_promising(const void *state) {
    return ((const Teapot *)state)->frames.score >= FRAME_SCORE / 2;
}

const DecoderFormat decoder_i2cdev_teapot = {
    .id = "i2cdev-teapot",
    .name = "MPU-6050 DMP",
    .gives = GIVES_ORIENTATION,
    .state_size = sizeof(Teapot),
    .init = teapot_init,
    .feed = teapot_feed,
    .bad = teapot_bad,
    .promising = teapot_promising,
};
