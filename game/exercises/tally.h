/* The count of repetitions and partials, and what they say of the body. The first repetitions are taken on
 * trust, as nothing is known yet; the next ones show whether they deserved it, and the count is put right. A
 * value. */
#ifndef EXERCISES_TALLY_H
#define EXERCISES_TALLY_H

#include "core/vec.h"
#include "exercises/move.h"
#include "motion/filters.h"

#include <stdbool.h>

enum { TALLY_FIRSTS = 3 };

/* A repetition as it is remembered while it may still turn out to have been something else. */
typedef struct EarlyRep {
    double rom_deg;
    double away; /* how far from the start pose it began, as a share of it */
    Side side;
    Vec3 axis; /* what it turned about, sensor frame; zero where that can't be seen */
} EarlyRep;

typedef struct Tally {
    int reps, right, left, partials;
    double rom_sum_deg, last_rom_deg;
    int alike; /* repetitions that followed one much like them */
    double last_end_s;
    bool last_counted; /* what was told last was a repetition */
    EarlyRep firsts[TALLY_FIRSTS];
    EarlyRep earlies[TALLY_FIRSTS]; /* partials that were counted before the first repetition */
    int early_count;
    Median peaks_deg, unders_deg, lifts_deg, tempos_s;
} Tally;

/* `trusted`: the own range was known before, so the first ones need no doubt. `axis` and `away` as EarlyRep
 * has them. */
void tally_count(Tally *tally, const Move *move, Vec3 axis, double away, bool trusted);
/* The repetition counted last is known better now: its range, and how far it went to either side. */
void tally_amend(Tally *tally, const Move *move);
/* Mean range of the counted repetitions; 0 while there are none. */
double tally_rom_deg(const Tally *tally);

#endif
