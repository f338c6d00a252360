/* i2cdevlib's MPU6050_DMP6, OUTPUT_READABLE_YAWPITCHROLL: ypr\\tyaw\\tpitch\\troll, in degrees. It waits for
 * any byte before it begins: our asking for a hello is one. Orientation only. */
#include "decoders/formats.h"
#include "decoders/oriented_line.h"

#include <math.h>

static bool read_line(const char *text, Quat *out) {
    double n[3];
    if (!line_numbers(text, "ypr", n, 3)) return false;
    /* dmpGetYawPitchRoll has yaw and pitch the other way round. */
    *out = turning_from_ypr(-n[0], -n[1], n[2]);
    return fabs(n[0]) <= 360 && fabs(n[1]) <= 181 && fabs(n[2]) <= 181;
}

static bool ypr_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    return oriented_line_feed(state, &decoder_i2cdev_ypr, "ypr", read_line, false, byte, now_s, out);
}

const DecoderFormat decoder_i2cdev_ypr = {
    .id = "i2cdev-ypr",
    .name = "MPU-6050 DMP",
    .gives = GIVES_ORIENTATION,
    .state_size = sizeof(OrientedLine),
    .init = oriented_line_init,
    .feed = ypr_feed,
    .bad = oriented_line_bad,
    .promising = oriented_line_promising,
};
