#include "session/flow.h"

#include "session/staircase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TICK_S              (1.0 / TICK_HZ)
#define HOWTO_QUIET_S       6.0
#define CALIBRATE_STILL_S   2.0
#define SINK_STILL_S        2.0
#define CALIBRATE_AGAIN_S   20.0
#define CALIBRATE_GIVE_UP_S 60.0
#define MEASURED_SHOWN_S    2.5
#define POSE_HELD_S         1.0
#define POSE_MISSING_S      15.0
#define POSE_ANYWAY_S       30.0
#define COUNTDOWN_FROM      3
#define OUTRO_S             4.0
#define RESULT_S            12.0
#define SUMMARY_S           30.0
#define HURTS_S             20.0
#define PAUSE_S             300.0
#define TOUCHED_S           20.0 /* a touched timer waits this long */
#define HURT_EASE           0.9
#define LEAST_EASE          0.5

static void tell(FlowEvents *events, FlowEventKind kind, int32_t a) {
    if (events->count < FLOW_EVENTS_MAX) events->items[events->count++] = (FlowEvent){ .kind = kind, .a = a };
}

const FlowItem *flow_item(const Flow *flow) {
    return &flow->items[flow->item < flow->item_count ? flow->item : flow->item_count - 1];
}

static void begin_stage(Flow *flow, Stage stage, FlowEvents *events) {
    flow->stage = stage;
    flow->overlay = OVERLAY_NONE;
    flow->stage_s = flow->quiet_s = flow->patience_s = 0;
    flow->timer_told = false;
    if (stage == STAGE_CALIBRATE) {
        flow->still_done = false;
        flow->measured_s = -1;
        flow->own = (OwnMeasure){ 0 };
        tracker_init(&flow->tracker, flow_item(flow)->spec, NULL);
    }
    if (stage == STAGE_GET_SET) {
        flow->pose_found = flow->pose_missing_told = false;
        flow->pose_s = 0;
        flow->counted = 0;
    }
    tell(events, FLOW_STAGE_BEGAN, (int32_t)stage);
}

void flow_init(Flow *flow, const Routine *routine, const FlowItem *items, int item_count, int first,
               uint32_t seed) {
    memset(flow, 0, sizeof *flow);
    flow->routine = *routine;
    flow->item_count = item_count < ROUTINE_ITEMS_MAX ? item_count : ROUTINE_ITEMS_MAX;
    memcpy(flow->items, items, (size_t)flow->item_count * sizeof *items);
    for (int i = 0; i < flow->item_count; i++) {
        if (flow->items[i].stair == 0) flow->items[i].stair = STAIRCASE_START;
    }
    flow->item = first;
    flow->seed = seed;
    flow->stage = STAGE_HOWTO;
    flow->stage_s = -1; /* told by the first tick */
}

void flow_free(Flow *flow) {
    replay_track_free(&flow->track);
}

void flow_feed(Flow *flow, const ImuSample *samples, size_t count) {
    if (flow->stage < STAGE_CALIBRATE || flow->stage > STAGE_OUTRO) return;
    tracker_feed(&flow->tracker, samples, count);
    bool moves_count =
        flow->overlay == OVERLAY_NONE && (flow->stage == STAGE_GAME || flow->stage == STAGE_CALIBRATE);
    if (!moves_count) flow->tracker.queued = 0;
}

/* ---- the exercises, one after the other ---- */

static void begin_exercise(Flow *flow, int item, FlowEvents *events) {
    flow->item = item;
    flow->playing_at_all = flow->resuming = false;
    Stage after = flow->result_count > 0 ? STAGE_SUMMARY : STAGE_OVER; /* nothing done needs no grade */
    begin_stage(flow, item < flow->item_count ? STAGE_HOWTO : after, events);
}

static void leave_howto(Flow *flow, FlowEvents *events) {
    const FlowItem *item = flow_item(flow);
    if (item->own.range_deg <= 0 && !item->learns_as_it_goes) {
        begin_stage(flow, STAGE_CALIBRATE, events);
        return;
    }
    flow->own = item->own;
    tracker_init(&flow->tracker, item->spec, &flow->own);
    if (!item->learns_as_it_goes) tell(events, FLOW_KEPT_MEASURE, 0);
    begin_stage(flow, STAGE_GET_SET, events);
}

static void begin_run(Flow *flow) {
    const FlowItem *item = flow_item(flow);
    RunConfig config = {
        .game = item->levels->game,
        .level = item->level,
        .seed = flow->seed + 0x9E3779B9U * (uint32_t)(flow->item + 1),
        .dose = item->dose,
        .stair = item->stair,
        .ease = (int32_t)lround(item->ease * 1000),
    };
    run_init(&flow->run, &config, &item->levels->levels[item->level - 1]);
    flow->track.count = 0;
    flow->playing_at_all = true;
}

