/* The live recogniser of one exercise: samples in; the place of the body without lag, and what it has done,
 * out. One causal pass: play, analyze and tests use this very code. A value without heap: copy it to fork it.
 * Not thread-safe.
 *
 * What the numbers mean is told in the design's exercise table: a repetition counts from about 0.6–0.7 of the
 * own range, the side is the arm that moves, and the first side done is taken for the side asked first. */
#ifndef EXERCISES_RECOGNISER_H
#define EXERCISES_RECOGNISER_H

#include "core/side.h"
#include "exercises/generic.h"
#include "exercises/openings.h"
#include "exercises/spec.h"
#include "exercises/stillness.h"
#include "exercises/strokes.h"
#include "motion/signal.h"

/* What is known of a body in an exercise, from calibration or earlier days. 0 = unknown. */
typedef struct OwnMeasure {
    double range_deg; /* start to own end */
    double under_deg; /* the other way */
    double lift_deg;  /* bridge: hips */
} OwnMeasure;

typedef enum MoveKind {
    MOVE_NONE,
    MOVE_REP,
    MOVE_PARTIAL,
    MOVE_TOP,
    MOVE_UNDER,
    MOVE_HOLD_START,
    MOVE_HOLD_END,
    MOVE_BREATH,
} MoveKind;

/* "rep", "partial", … as `analyze` prints them. */
const char *move_kind_name(MoveKind kind);

typedef struct Move {
    MoveKind kind;
    double t_s;   /* when it was noticed */
    double end_s; /* when it ended in the body */
    Side side;
    double rom_deg;             /* lowest to highest */
    double peak_deg, under_deg; /* from the start, both ways, positive */
    double lift_deg;
    double tempo_s, return_s; /* length; way back */
    double control;           /* smoothness 0…1, from SPARC; 1 = as smooth as one calm stroke */
} Move;

enum { MOVES_MAX = 8, SPEED_TRACE_MAX = 1024, SPEED_TRACE_HZ = 50 };

typedef struct Moves {
    int count;
    Move items[MOVES_MAX];
} Moves;

typedef struct Recogniser {
    const ExerciseSpec *spec;
    OwnMeasure own; /* as it was given */
    MovementSignal signal;
    StrokeCounter strokes;   /* RETURN, SWING */
    OpeningCounter openings; /* OPENING */
    StrokeCounter breaths;   /* HOLD */
    Generic generic;         /* SIGNAL_FREE */
    Stillness stillness;
    LowPass breath_low;
    /* BRIDGE */
    bool bridge_up, bridge_topped;
    double bridge_start_s, bridge_peak_s, bridge_peak_deg, bridge_lift_deg, bridge_down_s;
    int bridge_sign;
    /* holds */
    bool holding, hold_told;
    double hold_since_s, sunk_deg;
    /* speed over the last twenty seconds, at 50 Hz, for smoothness */
    int64_t trace_count;
    double trace_next_s;
    float trace_dps[SPEED_TRACE_MAX];
    /* totals since the last restart */
    int reps, right, left, partials, breaths_done;
    double rom_sum_deg, hold_s;
    Median peaks_deg, unders_deg, lifts_deg; /* of counted repetitions: what calibration learns */
} Recogniser;

/* `own` may be NULL: the first repetitions teach it. */
void recogniser_init(Recogniser *r, const ExerciseSpec *spec, const OwnMeasure *own);

/* False where the sample was refused. Appends to `moves`, which the caller empties. */
bool recogniser_feed(Recogniser *r, const ImuSample *sample, Moves *moves);

/* Starts counting anew from the present pose as the start pose; the axis, its sign and the bias stay. `own`
 * as in init. */
void recogniser_restart(Recogniser *r, const OwnMeasure *own);

/* Ends what is under way at the end of a recording: a hold, a stroke that came to rest. */
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
/* Mean range of the counted repetitions, lowest to highest; 0 while there are none. */
double recogniser_rom_deg(const Recogniser *r);

#endif
