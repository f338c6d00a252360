#include "exercises/recogniser.h"

#include "motion/smoothness.h"

#include <math.h>
#include <string.h>

#define LIFT_TYPICAL_DEG 50.0
/* SPARC of one calm stroke, and of one that stops and starts: the ends of `control`. */
#define SPARC_CALM  (-1.65)
#define SPARC_JERKY (-3.6)
/* What is too quick to be a repetition or a partial: a share of the exercise's own length, or of this body's.
 */
#define QUICK_SHARE         0.38 /* of strokes; openings and reaches begin and end less clearly */
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
#define HOME_SHARE          0.2  /* of a stroke up, that may be missing when it is back at its start */
#define OTHER_WAY_SHARE     1.25 /* the other way is the right one if its strokes are larger by this */
#define NEARER_SHARE        0.3  /* … or if they begin nearer to the start pose by this share of them */
#define NEARER_FIRST_SHARE  0.15
#define RESTED_S            1.3 /* so long still this near to it, and the start pose has moved */
#define RESTED_DPS          1.0
#define RESTED_DEG          4.5
/* Before the first repetition, rest for so long ends a movement; a swing may hesitate on its way through the
 * start pose. */
#define CALM_S       0.5
#define SWING_CALM_S 1.0
#define ADJUST_SHARE 0.6  /* a swing that took less of a repetition … */
#define BEYOND_SHARE 0.15 /* … and not so much of it beyond the start pose */
#define SURE_REPS    6
#define ALIKE_SHARE  0.75 /* of the larger: ways out and back that are the same movement */
#define SET_ALIKE    2    /* repetitions after one like them that make a set */
/* So much of what the axis remembers is a movement; so little of it the right way round is another one. */
#define MOVED_SHARE   0.3
#define WRONG_SHARE   0.25
#define SLIPPED_DEG   8.0
#define SLIPPED_SHARE 0.35
#define AGREE_DEG     4.0 /* two returns in a row are to the same place */

static const char *const kind_names[] = { "none",  "rep",        "partial",  "top",
                                          "under", "hold_start", "hold_end", "breath" };

const char *move_kind_name(MoveKind kind) {
    return kind_names[kind];
}

static StrokeConfig stroke_config(const ExerciseSpec *spec, const OwnMeasure *own) {
    StrokeConfig strokes = stroke_config_default;
    strokes.floor_deg = spec->floor_deg;
    /* A swing is measured from end to end. */
    strokes.range_deg = own->range_deg > 0 && spec->pattern == PATTERN_SWING ? own->range_deg + own->under_deg
                                                                             : own->range_deg;
    if (spec->pattern == PATTERN_RETURN) {
        strokes.returns = true;
        strokes.rise_share = 0.4;
        strokes.partial_dwell_s = 2.0;
    }
    if (spec->still_dps > 0) strokes.slow_dps = 1.5;
    if (spec->signal != SIGNAL_FREE) strokes.least_s = QUICK_SHARE * spec->rep_s;
    return strokes;
}

static void start_counting(Recogniser *r, const OwnMeasure *own) {
    const ExerciseSpec *spec = r->spec;
    r->own = own != NULL ? *own : (OwnMeasure){ 0 };
    StrokeConfig strokes = stroke_config(spec, &r->own);
    for (int i = 0; i < 2; i++) {
        stroke_counter_init(&r->strokes[i], &strokes);
        r->tallies[i] = (Tally){ 0 };
    }
    /* What calibration has shown is known for good. */
    r->sure = r->faced && r->own.range_deg > 0;
    opening_counter_init(&r->openings, &(OpeningConfig){
                                           .floor_deg = 0.7 * spec->floor_deg,
                                           .range_deg = r->own.range_deg,
                                           .has_under = spec->under_deg > 0,
                                           .slow_dps = 6,
                                       });
    reach_counter_init(&r->reaches, &(ReachConfig){ .floor_deg = spec->floor_deg,
                                                    .range_deg = r->own.range_deg,
                                                    .lift_deg = r->own.lift_deg });
    r->breaths = breaths_make();
    r->stillness = stillness_make(spec->still_dps > 0 ? spec->still_dps : 2.0,
                                  spec->unstill_dps > 0 ? spec->unstill_dps : 3.0);
    generic_init(&r->generic);
    r->still_hold = still_hold_make(spec->still_dps, spec->unstill_dps);
    r->sink = sink_hold_make(r->own.range_deg, spec->floor_deg);
    r->hold_told = r->slipped = r->home_looked_at = false;
    r->reps = r->right = r->left = r->partials = r->breaths_done = r->own_breaths = 0;
    r->hold_s = r->away[0] = r->away[1] = 0;
    r->rested_deg = 0;
    r->unrested_s = r->signal.orientation.t_s;
    r->adjusting = adjusting_make(r->signal.orientation.t_s);
    r->up_home = r->up_moved = vec3(0, 0, 0);
    hips_rebase(&r->hips);
}

