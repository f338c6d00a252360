#include "app/sensor_check.h"

#include <stdio.h>
#include <string.h>

#define LOOK_PERIOD_S 2.0

enum { PORTS_MAX = 32 };

void sensor_check_init(SensorCheck *check) {
    *check = (SensorCheck){ .looked_s = 0 };
}

static void add_port(SensorCheck *check, SerialPortInfo port) {
    if (check->port_count < DOCTOR_PORTS) check->ports[check->port_count++] = port;
}

/* A port that was named may be none of the machine's list. */
static SerialPortInfo port_named(const SerialPortInfo *all, size_t count, const char *path) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].path, path) == 0) return all[i];
    }
    SerialPortInfo port = { .usb_vid = 0 };
    (void)snprintf(port.path, sizeof port.path, "%s", path);
    return port;
}

static void look_at_ports(SensorCheck *check) {
    SerialPortInfo all[PORTS_MAX];
    size_t count = serial_ports_list(all, PORTS_MAX);
    bool uses_one = check->has_device && check->status.state == SOURCE_READY;
    check->port_count = 0;
    if (uses_one) add_port(check, port_named(all, count, check->device.port));
    for (int usb = 1; usb >= 0; usb--) {
        for (size_t i = 0; i < count; i++) {
            bool used = uses_one && strcmp(all[i].path, check->device.port) == 0;
            if (!used && (all[i].usb_vid != 0) == (usb == 1)) add_port(check, all[i]);
        }
    }
    for (int i = 0; i < check->port_count; i++) {
        char name[sizeof *check->holder] = "";
        bool held = port_doctor_holder("", check->ports[i].path, name, sizeof name);
        (void)snprintf(check->holder[i], sizeof check->holder[i], "%s", held ? name : "");
    }
    check->finding_count = (int)port_doctor_look("", all, count, check->findings, DOCTOR_PORTS);
}

static void push(SensorCheck *check, const ImuSample *sample) {
    const float *g = sample->gyro;
    memmove(check->wave, check->wave + 1, (DOCTOR_WAVE - 1) * sizeof *check->wave);
    check->wave[DOCTOR_WAVE - 1] = g[0] + g[1] + g[2];
}

static void listen(SensorCheck *check, InputChoice *sensor, double now_s) {
    ImuSample samples[64];
    for (size_t count = 1; count > 0;) {
        count = input_read(sensor, now_s, samples, 64);
        for (size_t i = 0; i < count; i++) {
            if (samples[i].sensor == SENSOR_MAIN) push(check, &samples[i]);
        }
    }
    sensor->source.status(sensor->source.self, now_s, &check->status);
    check->has_device = serial_source_device(&sensor->source, &check->device);
}

void sensor_check_look(SensorCheck *check, InputChoice *sensor, double now_s) {
    check->has_device = false;
    check->status = (SourceStatus){ .state = SOURCE_LOOKING };
    if (sensor != NULL) listen(check, sensor, now_s);
    if (check->looked_s > 0 && now_s - check->looked_s < LOOK_PERIOD_S) return;
    look_at_ports(check);
    check->looked_s = now_s;
}

/* It comes first. */
bool sensor_check_ready(const SensorCheck *check) {
    return check->has_device && check->status.state == SOURCE_READY && check->port_count > 0 &&
           strcmp(check->ports[0].path, check->device.port) == 0;
}
