/* i2cdevlib's MPU6050_DMP6, OUTPUT_READABLE_QUATERNION: quat\\tw\\tx\\ty\\tz. It waits for any byte
 * before it begins: our asking for a hello is one. Orientation only. */
#include "decoders/formats.h"
#include "decoders/oriented_line.h"

#include <math.h>

static bool read_line(const char *text, Quat *out) {
    double n[4];
    if (!line_numbers(text, "quat", n, 4)) return false;
    *out = (Quat){ n[0], n[1], n[2], n[3] };
    return fabs(n[0] * n[0] + n[1] * n[1] + n[2] * n[2] + n[3] * n[3] - 1) < 0.05;
}

static bool quat_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    /* Two decimals make it leap by themselves. */
    return oriented_line_feed(state, &decoder_i2cdev_quat, "quat", read_line, true, byte, now_s, out);
}

const DecoderFormat decoder_i2cdev_quat = {
    .id = "i2cdev-quat",
    .name = "MPU-6050 DMP",
    .gives = GIVES_ORIENTATION,
    .state_size = sizeof(OrientedLine),
    .init = oriented_line_init,
    .feed = quat_feed,
    .bad = oriented_line_bad,
    .promising = oriented_line_promising,
};