void recogniser_init(Recogniser *r, const ExerciseSpec *spec, const OwnMeasure *own) {
    memset(r, 0, sizeof *r);
    r->spec = spec;
    double typical_rad = (spec->typical_deg + spec->under_deg) * DEG2RAD;
    /* Three ordinary repetitions' worth of turning. */
    double memory_rad2 = 14 * typical_rad * typical_rad / spec->rep_s;
    double sign_deg =
        spec->pattern == PATTERN_HOLD ? 1.2 * spec->floor_deg : fmax(0.35 * spec->floor_deg, 2.0);
    r->walking = walking_make();
    movement_signal_init(&r->signal, spec->signal, sign_deg, memory_rad2);
    r->signal.level_axis = spec->signal == SIGNAL_TILT && spec->pattern != PATTERN_OPENING;
    /* A stroke is about a third of a repetition; minimum jerk peaks at 1.9 times its mean. */
    if (spec->signal != SIGNAL_FREE) r->signal.fastest_dps = 1.9 * 3 * typical_rad * RAD2DEG / spec->rep_s;
    hips_init(&r->hips);
    start_counting(r, own);
}

void recogniser_restart(Recogniser *r, const OwnMeasure *own) {
    movement_signal_rebase(&r->signal);
    start_counting(r, own);
    if (r->signal.sign == 0) (void)movement_signal_sit(&r->signal, &r->own.seat);
}

static Side side_of(const Recogniser *r, int sign) {
    if (r->spec->first_side == SIDE_NONE) return SIDE_NONE;
    return sign >= 0 ? SIDE_RIGHT : SIDE_LEFT;
}

static void tell(Recogniser *r, Moves *moves, Move move) {
    move.t_s = r->signal.orientation.t_s;
    bool worn = hips_worn(&r->hips, move.t_s);
    move.hips_deg = worn ? r->hips.peak_deg : -1;
    move.hips_flat = worn ? hips_flat(&r->hips, move.peak_deg) : -1;
    if (move.kind == MOVE_REP || move.kind == MOVE_PARTIAL) hips_begin(&r->hips);
    if (moves->count < MOVES_MAX) moves->items[moves->count++] = move;
}

static void keep_trace(Recogniser *r) {
    double t_s = r->signal.orientation.t_s;
    bool far = fabs(t_s - r->trace_next_s) > (double)SPEED_TRACE_MAX / SPEED_TRACE_HZ;
    if (r->trace_count == 0 || far) r->trace_next_s = t_s; /* a long gap, or a clock set back */
    /* A gap repeats the last speed, so that an index stays a time. */
    while (r->trace_next_s <= t_s) {
        r->trace_dps[r->trace_count % SPEED_TRACE_MAX] = (float)fabs(r->signal.rate_dps);
        r->trace_count++;
        r->trace_next_s += 1.0 / SPEED_TRACE_HZ;
    }
}

static double stroke_control(const Recogniser *r, double from_s, double to_s) {
    double speed[SPEED_TRACE_MAX];
    int64_t first = r->trace_count - (int64_t)((r->trace_next_s - from_s) * SPEED_TRACE_HZ);
    int64_t end = r->trace_count - (int64_t)((r->trace_next_s - to_s) * SPEED_TRACE_HZ);
    if (first < r->trace_count - SPEED_TRACE_MAX) first = r->trace_count - SPEED_TRACE_MAX;
    if (first < 0) first = 0;
    if (end > r->trace_count) end = r->trace_count;
    size_t count = 0;
    for (int64_t i = first; i < end; i++) speed[count++] = r->trace_dps[i % SPEED_TRACE_MAX];
    if (count < 10) return 0.5; /* too short to say */
    double sparc = smoothness_sparc(speed, count, SPEED_TRACE_HZ);
    return fmax(0, fmin(1, (sparc - SPARC_JERKY) / (SPARC_CALM - SPARC_JERKY)));
}

/* Out and back are judged apart: the rest between them is no lack of smoothness. */
static double control_of(const Recogniser *r, double start_s, double peak_s, double end_s) {
    return (stroke_control(r, start_s, peak_s) + stroke_control(r, peak_s, end_s)) / 2;
}

/* How long a repetition of this body lasts; 0 while unknown. A hold is no tempo. */
static double typical_s(const Recogniser *r, int which) {
    return fmin(median_get(&r->tallies[which].tempos_s, 0), 1.3 * r->spec->rep_s);
}

