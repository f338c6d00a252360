/* i2cdevlib's MPU6050_DMP6, OUTPUT_READABLE_QUATERNION: quat\\tw\\tx\\ty\\tz. It waits for any byte
 * before it begins: our asking for a hello is one. Orientation only. */
#include "decoders/formats.h"
#include "decoders/line.h"
#include "decoders/oriented.h"

#include <math.h>

typedef struct I2cdev {
    Line line;
    Oriented oriented;
} I2cdev;

_Static_assert(sizeof(I2cdev) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static void quat_init(void *state) {
    I2cdev *d = state;
    *d = (I2cdev){ .line.length = 0 };
    oriented_init(&d->oriented);
}

static bool read_line(const char *text, Quat *out) {
    double n[4];
    if (!line_numbers(text, "quat", n, 4)) return false;
    *out = (Quat){ n[0], n[1], n[2], n[3] };
    return fabs(n[0] * n[0] + n[1] * n[1] + n[2] * n[2] + n[3] * n[3] - 1) < 0.05;
}

static bool quat_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    I2cdev *d = state;
    Quat orientation;
    if (!line_feed(&d->line, byte)) return false;
    if (!read_line(d->line.text, &orientation)) {
        line_refuse(&d->line);
        return false;
    }
    /* Two decimals make it leap by themselves: nothing is held against that. */
    bool damaged = d->line.damaged;
    line_good(&d->line);
    return oriented_feed(&d->oriented, &decoder_i2cdev_quat, "quat", orientation, now_s, 0, damaged, false,
                         line_sure(&d->line), out);
}

static uint32_t quat_bad(const void *state) {
    return ((const I2cdev *)state)->line.bad;
}

static bool quat_promising(const void *state) {
    return ((const I2cdev *)state)->line.score > 0;
}

const DecoderFormat decoder_i2cdev_quat = {
    .id = "i2cdev-quat",
    .name = "MPU-6050 DMP",
    .gives = GIVES_ORIENTATION,
    .state_size = sizeof(I2cdev),
    .init = quat_init,
    .feed = quat_feed,
    .bad = quat_bad,
    .promising = quat_promising,
};
