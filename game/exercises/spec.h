/* The eight exercises as the recogniser sees them: one table, one row an exercise. What they say and look
 * like stands in assets/. The numbers are those of the design's exercise table and of measurements on bodies
 * (see README: recognition). */
#ifndef EXERCISES_SPEC_H
#define EXERCISES_SPEC_H

#include "core/side.h"
#include "motion/signal.h"

#include <stdbool.h>
#include <stddef.h>

/* What makes a repetition. */
typedef enum Pattern {
    PATTERN_RETURN,  /* out and back to the start */
    PATTERN_SWING,   /* one end, then the other; the stroke between them completes it */
    PATTERN_OPENING, /* out to either side and back, maybe on under the start; sides told by sign */
    PATTERN_BRIDGE,  /* up, across, down; sides alternate */
    PATTERN_HOLD,    /* sink, and stay */
} Pattern;

typedef struct ExerciseSpec {
    const char *id; /* in scores, replays and files: never rename */
    SignalKind signal;
    Pattern pattern;
    double
        typical_deg;  /* start to own end of an ordinary body: a first guess for display and the simulator */
    double under_deg; /* the same the other way; 0 where there is none */
    double floor_deg; /* the first repetition counts from here while the own range is unknown; lowest to
                         highest */
    double rep_s;     /* a comfortable repetition */
    Side first_side;  /* the side that is asked first; SIDE_NONE where the exercise has no sides */
    bool alternates;  /* the sides change at each repetition, else after half of them */
    double still_dps; /* a hold begins below this rate … */
    double unstill_dps; /* … and ends above this; 0 where holds are not counted */
    bool breath_is_rep; /* each repetition is a breath */
} ExerciseSpec;

/* In the order of the full routine; ends with a NULL id. The last row before the end is "generic": any
 * repetitive movement. */
extern const ExerciseSpec exercise_specs[];

/* NULL where there is none of that id. */
const ExerciseSpec *exercise_spec(const char *id);

/* "foam_roll, cat_cow, …": for messages. */
void exercise_spec_ids(char *out, size_t size, bool with_generic);

#endif
