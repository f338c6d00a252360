#include "session/run.h"

#include "exercises/spec.h"
#include "session/staircase.h"

#include <math.h>
#include <string.h>

enum {
    COMBO_FIRST = 3,
    COMBO_SECOND = 6,
    HOLD_TICK_S = 5,
    SLOWEST_REP_S = 30, /* a set that takes longer than this a repetition is over, as it stands */
    GRACE_S = 30,
};

static int32_t reps_asked(const Dose *dose) {
    return dose->each_side ? 2 * dose->reps : dose->reps;
}

/* The level says how much of a minute. A longer roll asks for no more stillness; a longer hold is longer. */
static int32_t hold_asked_s(const RunConfig *config, const Level *level, bool is_hold) {
    int32_t seconds = config->dose.seconds;
    if (seconds <= 0) return level->hold_s;
    return level->hold_s * (seconds < 60 || is_hold ? seconds : 60) / 60;
}

void run_init(Run *run, const RunConfig *config, const Level *level) {
    const ExerciseSpec *spec = exercise_spec(config->game->exercise);
    bool is_hold = spec != NULL && spec->pattern == PATTERN_HOLD;
    memset(run, 0, sizeof *run);
    run->is_hold = is_hold;
    run->config = *config;
    run->level = *level;
    run->last_tick = -1;
    run->setup = (GameSetup){
        .seed = config->seed,
        .level = config->level,
        .reps = reps_asked(&config->dose),
        .reps_a_side = config->dose.each_side ? config->dose.reps : 0,
        .seconds = config->dose.seconds,
        .hold_s = hold_asked_s(config, level, is_hold),
        .target = staircase_target(level->target, config->stair) * config->ease / 1000,
        .under = staircase_target(level->under, config->stair) * config->ease / 1000,
        .tempo_min_ms = level->tempo_min_ms,
        .tempo_max_ms = level->tempo_max_ms,
        .fields = run->level.fields,
    };
    run->asked = spec != NULL ? spec->first_side : SIDE_NONE;
    config->game->init(run->state, &run->setup);
}

static void push(Events *out, EventKind kind, int32_t a, int32_t b) {
    events_push(out, (Event){ .kind = kind, .a = a, .b = b });
}

/* Of a set with a side after the other: how many of the asked side are done. */
static int32_t done_of_asked(const Run *run) {
    if (run->setup.reps_a_side == 0) return run->reps;
    return run->asked == SIDE_LEFT ? run->left : run->right;
}

static void tell_progress(Run *run, Events *out) {
    int32_t goal = run->setup.reps_a_side > 0 ? run->setup.reps_a_side : run->setup.reps;
    int32_t done = done_of_asked(run);
    if (goal == 0) return;
    if (goal >= 6 && done == goal / 2) push(out, EVENT_HALF, done, goal);
    if (goal >= 3 && done == goal - 1) push(out, EVENT_LAST, 0, 0);
}

static void next_side(Run *run, Side moved, Events *out) {
    if (run->asked == SIDE_NONE) return;
    Side before = run->asked;
    if (run->setup.reps_a_side > 0) {
        if (done_of_asked(run) >= run->setup.reps_a_side && run->reps < run->setup.reps)
            run->asked = side_other(run->asked);
    } else {
        run->asked = side_other(moved == SIDE_NONE ? run->asked : moved);
    }
    if (run->asked != before) push(out, EVENT_SIDE, (int32_t)run->asked, 0);
}

static void count_rep(Run *run, const SimInput *in, Events *out) {
    RepScore score = score_rep(&run->setup, in, run->config.game->form(run->state));
    Side side = (Side)in->side;
    bool surplus =
        run->setup.reps_a_side > 0 && (side == SIDE_LEFT ? run->left : run->right) >= run->setup.reps_a_side;
    if (surplus) return;
    run->reps++;
    run->right += side == SIDE_RIGHT;
    run->left += side == SIDE_LEFT;
    run->sum_total += score.total;
    run->rom_sum_cdeg += in->rom_cdeg;
    run->rom_square_sum_cdeg2 += (int64_t)in->rom_cdeg * in->rom_cdeg;
    run->last = score;
    run->last_tick = run->tick;
    if (run->rep_count < RUN_REPS_MAX) run->rep_scores[run->rep_count++] = score;
    run->combo++;
    if (run->combo > run->best_combo) run->best_combo = run->combo;
    push(out, EVENT_REP, (int32_t)score.word, done_of_asked(run));
    if (in->tempo_ms < run->setup.tempo_min_ms) push(out, EVENT_TOO_FAST, in->tempo_ms, 0);
    if (run->combo == COMBO_FIRST || run->combo == COMBO_SECOND) push(out, EVENT_COMBO, run->combo, 0);
    tell_progress(run, out);
    next_side(run, side, out);
}

