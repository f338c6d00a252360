/* Counts the bridge: hips up, one arm across, hips down. The reach is the roll about the long axis; its sign
 * is the side. Causal; a value. */
#ifndef EXERCISES_REACHES_H
#define EXERCISES_REACHES_H

#include "exercises/learnt_range.h"

#include <stdbool.h>

typedef struct ReachConfig {
    double floor_deg; /* roll that the first one needs while no range is known */
    double range_deg; /* own roll if it is known, else 0 */
    double lift_deg;  /* own lift of the hips, likewise */
} ReachConfig;

typedef enum ReachKind {
    REACH_NONE,
    REACH_TOP,
    REACH_DONE, /* the hips are down again: to be measured, and then judged */
    REACH_REP,
    REACH_PARTIAL
} ReachKind;

typedef struct Reach {
    ReachKind kind;
    int sign; /* +1 the right arm across */
    double start_s, peak_s, end_s;
    double peak_deg, lift_deg;
} Reach;

typedef struct ReachCounter {
    ReachConfig config;
    LearntRange ranges;
    Median lifts;
    bool up, topped;
    int sign;
    double start_s, peak_s;
    double peak_deg, lift_deg; /* highest of this one */
} ReachCounter;

void reach_counter_init(ReachCounter *counter, const ReachConfig *config);
/* `roll_deg` positive for the right arm. Returns what this sample completed. */
Reach reach_counter_feed(ReachCounter *counter, double t_s, double roll_deg, double lift_deg);
/* What a reach that is done was, by its `peak_deg`. */
ReachKind reach_counter_judge(const ReachCounter *counter, const Reach *reach);
/* The reach that was just told as a repetition is one: it teaches the own range. */
void reach_counter_accept(ReachCounter *counter, const Reach *reach);

#endif