/* Fidgets are quick, or turn another way than the exercise does. */
static bool believable(const Recogniser *r, const Move *move, int which) {
    double length_s = move->end_s - move->start_s;
    bool sided = r->spec->first_side != SIDE_NONE;
    double share = sided ? QUICK_SIDED_SHARE : QUICK_SHARE;
    if (move->kind == MOVE_PARTIAL) share = QUICK_PARTIAL_SHARE;
    bool unknown = !r->faced && r->tallies[0].reps == 0 && r->own.range_deg <= 0;
    bool first = unknown && move->kind == MOVE_REP;
    bool small = move->peak_deg < ADJUST_DEG;
    if (first && small) share = fmax(share, FIRST_SHARE);
    if (first && adjusting_now(&r->adjusting, r->signal.fastest_dps)) return false;
    double own_share = (move->kind == MOVE_PARTIAL || sided ? 0.8 : 1) * QUICK_OWN_SHARE;
    if (r->spec->signal == SIGNAL_FREE) return true;
    if (r->walking.walked_s > move->start_s) return false;
    /* Of a body that is known to be quick, less is asked. */
    double own_s = typical_s(r, which);
    double rep_s =
        own_s > 0 && r->tallies[which].reps >= 2 ? fmin(r->spec->rep_s, QUICK_OWN * own_s) : r->spec->rep_s;
    if (length_s < share * rep_s || length_s < own_share * own_s) return false;
    /* An opening is noticed when it is well under way. */
    double early_s = sided ? 0.4 : 0;
    MovementSpan out = movement_signal_span(&r->signal, move->start_s - early_s, move->top_s);
    MovementSpan back = movement_signal_span(&r->signal, move->top_s, move->end_s);
    double hasty = move->kind == MOVE_PARTIAL ? HASTY_PARTIAL_SHARE : sided ? HASTY_SIDED_SHARE : HASTY_SHARE;
    /* A reach is only a part of going up, across and down. */
    if (r->spec->pattern == PATTERN_BRIDGE) hasty *= BRIDGE_REACH_SHARE;
    double least_s = hasty * rep_s;
    bool whole = trail_reaches(&r->signal.trail, move->start_s);
    if (whole && (out.moving_s < least_s || back.moving_s < least_s)) return false;
    if (r->spec->signal == SIGNAL_YAW)
        return fmax(out.upset_deg, back.upset_deg) < fmax(YAW_UPSET_DEG, YAW_UPSET_SHARE * move->rom_deg);
    if (r->spec->signal != SIGNAL_TILT) return true;
    MovementSpan span = movement_signal_span(&r->signal, move->start_s, move->end_s);
    return span.aside_deg < ASIDE_SHARE * (span.high_deg - span.low_deg);
}

/* A strap slips in one step, and stays where it slipped to; a body settles by less, or not twice alike. */
static void look_at_home(Recogniser *r) {
    Vec3 up = orientation_up(&r->signal.orientation);
    bool known = vec3_length(r->up_home) > 0.5;
    /* A swing rests at its end, and that is nearer at times. */
    double swing_deg = r->spec->pattern == PATTERN_SWING ? stroke_counter_range(&r->strokes[r->facing]) : 0;
    if (!known || vec3_angle(up, r->up_home) * RAD2DEG < fmax(SLIPPED_DEG, SLIPPED_SHARE * swing_deg)) {
        r->up_home = up;
        r->up_moved = vec3(0, 0, 0);
        return;
    }
    if (vec3_length(r->up_moved) > 0.5 && vec3_angle(up, r->up_moved) * RAD2DEG < AGREE_DEG) {
        r->slipped = true;
        r->up_home = up;
    }
    r->up_moved = up;
}

/* What the sensor turned about between two times, seen by how gravity moved. */
static Vec3 turned_about(const Recogniser *r, double from_s, double to_s) {
    int64_t first, end;
    trail_span(&r->signal.trail, from_s, to_s, &first, &end);
    if (r->spec->signal != SIGNAL_TILT || end - first < 2) return vec3(0, 0, 0);
    if (!trail_reaches(&r->signal.trail, from_s)) return vec3(0, 0, 0);
    TrailPoint a = trail_point(&r->signal.trail, first), b = trail_point(&r->signal.trail, end - 1);
    return vec3_unit(vec3_cross(vec3(b.up[0], b.up[1], b.up[2]), vec3(a.up[0], a.up[1], a.up[2])));
}

/* The totals are those of the counter that is believed by now. */
static void publish(Recogniser *r) {
    const Tally *tally = &r->tallies[r->facing];
    r->reps = tally->reps;
    r->right = tally->right;
    r->left = tally->left;
    r->partials = tally->partials;
    r->breaths_done = r->spec->breath_is_rep ? tally->reps : r->own_breaths;
}

static void count_rep(Recogniser *r, Moves *moves, Move move, int which, double away) {
    /* What is told of any movement has been doubted enough before. */
    bool trusted = r->own.range_deg > 0 || r->spec->signal == SIGNAL_FREE;
    tally_count(&r->tallies[which], &move, turned_about(r, move.start_s, move.top_s), away, trusted);
    publish(r);
    bool believed = r->faced ? which == r->facing : which == (r->signal.sign < 0);
    if (!believed) return;
    /* The breath is told first: the last repetition ends the set, and its breath belongs to it. */
    if (move.kind == MOVE_REP && r->spec->breath_is_rep)
        tell(r, moves, (Move){ .kind = MOVE_BREATH, .end_s = move.end_s, .tempo_s = move.tempo_s });
    tell(r, moves, move);
}

/* Measured again along the trail, about the axis as it is known by now; the stroke's own figures where the
 * trail does not reach. */
