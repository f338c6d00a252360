/* WitMotion (WT61, WT901, HWT…): frames of eleven bytes, 0x55 ID d0…d7 SUM, in bursts; 0x51 acceleration,
 * 0x52 rate, 0x53 angles, 0x59 quaternion (the vendor's "Standard Communication Protocol"). Where rate or
 * acceleration is switched off, the orientation is used. */
#include "decoders/formats.h"
#include "decoders/frames.h"
#include "decoders/numbers.h"
#include "decoders/pace.h"
#include "decoders/turning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 11, ACCEL = 0x51, RATE = 0x52, ANGLES = 0x53, QUATERNION = 0x59 };
#define ACCEL_RANGE_G  16.0
#define RATE_RANGE_DPS 2000.0
/* On a line that damages bytes, a step that no body makes in one sample is taken for what the sum let pass.
 */
#define STEP_DPS    60.0
#define STEP_G      0.3
#define TEMPERATURE 100 /* counts a degree */

typedef enum Mode { MODE_UNKNOWN, MODE_RATES, MODE_QUATERNION, MODE_ANGLES } Mode;

typedef struct WitMotion {
    Frames frames;
    Pace pace;
    Turning turning;
    Mode mode;
    uint8_t seen;   /* bits: 1 acceleration, 2 rate, 4 angles, 8 quaternion */
    bool has_accel; /* of this burst */
    bool hurt;      /* since the last sample */
    uint16_t sequence;
    int16_t accel[4], gyro[3], last_accel[4], last_gyro[3];
    bool has_last;
} WitMotion;

