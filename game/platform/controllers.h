/* The machine's game controllers, as SDL knows them (pads.c). All calls from the one thread that SDL was
 * started on. */
#ifndef PLATFORM_CONTROLLERS_H
#define PLATFORM_CONTROLLERS_H

#include <stdbool.h>
#include <stddef.h>

/* Starts SDL's controllers as they are wanted here: Joy-Cons apart, motion by Bluetooth too. Each call that
 * returned true is paired with controllers_end. */
bool controllers_begin(void);
void controllers_end(void);

typedef struct ControllerInfo {
    char name[48];        /* printable */
    bool motion;          /* both a gyroscope and an accelerometer can be read */
    double rate_hz;       /* of its samples, as SDL says it; 0 while unknown */
    int usb_vid, usb_pid; /* 0 while unknown */
} ControllerInfo;

/* The machine's controllers; returns how many, at most `capacity`. */
size_t controllers_list(ControllerInfo *out, size_t capacity);

/* Such a controller has a motion sensor, whether it can be read or not. */
bool controller_should_have_motion(int usb_vid, int usb_pid);

#endif