static double stroke_rom(const Recogniser *r, const Stroke *stroke, double sign) {
    bool swing = r->spec->pattern == PATTERN_SWING;
    double margin_s = 0.3, fall_deg = stroke->peak_deg - stroke->low_deg;
    if (!trail_reaches(&r->signal.trail, swing ? stroke->peak_s : stroke->start_s))
        return swing ? fall_deg : (fall_deg + stroke->peak_deg - stroke->from_deg) / 2;
    MovementSpan span = movement_signal_span(
        &r->signal, (swing ? stroke->peak_s : stroke->start_s) - margin_s, stroke->end_s + margin_s);
    double rom_deg = span.high_deg - span.low_deg;
    if (rom_deg > 0 && !swing) {
        /* Out and back are measured apart: a start pose that drifts is no range. */
        MovementSpan out =
            movement_signal_span(&r->signal, stroke->start_s - margin_s, stroke->peak_s + margin_s);
        MovementSpan back =
            movement_signal_span(&r->signal, stroke->peak_s - margin_s, stroke->end_s + margin_s);
        double out_deg = out.high_deg - out.low_deg, back_deg = back.high_deg - back.low_deg;
        /* … unless a strap has slipped in one of them. */
        double own_deg = stroke_counter_range(&r->strokes[sign > 0 ? 0 : 1]);
        bool alike = fmin(out_deg, back_deg) > ALIKE_SHARE * fmax(out_deg, back_deg);
        if (alike || own_deg <= 0)
            rom_deg = (out_deg + back_deg) / 2;
        else
            rom_deg = fabs(out_deg - own_deg) < fabs(back_deg - own_deg) ? out_deg : back_deg;
    }
    return rom_deg > 0 ? rom_deg : fall_deg;
}

/* How far from the start pose a repetition began, as a share of it: a return begins there, not at the far
 * end. */
static double began_away(const Recogniser *r, const Stroke *stroke, int which) {
    double home_deg =
        (which == 0 ? 1 : -1) * (r->spec->pattern == PATTERN_RETURN ? r->signal.home_deg : r->rested_deg);
    return fabs(stroke->from_deg - home_deg) / (stroke->peak_deg - stroke->from_deg);
}

static Move stroke_move(const Recogniser *r, const Stroke *stroke, double sign) {
    Move move = {
        .kind = stroke->kind == STROKE_PARTIAL ? MOVE_PARTIAL
                : stroke->kind == STROKE_TOP   ? MOVE_TOP
                                               : MOVE_REP,
        .start_s = stroke->start_s,
        .top_s = stroke->peak_s,
        .end_s = stroke->end_s,
    };
    double home_deg = sign * r->signal.home_deg;
    move.peak_deg = stroke->peak_deg - home_deg;
    if (stroke->kind == STROKE_TOP) return move;
    move.under_deg = fmax(0, home_deg - stroke->low_deg);
    move.rom_deg = stroke_rom(r, stroke, sign);
    move.tempo_s = stroke->end_s - stroke->start_s;
    move.return_s = stroke->end_s - stroke->peak_s;
    move.control = control_of(r, stroke->start_s, stroke->peak_s, stroke->end_s);
    return move;
}

static void face(Recogniser *r, int which) {
    r->faced = true;
    r->facing = which;
    movement_signal_face(&r->signal, which == 0 ? 1 : -1);
    publish(r);
}

/* A fidget before the first repetition may have shown the wrong way: then the counter of the other way sees
 * the larger strokes, as it sees whole ones. */
static void doubt_facing(Recogniser *r) {
    int other = 1 - r->facing;
    const StrokeCounter *mine = &r->strokes[r->facing], *others = &r->strokes[other];
    double mine_deg = stroke_counter_range(mine), others_deg = stroke_counter_range(others);
    bool larger = others->ranges.seen >= 2 && others_deg > OTHER_WAY_SHARE * mine_deg;
    const Tally *mine_tally = &r->tallies[r->facing], *others_tally = &r->tallies[other];
    bool nearer = mine_tally->reps >= 1 && others_tally->reps >= 1;
    if (r->spec->pattern == PATTERN_RETURN)
        nearer = nearer && r->away[other] + NEARER_SHARE < r->away[r->facing];
    else
        nearer = nearer && others_tally->firsts[0].away + NEARER_FIRST_SHARE < mine_tally->firsts[0].away;
    if (larger || nearer) face(r, other);
    if (r->tallies[r->facing].reps >= SURE_REPS) r->sure = true;
}

static void rest_at_home(Recogniser *r, const Stroke *stroke) {
    if (stroke->low_deg - stroke->from_deg < HOME_SHARE * (stroke->peak_deg - stroke->from_deg))
        still_hold_home(&r->still_hold);
}

/* A swing goes on beyond the start pose; what only comes back to it, and soon, was a strap adjusted. */
static bool only_adjusts(const Recogniser *r, const Stroke *stroke, int which) {
    if (r->faced || r->spec->pattern != PATTERN_SWING || r->spec->signal == SIGNAL_FREE) return false;
    double home_deg = (which == 0 ? 1 : -1) * r->rested_deg;
    double beyond_deg = fmin(home_deg - stroke->low_deg, stroke->peak_deg - home_deg);
    return beyond_deg < BEYOND_SHARE * (stroke->peak_deg - stroke->low_deg) &&
           stroke->end_s - stroke->start_s < ADJUST_SHARE * r->spec->rep_s;
}

