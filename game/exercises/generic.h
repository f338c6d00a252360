/* Counts the repetitions of any repetitive exercise, from one sensor anywhere on the body. Nothing is known
 * beforehand: neither axis nor range nor tempo.
 *
 * Four signals are looked at side by side: the turning on its two strongest axes, the felt acceleration (for
 * the most part the direction of gravity) on its strongest, and the speed up and down. Each is cut into
 * strokes (zigzag.h), and those that repeat are counted (repeats.h). The signals vote, and the one whose
 * cycles are most alike weighs most. This is done anew ten times a second over the whole set, so that a set
 * that becomes clear late is still counted from its beginning: nothing is told until three cycles alike have
 * been seen, and then those are told at once. A repetition that was told stays told; where the count ran
 * ahead, it waits for the body.
 *
 * The idea of counting on a learnt axis, with peaks judged by their neighbours, is that of RecoFit (Morris et
 * al. 2014, doi 10.1145/2556288.2557116). Causal; a value. */
#ifndef EXERCISES_GENERIC_H
#define EXERCISES_GENERIC_H

#include "core/vec.h"
#include "exercises/repeats.h"

enum {
    GENERIC_FRAME_HZ = 20,
    GENERIC_FRAMES_MAX = 80 * GENERIC_FRAME_HZ, /* of a longer set, only this much is looked at anew */
    GENERIC_CHANNELS = 7,                       /* turning x y z, acceleration x y z, speed upward */
    GENERIC_SIGNALS = 4,
    GENERIC_REPS_MAX = 8,
};

typedef struct GenericRep {
    double start_s, peak_s, end_s;
    double rom_deg; /* turning about the strongest axis, lowest to highest */
} GenericRep;

/* What one sample brought: nearly always nothing. */
typedef struct GenericReps {
    int count;
    GenericRep items[GENERIC_REPS_MAX];
} GenericReps;

/* Of one signal in a set that is longer than the frames kept: what came before them. */
typedef struct GenericPast {
    int start; /* the frame that what follows begins at */
    int reps;
    bool half;        /* a stroke that waits for its second */
    bool first_whole; /* the set's first stroke was as long as the others */
    RepeatRun run;
    int compared;
    double unlike;
} GenericPast;

/* The sums that frames are taken from. */
typedef struct GenericMotion {
    Vec3 turn;         /* degrees */
    Vec3 once, accel;  /* m/s^2, smoothed once and twice */
    double rise_speed; /* m/s, upward, of the last second or two */
} GenericMotion;

typedef struct Generic {
    bool started;
    double t_s;
    double first_frame_s; /* when frame 0 was */
    int frames;
    float channel[GENERIC_CHANNELS][GENERIC_FRAMES_MAX];
    GenericMotion motion;
    GenericPast past[GENERIC_SIGNALS];
    int before; /* repetitions of the sets that are over */
    int told;   /* of all sets */
} Generic;

void generic_init(Generic *generic);

/* `rate` in rad/s without bias, `accel` in m/s^2, `up` the unit direction of up: all in the sensor's frame.
 */
GenericReps generic_feed(Generic *generic, double t_s, Vec3 rate, Vec3 accel, Vec3 up);

/* The recording is over: a set of two cycles counts, and a half at its beginning and one at its end make a
 * whole. */
GenericReps generic_finish(Generic *generic);

#endif
