/* What the doctor's page shows: the machine's ports, what is wrong with them, and what the sensor says now.
 * Looks again every two seconds. A value. */
#ifndef APP_SENSOR_CHECK_H
#define APP_SENSOR_CHECK_H

#include "app/inputs.h"
#include "platform/port_doctor.h"
#include "ui/screens.h"

typedef struct SensorCheck {
    double looked_s; /* 0 = not yet */
    int port_count, finding_count;
    SerialPortInfo ports[DOCTOR_PORTS]; /* the sensor's own first, then USB devices */
    PortFinding findings[DOCTOR_PORTS];
    char holder[DOCTOR_PORTS][32]; /* the program that has the port open; empty = none */
    bool has_device;
    SerialDevice device; /* that is played with */
    SourceStatus status;
    float wave[DOCTOR_WAVE]; /* how fast it turns, newest last; rad/s */
} SensorCheck;

void sensor_check_init(SensorCheck *check);
/* Once a frame; `sensor` is a serial source's, or NULL: only the ports are looked at. Reads its samples. */
void sensor_check_look(SensorCheck *check, InputChoice *sensor, double now_s);
/* The first port has the sensor, and it works. */
bool sensor_check_ready(const SensorCheck *check);

#endif
