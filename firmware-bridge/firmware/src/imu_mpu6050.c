/* InvenSense MPU-6050, 6500, 9250, 9255, 6515 and their copies, which answer to other names: the same
 * registers (RM-MPU-6000A, RM-MPU-6500A). */
#include "imu.h"

enum {
    SMPLRT_DIV = 0x19,
    CONFIG = 0x1A,
    GYRO_CONFIG = 0x1B,
    ACCEL_CONFIG = 0x1C,
    ACCEL_CONFIG_2 = 0x1D, /* of the 6500; means nothing to a 6050 */
    ACCEL_XOUT_H = 0x3B,
    PWR_MGMT_1 = 0x6B,
    WHO_AM_I = 0x75,
    CLOCK_OF_GYRO = 0x01,
};

static const IMU_FLASH ImuName names[] = {
    { 0x68, "MPU-6050" }, { 0x70, "MPU-6500" }, { 0x71, "MPU-9250" },  { 0x73, "MPU-9255" },
    { 0x74, "MPU-6515" }, { 0x72, "MPU-6050" }, { 0x98, "ICM-20689" },
};

static const IMU_FLASH ImuSetting settings[] = {
    { PWR_MGMT_1, 0x80, 100 },         /* reset */
    { PWR_MGMT_1, CLOCK_OF_GYRO, 35 }, /* awake; the gyro needs 30 ms */
    { SMPLRT_DIV, 0, 0 },              /* 1 kHz */
    { CONFIG, 2, 0 },                  /* gyro 98 Hz, accelerometer of the 6050 94 Hz */
    { ACCEL_CONFIG_2, 2, 0 },          /* 99 Hz */
    { GYRO_CONFIG, 2 << 3, 0 },        /* 1000 °/s */
    { ACCEL_CONFIG, 2 << 3, 10 },      /* 8 g */
};

static bool detect(uint8_t address, char model[WIRE_MODEL_MAX + 1]) {
    return imu_match(address, WHO_AM_I, names, IMU_COUNT(names), model);
}

static int16_t configure(uint8_t address, uint8_t step) {
    return imu_apply(address, settings, IMU_COUNT(settings), step);
}

/* Acceleration, temperature, turning. */
static void read(const uint8_t *burst, ImuCounts *out) {
    imu_take_big_endian(burst, out->accel);
    imu_take_big_endian(burst + 8, out->gyro);
}

const IMU_FLASH ImuDriver imu_mpu6050 = {
    .detect = detect,
    .configure = configure,
    .read = read,
    .burst_register = ACCEL_XOUT_H,
    .burst_length = 14,
    .proof_register = PWR_MGMT_1,
    .proof_value = CLOCK_OF_GYRO,
    .lower_address = 0x68,
    .gyro_range_ddps = 10000,
    .accel_range_mg = 8000,
};