static RepScore mean_of(const Run *run) {
    RepScore mean = { 0 };
    int32_t count = 0;
    for (int32_t i = 0; i < run->rep_count; i++) {
        const RepScore *rep = &run->rep_scores[i];
        if (rep->word == WORD_PARTIAL) continue;
        mean.reach += rep->reach, mean.control += rep->control, mean.tempo += rep->tempo,
            mean.form += rep->form, mean.total += rep->total;
        count++;
    }
    if (count == 0) return mean;
    mean.reach /= count, mean.control /= count, mean.tempo /= count, mean.form /= count, mean.total /= count;
    return mean;
}

static void keep_result(Flow *flow, FlowEvents *events) {
    if (flow->result_count == ROUTINE_ITEMS_MAX) return;
    const Run *run = &flow->run;
    FlowResult *result = &flow->results[flow->result_count];
    *result = (FlowResult){
        .item = flow->item,
        .level = run->config.level,
        .score = run->score,
        .stars = run->stars,
        .reps = run->reps,
        .left = run->left,
        .right = run->right,
        .partials = run->partials,
        .breaths = run->breaths,
        .hold_s = run->hold_ms / 1000.0,
        .rom_deg = run_rom_deg(run),
        .rom_spread_deg = run_rom_spread_deg(run),
        .rep_count = run->rep_count,
        .mean = mean_of(run),
        .advice = advice_of(run),
    };
    FlowItem *item = &flow->items[flow->item];
    item->stair = staircase_after(item->stair, run->rep_scores, run->rep_count);
    memcpy(result->reps_scored, run->rep_scores, sizeof result->reps_scored);
    tell(events, FLOW_RESULT, flow->result_count++);
}

/* Playing one again replaces what it gave in this routine. */
static void drop_result_of(Flow *flow, int item) {
    if (flow->result_count > 0 && flow->results[flow->result_count - 1].item == item) flow->result_count--;
}

Replay flow_replay(const Flow *flow) {
    return (Replay){ .config = flow->run.config,
                     .level = flow->run.level,
                     .score = flow->run.score,
                     .stars = flow->run.stars,
                     .track = flow->track };
}

int32_t flow_score(const Flow *flow) {
    int32_t sum = 0;
    for (int i = 0; i < flow->result_count; i++) sum += flow->results[i].score;
    return sum;
}

/* ---- stages ---- */

static void tick_howto(Flow *flow, FlowEvents *events) {
    if (flow->quiet_s >= HOWTO_QUIET_S) leave_howto(flow, events);
}

static void use_measure(Flow *flow, OwnMeasure own, FlowEvents *events) {
    const ExerciseSpec *spec = flow_item(flow)->spec;
    if (own.range_deg <= 0) own.range_deg = spec->typical_deg;
    if (spec->under_deg > 0 && own.under_deg <= 0) own.under_deg = spec->under_deg;
    flow->own = own;
    flow->items[flow->item].own = own;
    flow->measured_s = 0;
    tell(events, FLOW_MEASURED,
         (int32_t)lround(own.range_deg + (spec->pattern == PATTERN_SWING ? own.under_deg : 0)));
}

static void tick_calibrate(Flow *flow, FlowEvents *events) {
    const Recogniser *r = &flow->tracker.recogniser;
    if (flow->measured_s >= 0) {
        flow->measured_s += TICK_S;
        if (flow->measured_s >= MEASURED_SHOWN_S) begin_stage(flow, STAGE_GET_SET, events);
        return;
    }
    flow->patience_s += TICK_S;
    if (!flow->still_done) {
        bool held = r->signal.started && flow->tracker.still_s >= CALIBRATE_STILL_S;
        /* Somebody who can't lie still is measured as they are. */
        if (!held && flow->patience_s < CALIBRATE_AGAIN_S) return;
        flow->still_done = true;
        flow->patience_s = 0;
        tracker_restart(&flow->tracker, NULL);
        tell(events, FLOW_STILL_DONE, 0);
        return;
    }
    SimInput unused;
    tracker_tick(&flow->tracker, SIDE_NONE, &unused);
    bool sunk = r->spec->pattern == PATTERN_HOLD && recogniser_holding(r) &&
                flow->tracker.still_s >= SINK_STILL_S &&
                flow->quiet_s >= SINK_STILL_S; /* nobody sinks before they have been asked to */
    if (r->reps > 0 || sunk) {
        OwnMeasure own = recogniser_measure(r);
        /* A hold is told early in a slow sink: what counts is where it comes to rest. */
        if (sunk) own.range_deg = fmax(own.range_deg, r->signal.value_deg);
        use_measure(flow, own, events);
    } else if (flow->stage_s >= CALIBRATE_GIVE_UP_S) {
        use_measure(flow, (OwnMeasure){ 0 }, events);
    } else if (flow->patience_s >= CALIBRATE_AGAIN_S) {
        flow->patience_s = 0;
        tell(events, FLOW_SLOW_AGAIN, 0);
    }
}

