#include "exercises/recogniser.h"

#include "motion/smoothness.h"

#include <math.h>
#include <string.h>

#define HOLD_COUNTS_S    5.0  /* foam roll: shorter stillness is a pause */
#define HOLD_AWAY_SHARE  0.12 /* … and it counts away from the start only */
#define SINK_SHARE       0.5  /* bench: of the sink, below which the hold is over */
#define LIFT_TYPICAL_DEG 50.0
#define LIFT_FLOOR_DEG   20.0
#define BREATH_FLOOR_DEG 0.35
/* SPARC of one calm stroke, and of one that stops and starts: the ends of `control`. */
#define SPARC_CALM  (-1.65)
#define SPARC_JERKY (-3.6)

static const char *const kind_names[] = { "none",  "rep",        "partial",  "top",
                                          "under", "hold_start", "hold_end", "breath" };

const char *move_kind_name(MoveKind kind) {
    return kind_names[kind];
}

static void start_counting(Recogniser *r, const OwnMeasure *own) {
    const ExerciseSpec *spec = r->spec;
    r->own = own != NULL ? *own : (OwnMeasure){ 0 };
    double range_deg = r->own.range_deg;
    StrokeConfig strokes = stroke_config_default;
    strokes.floor_deg = spec->floor_deg;
    /* A swing is measured from end to end. */
    strokes.range_deg =
        range_deg > 0 && spec->pattern == PATTERN_SWING ? range_deg + r->own.under_deg : range_deg;
    if (spec->pattern == PATTERN_RETURN && spec->still_dps > 0) {
        strokes.slow_dps = 1.5;
        strokes.partial_dwell_s = 1e9; /* resting on the way is what a hold is */
    }
    stroke_counter_init(&r->strokes, &strokes);
    opening_counter_init(&r->openings, &(OpeningConfig){
                                           .floor_deg = 0.7 * spec->floor_deg,
                                           .range_deg = range_deg,
                                           .has_under = spec->under_deg > 0,
                                           .slow_dps = 6,
                                       });
    StrokeConfig breaths = stroke_config_default;
    breaths.floor_deg = BREATH_FLOOR_DEG;
    breaths.accept_share = 0.45;
    breaths.partial_share = 2; /* no such thing as a partial breath */
    breaths.slow_dps = 0;
    stroke_counter_init(&r->breaths, &breaths);
    r->stillness = stillness_make(spec->still_dps > 0 ? spec->still_dps : 2.0,
                                  spec->unstill_dps > 0 ? spec->unstill_dps : 3.0);
    r->breath_low = low_pass_make(0.35);
    generic_init(&r->generic);
    r->bridge_up = r->holding = r->hold_told = false;
    r->reps = r->right = r->left = r->partials = r->breaths_done = 0;
    r->rom_sum_deg = r->hold_s = r->sunk_deg = 0;
    r->peaks_deg = r->unders_deg = r->lifts_deg = (Median){ 0 };
}

void recogniser_init(Recogniser *r, const ExerciseSpec *spec, const OwnMeasure *own) {
    memset(r, 0, sizeof *r);
    r->spec = spec;
    double typical_rad = (spec->typical_deg + spec->under_deg) * DEG2RAD;
    /* Three ordinary repetitions' worth of turning. */
    double memory_rad2 = 14 * typical_rad * typical_rad / spec->rep_s;
    movement_signal_init(&r->signal, spec->signal, fmax(0.35 * spec->floor_deg, 2.0), memory_rad2);
    start_counting(r, own);
}

void recogniser_restart(Recogniser *r, const OwnMeasure *own) {
    movement_signal_rebase(&r->signal);
    start_counting(r, own);
}

static Side side_of(const Recogniser *r, int sign) {
    if (r->spec->first_side == SIDE_NONE) return SIDE_NONE;
    return sign >= 0 ? SIDE_RIGHT : SIDE_LEFT;
}

static void tell(Recogniser *r, Moves *moves, Move move) {
    move.t_s = r->signal.orientation.t_s;
    if (moves->count < MOVES_MAX) moves->items[moves->count++] = move;
}