static void hear_stroke(Recogniser *r, Moves *moves, int which, const Stroke *stroke) {
    StrokeCounter *counter = &r->strokes[which];
    if (stroke->kind == STROKE_NONE) return;
    Move move = stroke_move(r, stroke, which == 0 ? 1 : -1);
    bool believed = r->faced ? which == r->facing : which == (r->signal.sign < 0);
    switch (stroke->kind) {
    case STROKE_NONE: return;
    case STROKE_TOP:
        if (believed) tell(r, moves, move);
        return;
    case STROKE_SETTLED:
        tally_amend(&r->tallies[which], &move);
        if (r->faced && !r->sure) doubt_facing(r);
        if (which != r->facing) return;
        rest_at_home(r, stroke);
        look_at_home(r);
        return;
    case STROKE_PARTIAL:
        if (!believable(r, &move, which)) return;
        if (believed) rest_at_home(r, stroke);
        count_rep(r, moves, move, which, began_away(r, stroke, which));
        return;
    case STROKE_REP:
        if (!believable(r, &move, which) || only_adjusts(r, stroke, which)) {
            stroke_counter_refuse(counter);
            return;
        }
        r->away[which] += (began_away(r, stroke, which) - r->away[which]) / (1 + r->tallies[which].reps);
        if (!r->faced)
            face(r, which);
        else if (!r->sure)
            doubt_facing(r);
        if (which == r->facing) rest_at_home(r, stroke);
        count_rep(r, moves, move, which, began_away(r, stroke, which));
        return;
    }
}

static void feed_strokes(Recogniser *r, Moves *moves) {
    const MovementSignal *s = &r->signal;
    double t_s = s->orientation.t_s;
    if (s->still_dps > RESTED_DPS) r->unrested_s = t_s;
    if (!r->faced && t_s - r->unrested_s > RESTED_S && fabs(s->raw_deg - r->rested_deg) < RESTED_DEG)
        r->rested_deg = s->raw_deg;
    /* The signal gives the rate with its sign. */
    double sign = s->sign != 0 ? s->sign : s->raw_deg - s->home_deg < 0 ? -1 : 1;
    double raw_dps = s->rate_dps * sign;
    for (int i = 0; i < 2; i++) {
        if (r->sure && i != r->facing) continue;
        double way = i == 0 ? 1 : -1;
        Stroke stroke = stroke_counter_feed(&r->strokes[i], t_s, s->raw_deg * way, raw_dps * way);
        hear_stroke(r, moves, i, &stroke);
    }
}

/* What was taken for the first side done was none: now it is the side of the first repetition left. */
static void turn_sides(Recogniser *r) {
    Tally *tally = &r->tallies[0];
    if (r->own.range_deg > 0 || tally->reps != 1 || tally->firsts[0].side == r->spec->first_side) return;
    movement_signal_face(&r->signal, -r->signal.sign);
    int right = tally->right;
    tally->right = tally->left;
    tally->left = right;
    tally->firsts[0].side = r->spec->first_side;
    publish(r);
}

static void hear_opening(Recogniser *r, Moves *moves, const Opening *heard) {
    MovementSignal *s = &r->signal;
    Opening opening = *heard;
    if (opening.kind == OPENING_NONE) return;
    double sign = s->sign != 0 ? s->sign : s->raw_deg < 0 ? -1 : 1;
    Move move = {
        .start_s = opening.start_s,
        .top_s = opening.peak_s,
        .end_s = opening.end_s > 0 ? opening.end_s : s->orientation.t_s,
        .peak_deg = opening.peak_deg,
        .under_deg = opening.under_deg,
        .rom_deg = opening.peak_deg + opening.under_deg,
    };
    if (opening.kind == OPENING_TOP || opening.kind == OPENING_UNDER) {
        move.kind = opening.kind == OPENING_TOP ? MOVE_TOP : MOVE_UNDER;
        move.side = side_of(r, opening.sign * (int)sign);
        tell(r, moves, move);
        return;
    }
    MovementSpan span = movement_signal_span(s, opening.start_s - 0.1, move.end_s + 0.3);
    bool under = opening.under_deg > 0;
    if (span.high_deg > span.low_deg && under) {
        move.rom_deg = span.high_deg - span.low_deg;
    } else if (span.high_deg > span.low_deg) {
        double home_deg = r->openings.home_deg;
        move.rom_deg = opening.sign > 0 ? span.high_deg - home_deg : home_deg - span.low_deg;
    }
    if (opening.kind == OPENING_LATE_UNDER) {
        tally_amend(&r->tallies[0], &move);
        return;
    }
    move.kind = opening.kind == OPENING_REP ? MOVE_REP : MOVE_PARTIAL;
    move.tempo_s = opening.end_s - opening.start_s;
    move.return_s = opening.home_s - opening.peak_s;
    if (!believable(r, &move, 0)) return;
    if (move.kind == MOVE_REP) {
        opening_counter_accept(&r->openings, &opening);
        /* The side done first is the side asked first. */
        if (!r->faced) {
            r->faced = true;
            movement_signal_face(s, opening.sign);
        }
    }
    sign = s->sign != 0 ? s->sign : sign;
    move.side = side_of(r, opening.sign * (int)sign);
    move.control = control_of(r, opening.start_s, opening.peak_s, opening.home_s);
    count_rep(r, moves, move, 0, 0);
    if (move.kind == MOVE_REP) turn_sides(r);
}

