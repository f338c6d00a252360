/* i2cdevlib's MPU6050_raw, 38400 baud: a/g:\tax\tay\taz\tgx\tgy\tgz in counts of the ranges that the library
 * sets, 16384 a g and 131 a degree per second. */
#include "decoders/formats.h"
#include "decoders/line.h"
#include "decoders/pace.h"

#include <math.h>

#define ACCEL_RANGE_G  2.0
#define RATE_RANGE_DPS 250.1 /* 32768 / 131, to the tenth */

typedef struct I2cdevRaw {
    Line line;
    Pace pace;
    bool said;
    uint16_t sequence;
} I2cdevRaw;

_Static_assert(sizeof(I2cdevRaw) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static void raw_init(void *state) {
    I2cdevRaw *r = state;
    *r = (I2cdevRaw){ .said = false };
    pace_init(&r->pace, 0);
}

static bool read_line(const char *text, double *n) {
    if (!line_numbers(text, "a/g:", n, 6)) return false;
    for (int i = 0; i < 6; i++) {
        if (fabs(n[i]) > 32768 || n[i] != floor(n[i])) return false;
    }
    return true;
}

static bool raw_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    I2cdevRaw *r = state;
    double n[6];
    if (!line_feed(&r->line, byte)) return false;
    if (!read_line(r->line.text, n)) {
        line_refuse(&r->line);
        return false;
    }
    r->sequence = (uint16_t)(r->sequence + pace_feed(&r->pace, now_s, 0, r->line.damaged));
    line_good(&r->line);
    if (!r->said) {
        r->said = line_sure(&r->line) && pace_rate_hz(&r->pace) > 0;
        if (r->said)
            *out = decoder_hello(&decoder_i2cdev_raw, "raw", RATE_RANGE_DPS, ACCEL_RANGE_G,
                                 pace_rate_hz(&r->pace));
        return r->said;
    }
    *out = (WireMessage){ .id = WIRE_SAMPLE,
                          .as.sample = { .sequence = r->sequence, .time_us = pace_time_us(&r->pace) } };
    for (int i = 0; i < 3; i++) {
        out->as.sample.accel[i] = decoder_counts(n[i], 32768);
        out->as.sample.gyro[i] = decoder_counts(n[3 + i], 32768);
    }
    return true;
}

static uint32_t raw_bad(const void *state) {
    return ((const I2cdevRaw *)state)->line.bad;
}

static bool raw_promising(const void *state) {
    return ((const I2cdevRaw *)state)->line.score > 0;
}

const DecoderFormat decoder_i2cdev_raw = {
    .id = "i2cdev-raw",
    .name = "MPU-6050",
    .gives = GIVES_RATES,
    .state_size = sizeof(I2cdevRaw),
    .init = raw_init,
    .feed = raw_feed,
    .bad = raw_bad,
    .promising = raw_promising,
};