/* Said once each time it begins. */
static void watch_mount(Flow *flow, FlowEvents *events) {
    MountDoubt before = flow->doubt;
    flow->doubt = recogniser_mount_doubt(&flow->tracker.recogniser);
    if (flow->doubt == before) return;
    if (flow->doubt == MOUNT_SLIPPED) tell(events, FLOW_STRAP_SLIPPED, 0);
    if (flow->doubt == MOUNT_OTHER_MOVE) tell(events, FLOW_OTHER_MOVE, 0);
}

static void enter_game(Flow *flow, FlowEvents *events) {
    bool resuming = flow->resuming;
    flow->resuming = false;
    if (!resuming) begin_run(flow);
    tell(events, FLOW_GO, 0);
    begin_stage(flow, STAGE_GAME, events);
}

static void tick_get_set(Flow *flow, FlowEvents *events) {
    if (!flow->pose_found) {
        bool anyway = flow->stage_s >= POSE_ANYWAY_S;
        if (!flow->pose_missing_told && flow->stage_s >= POSE_MISSING_S) {
            flow->pose_missing_told = true;
            tell(events, FLOW_POSE_MISSING, 0);
        }
        if (flow->tracker.still_s < POSE_HELD_S && !anyway) return;
        flow->pose_found = true;
        tracker_restart(&flow->tracker, &flow->own);
        tell(events, anyway ? FLOW_ANYWAY : FLOW_POSE_FOUND, 0);
        return;
    }
    /* "Found you" is said before the count begins. */
    if (flow->quiet_s <= 0.2 && flow->counted == 0) return;
    flow->pose_s += TICK_S;
    int due = (int)flow->pose_s;
    if (due >= COUNTDOWN_FROM) {
        enter_game(flow, events);
    } else if (due >= flow->counted) {
        tell(events, FLOW_COUNT, COUNTDOWN_FROM - flow->counted++);
    }
}

static void tick_game(Flow *flow, SourceState source, FlowEvents *events, Events *game_events) {
    tracker_tick(&flow->tracker, flow->run.asked, &flow->input);
    run_step(&flow->run, &flow->input, game_events);
    if (flow->stage == STAGE_GAME) (void)replay_track_push(&flow->track, &flow->input);
    watch_mount(flow, events);
    if (source == SOURCE_ENDED && !flow->run.finished) run_stop(&flow->run);
    if (flow->stage == STAGE_GAME && flow->run.finished) {
        keep_result(flow, events);
        begin_stage(flow, STAGE_OUTRO, events);
    } else if (flow->stage == STAGE_OUTRO && flow->quiet_s >= OUTRO_S) {
        flow->playing_at_all = false;
        begin_stage(flow, STAGE_RESULT, events);
    }
}

static double timer_length_s(const Flow *flow) {
    if (flow->overlay == OVERLAY_HURTS) return HURTS_S;
    if (flow->overlay == OVERLAY_PAUSE) return PAUSE_S;
    if (flow->overlay != OVERLAY_NONE) return 0;
    if (flow->stage == STAGE_HOWTO) return HOWTO_QUIET_S;
    if (flow->stage == STAGE_RESULT) return RESULT_S;
    if (flow->stage == STAGE_SUMMARY) return SUMMARY_S;
    return 0;
}

static double timer_gone_s(const Flow *flow) {
    return flow->overlay == OVERLAY_NONE ? flow->quiet_s : flow->overlay_s;
}

int flow_timer_s(const Flow *flow) {
    double length_s = timer_length_s(flow);
    /* A touched timer waits, and is not shown. */
    bool shown = length_s > 0 && flow->overlay != OVERLAY_PAUSE && timer_gone_s(flow) >= 0;
    if (!shown) return -1;
    double left_s = length_s - timer_gone_s(flow);
    return left_s > 0 ? (int)ceil(left_s) : 0;
}

float flow_timer_share(const Flow *flow) {
    double length_s = timer_length_s(flow);
    return length_s > 0 ? (float)fmax(0, fmin(1, timer_gone_s(flow) / length_s)) : 0;
}

