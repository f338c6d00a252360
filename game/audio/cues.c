#include "audio/cues.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SOON_S       0.4F /* a count or breath word later than this would be wrong */
#define TURNS_TOLD   2    /* repetitions whose turns are spelled out */
#define FIX_EVERY    2
#define PRAISE_EVERY 4
#define PRAISES      5

static void say(const CueSink *sink, const char *id) {
    sink->say(sink->self, id, 0);
}

static void say_of(const CueSink *sink, const Flow *flow, const char *line, float max_delay_s) {
    char id[64];
    (void)snprintf(id, sizeof id, "%s.%s", flow_item(flow)->spec->id, line);
    sink->say(sink->self, id, max_delay_s);
}

static void say_numbered(const CueSink *sink, const char *prefix, int number, float max_delay_s) {
    char id[32];
    (void)snprintf(id, sizeof id, "%s.%d", prefix, number);
    sink->say(sink->self, id, max_delay_s);
}

void cues_say_number(const CueSink *sink, int number) {
    static const char *const tens[] = { "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" };
    if (number >= 1000) {
        cues_say_number(sink, number / 1000);
        say(sink, "number.thousand");
        number %= 1000;
    }
    if (number >= 100) {
        say_numbered(sink, "count", number / 100, 0);
        say(sink, "number.hundred");
        number %= 100;
    }
    if (number >= 30) {
        char id[32];
        (void)snprintf(id, sizeof id, "number.%s", tens[number / 10 - 3]);
        say(sink, id);
        number %= 10;
    } else if (number > 20) {
        say(sink, "count.20");
        number -= 20;
    }
    if (number > 0) say_numbered(sink, "count", number, 0);
}

/* The lines of the way out and of the way back. */
typedef struct PhaseLines {
    const char *exercise, *out, *back, *too_fast;
} PhaseLines;

static const PhaseLines phase_lines[] = {
    { "foam_roll", "phase.up", "phase.down", "fix.too_fast" },
    { "cat_cow", "phase.cow", "phase.cat", "fix.too_fast" },
    { "table_top_twist", "phase.open", "phase.under", "fix.too_fast" },
    { "pull_apart", "phase.apart", "phase.back", "fix.snap_back" },
    { "thoracic_bridge", "phase.lift", "phase.home", "fix.too_fast" },
    { "bench_extension", "phase.out", "phase.rise", "fix.too_fast" },
    { "quadruped_rotation", "phase.open", "phase.back", "fix.too_fast" },
    { "rocked_back_cat_camel", "phase.round", "phase.arch", "fix.too_fast" },
};

static const PhaseLines *lines_of(const Flow *flow) {
    const PhaseLines *lines = phase_lines;
    while (strcmp(lines->exercise, flow_item(flow)->spec->id) != 0) lines++;
    return lines;
}

static void earcon(const CueSink *sink, const char *id) {
    sink->earcon(sink->self, id, 0);
}

static bool is_exercise(const Flow *flow, const char *id) {
    return strcmp(flow_item(flow)->spec->id, id) == 0;
}

static const char *place_of(const Flow *flow) {
    return is_exercise(flow, "pull_apart") ? "sensor.wrist" : "sensor.chest";
}

static void begin_howto(Cues *cues, const Flow *flow, const CueSink *sink) {
    const char *place = place_of(flow);
    sink->hush(sink->self);
    sink->piece(sink->self, flow_item(flow)->levels->game->id);
    say_of(sink, flow, "name", 0);
    if (is_exercise(flow, "foam_roll")) say(sink, "kit.roller");
    if (is_exercise(flow, "pull_apart")) say(sink, "kit.band");
    if (is_exercise(flow, "bench_extension")) say(sink, "kit.bench");
    if (strcmp(cues->place, place) != 0) {
        (void)snprintf(cues->place, sizeof cues->place, "%s", place);
        say(sink, place);
    }
    /* One of the two exists for each exercise. */
    say_of(sink, flow, "setup", 0);
    say_of(sink, flow, flow_item(flow)->spec->first_side == SIDE_LEFT ? "setup_left" : "setup_right", 0);
    say_of(sink, flow, "in", 0);
    say_of(sink, flow, "out", 0);
    if (is_exercise(flow, "foam_roll")) say_of(sink, flow, "tight_spot", 0);
    if (is_exercise(flow, "thoracic_bridge")) {
        say_of(sink, flow, "up", 0);
        say_of(sink, flow, "reach_left", 0);
        say_of(sink, flow, "down", 0);
    }
}

