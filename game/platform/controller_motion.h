/* Readings of a controller's gyroscope and accelerometer, which come one by one, made into samples: checked,
 * paired, and placed on the program's time. Knows nothing of SDL and of devices; time is handed in. A value;
 * no heap, no pointers.
 *
 * The axes are SDL's: +x to the right, +y up, +z toward the player of a controller held flat before the
 * chest; turns right-handed, acceleration with gravity in it, +9.81 on the axis that points up at rest. That
 * is what ImuSample asks for, so values pass unchanged. (SDL_sensor.h says so; its drivers for Sony's and
 * Nintendo's controllers turn the chips' axes to it.) */
#ifndef PLATFORM_CONTROLLER_MOTION_H
#define PLATFORM_CONTROLLER_MOTION_H

#include "decoders/pace.h"
#include "input/clock_map.h"
#include "motion/sample.h"

#include <stddef.h>

typedef enum MotionPart { MOTION_GYRO, MOTION_ACCEL, MOTION_PARTS } MotionPart;

typedef struct MotionReading {
    MotionPart part;
    float value[3];     /* rad/s or m/s^2; anything, until it is checked */
    uint64_t device_us; /* the controller's own clock; 0: it tells none */
    double arrival_s;   /* on the program's clock */
} MotionReading;

/* Old versions of SDL tell a Joy-Con's packet as three turns, then three accelerations. */
enum { MOTION_WAITING_MAX = 4 };

typedef struct ControllerMotion {
    uint8_t sensor; /* SENSOR_MAIN or SENSOR_PELVIS */
    bool counted;
    MotionReading waiting[MOTION_PARTS][MOTION_WAITING_MAX];
    size_t count[MOTION_PARTS];
    bool has_accel;
    MotionReading accel; /* the newest that is past: for a turn whose own acceleration never came */
    ClockMap clock;      /* of controllers that tell theirs … */
    Pace pace;           /* … and of those that don't, or only count */
    double late_least_s, late_since_s; /* of the samples since then: how late the quickest came */
    uint64_t last_us;                  /* of the last sample; 0: none */
    double period_us;
    uint32_t steps; /* that the period was learnt from */
    double last_s;
    uint32_t samples, lost, bad; /* bad: readings that were not finite, or absurd */
} ControllerMotion;

/* `rate_hz` as the controller says it; 0 where it doesn't. `counted`: its clock only counts the readings that
 * came; then it pairs them, and the times are made as for controllers without one. */
void controller_motion_init(ControllerMotion *m, uint8_t sensor, double rate_hz, bool counted);

/* Takes one reading and writes the samples that it completes, oldest first, with times that only grow;
 * returns how many. */
size_t controller_motion_feed(ControllerMotion *m, const MotionReading *reading,
                              ImuSample out[MOTION_WAITING_MAX]);

#endif
