#include "exercises/plausible.h"

#include <math.h>

/* What is too quick: a share of the exercise's own length, or of this body's. Openings and reaches begin and
 * end less clearly than strokes. */
#define QUICK_SIDED_SHARE   0.28
#define QUICK_PARTIAL_SHARE 0.27
/* Before anything is known, one that is no larger than a strap's adjustment takes at least this. */
#define FIRST_SHARE         0.55
#define ADJUST_DEG          40.0
#define QUICK_OWN_SHARE     0.45
#define QUICK_OWN           1.3
#define HASTY_SHARE         0.06 /* the middle of each way takes at least this share of a repetition */
#define HASTY_SIDED_SHARE   0.045
#define HASTY_PARTIAL_SHARE 0.035
#define BRIDGE_REACH_SHARE  0.6
#define YAW_UPSET_DEG       40.0 /* an arm that swings level does not tilt the wrist by more */
#define YAW_UPSET_SHARE     0.75 /* … nor by more of its range */
#define ASIDE_SHARE         0.6  /* tilting this much aside of its axis is no repetition, but a fidget */

bool plausible(const ExerciseSpec *spec, const MovementSignal *signal, const KnownBody *body,
               const Move *move) {
    double length_s = move->end_s - move->start_s;
    bool sided = spec->first_side != SIDE_NONE;
    double share = sided ? QUICK_SIDED_SHARE : PLAUSIBLE_QUICK_SHARE;
    if (move->kind == MOVE_PARTIAL) share = QUICK_PARTIAL_SHARE;
    bool first = !body->any && move->kind == MOVE_REP;
    bool small = move->peak_deg < ADJUST_DEG;
    if (first && small) share = fmax(share, FIRST_SHARE);
    if (first && body->adjusting) return false;
    double own_share = (move->kind == MOVE_PARTIAL || sided ? 0.8 : 1) * QUICK_OWN_SHARE;
    if (spec->signal == SIGNAL_FREE) return true;
    if (body->walked_s > move->start_s) return false;
    /* Of a body that is known to be quick, less is asked. */
    double own_s = body->rep_s;
    double rep_s = own_s > 0 && body->reps >= 2 ? fmin(spec->rep_s, QUICK_OWN * own_s) : spec->rep_s;
    if (length_s < share * rep_s || length_s < own_share * own_s) return false;
    /* An opening is noticed when it is well under way. */
    double early_s = sided ? 0.4 : 0;
    MovementSpan out = movement_signal_span(signal, move->start_s - early_s, move->top_s);
    MovementSpan back = movement_signal_span(signal, move->top_s, move->end_s);
    double hasty = move->kind == MOVE_PARTIAL ? HASTY_PARTIAL_SHARE : sided ? HASTY_SIDED_SHARE : HASTY_SHARE;
    /* A reach is only a part of going up, across and down. */
    if (spec->pattern == PATTERN_BRIDGE) hasty *= BRIDGE_REACH_SHARE;
    double least_s = hasty * rep_s;
    bool whole = trail_reaches(&signal->trail, move->start_s);
    if (whole && (out.moving_s < least_s || back.moving_s < least_s)) return false;
    if (spec->signal == SIGNAL_YAW)
        return fmax(out.upset_deg, back.upset_deg) < fmax(YAW_UPSET_DEG, YAW_UPSET_SHARE * move->rom_deg);
    if (spec->signal != SIGNAL_TILT) return true;
    MovementSpan span = movement_signal_span(signal, move->start_s, move->end_s);
    return span.aside_deg < ASIDE_SHARE * (span.high_deg - span.low_deg);
}
