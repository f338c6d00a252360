/* The sensor doctor: what is plugged in, whether it works, and the one thing to do where it does not. */
#include "app/pages.h"

#include <stdio.h>
#include <string.h>

#define WAVE_RAD_S 3.0F /* turning so fast fills the line's height */

static void enter(Shell *shell) {
    shell->focus = 0;
    sensor_check_init(&shell->check);
    sensor_check_look(&shell->check, shell_sensor(shell), shell->now_s);
}

static void press(Shell *shell, UiAction action) {
    int count = shell->check.port_count > 0 ? shell->check.port_count : 1;
    if (action == UI_UP || action == UI_LEFT) shell_move(shell, &shell->focus, -1, count);
    if (action == UI_DOWN || action == UI_RIGHT) shell_move(shell, &shell->focus, 1, count);
    if (action == UI_BACK || action == UI_CHOOSE) {
        shell_earcon(shell, "back");
        shell_go(shell, PAGE_MAP);
    }
}

static void idle(Shell *shell, double quiet_s) {
    sensor_check_look(&shell->check, shell_sensor(shell), shell->now_s);
    if (shell->focus >= shell->check.port_count) shell->focus = 0;
    shell_idle_below_map(shell, quiet_s);
}

static DoctorPort port_of(Shell *shell, int i, bool ready) {
    const SensorCheck *check = &shell->check;
    const SerialPortInfo *port = &check->ports[i];
    const char *slash = strrchr(port->path, '/'), *name = slash != NULL ? slash + 1 : port->path;
    DoctorPort shown = { .state = ready                ? DOCTOR_READY
                                  : port->usb_vid != 0 ? DOCTOR_TROUBLE
                                                       : DOCTOR_NOTHING,
                         .name = port->usb_vid == 0             ? "Built-in port"
                                 : port->description[0] != '\0' ? port->description
                                                                : name };
    if (ready) shown.name = check->status.name;
    if (ready)
        shown.line = shell_words(shell, "%s, %.0f a second", name, (double)check->status.rate_hz);
    else if (check->holder[i][0] != '\0')
        shown.line = shell_words(shell, "%s, used by %s", name, check->holder[i]);
    else
        shown.line =
            shell_words(shell, "%s, %s", name, port->usb_vid != 0 ? "no sensor yet" : "nothing known there");
    return shown;
}

/* The worst thing first: what keeps ports away from everybody, then what the search says. */
static void fill_remedy(Shell *shell, bool ready, DoctorModel *model) {
    const SensorCheck *check = &shell->check;
    const SerialDevice *device = &check->device;
    if (ready && shell->focus == 0) {
        model->headline = check->status.trouble[0] != '\0' ? "It sends too much" : "The sensor works";
        model->line = check->status.trouble[0] != '\0' ? check->status.trouble
                                                       : "Move it: the line on the left moves with it.";
        model->steps[0] =
            shell_words(shell, "%s, %s", device->board[0] != '\0' ? device->board : "Sensor",
                        device->sensor_model[0] != '\0' ? device->sensor_model : device->speaks);
        model->steps[1] = shell_words(shell, "%.0f samples a second, %u lost", (double)check->status.rate_hz,
                                      check->status.lost_samples);
        model->steps[2] = shell_words(shell, "%.1f ms uneven", device->jitter_ms);
        return;
    }
    if (shell_sensor(shell) == NULL) {
        model->headline = "Another input was named";
        model->line =
            "Backbeat was started with --input. Without it, a sensor that is plugged in is found by itself.";
        return;
    }
    if (check->status.state == SOURCE_LOST) {
        model->headline = "The sensor is gone";
        model->line = check->status.trouble;
        return;
    }
    if (check->finding_count > 0) {
        model->headline = "No sensor yet";
        model->line = check->findings[0].sentence;
        return;
    }
    model->headline = ready ? "Not played with" : "No sensor yet";
    model->line = ready                              ? "The first port has the sensor."
                  : check->status.trouble[0] != '\0' ? check->status.trouble
                                                     : "Plug it in by USB. I look again every two seconds.";
}

static void draw(Shell *shell, const UiContext *ui) {
    const SensorCheck *check = &shell->check;
    bool ready = sensor_check_ready(check);
    DoctorModel model = {
        .title = "Sensor doctor",
        .chip = ready ? "Sensor ready" : "Looking",
        .any_ready = ready,
        .port_count = check->port_count > 0 ? check->port_count : 1,
        .focus = shell->focus,
        .ports = { { DOCTOR_NOTHING, "No port", "nothing is plugged in" } },
    };
    for (int i = 0; i < check->port_count; i++) model.ports[i] = port_of(shell, i, ready && i == 0);
    if (ready) {
        model.wave_count = DOCTOR_WAVE;
        for (int i = 0; i < DOCTOR_WAVE; i++) model.wave[i] = check->wave[i] / WAVE_RAD_S;
    }
    fill_remedy(shell, ready, &model);
    ui_doctor_draw(&model, ui, shell->list);
}

const Page page_doctor = { .enter = enter, .press = press, .idle = idle, .draw = draw };
