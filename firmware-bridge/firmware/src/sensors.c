#include "sensors.h"

static const IMU_FLASH uint8_t addresses[] = { 0x68, 0x69, 0x6A, 0x6B };

void sensors_init(Sensors *s, uint16_t now_ms) {
    *s = (Sensors){ .changed = false };
    for (int i = 0; i < SENSORS_MAX; i++) s->sensor[i].due_ms = (uint16_t)(now_ms + SENSORS_BOOT_MS);
}

uint8_t sensors_known(const Sensors *s) {
    uint8_t known = 0;
    while (known < SENSORS_MAX && s->sensor[known].driver != NULL) known++;
    return known;
}

bool sensors_ready(const Sensors *s, uint8_t which) {
    return s->sensor[which].state == SENSOR_READY;
}

static void lose(Sensors *s, Sensor *sensor, uint16_t now_ms) {
    if (sensor->state == SENSOR_READY) s->changed = true;
    sensor->state = SENSOR_MISSING;
    sensor->due_ms = (uint16_t)(now_ms + SENSORS_RETRY_MS);
}

void sensors_note(Sensors *s, uint8_t which, BoardAnswer answer, uint16_t now_ms) {
    Sensor *sensor = &s->sensor[which];
    if (answer == BOARD_STUCK) board_i2c_recover();
    sensor->failures = answer == BOARD_OK ? 0 : (uint8_t)(sensor->failures + 1);
    if (sensor->failures >= SENSORS_FAILURES_MAX) lose(s, sensor, now_ms);
}

/* Two sensors share one hello: the second must mean the same by its counts. */
static bool fits(const Sensors *s, uint8_t which, const IMU_FLASH ImuDriver *driver) {
    const IMU_FLASH ImuDriver *first = s->sensor[0].driver;
    return which == 0 || (driver->gyro_range_ddps == first->gyro_range_ddps &&
                          driver->accel_range_mg == first->accel_range_mg);
}

/* True where a chip was found that is to be set up. */
static bool look(Sensors *s, uint8_t which, uint8_t address) {
    Sensor *sensor = &s->sensor[which];
    char model[WIRE_MODEL_MAX + 1];
    const IMU_FLASH ImuDriver *driver = imu_find(address, model);
    if (driver == NULL || !fits(s, which, driver)) return false;
    if (which == 0) {
        for (int k = 0; k <= WIRE_MODEL_MAX; k++) s->model[k] = model[k];
    }
    sensor->driver = driver;
    sensor->address = address;
    sensor->state = SENSOR_SETTING_UP;
    sensor->step = 0;
    return true;
}

/* One that was never found may be at any address that is not the other's. */
static void search(Sensors *s, uint8_t which, uint16_t now_ms) {
    Sensor *sensor = &s->sensor[which];
    bool found = false;
    if (sensor->driver != NULL) {
        found = look(s, which, sensor->address);
    } else {
        uint8_t address = addresses[s->look_at];
        if (which == 0 || address != s->sensor[0].address) found = look(s, which, address);
        if (found) {
            s->look_at = 0;
            s->looked = which == SENSORS_MAX - 1;
        } else if (++s->look_at == IMU_COUNT(addresses)) {
            s->look_at = 0;
            s->looked = true;
        }
    }
    bool between = !found && sensor->driver == NULL && !s->looked;
    sensor->due_ms = (uint16_t)(now_ms + (found || between ? 0 : SENSORS_RETRY_MS));
}

static void set_up(Sensors *s, Sensor *sensor, uint16_t now_ms) {
    int16_t wait_ms = sensor->driver->configure(sensor->address, sensor->step++);
    if (wait_ms == IMU_FAILED) {
        lose(s, sensor, now_ms);
        return;
    }
    sensor->due_ms = (uint16_t)(now_ms + (wait_ms > 0 ? wait_ms + 1 : 0));
    if (wait_ms != IMU_DONE) return;
    sensor->state = SENSOR_READY;
    sensor->failures = 0;
    sensor->due_ms = (uint16_t)(now_ms + SENSORS_PROOF_MS);
    s->changed = true;
}

/* A chip whose supply failed answers, but sleeps. */
static void prove(Sensors *s, uint8_t which, uint16_t now_ms) {
    Sensor *sensor = &s->sensor[which];
    uint8_t value = 0;
    bool answers = imu_read_register(sensor->address, sensor->driver->proof_register, &value);
    sensor->due_ms = (uint16_t)(now_ms + (answers ? SENSORS_PROOF_MS : SENSORS_AGAIN_MS));
    if (!answers) {
        sensors_note(s, which, BOARD_NO_ANSWER, now_ms);
    } else if (value != sensor->driver->proof_value) {
        lose(s, sensor, now_ms);
        sensor->due_ms = now_ms;
    }
}

void sensors_attend(Sensors *s, uint16_t now_ms) {
    for (uint8_t i = 0; i < (uint8_t)SENSORS_MAX; i++) {
        Sensor *sensor = &s->sensor[i];
        /* The second is looked for once the first is there. */
        if (i > 0 && sensor->driver == NULL && !sensors_ready(s, 0)) return;
        if ((int16_t)(now_ms - sensor->due_ms) < 0) continue;
        if (sensor->driver == NULL || sensor->state == SENSOR_MISSING)
            search(s, i, now_ms);
        else if (sensor->state == SENSOR_SETTING_UP)
            set_up(s, sensor, now_ms);
        else
            prove(s, i, now_ms);
        return;
    }
}
