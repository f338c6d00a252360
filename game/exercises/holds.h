/* The two kinds of holding still: on a tight spot of the roller, where stillness itself is the hold, and sunk
 * on the bench, where breathing goes on and the hold lasts from the end of the sink to the way out. Causal;
 * values. */
#ifndef EXERCISES_HOLDS_H
#define EXERCISES_HOLDS_H

#include "exercises/stillness.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum HoldKind { HOLD_NONE, HOLD_START, HOLD_END } HoldKind;

/* HOLD_START is told when the hold has lasted long enough to be one; it began at since_s. */
typedef struct HoldNews {
    HoldKind kind;
    double since_s, until_s;
} HoldNews;

typedef struct StillHold {
    Stillness stillness;
    bool at_home, holding, told, doubted;
    double home_deg;
    double since_s, until_s, level_deg;
    double left_deg, fastest_dps; /* where it was still last, and the fastest turn since */
    double tail_s;                /* how long the end of that movement looked still */
    double t_s;
} StillHold;

StillHold still_hold_make(double enter_dps, double leave_dps);
/* `range_deg` as well as it is known; `turn_dps` how fast the sensor turns in any way, smoothed. */
HoldNews still_hold_feed(StillHold *hold, double t_s, double value_deg, double turn_dps, double range_deg);
/* The body has come back to its start. */
void still_hold_home(StillHold *hold);
HoldNews still_hold_finish(StillHold *hold);

enum { SINK_TRACE_MAX = 512, SINK_TRACE_HZ = 16 };

typedef struct SinkHold {
    double range_deg; /* own sink if it is known, else 0 */
    double floor_deg; /* least sink while it is not */
    bool holding, told, measured;
    double seen_s;              /* when it was first taken for sunk */
    double since_s, until_s;    /* of the hold */
    double in_deg, out_deg;     /* how far it sank, and how far it came back; 0 while unknown */
    double mean_deg, mean_s;    /* of the angle over the hold */
    double level_deg;           /* where it lies by now */
    double quick_deg, slow_dps; /* … smoothed a little, and how fast that changes */
    double before_deg;          /* where it lay some seconds ago */
    double sign;                /* of the sink */
    double down;                /* the sign of the sinks so far; 0 before the first has ended */
    double rested_deg;          /* where it lay when it was first taken for sunk */
    double near_s;              /* when it last lay near its level */
    bool jerked;                /* something jerked the sensor */
    bool leaving;
    double t_s, left_s;
    int64_t count; /* of the trace: the angle of the last half minute */
    double next_s;
    float trace_deg[SINK_TRACE_MAX];
} SinkHold;

SinkHold sink_hold_make(double range_deg, double floor_deg);
/* `value_deg` from the start pose; either way may be the sink. */
HoldNews sink_hold_feed(SinkHold *hold, double t_s, double value_deg);
HoldNews sink_hold_finish(SinkHold *hold);
/* The angle at number `number` of the trace (the newest is count - 1, SINK_TRACE_MAX are held), and its time.
 */
double sink_hold_point(const SinkHold *hold, int64_t number, double *t_s);
/* How far this body has sunk from its start pose, by what is known. */
double sink_hold_depth(const SinkHold *hold);

#endif