static void begin_result(const Flow *flow, int32_t best, const CueSink *sink) {
    if (flow->result_count == 0) return;
    const FlowResult *result = &flow->results[flow->result_count - 1];
    static const char *const stars[] = { "result.stars_0", "result.stars_1", "result.stars_2",
                                         "result.stars_3" };
    static const char *const earcons[] = { "level_end", "star_1", "star_2", "star_3" };
    earcon(sink, earcons[result->stars]);
    say(sink, stars[result->stars]);
    cues_say_number(sink, result->score);
    say(sink, "result.points");
    if (result->score > best && best >= 0) {
        earcon(sink, "best");
        say(sink, "result.best");
    }
}

static void begin_summary(const Flow *flow, const CueSink *sink) {
    sink->piece(sink->self, "summary");
    cues_say_number(sink, flow_score(flow));
    say(sink, "result.points");
    say(sink, "flow.good_night");
}

static void on_stage(Cues *cues, const Flow *flow, Stage stage, int32_t best, const CueSink *sink) {
    switch (stage) {
    case STAGE_HOWTO: begin_howto(cues, flow, sink); break;
    case STAGE_CALIBRATE:
        sink->hush(sink->self);
        earcon(sink, "calibrate_still");
        say(sink, "calibrate.still");
        break;
    case STAGE_GET_SET: say_of(sink, flow, "get_set.pose", 0); break;
    case STAGE_GAME:
        cues->reps_since_fix = FIX_EVERY;
        cues->reps_since_praise = 0;
        cues->turns_told = 0;
        sink->tune(sink->self, (int)flow->run.config.level);
        break;
    case STAGE_RESULT: begin_result(flow, best, sink); break;
    case STAGE_SUMMARY: begin_summary(flow, sink); break;
    case STAGE_OUTRO:
    case STAGE_OVER: break;
    }
}

static void on_measured(const CueSink *sink, int degrees) {
    earcon(sink, "calibrate_done");
    cues_say_number(sink, degrees);
    say(sink, "calibrate.degrees");
    say(sink, "calibrate.own_measure");
}

static void on_hurt(const CueSink *sink) {
    sink->hush(sink->self);
    earcon(sink, "hurts");
    say(sink, "hurts.thanks");
    say(sink, "hurts.rest");
    say(sink, "hurts.less");
    say(sink, "hurts.ask");
}

static void on_flow(Cues *cues, const Flow *flow, const FlowEvent *event, int32_t best, const CueSink *sink) {
    static const char *const counts[] = { "", "flow.one", "flow.two", "flow.three" };
    switch (event->kind) {
    case FLOW_STAGE_BEGAN: on_stage(cues, flow, (Stage)event->a, best, sink); break;
    case FLOW_KEPT_MEASURE: say(sink, "calibrate.kept"); break;
    case FLOW_STILL_DONE:
        say(sink, "calibrate.thanks");
        say(sink, "calibrate.one_slow");
        break;
    case FLOW_SLOW_AGAIN: say(sink, "calibrate.again"); break;
    case FLOW_MEASURED: on_measured(sink, event->a); break;
    case FLOW_POSE_FOUND:
        earcon(sink, "start_pose_found");
        say(sink, "flow.found_you");
        break;
    case FLOW_POSE_MISSING: say_of(sink, flow, "get_set.missing", 0); break;
    case FLOW_ANYWAY: say(sink, "flow.take_your_time"); break;
    case FLOW_COUNT:
        earcon(sink, "countdown");
        sink->say(sink->self, counts[event->a], SOON_S);
        break;
    case FLOW_GO:
        earcon(sink, "go");
        sink->say(sink->self, "flow.go", SOON_S);
        say_of(sink, flow, lines_of(flow)->out, 1.5F);
        break;
    case FLOW_PAUSED:
        sink->hush(sink->self);
        earcon(sink, "pause");
        say(sink, "pause.paused");
        break;
    case FLOW_RESUMED:
        earcon(sink, "resume");
        say(sink, "pause.go_on");
        break;
    case FLOW_SENSOR_LOST:
        sink->hush(sink->self);
        earcon(sink, "lost_sensor");
        say(sink, "sensor.lost");
        break;
    case FLOW_SENSOR_BACK:
        earcon(sink, "found_sensor");
        say(sink, "sensor.back");
        break;
    case FLOW_STRAP_SLIPPED: say(sink, "sensor.slipped"); break;
    case FLOW_OTHER_MOVE: say(sink, place_of(flow)); break;
    case FLOW_HURT: on_hurt(sink); break;
    case FLOW_SKIPPED: say(sink, "flow.skip"); break;
    case FLOW_TIMER_SOON: earcon(sink, "timer_soon"); break;
    case FLOW_EASED:
    case FLOW_RESULT: break;
    }
}

