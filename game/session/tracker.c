#include "session/tracker.h"

#include <math.h>
#include <string.h>

#define GAP_S 0.5 /* a longer silence is no stillness */

void tracker_init(Tracker *tracker, const ExerciseSpec *spec, const OwnMeasure *own) {
    memset(tracker, 0, sizeof *tracker);
    recogniser_init(&tracker->recogniser, spec, own);
}

void tracker_restart(Tracker *tracker, const OwnMeasure *own) {
    recogniser_restart(&tracker->recogniser, own);
    tracker->queued = 0;
}

static void enqueue(Tracker *tracker, const Moves *moves) {
    for (int i = 0; i < moves->count && tracker->queued < TRACKER_QUEUE_MAX; i++)
        tracker->queue[tracker->queued++] = moves->items[i];
}

void tracker_feed(Tracker *tracker, const ImuSample *samples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Moves moves = { 0 };
        if (!recogniser_feed(&tracker->recogniser, &samples[i], &moves)) continue;
        enqueue(tracker, &moves);
        double dt_s = samples[i].t_s - tracker->last_t_s;
        tracker->last_t_s = samples[i].t_s;
        bool still = recogniser_still(&tracker->recogniser);
        tracker->still_s = still && dt_s < GAP_S ? tracker->still_s + dt_s : 0;
    }
}

static int16_t quantise(double value, double scale, int32_t limit) {
    double scaled = value * scale;
    if (!(fabs(scaled) < limit)) scaled = scaled > 0 ? limit : scaled < 0 ? -limit : 0;
    return (int16_t)lround(scaled);
}

static uint16_t quantise_positive(double value, double scale) {
    double scaled = value * scale;
    return scaled > 0 ? (uint16_t)lround(fmin(scaled, 65535)) : 0;
}

static double turned(Side asked, double value_deg) {
    return asked == SIDE_LEFT ? -value_deg : value_deg;
}

double tracker_place(const Tracker *tracker, Side asked, double ahead_s) {
    const Recogniser *r = &tracker->recogniser;
    return recogniser_place(r, turned(asked, movement_signal_ahead(&r->signal, ahead_s)));
}

static SimSignal signal_of(MoveKind kind) {
    static const SimSignal signals[] = {
        [MOVE_NONE] = SIM_NOTHING,      [MOVE_REP] = SIM_REP,       [MOVE_PARTIAL] = SIM_PARTIAL,
        [MOVE_TOP] = SIM_TOP,           [MOVE_UNDER] = SIM_UNDER,   [MOVE_HOLD_START] = SIM_HOLD_START,
        [MOVE_HOLD_END] = SIM_HOLD_END, [MOVE_BREATH] = SIM_BREATH,
    };
    return signals[kind];
}

/* A place the other way is negative; told as a positive share here. */
static double under_share(const Recogniser *r, double under_deg) {
    return under_deg > 0 ? -recogniser_place(r, -under_deg) : 0;
}

void tracker_tick(Tracker *tracker, Side asked, SimInput *out) {
    const Recogniser *r = &tracker->recogniser;
    double value_deg = r->signal.value_deg;
    *out = (SimInput){
        .place = quantise(tracker_place(tracker, asked, 0), 1000, 2000),
        .lift = r->spec->signal == SIGNAL_BRIDGE ? quantise(recogniser_lift(r), 1000, 2000) : 0,
        .angle_cdeg = quantise(turned(asked, value_deg), 100, 32000),
        .flags = (uint8_t)((recogniser_still(r) ? SIM_FLAG_STILL : 0) |
                           (recogniser_holding(r) ? SIM_FLAG_HOLD : 0)),
    };
    if (tracker->queued == 0) return;
    Move move = tracker->queue[0];
    tracker->queued--;
    memmove(&tracker->queue[0], &tracker->queue[1], (size_t)tracker->queued * sizeof tracker->queue[0]);
    out->signal = (uint8_t)signal_of(move.kind);
    out->side = (uint8_t)move.side;
    out->reach = quantise(recogniser_place(r, move.peak_deg), 1000, 2000);
    out->under = quantise(under_share(r, move.under_deg), 1000, 2000);
    out->control = quantise(move.control, 1000, 1000);
    out->hips = move.hips_flat < 0 ? HIPS_UNKNOWN : quantise(move.hips_flat, 1000, 1001);
    /* A hold is told late: it began this long ago. */
    out->tempo_ms =
        quantise_positive(move.kind == MOVE_HOLD_START ? move.t_s - move.end_s : move.tempo_s, 1000);
    out->return_ms = quantise_positive(move.return_s, 1000);
    out->rom_cdeg = quantise_positive(move.rom_deg, 100);
}
