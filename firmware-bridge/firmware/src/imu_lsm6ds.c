/* ST LSM6DS3, LSM6DS3TR-C, LSM6DSO and LSM6DSOX: one map of registers but for the accelerometer's filter. */
#include "imu.h"

enum {
    WHO_AM_I = 0x0F,
    CTRL1_XL = 0x10,
    CTRL2_G = 0x11,
    CTRL3_C = 0x12,
    CTRL8_XL = 0x17,
    OUTX_L_G = 0x22,
    XL_833_HZ_8_G = 0x7C,
    XL_LOW_PASS = 0x02, /* of the DSO family: the second filter */
    G_833_HZ_1000_DPS = 0x78,
    BLOCK_UPDATE_AND_INCREMENT = 0x44,
};

static const IMU_FLASH ImuName ds3_names[] = { { 0x69, "LSM6DS3" }, { 0x6A, "LSM6DS3TR-C" } };
static const IMU_FLASH ImuName dso_names[] = { { 0x6C, "LSM6DSOX" } };

static const IMU_FLASH ImuSetting ds3_settings[] = {
    { CTRL3_C, 0x01, 20 }, /* reset */
    { CTRL3_C, BLOCK_UPDATE_AND_INCREMENT, 0 },
    { CTRL8_XL, 0xC0, 0 }, /* low pass at a ninth of the rate: 93 Hz */
    { CTRL1_XL, XL_833_HZ_8_G, 0 },
    { CTRL2_G, G_833_HZ_1000_DPS, 80 }, /* the gyro's start */
};

static const IMU_FLASH ImuSetting dso_settings[] = {
    { CTRL3_C, 0x01, 20 },
    { CTRL3_C, BLOCK_UPDATE_AND_INCREMENT, 0 },
    { CTRL8_XL, 0x20, 0 }, /* low pass at a tenth of the rate: 83 Hz */
    { CTRL1_XL, XL_833_HZ_8_G | XL_LOW_PASS, 0 },
    { CTRL2_G, G_833_HZ_1000_DPS, 80 },
};

static bool detect_ds3(uint8_t address, char model[WIRE_MODEL_MAX + 1]) {
    return imu_match(address, WHO_AM_I, ds3_names, IMU_COUNT(ds3_names), model);
}

static bool detect_dso(uint8_t address, char model[WIRE_MODEL_MAX + 1]) {
    return imu_match(address, WHO_AM_I, dso_names, IMU_COUNT(dso_names), model);
}

static int16_t configure_ds3(uint8_t address, uint8_t step) {
    return imu_apply(address, ds3_settings, IMU_COUNT(ds3_settings), step);
}

static int16_t configure_dso(uint8_t address, uint8_t step) {
    return imu_apply(address, dso_settings, IMU_COUNT(dso_settings), step);
}

static void read(const uint8_t *burst, ImuCounts *out) {
    imu_take_little_endian(burst, out->gyro);
    imu_take_little_endian(burst + 6, out->accel);
}

/* All but the name and the settings. 35 mdps and 0.244 mg a count. */
#define COMMON                                                                                               \
    .read = read, .burst_register = OUTX_L_G, .burst_length = 12, .proof_register = CTRL2_G,                 \
    .proof_value = G_833_HZ_1000_DPS, .lower_address = 0x6A, .gyro_range_ddps = 11469,                       \
    .accel_range_mg = 7995

const IMU_FLASH ImuDriver imu_lsm6ds3 = {
    .detect = detect_ds3,
    .configure = configure_ds3,
    COMMON,
};

const IMU_FLASH ImuDriver imu_lsm6dsox = {
    .detect = detect_dso,
    .configure = configure_dso,
    COMMON,
};