float flow_still_share(const Flow *flow) {
    double asked_s = flow->stage == STAGE_CALIBRATE ? CALIBRATE_STILL_S : POSE_HELD_S;
    if (flow->stage == STAGE_CALIBRATE && flow->still_done) return 1;
    if (flow->stage == STAGE_GET_SET && flow->pose_found) return 1;
    return (float)fmin(1, flow->tracker.still_s / asked_s);
}

/* ---- actions ---- */

static bool in_play(const Flow *flow) {
    return flow->stage == STAGE_CALIBRATE || flow->stage == STAGE_GET_SET || flow->stage == STAGE_GAME;
}

/* Back into the run, or to where it was stopped, by way of the start pose. */
static void go_on(Flow *flow, FlowEvents *events) {
    flow->overlay = OVERLAY_NONE;
    tell(events, FLOW_RESUMED, 0);
    if (flow->stage == STAGE_CALIBRATE) {
        begin_stage(flow, STAGE_CALIBRATE, events);
    } else if (flow->stage == STAGE_GAME || flow->stage == STAGE_GET_SET) {
        flow->resuming = flow->playing_at_all;
        begin_stage(flow, STAGE_GET_SET, events);
    }
}

static void skip(Flow *flow, FlowEvents *events) {
    tell(events, FLOW_SKIPPED, 0);
    begin_exercise(flow, flow->item + 1, events);
}

static void stop(Flow *flow, FlowEvents *events) {
    begin_stage(flow, flow->result_count > 0 && flow->stage != STAGE_SUMMARY ? STAGE_SUMMARY : STAGE_OVER,
                events);
    flow->item = flow->item_count;
}

static void ease(Flow *flow, FlowEvents *events) {
    FlowItem *item = &flow->items[flow->item];
    item->ease = fmax(LEAST_EASE, item->ease * HURT_EASE);
    tell(events, FLOW_EASED, (int32_t)lround(item->ease * 1000));
}

static void next(Flow *flow, FlowEvents *events) {
    switch (flow->stage) {
    case STAGE_HOWTO: leave_howto(flow, events); break;
    case STAGE_CALIBRATE:
        if (flow->measured_s < 0) use_measure(flow, recogniser_measure(&flow->tracker.recogniser), events);
        break;
    case STAGE_GET_SET:
        if (!flow->pose_found) flow->stage_s = POSE_ANYWAY_S;
        break;
    case STAGE_OUTRO: flow->quiet_s = OUTRO_S; break;
    case STAGE_RESULT: begin_exercise(flow, flow->item + 1, events); break;
    case STAGE_SUMMARY: begin_stage(flow, STAGE_OVER, events); break;
    case STAGE_GAME:
    case STAGE_OVER: break;
    }
}

static void act_on_overlay(Flow *flow, FlowAction action, FlowEvents *events) {
    bool hurts = flow->overlay == OVERLAY_HURTS;
    switch (action) {
    case FLOW_NEXT:
    case FLOW_GO_ON:
    case FLOW_GENTLER:
        if (hurts && flow->playing_at_all && flow->stage != STAGE_OUTRO) {
            /* What is asked has changed: the set begins anew with it. */
            flow->playing_at_all = false;
            flow->stage = STAGE_GET_SET;
        }
        if (flow->overlay != OVERLAY_LOST) go_on(flow, events);
        break;
    case FLOW_SKIP: skip(flow, events); break;
    case FLOW_AGAIN:
        flow->playing_at_all = false;
        flow->stage = STAGE_GET_SET;
        go_on(flow, events);
        break;
    case FLOW_STOP: stop(flow, events); break;
    case FLOW_HURTS:
        if (hurts) break;
        flow->overlay = OVERLAY_HURTS;
        flow->overlay_s = 0;
        tell(events, FLOW_HURT, 0);
        ease(flow, events);
        break;
    case FLOW_TOUCH: flow->overlay_s = -TOUCHED_S; break;
    case FLOW_NOTHING:
    case FLOW_PAUSE: break;
    }
}

