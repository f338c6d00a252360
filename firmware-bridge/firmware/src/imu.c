#include "imu.h"

#include "board.h"

/* Last the one whose identity shows only after a write. */
static const IMU_FLASH ImuDriver *const IMU_FLASH drivers[] = { &imu_mpu6050, &imu_lsm6ds3, &imu_lsm6dsox,
                                                                &imu_bmi160, &imu_icm20948 };

const IMU_FLASH ImuDriver *imu_find(uint8_t address, char model[WIRE_MODEL_MAX + 1]) {
    for (uint8_t i = 0; i < IMU_COUNT(drivers); i++) {
        const IMU_FLASH ImuDriver *driver = drivers[i];
        bool may_be = address == driver->lower_address || address == driver->lower_address + 1;
        if (may_be && driver->detect(address, model)) return driver;
    }
    return NULL;
}

static bool transfer(uint8_t address, const uint8_t *out, uint8_t out_count, uint8_t *in, uint8_t in_count) {
    BoardAnswer answer = board_i2c(address, out, out_count, in, in_count);
    if (answer == BOARD_STUCK) board_i2c_recover();
    return answer == BOARD_OK;
}

bool imu_read_register(uint8_t address, uint8_t reg, uint8_t *value) {
    return transfer(address, &reg, 1, value, 1);
}

bool imu_write_register(uint8_t address, uint8_t reg, uint8_t value) {
    const uint8_t bytes[] = { reg, value };
    return transfer(address, bytes, sizeof bytes, NULL, 0);
}

bool imu_match(uint8_t address, uint8_t who_register, const IMU_FLASH ImuName *names, uint8_t count,
               char model[WIRE_MODEL_MAX + 1]) {
    uint8_t who = 0;
    if (!imu_read_register(address, who_register, &who)) return false;
    for (uint8_t i = 0; i < count; i++) {
        if (names[i].who_am_i != who) continue;
        for (int k = 0; k <= WIRE_MODEL_MAX; k++) model[k] = names[i].model[k];
        return true;
    }
    return false;
}

int16_t imu_apply(uint8_t address, const IMU_FLASH ImuSetting *settings, uint8_t count, uint8_t step) {
    if (step >= count) return IMU_DONE;
    if (!imu_write_register(address, settings[step].reg, settings[step].value)) return IMU_FAILED;
    return settings[step].wait_ms;
}

static int16_t from_bits(uint8_t low, uint8_t high) {
    uint16_t bits = (uint16_t)(low | ((uint16_t)high << 8));
    return (int16_t)(bits < 0x8000 ? (int32_t)bits : (int32_t)bits - 0x10000);
}

void imu_take_big_endian(const uint8_t *bytes, int16_t out[3]) {
    for (uint8_t k = 0; k < 3; k++) out[k] = from_bits(bytes[2 * k + 1], bytes[2 * k]);
}

void imu_take_little_endian(const uint8_t *bytes, int16_t out[3]) {
    for (uint8_t k = 0; k < 3; k++) out[k] = from_bits(bytes[2 * k], bytes[2 * k + 1]);
}