static void feed_openings(Recogniser *r, Moves *moves) {
    const MovementSignal *s = &r->signal;
    double sign = s->sign != 0 ? s->sign : s->raw_deg < 0 ? -1 : 1;
    Opening opening = opening_counter_feed(&r->openings, s->orientation.t_s, s->raw_deg, s->rate_dps * sign);
    hear_opening(r, moves, &opening);
    bool home = r->openings.phase == OPENING_AT_HOME && r->openings.still_s > 0.5;
    if (home && !r->home_looked_at) look_at_home(r);
    r->home_looked_at = home || (r->home_looked_at && r->openings.phase == OPENING_AT_HOME);
}

/* Measured again along the trail, in the body's frame as it is known by now: the first rise shows it badly.
 */
static void measure_reach(const Recogniser *r, Reach *reach) {
    int64_t first, end;
    if (!trail_reaches(&r->signal.trail, reach->start_s)) return;
    trail_span(&r->signal.trail, reach->start_s, reach->end_s, &first, &end);
    reach->peak_deg = 0;
    for (int64_t i = first; i < end; i++) {
        TrailPoint point = trail_point(&r->signal.trail, i);
        double roll_deg = movement_signal_raw_of(&r->signal, point);
        if (fabs(roll_deg) <= reach->peak_deg) continue;
        reach->peak_deg = fabs(roll_deg);
        reach->peak_s = reach->start_s + (double)(i - first) / TRAIL_HZ;
        reach->sign = roll_deg >= 0 ? 1 : -1;
    }
}

static void feed_reaches(Recogniser *r, Moves *moves) {
    const MovementSignal *s = &r->signal;
    Reach reach = reach_counter_feed(&r->reaches, s->orientation.t_s, s->value_deg, s->lift_deg);
    if (reach.kind == REACH_DONE) {
        measure_reach(r, &reach);
        reach.kind = reach_counter_judge(&r->reaches, &reach);
    }
    if (reach.kind == REACH_NONE) return;
    Move move = {
        .kind = reach.kind == REACH_TOP   ? MOVE_TOP
                : reach.kind == REACH_REP ? MOVE_REP
                                          : MOVE_PARTIAL,
        .start_s = reach.start_s,
        .top_s = reach.peak_s,
        .end_s = reach.end_s,
        .side = side_of(r, reach.sign),
        .peak_deg = reach.peak_deg,
        .rom_deg = reach.peak_deg,
        .lift_deg = reach.lift_deg,
    };
    if (reach.kind == REACH_TOP) {
        move.end_s = reach.peak_s;
        tell(r, moves, move);
        return;
    }
    move.tempo_s = reach.end_s - reach.start_s;
    move.return_s = reach.end_s - reach.peak_s;
    if (!believable(r, &move, 0)) return;
    if (reach.kind == REACH_REP) reach_counter_accept(&r->reaches, &reach);
    move.control = control_of(r, reach.start_s, reach.peak_s, reach.end_s);
    count_rep(r, moves, move, 0, 0);
}

static void hear_hold(Recogniser *r, Moves *moves, HoldNews news) {
    if (news.kind == HOLD_START) {
        r->hold_told = true;
        tell(r, moves, (Move){ .kind = MOVE_HOLD_START, .end_s = news.since_s });
    } else if (news.kind == HOLD_END) {
        double length_s = news.until_s - news.since_s;
        r->hold_told = false;
        r->hold_s += length_s;
        tell(r, moves, (Move){ .kind = MOVE_HOLD_END, .end_s = news.until_s, .tempo_s = length_s });
    }
}

/* Foam roll: stillness itself, away from the start. */
static void feed_still_hold(Recogniser *r, Moves *moves) {
    const MovementSignal *s = &r->signal;
    double range_deg = stroke_counter_range(&r->strokes[r->facing]);
    if (range_deg <= 0) range_deg = r->own.range_deg > 0 ? r->own.range_deg : r->spec->floor_deg;
    hear_hold(r, moves,
              still_hold_feed(&r->still_hold, s->orientation.t_s, s->raw_deg, s->still_dps, range_deg));
}

static void hear_breath(Recogniser *r, Moves *moves, Breath breath) {
    if (breath.length_s <= 0) return;
    r->own_breaths++;
    publish(r);
    tell(r, moves, (Move){ .kind = MOVE_BREATH, .end_s = breath.end_s, .tempo_s = breath.length_s });
}

