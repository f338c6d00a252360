/* The movement signal: one angle that says where the body is in its exercise, sample by sample, without lag.
 *
 * Wherever the exercise turns the sensor against gravity, the angle is read off gravity and can't drift. The
 * sensor may sit any way round: the axis is learnt from the movement itself, and which way is positive from
 * the first large movement, which every exercise begins the same way (cow, open, apart, up). A value: copy it
 * to fork it. Not thread-safe. */
#ifndef MOTION_SIGNAL_H
#define MOTION_SIGNAL_H

#include "motion/axis.h"
#include "motion/orientation.h"

/* How the movement is measured. */
typedef enum SignalKind {
    SIGNAL_TILT,   /* turn about the functional axis, seen against gravity: no drift */
    SIGNAL_YAW,    /* turn about the vertical, by the gyro alone: re-based at each return */
    SIGNAL_BRIDGE, /* hips by the trunk's tilt, reach by gravity about the long axis: true sides */
    SIGNAL_FREE,   /* any repetitive turning, on a running principal axis */
} SignalKind;

typedef struct MovementSignal {
    SignalKind kind;
    double sign_deg; /* the first turn past this is called positive */
    Orientation orientation;
    FunctionalAxis axis;
    bool started;         /* the start pose is known */
    double waited_s;      /* for the start pose, since the first sample */
    double sign;          /* +1 or -1 once known, else 0 */
    Vec3 up_start;        /* up in the start pose, sensor frame */
    Vec3 right;           /* BRIDGE: the body's right, sensor frame; zero until the first rise */
    bool rise_seen;       /* BRIDGE: this rise has been used */
    LowPass3 smooth_rate; /* rad/s, for stillness */
    double raw_deg;       /* before the sign; YAW and FREE integrate it */
    double turned_deg;    /* YAW: farthest since the last re-basing */
    double slow_s;        /* YAW: how long it has hardly turned */
    double value_deg;     /* where the body is; 0 in the start pose */
    double lift_deg;      /* BRIDGE: hips up from the start pose */
    double rate_dps;      /* of the value, by the gyro; bias taken off */
    double still_dps;     /* how fast the sensor turns in any way, smoothed over 0.4 s */
} MovementSignal;

/* `memory_rad2` as functional_axis_make takes it. */
void movement_signal_init(MovementSignal *signal, SignalKind kind, double sign_deg, double memory_rad2);

/* False where the sample was refused. */
bool movement_signal_feed(MovementSignal *signal, const ImuSample *sample);

/* The body is in its start pose now: measure from here. The axis and its sign are kept. */
void movement_signal_rebase(MovementSignal *signal);

/* Where the body will be `ahead_s` from the newest sample, by the gyro alone; at most 50 ms are believed. */
double movement_signal_ahead(const MovementSignal *signal, double ahead_s);

#endif
