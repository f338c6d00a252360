/* Bosch BMI160 (BST-BMI160-DS000). */
#include "imu.h"

enum {
    CHIP_ID = 0x00,
    PMU_STATUS = 0x03,
    DATA_GYRO = 0x0C,
    ACC_CONF = 0x40,
    ACC_RANGE = 0x41,
    GYR_CONF = 0x42,
    GYR_RANGE = 0x43,
    CMD = 0x7E,
    RATE_800_HZ_OVERSAMPLED = 0x0B, /* by four: low pass near 80 Hz */
    BOTH_AWAKE = 0x14,
};

static const IMU_FLASH ImuName names[] = { { 0xD1, "BMI160" } };

static const IMU_FLASH ImuSetting settings[] = {
    { CMD, 0xB6, 100 }, /* reset */
    { CMD, 0x11, 10 },  /* accelerometer awake */
    { CMD, 0x15, 90 },  /* gyro awake */
    { ACC_CONF, RATE_800_HZ_OVERSAMPLED, 1 },
    { ACC_RANGE, 0x08, 1 }, /* 8 g */
    { GYR_CONF, RATE_800_HZ_OVERSAMPLED, 1 },
    { GYR_RANGE, 0x01, 20 }, /* 1000 °/s */
};

static bool detect(uint8_t address, char model[WIRE_MODEL_MAX + 1]) {
    return imu_match(address, CHIP_ID, names, IMU_COUNT(names), model);
}

static int16_t configure(uint8_t address, uint8_t step) {
    return imu_apply(address, settings, IMU_COUNT(settings), step);
}

static void read(const uint8_t *burst, ImuCounts *out) {
    imu_take_little_endian(burst, out->gyro);
    imu_take_little_endian(burst + 6, out->accel);
}

const IMU_FLASH ImuDriver imu_bmi160 = {
    .detect = detect,
    .configure = configure,
    .read = read,
    .burst_register = DATA_GYRO,
    .burst_length = 12,
    .proof_register = PMU_STATUS,
    .proof_value = BOTH_AWAKE,
    .lower_address = 0x68,
    .gyro_range_ddps = 10000,
    .accel_range_mg = 8000,
};
