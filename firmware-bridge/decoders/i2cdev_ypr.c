/* i2cdevlib's MPU6050_DMP6, OUTPUT_READABLE_YAWPITCHROLL: ypr\\tyaw\\tpitch\\troll, in degrees. It waits for
 * any byte before it begins: our asking for a hello is one. Orientation only. */
#include "decoders/formats.h"
#include "decoders/line.h"
#include "decoders/oriented.h"

#include <math.h>

typedef struct I2cdev {
    Line line;
    Oriented oriented;
} I2cdev;

_Static_assert(sizeof(I2cdev) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static void ypr_init(void *state) {
    I2cdev *d = state;
    *d = (I2cdev){ .line.length = 0 };
    oriented_init(&d->oriented);
}

static bool read_line(const char *text, Quat *out) {
    double n[3];
    if (!line_numbers(text, "ypr", n, 3)) return false;
    /* dmpGetYawPitchRoll has yaw and pitch the other way round. */
    *out = turning_from_ypr(-n[0], -n[1], n[2]);
    return fabs(n[0]) <= 360 && fabs(n[1]) <= 181 && fabs(n[2]) <= 181;
}

static bool ypr_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    I2cdev *d = state;
    Quat orientation;
    if (!line_feed(&d->line, byte)) return false;
    if (!read_line(d->line.text, &orientation)) {
        line_refuse(&d->line);
        return false;
    }
    bool damaged = d->line.damaged;
    line_good(&d->line);
    return oriented_feed(&d->oriented, &decoder_i2cdev_ypr, "ypr", orientation, now_s, 0, damaged,
                         line_rough(&d->line), line_sure(&d->line), out);
}

static uint32_t ypr_bad(const void *state) {
    return ((const I2cdev *)state)->line.bad;
}

static bool ypr_promising(const void *state) {
    return ((const I2cdev *)state)->line.score > 0;
}

const DecoderFormat decoder_i2cdev_ypr = {
    .id = "i2cdev-ypr",
    .name = "MPU-6050 DMP",
    .gives = GIVES_ORIENTATION,
    .state_size = sizeof(I2cdev),
    .init = ypr_init,
    .feed = ypr_feed,
    .bad = ypr_bad,
    .promising = ypr_promising,
};
