/* The one or two motion sensors of this board: finds them, sets them up, notices when one is gone or has
 * forgotten its settings, and tries again for ever. Never waits: each call of sensors_attend makes at most
 * one step on the bus. */
#ifndef SENSORS_H
#define SENSORS_H

#include "board.h"
#include "imu.h"

enum {
    SENSORS_MAX = 2,
    SENSORS_BOOT_MS = 100,  /* a chip's own start */
    SENSORS_RETRY_MS = 100, /* between looks for one that is missing */
    SENSORS_PROOF_MS = 500, /* between looks whether a chip has kept its settings */
    SENSORS_AGAIN_MS = 10,  /* after a look that was not answered */
    SENSORS_FAILURES_MAX = 3,
};

typedef enum SensorState { SENSOR_MISSING, SENSOR_SETTING_UP, SENSOR_READY } SensorState;

typedef struct Sensor {
    const IMU_FLASH ImuDriver *driver; /* NULL until it was found for the first time */
    uint8_t address;                   /* kept from then on, so that chest and pelvis never change places */
    uint8_t state;                     /* SensorState */
    uint8_t step, failures;
    uint16_t due_ms;
} Sensor;

typedef struct Sensors {
    Sensor sensor[SENSORS_MAX];
    char model[WIRE_MODEL_MAX + 1]; /* of the first */
    uint8_t look_at;                /* where the search stands, among the addresses */
    bool looked;                    /* every address once */
    bool changed;                   /* a sensor is ready, or no longer; the owner clears it */
} Sensors;

void sensors_init(Sensors *sensors, uint16_t now_ms);

/* One step, with the bus free. Times wrap. */
void sensors_attend(Sensors *sensors, uint16_t now_ms);

/* How many were ever found: chest first. */
uint8_t sensors_known(const Sensors *sensors);
bool sensors_ready(const Sensors *sensors, uint8_t which);
/* What sampling said of one reading. */
void sensors_note(Sensors *sensors, uint8_t which, BoardAnswer answer, uint16_t now_ms);

#endif
