#include "foreign.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define GRAVITY 9.80665

static const struct {
    const char *name, *format;
} kinds[FOREIGN_KINDS] = {
    [FOREIGN_WITMOTION] = { "witmotion", "witmotion" },
    [FOREIGN_WITMOTION_ANGLES] = { "witmotion-angles", "witmotion" },
    [FOREIGN_WITMOTION_QUAT] = { "witmotion-quat", "witmotion" },
    [FOREIGN_WITMOTION_BLE] = { "witmotion-ble", "witmotion-ble" },
    [FOREIGN_RVC] = { "rvc", "bno-rvc" },
    [FOREIGN_XIMU3] = { "ximu3", "x-imu3" },
    [FOREIGN_XIMU3_QUAT] = { "ximu3-quat", "x-imu3" },
    [FOREIGN_RAW] = { "raw", "i2cdev-raw" },
    [FOREIGN_QUAT] = { "quat", "i2cdev-quat" },
    [FOREIGN_YPR] = { "ypr", "i2cdev-ypr" },
    [FOREIGN_TEAPOT] = { "teapot", "i2cdev-teapot" },
    [FOREIGN_CSV] = { "csv", "text" },
    [FOREIGN_TABS] = { "tabs", "text" },
    [FOREIGN_ADAFRUIT] = { "adafruit", "text" },
    [FOREIGN_SPARKFUN] = { "sparkfun", "text" },
};

bool foreign_from_name(const char *name, ForeignKind *out) {
    for (int i = 0; i < FOREIGN_KINDS; i++) {
        if (strcmp(kinds[i].name, name) != 0) continue;
        *out = (ForeignKind)i;
        return true;
    }
    return false;
}

const char *foreign_name(ForeignKind kind) {
    return kinds[kind].name;
}

const char *foreign_format(ForeignKind kind) {
    return kinds[kind].format;
}

void foreign_init(Foreign *foreign, ForeignKind kind) {
    *foreign = (Foreign){ .kind = kind };
    orientation_init(&foreign->orientation, &orientation_config_default);
}

static uint8_t *put(uint8_t *p, double value, bool big) {
    uint16_t bits = (uint16_t)(int16_t)lrint(fmax(-32768, fmin(32767, value)));
    p[big] = (uint8_t)(bits & 0xFF);
    p[!big] = (uint8_t)(bits >> 8);
    return p + 2;
}

static uint8_t *wit_frame(uint8_t *p, uint8_t id, const double words[4]) {
    uint8_t *at = p, sum = 0;
    *at++ = 0x55;
    *at++ = id;
    for (int i = 0; i < 4; i++) at = put(at, words[i], false);
    for (uint8_t *q = p; q < at; q++) sum = (uint8_t)(sum + *q);
    *at++ = sum;
    return at;
}

/* Degrees: yaw about z, then pitch about y, then roll about x. */
static void ypr_of(Quat q, double ypr[3]) {
    ypr[0] = RAD2DEG * atan2(2 * (q.w * q.z + q.x * q.y), 1 - 2 * (q.y * q.y + q.z * q.z));
    ypr[1] = RAD2DEG * asin(fmax(-1, fmin(1, 2 * (q.w * q.y - q.z * q.x))));
    ypr[2] = RAD2DEG * atan2(2 * (q.w * q.x + q.y * q.z), 1 - 2 * (q.x * q.x + q.y * q.y));
}

static size_t wit(const Foreign *f, const double g[3], const double dps[3], Quat q, uint8_t *out) {
    double ypr[3];
    ypr_of(q, ypr);
    uint8_t *p = out;
    if (f->kind == FOREIGN_WITMOTION) {
        p = wit_frame(p, 0x51, (double[4]){ g[0] * 2048, g[1] * 2048, g[2] * 2048, 2534 });
        p = wit_frame(p, 0x52, (double[4]){ dps[0] * 16.384, dps[1] * 16.384, dps[2] * 16.384, 0 });
    }
    if (f->kind == FOREIGN_WITMOTION_QUAT)
        p = wit_frame(p, 0x59, (double[4]){ q.w * 32767, q.x * 32767, q.y * 32767, q.z * 32767 });
    else
        p = wit_frame(p, 0x53,
                      (double[4]){ ypr[2] / 180 * 32768, ypr[1] / 180 * 32768, ypr[0] / 180 * 32768, 18218 });
    return (size_t)(p - out);
}

static size_t wit_ble(const double g[3], const double dps[3], uint8_t *out) {
    uint8_t *p = out;
    *p++ = 0x55;
    *p++ = 0x61;
    for (int i = 0; i < 3; i++) p = put(p, g[i] * 2048, false);
    for (int i = 0; i < 3; i++) p = put(p, dps[i] * 16.384, false);
    memset(p, 0, 6);
    return 20;
}

/* Yaw about z, pitch about x, roll about y. */
static size_t rvc(Foreign *f, const double g[3], Quat q, uint8_t *out) {
    double pitch = asin(fmax(-1, fmin(1, 2 * (q.y * q.z + q.w * q.x))));
    double roll = atan2(2 * (q.w * q.y - q.x * q.z), 1 - 2 * (q.x * q.x + q.y * q.y));
    double yaw = atan2(2 * (q.w * q.z - q.x * q.y), 1 - 2 * (q.x * q.x + q.z * q.z));
    uint8_t *p = out, sum = 0;
    *p++ = 0xAA;
    *p++ = 0xAA;
    *p++ = f->counter++;
    p = put(p, yaw * RAD2DEG * 100, false);
    p = put(p, pitch * RAD2DEG * 100, false);
    p = put(p, roll * RAD2DEG * 100, false);
    for (int i = 0; i < 3; i++) p = put(p, g[i] * 1000, false);
    memset(p, 0, 3);
    p += 3;
    for (uint8_t *s = out + 2; s < p; s++) sum = (uint8_t)(sum + *s);
    *p++ = sum;
    return (size_t)(p - out);
}

