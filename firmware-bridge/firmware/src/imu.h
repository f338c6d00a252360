/* Motion sensors on the I2C bus, found by what they say of themselves. A driver is a row of constants and
 * {detect, configure, read}; all are set to ±1000 °/s and ±8 g, a bandwidth near 100 Hz and the fastest
 * rate their filters allow, so that a reading is never older than 1.3 ms whatever the game asks for. */
#ifndef IMU_H
#define IMU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol/wire.h"

/* On an AVR constants would take RAM. */
#ifdef __AVR__
#define IMU_FLASH __flash
#else
#define IMU_FLASH
#endif

typedef struct ImuCounts {
    int16_t gyro[3], accel[3]; /* accel is specific force: + on the axis that points up at rest */
} ImuCounts;

typedef struct ImuName {
    uint8_t who_am_i;
    char model[WIRE_MODEL_MAX + 1];
} ImuName;

typedef struct ImuSetting {
    uint8_t reg, value;
    uint8_t wait_ms; /* before the next */
} ImuSetting;

/* What configure returns instead of a wait. */
enum { IMU_DONE = -1, IMU_FAILED = -2 };

typedef struct ImuDriver {
    /* True, with the name, where the chip at `address` is one of this driver's. */
    bool (*detect)(uint8_t address, char model[WIRE_MODEL_MAX + 1]);
    /* Does one step, from 0 up: the milliseconds to wait before the next, IMU_DONE or IMU_FAILED. */
    int16_t (*configure)(uint8_t address, uint8_t step);
    void (*read)(const uint8_t *burst, ImuCounts *out);
    uint8_t burst_register, burst_length;
    uint8_t proof_register, proof_value; /* reads so for as long as the chip keeps its settings */
    uint8_t lower_address;               /* the other one is one higher */
    uint16_t gyro_range_ddps, accel_range_mg;
} ImuDriver;

extern const IMU_FLASH ImuDriver imu_mpu6050, imu_lsm6ds3, imu_lsm6dsox, imu_bmi160, imu_icm20948;

/* The driver whose chip answers at `address`, or NULL. */
const IMU_FLASH ImuDriver *imu_find(uint8_t address, char model[WIRE_MODEL_MAX + 1]);

/* ---- For drivers ---- */

bool imu_read_register(uint8_t address, uint8_t reg, uint8_t *value);
bool imu_write_register(uint8_t address, uint8_t reg, uint8_t value);
/* Looks the identity up in `names`; true with the name where it is there. */
bool imu_match(uint8_t address, uint8_t who_register, const IMU_FLASH ImuName *names, uint8_t count,
               char model[WIRE_MODEL_MAX + 1]);
/* The step of a table of settings. */
int16_t imu_apply(uint8_t address, const IMU_FLASH ImuSetting *settings, uint8_t count, uint8_t step);
void imu_take_big_endian(const uint8_t *bytes, int16_t out[3]);
void imu_take_little_endian(const uint8_t *bytes, int16_t out[3]);

#define IMU_COUNT(table) ((uint8_t)(sizeof(table) / sizeof((table)[0])))

#endif
