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
#include "motion/trail.h"

/* How the movement is measured. */
typedef enum SignalKind {
    SIGNAL_TILT,   /* turn about the functional axis, seen against gravity: no drift */
    SIGNAL_YAW,    /* turn about the vertical, by the gyro alone: re-based at each return */
    SIGNAL_BRIDGE, /* hips by the trunk's tilt, reach by gravity about the long axis: true sides */
    SIGNAL_FREE,   /* any repetitive turning, on a running principal axis */
} SignalKind;

/* How the sensor sat, in its own frame: up in the start pose, and the axis of the movement. Zero = unknown.
 */
typedef struct Seat {
    Vec3 up, axis;
} Seat;

typedef struct MovementSignal {
    SignalKind kind;
    double sign_deg; /* the first turn past this is called positive */
    Orientation orientation;
    FunctionalAxis axis;
    bool level_axis;    /* TILT: the axis lies level, so that turning about the vertical does not count */
    double fastest_dps; /* no faster turning than this teaches the axis more; 0 = no limit */
    LowPass3 axis_rate1, axis_rate2; /* rad/s: what the axis is learnt from, without the strap's wobble */
    bool started;                    /* the start pose is known */
    double waited_s;                 /* for the start pose, since the first sample */
    double sign;                     /* +1 or -1 once known, else 0 */
    Vec3 up_start;                   /* up in the start pose, sensor frame */
    Vec3 right;                      /* BRIDGE: the body's right, sensor frame; zero until the first rise */
    FunctionalAxis reach_axis;       /* BRIDGE: what it turns about with the hips up */
    int rises;                       /* BRIDGE: that `right` is the mean of */
    double most_lift_deg;            /* BRIDGE: that was seen */
    double seated_s;                 /* BRIDGE: how long it has sat still */
    bool rise_seen;                  /* BRIDGE: this rise has been used */
    LowPass3 smooth_rate;            /* rad/s, for stillness */
    double raw_deg;                  /* before the sign and from no moving home; YAW and FREE integrate it */
    double home_deg;                 /* YAW: the raw angle that is the start pose by now */
    double last_rate_dps;            /* YAW: of the sample before */
    double turned_deg;               /* YAW: farthest from home since the last re-basing */
    double slow_s;                   /* YAW: how long it has hardly turned */
    double value_deg;                /* where the body is; 0 in the start pose */
    double lift_deg;                 /* BRIDGE: hips up from the start pose */
    double rate_dps;                 /* of the value, by the gyro; bias taken off */
    double still_dps;                /* how fast the sensor turns in any way, smoothed over 0.4 s */
    Trail trail;
    double turning,
        upright_turning; /* squared rates, summed as the axis' memory does: all, about the vertical */
} MovementSignal;

/* `memory_rad2` as functional_axis_make takes it. */
void movement_signal_init(MovementSignal *signal, SignalKind kind, double sign_deg, double memory_rad2);

/* False where the sample was refused. */
bool movement_signal_feed(MovementSignal *signal, const ImuSample *sample);

/* The body is in its start pose now: measure from here. The axis and its sign are kept. */
void movement_signal_rebase(MovementSignal *signal);

/* What has moved so far was not the exercise: its axis and its sign are learnt anew. */
void movement_signal_forget(MovementSignal *signal);

/* The raw angle of a point of the trail, by the axis as it is known now: what value_deg is but for the sign
 * and home. TILT and BRIDGE read it off gravity again, the others remember it. */
double movement_signal_raw_of(const MovementSignal *signal, TrailPoint point);

/* What the trail shows between two times: lowest and highest raw angle, each the mean of an eighth of a
 * second, and how far the sensor tilted square to the axis meanwhile. All 0 where the trail does not reach
 * back. */
typedef struct MovementSpan {
    double low_deg, high_deg;
    double aside_deg;
    double upset_deg; /* how far up moved in the sensor's frame from where it was at first */
    double moving_s;  /* time spent between a tenth and nine tenths of the way */
} MovementSpan;

MovementSpan movement_signal_span(const MovementSignal *signal, double from_s, double to_s);

/* Which way is positive: +1 or -1. */
void movement_signal_face(MovementSignal *signal, double sign);

/* How the sensor sits, as learnt; zero while unknown, and where the movement is not measured by its axis. */
Seat movement_signal_seat(const MovementSignal *signal);
/* Takes the axis from an earlier time, if the present start pose shows that the sensor sits as it did then;
 * else false, and it is learnt anew. Which way is positive is learnt anew in any case: a strap that was
 * turned about by half a turn shows the same start pose. */
bool movement_signal_sit(MovementSignal *signal, const Seat *seat);

/* Where the body will be `ahead_s` from the newest sample, by the gyro alone; at most 50 ms are believed. */
double movement_signal_ahead(const MovementSignal *signal, double ahead_s);

#endif