/* Bench: from the end of the sink to the way out; breathing is part of it. */
static void feed_sunk_hold(Recogniser *r, Moves *moves, double dt_s) {
    const MovementSignal *s = &r->signal;
    double t_s = s->orientation.t_s;
    bool was_measured = r->sink.measured && r->sink.holding;
    HoldNews news = sink_hold_feed(&r->sink, t_s, s->raw_deg);
    hear_hold(r, moves, news);
    if (news.kind == HOLD_END) median_push(&r->tallies[0].peaks_deg, sink_hold_depth(&r->sink));
    if (!r->sink.holding || !r->sink.measured || r->sink.leaving) return;
    if (was_measured) {
        hear_breath(r, moves, breaths_feed(&r->breaths, t_s, s->raw_deg, dt_s));
        return;
    }
    movement_signal_face(&r->signal, r->sink.sign);
    /* Now it is known when the sink ended: the breaths since then are looked for in the trace. */
    breaths_begin(&r->breaths, t_s);
    int64_t oldest = r->sink.count > SINK_TRACE_MAX ? r->sink.count - SINK_TRACE_MAX : 0;
    for (int64_t i = oldest; i < r->sink.count; i++) {
        double at_s;
        double value_deg = sink_hold_point(&r->sink, i, &at_s);
        if (at_s < r->sink.since_s) continue;
        hear_breath(r, moves, breaths_feed(&r->breaths, at_s, value_deg, 1.0 / SINK_TRACE_HZ));
    }
}

static void tell_generic(Recogniser *r, Moves *moves, const GenericReps *reps) {
    r->faced = true; /* no way is the positive one here */
    for (int i = 0; i < reps->count; i++) {
        const GenericRep *rep = &reps->items[i];
        Move move = { .kind = MOVE_REP,
                      .start_s = rep->start_s,
                      .top_s = rep->peak_s,
                      .end_s = rep->end_s,
                      .rom_deg = rep->rom_deg,
                      .peak_deg = rep->rom_deg,
                      .tempo_s = rep->end_s - rep->start_s,
                      .return_s = rep->end_s - rep->peak_s,
                      .control = control_of(r, rep->start_s, rep->peak_s, rep->end_s) };
        count_rep(r, moves, move, 0, 0);
    }
}

static void feed_generic(Recogniser *r, Moves *moves) {
    const Orientation *o = &r->signal.orientation;
    GenericReps reps = generic_feed(&r->generic, o->t_s, o->rate, o->accel, orientation_up(o));
    tell_generic(r, moves, &reps);
}

/* When a strap that was put right rests again, that is the start pose, and nothing seen until then says
 * anything of what follows. */
static void look_at_adjusting(Recogniser *r, double dt_s) {
    if (r->faced || r->spec->signal == SIGNAL_FREE || r->tallies[0].reps > 0 || r->hold_told) return;
    double calm_s = r->spec->pattern == PATTERN_SWING ? SWING_CALM_S : CALM_S;
    if (!adjusting_feed(&r->adjusting, &r->signal, calm_s, r->spec->pattern != PATTERN_HOLD, dt_s)) return;
    movement_signal_forget(&r->signal);
    recogniser_restart(r, &r->own);
}

bool recogniser_feed(Recogniser *r, const ImuSample *sample, Moves *moves) {
    double before_s = r->signal.orientation.t_s;
    if (sample->sensor == SENSOR_PELVIS) return hips_feed(&r->hips, sample);
    if (!movement_signal_feed(&r->signal, sample)) return false;
    if (!r->signal.started) {
        hips_rebase(&r->hips); /* until the start pose is known */
        return true;
    }
    keep_trace(r);
    double dt_s = fmax(0, fmin(sample->t_s - before_s, 0.1));
    walking_feed(&r->walking, r->signal.orientation.t_s, r->signal.orientation.accel,
                 orientation_up(&r->signal.orientation), dt_s);
    stillness_feed(&r->stillness, r->signal.orientation.t_s, r->signal.still_dps);
    if (r->spec->signal == SIGNAL_FREE) {
        feed_generic(r, moves);
        return true;
    }
    look_at_adjusting(r, dt_s);
    switch (r->spec->pattern) {
    case PATTERN_RETURN:
        feed_strokes(r, moves);
        if (r->spec->still_dps > 0) feed_still_hold(r, moves);
        break;
    case PATTERN_SWING: feed_strokes(r, moves); break;
    case PATTERN_OPENING: feed_openings(r, moves); break;
    case PATTERN_BRIDGE: feed_reaches(r, moves); break;
    case PATTERN_HOLD: feed_sunk_hold(r, moves, dt_s); break;
    }
    return true;
}

/* A movement or two, of a body of which nothing else is known, are no set: people shift and lean. */
static void drop_unconfirmed(Recogniser *r) {
    if (r->own.range_deg > 0 || r->spec->signal == SIGNAL_FREE || r->spec->pattern == PATTERN_HOLD) return;
    if (r->tallies[r->facing].alike >= SET_ALIKE) return;
    r->tallies[r->facing] = (Tally){ 0 };
    publish(r);
}

