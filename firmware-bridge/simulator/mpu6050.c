#include "simulator/mpu6050.h"

#include <math.h>
#include <string.h>

enum {
    SMPLRT_DIV = 0x19,
    CONFIG = 0x1A,
    GYRO_CONFIG = 0x1B,
    ACCEL_CONFIG = 0x1C,
    INT_STATUS = 0x3A,
    ACCEL_XOUT_H = 0x3B,
    TEMP_OUT_H = 0x41,
    GYRO_XOUT_H = 0x43,
    GYRO_ZOUT_L = 0x48,
    PWR_MGMT_1 = 0x6B,
    WHO_AM_I = 0x75,
    DATA_READY = 0x01,
    SLEEP = 0x40,
    DEVICE_RESET = 0x80,
    FLOATING = 0xFF,          /* what nobody drives reads high */
    ROOM_TEMPERATURE = -3920, /* 25 °C: counts / 340 + 36.53 */
};

#define PI               3.14159265358979323846
#define STANDARD_GRAVITY 9.80665

static void power_on(Mpu6050 *chip) {
    memset(chip->reg, 0, sizeof chip->reg);
    chip->reg[PWR_MGMT_1] = SLEEP;
    chip->reg[WHO_AM_I] = 0x68;
    chip->sample = -1;
    chip->addressed = false;
}

void mpu6050_init(Mpu6050 *chip, uint8_t address, Mpu6050Measure measure, void *body) {
    *chip = (Mpu6050){ .address = address, .measure = measure, .body = body };
    mpu6050_plug(chip, true);
}

void mpu6050_plug(Mpu6050 *chip, bool plugged) {
    power_on(chip);
    chip->plugged = plugged;
}

bool mpu6050_start(Mpu6050 *chip, uint8_t address, bool reads) {
    chip->addressed = chip->plugged && address == chip->address;
    chip->pointer_due = chip->addressed && !reads;
    return chip->addressed;
}

void mpu6050_stop(Mpu6050 *chip) {
    chip->addressed = false;
}

static void wake(Mpu6050 *chip, double now_s) {
    chip->awake_s = now_s;
    chip->sample = -1;
}

bool mpu6050_write(Mpu6050 *chip, uint8_t byte, double now_s) {
    if (!chip->addressed) return false;
    if (chip->pointer_due) {
        chip->pointer = byte & 0x7F;
        chip->pointer_due = false;
        return true;
    }
    uint8_t at = chip->pointer;
    chip->pointer = (chip->pointer + 1) & 0x7F;
    bool read_only = at == WHO_AM_I || (at >= INT_STATUS && at <= GYRO_ZOUT_L);
    if (read_only) return true;
    bool slept = chip->reg[PWR_MGMT_1] & SLEEP;
    chip->reg[at] = byte;
    if (at == PWR_MGMT_1 && (byte & DEVICE_RESET)) {
        power_on(chip);
        chip->addressed = true;
    } else if ((at == PWR_MGMT_1 && slept && !(byte & SLEEP)) || at == SMPLRT_DIV || at == CONFIG) {
        wake(chip, now_s);
    }
    return true;
}

static void put(uint8_t *out, double counts) {
    double limited = fmax(-32768, fmin(32767, floor(counts + 0.5)));
    uint16_t bits = (uint16_t)(int16_t)limited;
    out[0] = (uint8_t)(bits >> 8);
    out[1] = (uint8_t)(bits & 0xFF);
}

/* Brings the data registers up to the last moment at which the chip sampled. */
static void measure(Mpu6050 *chip, double now_s) {
    if (chip->reg[PWR_MGMT_1] & SLEEP) return;
    uint8_t filter = chip->reg[CONFIG] & 7;
    double base_hz = filter == 0 || filter == 7 ? 8000 : 1000;
    double period_s = (1 + chip->reg[SMPLRT_DIV]) / base_hz;
    int64_t newest = (int64_t)floor((now_s - chip->awake_s) / period_s + 1e-9);
    if (newest == chip->sample) return;
    chip->sample = newest;
    double gyro[3], accel[3];
    chip->measure(chip->body, chip->awake_s + (double)newest * period_s, gyro, accel);
    double gyro_dps = 250 << (chip->reg[GYRO_CONFIG] >> 3 & 3);
    double accel_g = 2 << (chip->reg[ACCEL_CONFIG] >> 3 & 3);
    for (int k = 0; k < 3; k++) {
        put(chip->reg + ACCEL_XOUT_H + 2 * k, accel[k] / STANDARD_GRAVITY / accel_g * 32768);
        put(chip->reg + GYRO_XOUT_H + 2 * k, gyro[k] * 180 / PI / gyro_dps * 32768);
    }
    put(chip->reg + TEMP_OUT_H, ROOM_TEMPERATURE);
    chip->reg[INT_STATUS] |= DATA_READY;
}

uint8_t mpu6050_read(Mpu6050 *chip, double now_s) {
    if (!chip->addressed || !chip->plugged) return FLOATING;
    uint8_t at = chip->pointer;
    /* A burst is of one moment: its beginning's. */
    if (at == ACCEL_XOUT_H || at == INT_STATUS) measure(chip, now_s);
    if (at == ACCEL_XOUT_H) chip->bursts++;
    chip->pointer = (chip->pointer + 1) & 0x7F;
    uint8_t value = chip->reg[at];
    if (at == INT_STATUS) chip->reg[INT_STATUS] = 0;
    return value;
}