/* The turn at the far end: the way back is told at first, then only breathed. */
static void on_turns(Cues *cues, const Flow *flow, const CueSink *sink) {
    if (flow->input.signal != SIM_TOP) return;
    cues->breath_s = 0.5F * cues->breath_period_s;
    if (cues->turns_told < TURNS_TOLD) {
        say_of(sink, flow, lines_of(flow)->back, SOON_S);
    } else if (flow_item(flow)->spec->breath_is_rep) {
        sink->say(sink->self, is_exercise(flow, "pull_apart") ? "breath.in_word" : "breath.out_word", SOON_S);
    }
}

static void on_rep(Cues *cues, const Flow *flow, const Event *event, const CueSink *sink) {
    static const char *const words[] = { "partial", "good", "great", "perfect" };
    const Run *run = &flow->run;
    earcon(sink, words[event->a]);
    sink->earcon(sink->self, "rep_count",
                 run->setup.reps > run->reps ? (int)(run->setup.reps - run->reps) : 0);
    say_numbered(sink, "count", event->b, SOON_S);
    cues->turns_told++;
    cues->reps_since_fix++;
    cues->reps_since_praise++;
    cues->breath_s = 0;
    if (event->a == WORD_PERFECT && cues->reps_since_praise >= PRAISE_EVERY) {
        cues->reps_since_praise = 0;
        char line[24];
        (void)snprintf(line, sizeof line, "encourage.%d", 1 + cues->praise++ % PRAISES);
        say_of(sink, flow, line, 1.5F);
    }
    if (cues->turns_told < TURNS_TOLD && run->setup.reps > 0) say_of(sink, flow, lines_of(flow)->out, SOON_S);
}

static void on_game(Cues *cues, const Flow *flow, const Event *event, const CueSink *sink) {
    bool right = event->a == SIDE_RIGHT;
    switch (event->kind) {
    case EVENT_REP: on_rep(cues, flow, event, sink); break;
    case EVENT_PARTIAL: earcon(sink, "partial"); break;
    case EVENT_COMBO: earcon(sink, event->a >= 6 ? "combo_6" : "combo_3"); break;
    case EVENT_HOLD_START: earcon(sink, "hold_start"); break;
    case EVENT_HOLD_TICK: sink->earcon(sink->self, "hold_tick", event->a / 5 - 1); break;
    case EVENT_HOLD_END: earcon(sink, "hold_end"); break;
    case EVENT_SIDE:
        earcon(sink, right ? "side_right" : "side_left");
        if (is_exercise(flow, "thoracic_bridge")) {
            say_of(sink, flow, right ? "reach_right" : "reach_left", 1.5F);
        } else {
            say(sink, right ? "side.change_to_right" : "side.change_to_left");
            say_of(sink, flow, right ? "setup_right" : "setup_left", 0);
        }
        break;
    case EVENT_HALF: say_of(sink, flow, "set.half", 1.5F); break;
    case EVENT_LAST: say_of(sink, flow, "set.last", 2.0F); break;
    case EVENT_TOO_FAST:
        if (cues->reps_since_fix < FIX_EVERY) break;
        cues->reps_since_fix = 0;
        say_of(sink, flow, lines_of(flow)->too_fast, 2.0F);
        break;
    case EVENT_FINISHED:
        earcon(sink, "level_end");
        say_of(sink, flow, "end", 0);
        break;
    case EVENT_STONE_NEAR:
        earcon(sink, "g1_stone_near");
        sink->say(sink->self, "foam_roll.stone", 1.0F);
        break;
    case EVENT_RIPPLE:
        earcon(sink, "g1_ripple");
        sink->say(sink->self, "foam_roll.gone", 1.0F);
        break;
    case EVENT_LIGHT: earcon(sink, "g2_light"); break;
    case EVENT_TURN: earcon(sink, "g2_turn"); break;
    case EVENT_BOAT: sink->earcon(sink->self, "g3_boat", event->a); break;
    case EVENT_STAR: sink->earcon(sink->self, "g3_star", event->a - 1); break;
    case EVENT_CELL: earcon(sink, "g3_cell"); break;
    case EVENT_STRING: sink->earcon(sink->self, "g4_string", event->a); break;
    case EVENT_STONE_SET: earcon(sink, "g5_stone_set"); break;
    case EVENT_LANTERNS: earcon(sink, "g5_lanterns"); break;
    case EVENT_BELL: earcon(sink, "g6_bell"); break;
    case EVENT_CHAIN: earcon(sink, "g6_chain"); break;
    case EVENT_BUBBLES: earcon(sink, "g6_bubbles"); break;
    case EVENT_STRANGER: say_of(sink, flow, event->a % 2 == 1 ? "deeper" : "lamp", 1.5F); break;
    case EVENT_SAIL: earcon(sink, "g7_sail"); break;
    case EVENT_LIFT: earcon(sink, "g7_lift"); break;
    case EVENT_HIPS_TURN:
        earcon(sink, "g7_hips");
        if (cues->reps_since_fix < FIX_EVERY) break;
        cues->reps_since_fix = 0;
        say_of(sink, flow, "hips", 2.0F);
        break;
    case EVENT_LANTERN: sink->earcon(sink->self, "g8_lantern", event->a); break;
    case EVENT_ALL_LIT: earcon(sink, "g8_all_lit"); break;
    case EVENT_BREATH:
    case EVENT_STONE_WAITS:
    case EVENT_NONE:
    case EVENT_KIND_COUNT: break;
    }
}