static void count_partial(Run *run, const SimInput *in, Events *out) {
    run->partials++;
    run->combo = 0;
    run->last = (RepScore){ .reach = in->reach, .word = WORD_PARTIAL, .side = (Side)in->side };
    run->last_tick = run->tick;
    if (run->rep_count < RUN_REPS_MAX) run->rep_scores[run->rep_count++] = run->last;
    push(out, EVENT_PARTIAL, 0, 0);
}

/* Holds: told by the recogniser once they count, and then by the second. */
static void count_hold(Run *run, const SimInput *in, Events *out) {
    if (in->signal == SIM_HOLD_START) {
        run->holding = true;
        run->holding_ticks = in->tempo_ms * TICK_HZ / 1000;
        push(out, EVENT_HOLD_START, 0, 0);
    }
    if (run->holding) {
        run->holding_ticks++;
        if (run->holding_ticks % (HOLD_TICK_S * TICK_HZ) == 0)
            push(out, EVENT_HOLD_TICK, run->holding_ticks / TICK_HZ, 0);
    }
    if (in->signal == SIM_HOLD_END && run->holding) {
        run->holding = false;
        run->hold_ms += in->tempo_ms;
        push(out, EVENT_HOLD_END, in->tempo_ms / 1000, 0);
    }
}

static void count_zone(Run *run, const SimInput *in) {
    int32_t form = run->config.game->form(run->state);
    if (form <= 0) return;
    run->sum_form += form;
    run->zone_ticks++;
    run->rom_sum_cdeg += in->angle_cdeg;
}

static int32_t hold_so_far_ms(const Run *run) {
    return run->hold_ms + (run->holding ? run->holding_ticks * 1000 / TICK_HZ : 0);
}

void run_stop(Run *run) {
    run->hold_ms = hold_so_far_ms(run);
    run->holding = false;
    run->finished = true;
}

static bool dose_done(const Run *run) {
    if (run->setup.seconds > 0) return run->tick >= run->setup.seconds * TICK_HZ;
    int32_t limit_s = run->setup.reps * SLOWEST_REP_S + GRACE_S;
    return run->reps >= run->setup.reps || run->tick >= limit_s * TICK_HZ;
}

void run_step(Run *run, const SimInput *in, Events *out) {
    out->count = 0;
    GameTick tick = { .in = *in, .asked = run->asked, .tick = run->tick, .reps_done = run->reps };
    run->config.game->step(run->state, &tick, out);
    run->tick++;
    if (run->finished) return;
    count_hold(run, in, out);
    if (in->signal == SIM_REP) count_rep(run, in, out);
    if (in->signal == SIM_PARTIAL) count_partial(run, in, out);
    if (in->signal == SIM_BREATH) push(out, EVENT_BREATH, ++run->breaths, 0);
    if (run->is_hold) count_zone(run, in);
    if (dose_done(run)) run_stop(run);
    run->score = run->is_hold ? score_hold(&run->setup, run->sum_form)
                              : score_exercise(&run->setup, run->sum_total, run->reps, hold_so_far_ms(run));
    run->stars = score_stars(run->level.stars, run->score);
    if (run->finished) push(out, EVENT_FINISHED, run->stars, 0);
}

int32_t run_progress(const Run *run) {
    if (run->setup.seconds > 0) {
        int32_t share = (int32_t)((int64_t)run->tick * 1000 / ((int64_t)run->setup.seconds * TICK_HZ));
        return share < 1000 ? share : 1000;
    }
    return run->setup.reps > 0 ? run->reps * 1000 / run->setup.reps : 1000;
}

double run_rom_deg(const Run *run) {
    if (run->is_hold) return run->zone_ticks > 0 ? (double)run->rom_sum_cdeg / (100.0 * run->zone_ticks) : 0;
    return run->reps > 0 ? (double)run->rom_sum_cdeg / (100.0 * run->reps) : 0;
}

double run_rom_spread_deg(const Run *run) {
    if (run->reps < 2) return 0;
    double mean = (double)run->rom_sum_cdeg / run->reps;
    double spread = (double)run->rom_square_sum_cdeg2 - mean * mean * run->reps;
    return spread > 0 ? sqrt(spread / (run->reps - 1)) / 100 : 0;
}

bool run_asks_stillness(const Run *run) {
    return !run->finished && run->config.game->asks_stillness != NULL &&
           run->config.game->asks_stillness(run->state);
}

bool run_zone(const Run *run, int32_t *low, int32_t *high) {
    if (run->config.game->zone == NULL) return false;
    run->config.game->zone(run->state, low, high);
    return true;
}

void run_draw(const Run *run, const GameView *view, DrawList *out) {
    run->config.game->draw(run->state, view, out);
}