static size_t teapot(Foreign *f, Quat q, uint8_t *out) {
    const double parts[4] = { q.w, q.x, q.y, q.z };
    uint8_t *p = out;
    *p++ = '$';
    *p++ = 2;
    for (int i = 0; i < 4; i++) p = put(p, parts[i] * 16384, true);
    *p++ = 0;
    *p++ = f->counter++;
    *p++ = '\r';
    *p++ = '\n';
    return (size_t)(p - out);
}

static int text(const Foreign *f, const double g[3], const double dps[3], Quat q, double t_s, char *out,
                size_t size) {
    double ypr[3];
    ypr_of(q, ypr);
    switch (f->kind) {
    case FOREIGN_XIMU3:
        return snprintf(out, size, "I,%.0f,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f\r\n", t_s * 1e6, dps[0], dps[1],
                        dps[2], g[0], g[1], g[2]);
    case FOREIGN_XIMU3_QUAT:
        return snprintf(out, size, "Q,%.0f,%.4f,%.4f,%.4f,%.4f\r\n", t_s * 1e6, q.w, q.x, q.y, q.z);
    case FOREIGN_RAW:
        return snprintf(out, size, "a/g:\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\r\n", g[0] * 16384, g[1] * 16384,
                        g[2] * 16384, dps[0] * 131, dps[1] * 131, dps[2] * 131);
    case FOREIGN_QUAT: return snprintf(out, size, "quat\t%.2f\t%.2f\t%.2f\t%.2f\r\n", q.w, q.x, q.y, q.z);
    case FOREIGN_YPR: return snprintf(out, size, "ypr\t%.2f\t%.2f\t%.2f\r\n", -ypr[0], -ypr[1], ypr[2]);
    case FOREIGN_CSV:
        return snprintf(out, size, "%.0f,%.3f,%.3f,%.3f,%.4f,%.4f,%.4f\n", t_s * 1e3, g[0] * GRAVITY,
                        g[1] * GRAVITY, g[2] * GRAVITY, dps[0] * DEG2RAD, dps[1] * DEG2RAD, dps[2] * DEG2RAD);
    case FOREIGN_TABS:
        return snprintf(out, size, "%.2f\t%.2f\t%.2f\t%.4f\t%.4f\t%.4f\r\n", dps[0], dps[1], dps[2], g[0],
                        g[1], g[2]);
    case FOREIGN_ADAFRUIT:
        return snprintf(out, size, "Raw: %.4f, %.4f, %.4f, %.4f, %.4f, %.4f, %.4f, %.4f, %.4f\r\n",
                        g[0] * GRAVITY, g[1] * GRAVITY, g[2] * GRAVITY, dps[0], dps[1], dps[2], 21.5, -4.25,
                        38.0);
    case FOREIGN_SPARKFUN:
        return snprintf(out, size, "%.4f,%.4f,%.4f,%.4f,%.2f\r\n", q.x, q.y, q.z, q.w, 0.05);
    default: return 0;
    }
}

size_t foreign_encode(Foreign *f, const ImuSample *sample, uint8_t *out) {
    (void)orientation_feed(&f->orientation, sample);
    Quat q = f->orientation.attitude;
    double g[3], dps[3];
    for (int i = 0; i < 3; i++) {
        g[i] = sample->accel[i] / GRAVITY;
        dps[i] = sample->gyro[i] * RAD2DEG;
    }
    switch (f->kind) {
    case FOREIGN_WITMOTION:
    case FOREIGN_WITMOTION_ANGLES:
    case FOREIGN_WITMOTION_QUAT: return wit(f, g, dps, q, out);
    case FOREIGN_WITMOTION_BLE: return wit_ble(g, dps, out);
    case FOREIGN_RVC: return rvc(f, g, q, out);
    case FOREIGN_TEAPOT: return teapot(f, q, out);
    default: break;
    }
    int length = text(f, g, dps, q, sample->t_s, (char *)out, FOREIGN_MOST);
    return length > 0 && length < FOREIGN_MOST ? (size_t)length : 0;
}

/* The line's level at bit `at` of what is sent; idle before and after. */
static bool level(const uint8_t *bytes, size_t count, double at) {
    if (at < 0 || at >= 10.0 * (double)count) return true;
    size_t bit = (size_t)at;
    size_t within = bit % 10;
    return within == 9 || (within > 0 && (bytes[bit / 10] >> (within - 1) & 1));
}

size_t foreign_misheard(const uint8_t *bytes, size_t count, int sent_baud, int hears_baud, uint8_t *out,
                        size_t capacity) {
    double step = (double)sent_baud / hears_baud, at = 0, end = 10.0 * (double)count;
    size_t heard = 0;
    while (at < end && heard < capacity) {
        while (at < end && level(bytes, count, at)) at += step / 16;
        if (at >= end) break;
        unsigned byte = 0;
        for (int i = 0; i < 8; i++) byte |= (unsigned)level(bytes, count, at + step * (1.5 + i)) << i;
        bool stop = level(bytes, count, at + step * 9.5);
        out[heard++] = stop ? (uint8_t)byte : 0;
        at += step * 9.5;
        while (!stop && at < end && !level(bytes, count, at)) at += step / 16;
    }
    return heard;
}