static void send_tone(const Flow *flow, const CueSink *sink) {
    const ExerciseSpec *spec = flow_item(flow)->spec;
    bool playing = flow->overlay == OVERLAY_NONE && flow->stage == STAGE_GAME;
    MovementTone tone = { .on = playing };
    if (playing) {
        float place = (float)flow->input.place / 1000.0F;
        float target = (float)flow->run.setup.target / 1000.0F,
              under = (float)flow->run.setup.under / 1000.0F;
        bool swing = spec->pattern == PATTERN_SWING,
             opening = spec->pattern == PATTERN_OPENING && spec->under_deg > 0;
        bool below = place < 0 && under > 0;
        int32_t zone_low = 0, zone_high = 0;
        bool zone = run_zone(&flow->run, &zone_low, &zone_high);
        tone.low = swing ? -1.0F : opening ? -0.5F : 0;
        tone.high = 1.0F;
        /* Bridge: the hips fill the lower half, the reach the upper. */
        tone.place = spec->signal == SIGNAL_BRIDGE
                         ? 0.5F * fminf(1, (float)flow->input.lift / 1000.0F) + 0.5F * fmaxf(0, place)
                         : place;
        if (spec->signal == SIGNAL_BRIDGE) target = 0.5F + 0.5F * target;
        tone.band_low = below ? -1.1F : target;
        tone.band_high = below ? -under : 1.1F;
        tone.beyond_beats = swing || zone;
        if (zone) {
            /* The fifth is the zone: what is paid is what is heard, at both its ends. */
            tone.band_low = (float)zone_low / 1000.0F;
            tone.band_high = (float)zone_high / 1000.0F;
        }
        tone.holding = (flow->input.flags & SIM_FLAG_HOLD) != 0;
        tone.side = flow->run.asked;
        tone.speed = 1;
    }
    sink->tone(sink->self, &tone);
}

void cues_tick(Cues *cues, const Flow *flow, const FlowEvents *events, const Events *game_events,
               int32_t best, const CueSink *sink) {
    for (int i = 0; i < events->count; i++) on_flow(cues, flow, &events->items[i], best, sink);
    bool playing = flow->overlay == OVERLAY_NONE && (flow->stage == STAGE_GAME || flow->stage == STAGE_OUTRO);
    if (playing) {
        for (int i = 0; i < game_events->count; i++) on_game(cues, flow, &game_events->items[i], sink);
        on_turns(cues, flow, sink);
        sink->combo(sink->self, flow->run.combo);
        if (flow->input.signal == SIM_REP) cues->breath_period_s = (float)flow->input.tempo_ms / 1000.0F;
        if (cues->breath_period_s > 0) {
            cues->breath_s += 1.0F / TICK_HZ;
            if (cues->breath_s < cues->breath_period_s)
                sink->breath(sink->self, cues->breath_s / cues->breath_period_s, cues->breath_period_s);
        }
    }
    send_tone(flow, sink);
}