static void keep_trace(Recogniser *r) {
    double t_s = r->signal.orientation.t_s;
    if (r->trace_count == 0) r->trace_next_s = t_s;
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

static void count_rep(Recogniser *r, Moves *moves, Move move) {
    if (move.kind == MOVE_PARTIAL) {
        r->partials++;
    } else {
        r->reps++;
        r->right += move.side == SIDE_RIGHT;
        r->left += move.side == SIDE_LEFT;
        r->rom_sum_deg += move.rom_deg;
        median_push(&r->peaks_deg, move.peak_deg);
        median_push(&r->unders_deg, move.under_deg);
        median_push(&r->lifts_deg, move.lift_deg);
    }
    /* The breath is told first: the last repetition ends the set, and its breath belongs to it. */
    if (move.kind == MOVE_REP && r->spec->breath_is_rep) {
        r->breaths_done++;
        tell(r, moves, (Move){ .kind = MOVE_BREATH, .end_s = move.end_s, .tempo_s = move.tempo_s });
    }
    tell(r, moves, move);
}

static void tell_stroke(Recogniser *r, Moves *moves, Stroke stroke) {
    Move move = {
        .kind = stroke.kind == STROKE_REP   ? MOVE_REP
                : stroke.kind == STROKE_TOP ? MOVE_TOP
                                            : MOVE_PARTIAL,
        .end_s = stroke.end_s,
        .peak_deg = stroke.peak_deg,
    };
    if (stroke.kind == STROKE_TOP) {
        tell(r, moves, move);
        return;
    }
    bool swing = r->spec->pattern == PATTERN_SWING;
    double low_deg = swing ? stroke.low_deg : fmin(stroke.low_deg, stroke.from_deg);
    move.under_deg = fmax(0, -stroke.low_deg);
    move.rom_deg = stroke.peak_deg - low_deg;
    move.tempo_s = stroke.end_s - stroke.start_s;
    move.return_s = stroke.end_s - stroke.peak_s;
    move.control = control_of(r, stroke.start_s, stroke.peak_s, stroke.end_s);
    count_rep(r, moves, move);
}

static void feed_strokes(Recogniser *r, Moves *moves) {
    const MovementSignal *s = &r->signal;
    Stroke stroke = stroke_counter_feed(&r->strokes, s->orientation.t_s, s->value_deg, s->rate_dps);
    if (stroke.kind != STROKE_NONE) tell_stroke(r, moves, stroke);
}

static void feed_openings(Recogniser *r, Moves *moves) {
    const MovementSignal *s = &r->signal;
    Opening opening = opening_counter_feed(&r->openings, s->orientation.t_s, s->value_deg, s->rate_dps);
    if (opening.kind == OPENING_NONE) return;
    Move move = {
        .end_s = opening.end_s > 0 ? opening.end_s : s->orientation.t_s,
        .side = side_of(r, opening.sign),
        .peak_deg = opening.peak_deg,
        .under_deg = opening.under_deg,
        .rom_deg = opening.peak_deg + opening.under_deg,
    };
    if (opening.kind == OPENING_TOP || opening.kind == OPENING_UNDER) {
        move.kind = opening.kind == OPENING_TOP ? MOVE_TOP : MOVE_UNDER;
        tell(r, moves, move);
        return;
    }
    move.kind = opening.kind == OPENING_REP ? MOVE_REP : MOVE_PARTIAL;
    move.tempo_s = opening.end_s - opening.start_s;
    move.return_s = opening.home_s - opening.peak_s;
    move.control = control_of(r, opening.start_s, opening.peak_s, opening.home_s);
    count_rep(r, moves, move);
}

static void feed_bridge(Recogniser *r, Moves *moves) {
    const MovementSignal *s = &r->signal;
    double t_s = s->orientation.t_s;
    double known_deg = median_get(&r->peaks_deg, r->own.range_deg);
    double accept_deg = known_deg > 0 ? 0.6 * known_deg : r->spec->floor_deg;
    double lift_range_deg = median_get(&r->lifts_deg, r->own.lift_deg);
    double up_deg = lift_range_deg > 0 ? fmax(0.5 * lift_range_deg, 12) : LIFT_FLOOR_DEG;
    if (!r->bridge_up) {
        if (s->lift_deg < 0.3 * up_deg) r->bridge_start_s = t_s;
        if (s->lift_deg < up_deg) return;
        r->bridge_up = true;
        r->bridge_topped = false;
        r->bridge_peak_deg = r->bridge_lift_deg = 0;
        r->bridge_sign = 1;
        r->bridge_peak_s = t_s;
    }
    if (s->lift_deg > r->bridge_lift_deg) r->bridge_lift_deg = s->lift_deg;
    if (fabs(s->value_deg) > r->bridge_peak_deg) {
        r->bridge_peak_deg = fabs(s->value_deg);
        r->bridge_peak_s = t_s;
        r->bridge_sign = s->value_deg >= 0 ? 1 : -1;
    }
    Side side = side_of(r, r->bridge_sign);
    if (!r->bridge_topped && r->bridge_peak_deg > 0.8 * accept_deg &&
        fabs(s->value_deg) < 0.85 * r->bridge_peak_deg) {
        r->bridge_topped = true;
        tell(r, moves,
             (Move){
                 .kind = MOVE_TOP, .side = side, .peak_deg = r->bridge_peak_deg, .end_s = r->bridge_peak_s });
    }
    if (s->lift_deg > 0.3 * r->bridge_lift_deg) return;
    r->bridge_up = false;
    count_rep(r, moves,
              (Move){
                  .kind = r->bridge_peak_deg >= accept_deg ? MOVE_REP : MOVE_PARTIAL,
                  .end_s = t_s,
                  .side = side,
                  .peak_deg = r->bridge_peak_deg,
                  .rom_deg = r->bridge_peak_deg,
                  .lift_deg = r->bridge_lift_deg,
                  .tempo_s = t_s - r->bridge_start_s,
                  .return_s = t_s - r->bridge_peak_s,
                  .control = control_of(r, r->bridge_start_s, r->bridge_peak_s, t_s),
              });
    r->bridge_start_s = t_s;
}

static void end_hold(Recogniser *r, Moves *moves, double end_s) {
    double length_s = end_s - r->hold_since_s;
    r->holding = false;
    if (!r->hold_told) return;
    r->hold_told = false;
    r->hold_s += length_s;
    tell(r, moves, (Move){ .kind = MOVE_HOLD_END, .end_s = end_s, .tempo_s = length_s });
}

/* Foam roll: stillness itself, away from the start. */
static void feed_still_hold(Recogniser *r, Moves *moves) {
    double t_s = r->signal.orientation.t_s;
    double range_deg = r->own.range_deg > 0 ? r->own.range_deg : stroke_counter_range(&r->strokes);
    double away_deg = fmax(HOLD_AWAY_SHARE * range_deg, 1.5);
    bool still = r->stillness.still && r->signal.value_deg > away_deg;
    if (still && !r->holding) {
        r->holding = true;
        r->hold_since_s = fmax(r->stillness.since_s, t_s - 1);
    }
    if (r->holding && !r->hold_told && t_s - r->hold_since_s >= HOLD_COUNTS_S) {
        r->hold_told = true;
        tell(r, moves, (Move){ .kind = MOVE_HOLD_START, .end_s = r->hold_since_s });
    }
    if (r->holding && !still) end_hold(r, moves, r->stillness.last_quiet_s);
}

/* Bench: from the end of the sink to the way out; breathing is part of it. */
static void feed_sunk_hold(Recogniser *r, Moves *moves) {
    const MovementSignal *s = &r->signal;
    double t_s = s->orientation.t_s;
    double range_deg = r->own.range_deg > 0 ? r->own.range_deg : fmax(r->sunk_deg, r->spec->floor_deg);
    double smooth_deg = low_pass_feed(&r->breath_low, s->value_deg, 1.0 / SPEED_TRACE_HZ);
    if (!r->holding) {
        if (s->value_deg > SINK_SHARE * range_deg && r->stillness.still) {
            r->holding = true;
            r->hold_since_s = r->stillness.since_s;
            r->sunk_deg = s->value_deg;
        }
        return;
    }
    r->sunk_deg += (s->value_deg - r->sunk_deg) * 0.002;
    if (!r->hold_told && t_s - r->hold_since_s >= 2) {
        r->hold_told = true;
        tell(r, moves, (Move){ .kind = MOVE_HOLD_START, .end_s = r->hold_since_s });
    }
    Stroke breath = stroke_counter_feed(&r->breaths, t_s, smooth_deg, 1e9);
    if (breath.kind == STROKE_REP) {
        r->breaths_done++;
        tell(r, moves,
             (Move){ .kind = MOVE_BREATH, .end_s = breath.end_s, .tempo_s = breath.end_s - breath.start_s });
    }
    if (s->value_deg < SINK_SHARE * r->sunk_deg) {
        end_hold(r, moves, r->stillness.last_quiet_s);
        median_push(&r->peaks_deg, r->sunk_deg);
    }
}

static void tell_generic(Recogniser *r, Moves *moves, const GenericReps *reps) {
    for (int i = 0; i < reps->count; i++) {
        const GenericRep *rep = &reps->items[i];
        count_rep(r, moves,
                  (Move){ .kind = MOVE_REP,
                          .end_s = rep->end_s,
                          .rom_deg = rep->rom_deg,
                          .peak_deg = rep->rom_deg,
                          .tempo_s = rep->end_s - rep->start_s,
                          .return_s = rep->end_s - rep->peak_s,
                          .control = control_of(r, rep->start_s, rep->peak_s, rep->end_s) });
    }
}

static void feed_generic(Recogniser *r, Moves *moves) {
    const Orientation *o = &r->signal.orientation;
    GenericReps reps = generic_feed(&r->generic, o->t_s, o->rate, o->accel, orientation_up(o));
    tell_generic(r, moves, &reps);
}

bool recogniser_feed(Recogniser *r, const ImuSample *sample, Moves *moves) {
    if (sample->sensor != SENSOR_MAIN || !movement_signal_feed(&r->signal, sample)) return false;
    if (!r->signal.started) return true;
    keep_trace(r);
    stillness_feed(&r->stillness, r->signal.orientation.t_s, r->signal.still_dps);
    if (r->spec->signal == SIGNAL_FREE) {
        feed_generic(r, moves);
        return true;
    }
    switch (r->spec->pattern) {
    case PATTERN_RETURN:
        feed_strokes(r, moves);
        if (r->spec->still_dps > 0) feed_still_hold(r, moves);
        break;
    case PATTERN_SWING: feed_strokes(r, moves); break;
    case PATTERN_OPENING: feed_openings(r, moves); break;
    case PATTERN_BRIDGE: feed_bridge(r, moves); break;
    case PATTERN_HOLD: feed_sunk_hold(r, moves); break;
    }
    return true;
}

void recogniser_finish(Recogniser *r, Moves *moves) {
    if (r->holding)
        end_hold(r, moves, r->stillness.still ? r->signal.orientation.t_s : r->stillness.last_quiet_s);
    if (r->spec->signal == SIGNAL_FREE) {
        GenericReps reps = generic_finish(&r->generic);
        tell_generic(r, moves, &reps);
        return;
    }
    if (r->spec->pattern != PATTERN_RETURN && r->spec->pattern != PATTERN_SWING) return;
    /* A stroke that came to rest with the recording: rest is what it is. */
    ImuSample rest = { .t_s = r->signal.orientation.t_s };
    for (int i = 0; i < 60; i++) {
        rest.t_s += 0.02;
        Stroke stroke = stroke_counter_feed(&r->strokes, rest.t_s, r->signal.value_deg, 0);
        if (stroke.kind == STROKE_REP) tell_stroke(r, moves, stroke);
    }
}

OwnMeasure recogniser_measure(const Recogniser *r) {
    OwnMeasure own = r->own;
    if (own.range_deg <= 0)
        own.range_deg =
            median_get(&r->peaks_deg, r->hold_told && r->spec->pattern == PATTERN_HOLD ? r->sunk_deg : 0);
    if (own.under_deg <= 0) own.under_deg = median_get(&r->unders_deg, 0);
    if (own.lift_deg <= 0) own.lift_deg = median_get(&r->lifts_deg, 0);
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

double recogniser_rom_deg(const Recogniser *r) {
    if (r->spec->pattern == PATTERN_HOLD) return r->sunk_deg;
    return r->reps > 0 ? r->rom_sum_deg / r->reps : 0;
}