_Static_assert(sizeof(WitMotion) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static bool witmotion_check(const uint8_t *bytes, size_t length) {
    if (bytes[0] != 0x55) return false;
    if (length > 1 && (bytes[1] < 0x50 || bytes[1] > 0x5F)) return false;
    return length < SIZE || sum8(bytes, SIZE - 1) == bytes[SIZE - 1];
}

static void witmotion_init(void *state) {
    WitMotion *w = state;
    *w = (WitMotion){ .mode = MODE_UNKNOWN };
    pace_init(&w->pace, 0);
}

static bool leaps(const WitMotion *w) {
    for (int i = 0; i < 3; i++) {
        if (abs(w->gyro[i] - w->last_gyro[i]) > STEP_DPS * 32768 / RATE_RANGE_DPS ||
            abs(w->accel[i] - w->last_accel[i]) > STEP_G * 32768 / ACCEL_RANGE_G)
            return true;
    }
    return abs(w->accel[3] - w->last_accel[3]) > TEMPERATURE;
}

/* Two in a row that agree: a damaged one also costs the one after it. */
static bool plausible(WitMotion *w) {
    bool good = !w->has_last || !frames_rough(&w->frames) || !leaps(w);
    memcpy(w->last_accel, w->accel, sizeof w->last_accel);
    memcpy(w->last_gyro, w->gyro, sizeof w->last_gyro);
    w->has_last = true;
    return good;
}

static WireMessage sample_now(WitMotion *w) {
    WireMessage m = { .id = WIRE_SAMPLE,
                      .as.sample = { .sequence = w->sequence, .time_us = pace_time_us(&w->pace) } };
    return m;
}

static void keep_pace(WitMotion *w, double now_s) {
    w->sequence = (uint16_t)(w->sequence + pace_feed(&w->pace, now_s, 0, w->hurt));
    w->hurt = false;
}

static bool take_rate(WitMotion *w, WireMessage *out) {
    if (!w->has_accel || !plausible(w)) return false;
    w->has_accel = false;
    *out = sample_now(w);
    memcpy(out->as.sample.gyro, w->gyro, sizeof out->as.sample.gyro);
    memcpy(out->as.sample.accel, w->accel, sizeof out->as.sample.accel);
    return true;
}

static bool take_orientation(WitMotion *w, Quat orientation, WireMessage *out) {
    TurningSample turn;
    if (!turning_feed(&w->turning, orientation, pace_time_us(&w->pace), frames_rough(&w->frames), &turn))
        return false;
    *out = sample_now(w);
    out->as.sample.time_us = turn.time_us;
    const double rate[3] = { turn.rate_dps.x, turn.rate_dps.y, turn.rate_dps.z };
    const double up[3] = { turn.up_g.x, turn.up_g.y, turn.up_g.z };
    for (int i = 0; i < 3; i++) {
        out->as.sample.gyro[i] = decoder_counts(rate[i], RATE_RANGE_DPS);
        out->as.sample.accel[i] = decoder_counts(up[i], ACCEL_RANGE_G);
    }
    return true;
}

static Mode mode_of(const WitMotion *w) {
    if ((w->seen & 3) == 3) return MODE_RATES;
    return w->seen & 8 ? MODE_QUATERNION : w->seen & 4 ? MODE_ANGLES : MODE_UNKNOWN;
}

/* Rates are the best; they come first in a burst, so that by the time it is sure they were seen. */
static bool recognise(WitMotion *w, WireMessage *out) {
    if (!frames_sure(&w->frames) || pace_rate_hz(&w->pace) <= 0) return false;
    w->mode = mode_of(w);
    if (w->mode == MODE_UNKNOWN) return false;
    *out = decoder_hello(&decoder_witmotion, w->mode == MODE_RATES ? "WT" : "WT angles", RATE_RANGE_DPS,
                         ACCEL_RANGE_G, pace_rate_hz(&w->pace));
    return true;
}

/* The frame that there is one of in every burst. */
static bool beats(Mode mode, uint8_t id) {
    static const uint8_t ids[] = { 0, RATE, QUATERNION, ANGLES };
    return id == ids[mode];
}

static double share(const uint8_t *data) {
    return take_i16le(data) / 32768.0;
}

static bool witmotion_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    WitMotion *w = state;
    if (!frames_feed(&w->frames, byte, SIZE, witmotion_check)) return false;
    const uint8_t *data = w->frames.bytes + 2;
    uint8_t id = w->frames.bytes[1];
    w->hurt = w->hurt || frames_after_damage(&w->frames);
    w->seen |= id == ACCEL ? 1 : id == RATE ? 2 : id == ANGLES ? 4 : id == QUATERNION ? 8 : 0;
    if (id == ACCEL) {
        for (size_t i = 0; i < 4; i++) w->accel[i] = take_i16le(data + 2 * i);
        w->has_accel = true;
    }
    if (id == RATE) {
        if (w->frames.run < 2) w->has_accel = false; /* of another burst, perhaps */
        for (size_t i = 0; i < 3; i++) w->gyro[i] = take_i16le(data + 2 * i);
    }
    Mode mode = w->mode != MODE_UNKNOWN ? w->mode : mode_of(w);
    bool beat = beats(mode, id);
    if (beat) keep_pace(w, now_s);
    if (w->mode == MODE_UNKNOWN) return recognise(w, out);
    if (!beat) {
        if (id > RATE) w->has_accel = false; /* the burst's rate was lost */
        return false;
    }
    if (mode == MODE_RATES) return take_rate(w, out);
    Quat q = mode == MODE_QUATERNION
                 ? (Quat){ share(data), share(data + 2), share(data + 4), share(data + 6) }
                 : turning_from_ypr(180 * share(data + 4), 180 * share(data + 2), 180 * share(data));
    double length2 = q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z;
    return fabs(length2 - 1) < 0.04 && take_orientation(w, q, out);
}

static uint32_t witmotion_bad(const void *state) {
    return ((const WitMotion *)state)->frames.bad;
}

static bool witmotion_promising(const void *state) {
    return ((const WitMotion *)state)->frames.score >= FRAME_SCORE / 2;
}

/* FF AA register value: unlock, baud rate, unlock, output rate, save. It locks itself again after ten
 * seconds. */
static const DecoderSetup witmotion_setup = {
    .what = "100 samples a second at 115200 baud",
    .baud = 115200,
    .count = 5,
    .commands = { { .bytes = { 0xFF, 0xAA, 0x69, 0x88, 0xB5 } },
                  { .bytes = { 0xFF, 0xAA, 0x04, 0x06, 0x00 }, .baud_after = 115200 },
                  { .bytes = { 0xFF, 0xAA, 0x69, 0x88, 0xB5 } },
                  { .bytes = { 0xFF, 0xAA, 0x03, 0x09, 0x00 } },
                  { .bytes = { 0xFF, 0xAA, 0x00, 0x00, 0x00 } } },
};

const DecoderFormat decoder_witmotion = {
    .id = "witmotion",
    .name = "WitMotion",
    .gives = GIVES_RATES,
    .checked = true,
    .state_size = sizeof(WitMotion),
    .init = witmotion_init,
    .feed = witmotion_feed,
    .bad = witmotion_bad,
    .promising = witmotion_promising,
    .setup = &witmotion_setup,
};
