/* InvenSense ICM-20948: registers in banks (DS-000189). */
#include "imu.h"

enum {
    REG_BANK_SEL = 0x7F,
    BANK_0 = 0x00,
    BANK_2 = 0x20,
    WHO_AM_I = 0x00,   /* bank 0 */
    PWR_MGMT_1 = 0x06, /* bank 0 */
    ACCEL_XOUT_H = 0x2D,
    GYRO_SMPLRT_DIV = 0x00, /* bank 2 */
    GYRO_CONFIG_1 = 0x01,   /* bank 2 */
    ACCEL_SMPLRT_DIV_2 = 0x11,
    ACCEL_CONFIG = 0x14,
    CLOCK_AUTO = 0x01,
};

static const IMU_FLASH ImuName names[] = { { 0xEA, "ICM-20948" } };

static const IMU_FLASH ImuSetting settings[] = {
    { REG_BANK_SEL, BANK_0, 0 },    { PWR_MGMT_1, 0x80, 100 },                              /* reset */
    { PWR_MGMT_1, CLOCK_AUTO, 35 }, { REG_BANK_SEL, BANK_2, 0 }, { GYRO_SMPLRT_DIV, 0, 0 }, /* 1125 Hz */
    { GYRO_CONFIG_1, 0x15, 0 },                                /* 1000 °/s, low pass 120 Hz */
    { ACCEL_SMPLRT_DIV_2, 0, 0 },   { ACCEL_CONFIG, 0x15, 0 }, /* 8 g, low pass 111 Hz */
    { REG_BANK_SEL, BANK_0, 10 },
};

/* A reset board may have left the chip in another bank. */
static bool detect(uint8_t address, char model[WIRE_MODEL_MAX + 1]) {
    return imu_write_register(address, REG_BANK_SEL, BANK_0) &&
           imu_match(address, WHO_AM_I, names, IMU_COUNT(names), model);
}

static int16_t configure(uint8_t address, uint8_t step) {
    return imu_apply(address, settings, IMU_COUNT(settings), step);
}

static void read(const uint8_t *burst, ImuCounts *out) {
    imu_take_big_endian(burst, out->accel);
    imu_take_big_endian(burst + 6, out->gyro);
}

const IMU_FLASH ImuDriver imu_icm20948 = {
    .detect = detect,
    .configure = configure,
    .read = read,
    .burst_register = ACCEL_XOUT_H,
    .burst_length = 12,
    .proof_register = PWR_MGMT_1,
    .proof_value = CLOCK_AUTO,
    .lower_address = 0x68,
    .gyro_range_ddps = 10000,
    .accel_range_mg = 8000,
};