void recogniser_finish(Recogniser *r, Moves *moves) {
    if (r->spec->signal == SIGNAL_FREE) {
        GenericReps reps = generic_finish(&r->generic);
        tell_generic(r, moves, &reps);
        return;
    }
    if (r->spec->pattern == PATTERN_HOLD) {
        hear_hold(r, moves, sink_hold_finish(&r->sink));
        median_push(&r->tallies[0].peaks_deg, sink_hold_depth(&r->sink));
    }
    hear_hold(r, moves, still_hold_finish(&r->still_hold));
    bool strokes = r->spec->pattern == PATTERN_RETURN || r->spec->pattern == PATTERN_SWING;
    double rested_s = r->signal.orientation.t_s;
    for (int i = 0; r->spec->pattern == PATTERN_OPENING && i < 50; i++) {
        rested_s += 0.02;
        Opening opening = opening_counter_feed(&r->openings, rested_s, r->signal.raw_deg, 0);
        hear_opening(r, moves, &opening);
    }
    /* A stroke that came to rest with the recording: rest is what it is. */
    double t_s = r->signal.orientation.t_s;
    for (int i = 0; strokes && i < 150; i++) {
        t_s += 0.02;
        for (int k = 0; k < 2; k++) {
            if (r->sure && k != r->facing) continue;
            double way = k == 0 ? 1 : -1;
            Stroke stroke = stroke_counter_feed(&r->strokes[k], t_s, r->signal.raw_deg * way, 0);
            hear_stroke(r, moves, k, &stroke);
        }
    }
    drop_unconfirmed(r);
}

OwnMeasure recogniser_measure(const Recogniser *r) {
    OwnMeasure own = r->own;
    const Tally *tally = &r->tallies[r->facing];
    if (own.range_deg <= 0)
        own.range_deg = median_get(&tally->peaks_deg, recogniser_holding(r) ? sink_hold_depth(&r->sink) : 0);
    if (own.under_deg <= 0) own.under_deg = median_get(&tally->unders_deg, 0);
    if (own.lift_deg <= 0) own.lift_deg = median_get(&tally->lifts_deg, 0);
    Seat seat = movement_signal_seat(&r->signal);
    if (vec3_length(seat.axis) > 0.5) own.seat = seat;
    return own;
}

double recogniser_place(const Recogniser *r, double value_deg) {
    OwnMeasure own = recogniser_measure(r);
    double range_deg = own.range_deg > 0 ? own.range_deg : r->spec->typical_deg;
    double under_deg = own.under_deg > 0 ? own.under_deg : r->spec->under_deg;
    /* Only where the exercise has another way does it have a measure of its own; else a little below the
     * start is just that. */
    if (value_deg >= 0 || r->spec->under_deg <= 0) return value_deg / range_deg;
    return (r->spec->pattern == PATTERN_OPENING ? 0.5 : 1.0) * value_deg / under_deg;
}

double recogniser_lift(const Recogniser *r) {
    OwnMeasure own = recogniser_measure(r);
    return r->signal.lift_deg / (own.lift_deg > 0 ? own.lift_deg : LIFT_TYPICAL_DEG);
}

bool recogniser_still(const Recogniser *r) {
    return r->signal.started && r->stillness.still;
}

bool recogniser_holding(const Recogniser *r) {
    return r->hold_told;
}

double recogniser_reached_deg(const Recogniser *r) {
    switch (r->spec->pattern) {
    case PATTERN_BRIDGE: return r->reaches.peak_deg;
    case PATTERN_OPENING: return r->openings.peak_deg;
    case PATTERN_HOLD: return fmax(0, r->signal.value_deg);
    case PATTERN_RETURN:
    case PATTERN_SWING: break;
    }
    int which = r->faced ? r->facing : r->signal.sign < 0;
    return r->strokes[which].peak_deg - (which == 0 ? 1 : -1) * r->signal.home_deg;
}

double recogniser_under_deg(const Recogniser *r) {
    if (r->spec->under_deg <= 0) return 0;
    if (r->spec->pattern == PATTERN_OPENING) return r->openings.under_deg;
    int which = r->faced ? r->facing : r->signal.sign < 0;
    return fmax(0, -r->strokes[which].low_deg);
}

MountDoubt recogniser_mount_doubt(const Recogniser *r) {
    const MovementSignal *s = &r->signal;
    /* Work on the mat turns the trunk against gravity, arms drawn apart turn level. */
    double upright = s->turning > 0 ? s->upright_turning / s->turning : 0;
    bool moved = s->turning > MOVED_SHARE * s->axis.memory_rad2;
    bool level = r->spec->signal == SIGNAL_YAW;
    if (moved && r->spec->signal != SIGNAL_FREE &&
        (level ? upright < WRONG_SHARE : upright > 1 - WRONG_SHARE))
        return MOUNT_OTHER_MOVE;
    return r->slipped ? MOUNT_SLIPPED : MOUNT_FINE;
}

/* In a turn the hips go along, in a wave they go the other way. */
double recogniser_thoracic_deg(const Recogniser *r, const Move *move) {
    if (move->hips_deg < 0) return move->rom_deg;
    return r->spec->pattern == PATTERN_SWING ? move->rom_deg + move->hips_deg
                                             : move->rom_deg - move->hips_deg;
}

double recogniser_rom_deg(const Recogniser *r) {
    if (r->spec->pattern == PATTERN_HOLD) return sink_hold_depth(&r->sink);
    return tally_rom_deg(&r->tallies[r->facing]);
}
