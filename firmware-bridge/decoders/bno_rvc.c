/* BNO080 and BNO085 in UART-RVC mode: 0xAA 0xAA idx yaw pitch roll ax ay az r r r SUM, little-endian, 0.01
 * degree and mg, 100 times a second (CEVA, BNO08X data sheet, "UART-RVC protocol"). Yaw is about z, pitch
 * about the turned x, roll about the turned y: the data sheet's own example shows gravity there. It gives no
 * rates: they are the differences of the orientation; acceleration is as measured. */
#include "decoders/formats.h"
#include "decoders/frames.h"
#include "decoders/numbers.h"
#include "decoders/pace.h"
#include "decoders/turning.h"

#include <math.h>
#include <stdlib.h>

enum { SIZE = 19, YAW = 3, ACCEL = 9, YAW_MOST_CDEG = 18001, PITCH_MOST_CDEG = 9001 };
#define PERIOD_S       0.01
#define ACCEL_RANGE_G  8.0
#define RATE_RANGE_DPS 2000.0
#define STEP_MG        300 /* on a line that damages bytes: as in witmotion.c */
#define PUSH_MG        150 /* likewise: a body in an exercise pushes no harder */

typedef struct BnoRvc {
    Frames frames;
    Pace pace;
    Turning turning;
    bool said, any;
    uint8_t index;
    uint16_t sequence;
    int16_t last_mg[3];
} BnoRvc;

_Static_assert(sizeof(BnoRvc) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static bool rvc_check(const uint8_t *bytes, size_t length) {
    if (bytes[0] != 0xAA || (length > 1 && bytes[1] != 0xAA)) return false;
    if (length < SIZE) return true;
    if (sum8(bytes + 2, SIZE - 3) != bytes[SIZE - 1]) return false;
    return abs(take_i16le(bytes + YAW)) <= YAW_MOST_CDEG &&
           abs(take_i16le(bytes + YAW + 2)) <= PITCH_MOST_CDEG &&
           abs(take_i16le(bytes + YAW + 4)) <= YAW_MOST_CDEG;
}

static void rvc_init(void *state) {
    BnoRvc *b = state;
    *b = (BnoRvc){ .said = false };
    pace_init(&b->pace, PERIOD_S);
}

static Quat orientation_of(const uint8_t *angles) {
    Vec3 yaw = vec3(0, 0, take_i16le(angles) * 0.01 * DEG2RAD);
    Vec3 pitch = vec3(take_i16le(angles + 2) * 0.01 * DEG2RAD, 0, 0);
    Vec3 roll = vec3(0, take_i16le(angles + 4) * 0.01 * DEG2RAD, 0);
    Quat q = quat_multiply(quat_from_rotation_vector(yaw), quat_from_rotation_vector(pitch));
    return quat_multiply(q, quat_from_rotation_vector(roll));
}

/* Two in a row that agree, and the accelerometer feels gravity where the orientation says it is. */
static bool plausible(BnoRvc *b, const int16_t *mg, Vec3 up_g) {
    const double up[3] = { up_g.x, up_g.y, up_g.z };
    bool good = true;
    for (int i = 0; i < 3; i++) {
        good = good && abs(mg[i] - b->last_mg[i]) <= STEP_MG && fabs(mg[i] - 1000 * up[i]) <= PUSH_MG;
        b->last_mg[i] = mg[i];
    }
    return good || !frames_rough(&b->frames);
}

static bool rvc_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    BnoRvc *b = state;
    if (!frames_feed(&b->frames, byte, SIZE, rvc_check)) return false;
    const uint8_t *f = b->frames.bytes;
    uint8_t steps = (uint8_t)(f[2] - b->index);
    if (b->any && steps == 0) return false; /* the same again */
    b->index = f[2];
    b->sequence = (uint16_t)(b->sequence + pace_feed(&b->pace, now_s, b->any ? steps : 1, false));
    b->any = true;
    TurningSample turn;
    bool turned = turning_feed(&b->turning, orientation_of(f + YAW), pace_time_us(&b->pace),
                               frames_rough(&b->frames), &turn);
    if (!b->said) {
        b->said = frames_sure(&b->frames);
        if (b->said) *out = decoder_hello(&decoder_bno_rvc, "BNO08x RVC", RATE_RANGE_DPS, ACCEL_RANGE_G, 100);
        return b->said;
    }
    int16_t mg[3];
    for (size_t i = 0; i < 3; i++) mg[i] = take_i16le(f + ACCEL + 2 * i);
    if (!turned || !plausible(b, mg, turn.up_g)) return false;
    const double rate[3] = { turn.rate_dps.x, turn.rate_dps.y, turn.rate_dps.z };
    *out =
        (WireMessage){ .id = WIRE_SAMPLE, .as.sample = { .sequence = b->sequence, .time_us = turn.time_us } };
    for (int i = 0; i < 3; i++) {
        out->as.sample.gyro[i] = decoder_counts(rate[i], RATE_RANGE_DPS);
        out->as.sample.accel[i] = decoder_counts(mg[i] * 0.001, ACCEL_RANGE_G);
    }
    return true;
}

static uint32_t rvc_bad(const void *state) {
    return ((const BnoRvc *)state)->frames.bad;
}

static bool rvc_promising(const void *state) {
    return ((const BnoRvc *)state)->frames.score >= FRAME_SCORE / 2;
}

const DecoderFormat decoder_bno_rvc = {
    .id = "bno-rvc",
    .name = "BNO08x",
    .gives = GIVES_BOTH,
    .checked = true,
    .state_size = sizeof(BnoRvc),
    .init = rvc_init,
    .feed = rvc_feed,
    .bad = rvc_bad,
    .promising = rvc_promising,
};
