/* The live recogniser of one exercise: samples in; the place of the body without lag, and what it has done,
 * out. One causal pass: play, analyze and tests use this very code. A value without heap: copy it to fork it.
 * Not thread-safe.
 *
 * What the numbers mean is told in the design's exercise table: a repetition counts from about 0.6–0.7 of the
 * own range, the side is the arm that moves, and the first side done is taken for the side asked first. */
#ifndef EXERCISES_RECOGNISER_H
#define EXERCISES_RECOGNISER_H

#include "core/side.h"
#include "exercises/adjusting.h"
#include "exercises/breaths.h"
#include "exercises/generic.h"
#include "exercises/hips.h"
#include "exercises/holds.h"
#include "exercises/move.h"
#include "exercises/openings.h"
#include "exercises/reaches.h"
#include "exercises/spec.h"
#include "exercises/stillness.h"
#include "exercises/strokes.h"
#include "exercises/tally.h"
#include "exercises/walking.h"
#include "motion/signal.h"

/* What is known of a body in an exercise, from calibration or earlier days. 0 = unknown. */
typedef struct OwnMeasure {
    double range_deg; /* start to own end */
    double under_deg; /* the other way */
    double lift_deg;  /* bridge: hips */
    Seat seat;        /* how the sensor sat; used again where the start pose shows that it still sits so */
} OwnMeasure;

/* One sensor, strapped on any way round, can't know where it is; but some things can't be right. */
typedef enum MountDoubt {
    MOUNT_FINE,
    MOUNT_SLIPPED,    /* gravity in the start pose has moved in one step, more than a body settles */
    MOUNT_OTHER_MOVE, /* what moves turns about an axis that this exercise does not have */
} MountDoubt;

enum { SPEED_TRACE_MAX = 1024, SPEED_TRACE_HZ = 50 };

typedef struct Recogniser {
    const ExerciseSpec *spec;
    OwnMeasure own; /* as it was given */
    MovementSignal signal;
    Hips hips; /* of a second sensor, on the pelvis */
    /* RETURN, SWING: of the angle, and of its opposite as long as it is not sure which way is positive. */
    StrokeCounter strokes[2];
    Tally tallies[2];    /* of each; the other patterns use the first */
    double away[2];      /* mean share by which the repetitions of each began away from the start pose */
    double rested_deg;   /* raw angle of the start pose, until the first repetition */
    double unrested_s;   /* when it moved last */
    Adjusting adjusting; /* before the first repetition */
    int facing;          /* the counter that is believed */
    bool faced;          /* a repetition has shown which way is positive … */
    bool sure;           /* … and enough of them have confirmed it */
    OpeningCounter openings;
    ReachCounter reaches;
    /* HOLD */
    Breaths breaths;
    SinkHold sink;
    StillHold still_hold; /* foam roll */
    Generic generic;      /* SIGNAL_FREE */
    Stillness stillness;
    bool hold_told;
    Vec3 up_home;  /* up when the body last rested in its start pose */
    Vec3 up_moved; /* … where it rested last, if that is elsewhere */
    bool slipped, home_looked_at;
    Walking walking;
    /* speed over the last twenty seconds, at 50 Hz, for smoothness */
    int64_t trace_count;
    double trace_next_s;
    float trace_dps[SPEED_TRACE_MAX];
    /* totals since the last restart */
    int reps, right, left, partials, breaths_done;
    int own_breaths; /* that are no repetitions */
    double hold_s;
} Recogniser;

/* `own` may be NULL: the first repetitions teach it. */
void recogniser_init(Recogniser *r, const ExerciseSpec *spec, const OwnMeasure *own);

/* False where the sample was refused. Appends to `moves`, which the caller empties. */
bool recogniser_feed(Recogniser *r, const ImuSample *sample, Moves *moves);

/* Starts counting anew from the present pose as the start pose; the axis, its sign and the bias stay. `own`
 * as in init. */
void recogniser_restart(Recogniser *r, const OwnMeasure *own);

/* Ends what is under way at the end of a recording: a hold, a stroke that came to rest. Takes back the totals
 * of what was no set: fewer than three repetitions alike, of a body that was not measured before. */
void recogniser_finish(Recogniser *r, Moves *moves);

/* Where the body is now, as a share of the own measure: 0 start, 1 own end, negative the other way (twists:
 * -0.5 is the own under end, cat: -1). Of a still unknown range, the spec's typical one. `value_deg` as the
 * signal gives it. */
double recogniser_place(const Recogniser *r, double value_deg);
/* Bridge: hips 0…1. */
double recogniser_lift(const Recogniser *r);
/* The own measure as known by now (given, or learnt since). */
OwnMeasure recogniser_measure(const Recogniser *r);
/* The body keeps still at this moment. */
bool recogniser_still(const Recogniser *r);
/* The body is in a hold that counts. */
bool recogniser_holding(const Recogniser *r);
/* How far the movement under way has gone from the start pose. */
double recogniser_reached_deg(const Recogniser *r);
/* … and how far the other way, positive. */
double recogniser_under_deg(const Recogniser *r);
/* Whether the sensor seems to sit as it should, for a word to the player. */
MountDoubt recogniser_mount_doubt(const Recogniser *r);
/* What of a repetition's range is the thoracic spine's, without the hips'; as `move.rom_deg` without a sensor
 * on them. */
double recogniser_thoracic_deg(const Recogniser *r, const Move *move);
/* Mean range of the counted repetitions, lowest to highest; 0 while there are none. */
double recogniser_rom_deg(const Recogniser *r);

#endif
