/* One reading of a motion sensor. */
#ifndef MOTION_SAMPLE_H
#define MOTION_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

enum { SENSOR_MAIN = 0 /* chest or wrist */, SENSOR_PELVIS = 1 };

typedef struct ImuSample {
    double t_s; /* the sensor's own clock mapped to the program's; seconds, never going backwards within one
                   sensor */
    float gyro[3];  /* rad/s, sensor frame */
    float accel[3]; /* m/s^2 specific force, sensor frame: +9.81 on the axis that points up at rest */
    uint8_t sensor; /* SENSOR_MAIN or SENSOR_PELVIS */
} ImuSample;

#endif
