/* A whole set of an exercise, done by somebody at random: a recording, and what they really did. It begins
 * with some seconds still in the start pose, as every recording does. For tests, benchmarks and for trying
 * out. */
#ifndef INPUT_SIMULATED_SET_H
#define INPUT_SIMULATED_SET_H

#include "exercises/spec.h"
#include "input/demo.h"
#include "input/recording.h"

#include <stdio.h>

enum { SET_REPS_MAX = 64 };

/* In the words of `analyze`. */
typedef struct SetTruth {
    int reps, left, right, partials, breaths;
    double rom_deg, hold_s;
    double ends_s[SET_REPS_MAX]; /* when each counted repetition was over */
} SetTruth;

/* The same spec, style, seed: the same set. With `pelvis`, a second sensor's samples lie between the first's.
 * `out` is to be freed with recording_free. */
MUST_CHECK Result simulated_set_make(Recording *out, SetTruth *truth, const ExerciseSpec *spec,
                                     DemoStyle style, uint64_t seed, bool pelvis, Error *error);

/* A recording whose first lines are comments with the truth, "# truth_reps: 8" and so on; false where the
 * file can't be written. */
bool simulated_set_write(const Recording *recording, const SetTruth *truth, FILE *file);
/* Reads the truth back from a recording's text; false where there are none. */
bool simulated_set_read_truth(SetTruth *truth, const char *text);

#endif
