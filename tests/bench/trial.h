/* Trials with a reference orientation: the "BRD1" files of the orientation fixtures (a 64-byte header,
 * 36-byte records, little-endian; their FORMAT.txt says it byte by byte), and the BROAD metric (Laidig et al.
 * 2021, doi 10.3390/data6070072). */
#ifndef BENCH_TRIAL_H
#define BENCH_TRIAL_H

#include "core/result.h"
#include "core/vec.h"
#include "motion/sample.h"

#include <stddef.h>

typedef struct Trial {
    char name[64];
    bool measured; /* on people and things; else synthetic */
    double rate_hz;
    size_t count;
    ImuSample *samples;
    Quat *reference; /* sensor to earth */
    bool *scored;
} Trial;

typedef struct Trials {
    Trial *trial;
    size_t count;
} Trials;

/* All .bin files of a folder, by name: NN_* are measured, S* synthetic. Free with trials_free, after a
 * failure too. */
Result trials_load(Trials *out, const char *folder, Error *error);
void trials_free(Trials *trials);

/* Root mean square of the inclination error of `estimate` (one a sample), looked at `shift_s` later than the
 * samples; deg. What is not a number counts as 180. */
double trial_inclination(const Trial *trial, const Quat *estimate, double shift_s);
/* Size of the slope of the heading error; deg/min. */
double trial_heading_drift(const Trial *trial, const Quat *estimate);

#endif
