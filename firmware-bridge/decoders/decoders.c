#include "decoders/formats.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The rest is NULL: one too many is told by the compiler. */
const DecoderFormat *const decoder_formats[DECODERS_MAX + 1] = {
    &decoder_backbeat,   &decoder_witmotion,     &decoder_bno_rvc,    &decoder_ximu3,
    &decoder_i2cdev_raw, &decoder_i2cdev_quat,   &decoder_i2cdev_ypr, &decoder_i2cdev_teapot,
    &decoder_sketch,     &decoder_witmotion_ble,
};

const int decoder_bauds[] = { 115200, 9600, 38400, 230400, 57600, 19200, 460800, 921600 };
const size_t decoder_baud_count = sizeof decoder_bauds / sizeof *decoder_bauds;

void decoder_set_init(DecoderSet *set) {
    memset(set, 0, sizeof *set);
    for (size_t i = 0; decoder_formats[i] != NULL; i++) decoder_formats[i]->init(set->states[i].bytes);
}

bool decoder_set_feed(DecoderSet *set, uint8_t byte, double now_s, WireMessage *out) {
    if (set->spoken != NULL) return set->spoken->feed(set->states[set->spoken_row].bytes, byte, now_s, out);
    set->bytes++;
    for (size_t i = 0; decoder_formats[i] != NULL; i++) {
        if (!decoder_formats[i]->feed(set->states[i].bytes, byte, now_s, out) || out->id != WIRE_HELLO)
            continue;
        set->spoken = decoder_formats[i];
        set->spoken_row = i;
        return true;
    }
    return false;
}

uint32_t decoder_set_bad(const DecoderSet *set) {
    return set->spoken != NULL ? set->spoken->bad(set->states[set->spoken_row].bytes) : 0;
}

bool decoder_set_promising(const DecoderSet *set) {
    for (size_t i = 0; decoder_formats[i] != NULL; i++) {
        if (decoder_formats[i]->promising(set->states[i].bytes)) return true;
    }
    return false;
}

void decoder_set_note(const DecoderSet *set, char *out, size_t size) {
    (void)snprintf(out, size, "%s", "");
    if (set->spoken != NULL && set->spoken->note != NULL)
        set->spoken->note(set->states[set->spoken_row].bytes, out, size);
}

bool decoder_set_is_own(const DecoderSet *set) {
    return set->spoken == NULL || set->spoken == &decoder_backbeat;
}

WireMessage decoder_hello(const DecoderFormat *format, const char *model, double gyro_range_dps,
                          double accel_range_g, double rate_hz) {
    WireMessage m = { .id = WIRE_HELLO,
                      .as.hello = { .version_major = WIRE_VERSION_MAJOR,
                                    .version_minor = WIRE_VERSION_MINOR,
                                    .sensors = 1,
                                    .gyro_range_ddps = (uint16_t)lrint(gyro_range_dps * 10),
                                    .accel_range_mg = (uint16_t)lrint(accel_range_g * 1000),
                                    .rate_hz = (uint16_t)lrint(fmax(10, fmin(2000, rate_hz))) } };
    (void)snprintf(m.as.hello.board, sizeof m.as.hello.board, "%s", format->name);
    (void)snprintf(m.as.hello.sensor_model, sizeof m.as.hello.sensor_model, "%s", model);
    return m;
}

int16_t decoder_counts(double value, double range) {
    return (int16_t)lrint(fmax(-32768, fmin(32767, value * 32768.0 / range)));
}