static void act(Flow *flow, FlowAction action, FlowEvents *events) {
    if (flow->overlay != OVERLAY_NONE) {
        act_on_overlay(flow, action, events);
        return;
    }
    switch (action) {
    case FLOW_NOTHING: break;
    case FLOW_TOUCH:
        if (timer_length_s(flow) > 0) flow->quiet_s = -TOUCHED_S;
        break;
    case FLOW_NEXT:
    case FLOW_GO_ON:
    case FLOW_GENTLER: next(flow, events); break;
    case FLOW_PAUSE:
        if (!in_play(flow)) break;
        flow->overlay = OVERLAY_PAUSE;
        flow->overlay_s = 0;
        tell(events, FLOW_PAUSED, 0);
        break;
    case FLOW_HURTS:
        if (flow->stage > STAGE_RESULT) break;
        flow->overlay = OVERLAY_HURTS;
        flow->overlay_s = 0;
        tell(events, FLOW_HURT, 0);
        ease(flow, events);
        break;
    case FLOW_SKIP: skip(flow, events); break;
    case FLOW_AGAIN:
        if (flow->stage == STAGE_RESULT) {
            drop_result_of(flow, flow->item);
            flow->playing_at_all = false;
            tracker_init(&flow->tracker, flow_item(flow)->spec, &flow->own);
            begin_stage(flow, STAGE_GET_SET, events);
        }
        break;
    case FLOW_STOP: stop(flow, events); break;
    }
}

/* ---- the tick ---- */

static void watch_sensor(Flow *flow, SourceState source, FlowEvents *events) {
    bool gone = source == SOURCE_LOST || source == SOURCE_LOOKING;
    if (gone && in_play(flow) && flow->overlay == OVERLAY_NONE) {
        flow->overlay = OVERLAY_LOST;
        flow->overlay_s = 0;
        tell(events, FLOW_SENSOR_LOST, 0);
    } else if (!gone && flow->overlay == OVERLAY_LOST) {
        tell(events, FLOW_SENSOR_BACK, 0);
        go_on(flow, events);
    }
}

static void tick_overlay(Flow *flow, FlowEvents *events) {
    flow->overlay_s += TICK_S;
    if (flow->overlay == OVERLAY_HURTS && flow->overlay_s >= HURTS_S) skip(flow, events);
    if (flow->overlay == OVERLAY_PAUSE && flow->overlay_s >= PAUSE_S) stop(flow, events);
}

static void tick_timers(Flow *flow, bool voice_busy, FlowEvents *events) {
    flow->stage_s += TICK_S;
    if (voice_busy) {
        flow->quiet_s = flow->quiet_s < 0 ? flow->quiet_s : 0;
    } else {
        flow->quiet_s += TICK_S;
    }
    int left_s = flow_timer_s(flow);
    if (left_s > 0 && left_s <= 3 && !flow->timer_told) {
        flow->timer_told = true;
        tell(events, FLOW_TIMER_SOON, left_s);
    }
}

void flow_tick(Flow *flow, const FlowInput *input, FlowEvents *events, Events *game_events) {
    events->count = game_events->count = 0;
    if (flow->stage == STAGE_OVER) return;
    if (flow->stage_s < 0) begin_stage(flow, STAGE_HOWTO, events);
    act(flow, input->action, events);
    watch_sensor(flow, input->source, events);
    if (flow->overlay != OVERLAY_NONE) {
        tick_overlay(flow, events);
        return;
    }
    tick_timers(flow, input->voice_busy, events);
    switch (flow->stage) {
    case STAGE_HOWTO: tick_howto(flow, events); break;
    case STAGE_CALIBRATE: tick_calibrate(flow, events); break;
    case STAGE_GET_SET: tick_get_set(flow, events); break;
    case STAGE_GAME:
    case STAGE_OUTRO: tick_game(flow, input->source, events, game_events); break;
    case STAGE_RESULT:
        if (flow->quiet_s >= RESULT_S) begin_exercise(flow, flow->item + 1, events);
        break;
    case STAGE_SUMMARY:
        if (flow->quiet_s >= SUMMARY_S) begin_stage(flow, STAGE_OVER, events);
        break;
    case STAGE_OVER: break;
    }
}

void flow_cue(const Flow *flow, Cue *out) {
    const FlowItem *item = flow_item(flow);
    *out = (Cue){ .phase = CUE_REST, .side = flow->run.asked, .target = 1 };
    memcpy(out->exercise, item->spec->id, strnlen(item->spec->id, sizeof out->exercise - 1));
    if (!flow->playing_at_all) out->side = item->spec->first_side;
    if (flow->overlay != OVERLAY_NONE) return;
    if (flow->stage == STAGE_CALIBRATE)
        out->phase = flow->still_done && flow->measured_s < 0 ? CUE_ONE_SLOW : CUE_HOLD_STILL;
    if (flow->stage == STAGE_GET_SET) out->phase = CUE_HOLD_STILL;
    if (flow->stage == STAGE_GAME) {
        out->phase = CUE_PLAY;
        out->target = (float)flow->run.setup.target / 1000.0f;
        out->stop_here = run_asks_stillness(&flow->run) ? 1 : 0;
        out->reps_left = (float)(flow->run.setup.reps - flow->run.reps);
    }
}
