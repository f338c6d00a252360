#include "player.h"

#include <string.h>

/* In-out, thousandths of the way in thousandths of the time: what a calm limb does. */
static int32_t ease(int32_t part) {
    int64_t p = part < 0 ? 0 : part > 1000 ? 1000 : part;
    return (int32_t)(p * p * (3000 - 2 * p) / 1000000);
}

/* A movement is a list of places with the time to get there. */
typedef struct Leg {
    int32_t place, lift;
    int32_t ticks;
    SimSignal signal; /* when it is reached */
    bool still;       /* all the while */
} Leg;

enum { LEGS_MAX = 8 };

static int32_t style_ticks(const Play *play, int32_t ticks) {
    if (play->style != PLAY_HASTY) return ticks;
    int32_t hasty = ticks * (play->cycles % 2 == 0 ? 20 : 44) / 100;
    return hasty > 0 ? hasty : 1;
}

/* One repetition of the exercise, from its start back to its start. */
static int32_t script(const Play *play, Leg *legs) {
    const GameSetup *s = &play->level.setup;
    const char *exercise = play->game->exercise;
    int32_t reach = play->style == PLAY_SHALLOW ? 440 : 980;
    SimSignal end = play->style == PLAY_SHALLOW ? SIM_PARTIAL : SIM_REP;
    int32_t n = 0;
    if (strcmp(exercise, "foam_roll") == 0) {
        /* On the first rounds, and only where asked, a rest on the way. */
        bool rest = play->style == PLAY_GOOD && play->cycles % 2 == 0 && s->hold_s > 0;
        if (rest) {
            legs[n++] = (Leg){ .place = 640, .ticks = 120 };
            legs[n++] = (Leg){
                .place = 640, .ticks = s->hold_s * TICK_HZ / 2 + 12, .still = true, .signal = SIM_HOLD_END
            };
            legs[n++] = (Leg){ .place = reach, .ticks = 90 };
        } else {
            legs[n++] = (Leg){ .place = reach, .ticks = 210 };
        }
        legs[n - 1].signal = SIM_TOP;
        legs[n++] = (Leg){ .place = 0, .ticks = 210, .signal = end };
    } else if (strcmp(exercise, "cat_cow") == 0) {
        legs[n++] = (Leg){ .place = reach, .ticks = 216, .signal = SIM_TOP };
        legs[n++] = (Leg){ .place = -reach, .ticks = 264, .signal = end };
    } else if (strcmp(exercise, "bench_extension") == 0) {
        /* Down, some breaths of stillness, up. The shallow stay above the zone, the hasty come up at once. */
        int32_t breaths = play->style == PLAY_HASTY ? 1 : 5;
        legs[n++] = (Leg){ .place = reach, .ticks = 200 };
        for (int32_t i = 0; i < breaths; i++)
            legs[n++] = (Leg){ .place = reach, .ticks = 420, .still = true, .signal = SIM_BREATH };
        legs[n++] = (Leg){ .place = 0, .ticks = 120, .signal = SIM_HOLD_END };
    } else if (strcmp(exercise, "rocked_back_cat_camel") == 0) {
        legs[n++] = (Leg){ .place = reach, .ticks = 156, .signal = SIM_TOP };
        legs[n++] = (Leg){ .place = -reach, .ticks = 168, .signal = end };
    } else if (strcmp(exercise, "table_top_twist") == 0) {
        legs[n++] = (Leg){ .place = reach, .ticks = 150 };
        legs[n++] = (Leg){ .place = reach, .ticks = 75, .signal = SIM_TOP };
        legs[n++] = (Leg){ .place = -reach / 2, .ticks = 200, .signal = SIM_UNDER };
        legs[n++] = (Leg){ .place = 0, .ticks = 60, .signal = end };
    } else if (strcmp(exercise, "pull_apart") == 0) {
        legs[n++] = (Leg){ .place = reach, .ticks = 150, .signal = SIM_TOP };
        legs[n++] = (Leg){ .place = 0, .ticks = 240, .signal = end };
        legs[n++] = (Leg){ .place = 0, .ticks = 20 };
    } else if (strcmp(exercise, "quadruped_rotation") == 0) {
        legs[n++] = (Leg){ .place = reach, .ticks = 140 };
        legs[n++] = (Leg){ .place = reach, .ticks = 40, .signal = SIM_TOP };
        legs[n++] = (Leg){ .place = 0, .ticks = 150, .signal = end };
        legs[n++] = (Leg){ .place = 0, .ticks = 20 };
    } else {
        legs[n++] = (Leg){ .place = 0, .lift = reach, .ticks = 120 };
        legs[n++] = (Leg){ .place = reach, .lift = reach, .ticks = 150, .signal = SIM_TOP };
        legs[n++] = (Leg){ .place = 0, .lift = reach, .ticks = 120 };
        legs[n++] = (Leg){ .place = 0, .lift = 0, .ticks = 100, .signal = end };
        legs[n++] = (Leg){ .place = 0, .lift = 0, .ticks = 20 };
    }
    return n;
}

static SimInput move(Play *play) {
    SimInput in = { 0 };
    if (play->style == PLAY_IDLE) {
        in.place = (int16_t)((play->tick / 40) % 2 == 0 ? 6 : -4);
        in.flags = SIM_FLAG_STILL;
        return in;
    }
    Leg legs[LEGS_MAX];
    int32_t count = script(play, legs), start = 0, whole = 0, back = 0;
    bool swing = strcmp(play->game->exercise, "cat_cow") == 0 ||
                 strcmp(play->game->exercise, "rocked_back_cat_camel") == 0;
    Leg from = { .place = swing && play->cycles > 0 ? legs[count - 1].place : 0 };
    for (int32_t i = 0; i < count; i++) {
        legs[i].ticks = style_ticks(play, legs[i].ticks);
        whole += legs[i].ticks;
    }
    play->cycle_tick++;
    for (int32_t i = 0; i < count; i++) {
        Leg *leg = &legs[i];
        if (play->cycle_tick <= start + leg->ticks) {
            int32_t part = ease((play->cycle_tick - start) * 1000 / leg->ticks);
            in.place = (int16_t)(from.place + (leg->place - from.place) * part / 1000);
            in.lift = (int16_t)(from.lift + (leg->lift - from.lift) * part / 1000);
            if (leg->still) in.flags = SIM_FLAG_STILL | SIM_FLAG_HOLD;
            if (play->cycle_tick == start + leg->ticks) in.signal = (uint8_t)leg->signal;
            back = leg->ticks;
            break;
        }
        start += leg->ticks;
        from = *leg;
    }
    if (in.signal == SIM_REP || in.signal == SIM_PARTIAL) {
        in.side = (uint8_t)play->asked;
        in.reach = (int16_t)(play->style == PLAY_SHALLOW ? 440 : 980);
        in.under = (int16_t)(in.reach / 2);
        in.control = play->style == PLAY_HASTY ? 300 : 900;
        in.hips = HIPS_UNKNOWN;
        in.tempo_ms = (uint16_t)(whole * 1000 / TICK_HZ);
        in.return_ms = (uint16_t)(back * 1000 / TICK_HZ);
    }
    if (in.signal == SIM_BREATH) in.tempo_ms = (uint16_t)(back * 1000 / TICK_HZ);
    if (in.signal == SIM_HOLD_END) in.tempo_ms = (uint16_t)(play->level.setup.hold_s * 500);
    if (play->cycle_tick >= whole) {
        play->cycle_tick = 0;
        play->cycles++;
    }
    in.angle_cdeg = (int16_t)(in.place * 6);
    return in;
}

/* FNV-1a over named values. */
static void mix(Play *play, int64_t value) {
    for (int i = 0; i < 8; i++) {
        play->digest = (play->digest ^ (uint64_t)((value >> (8 * i)) & 0xFF)) * 0x100000001B3u;
    }
}

static void count_events(Play *play) {
    for (int i = 0; i < play->events.count; i++) {
        const Event *event = &play->events.items[i];
        play->event_counts[event->kind]++;
        play->event_last_a[event->kind] = event->a;
        mix(play, event->kind);
        mix(play, event->a);
        mix(play, event->b);
        mix(play, event->x);
        mix(play, event->y);
    }
}

static void count_rep(Play *play) {
    if (play->in.signal != SIM_REP && play->in.signal != SIM_PARTIAL) return;
    int32_t form = play->game->form(play->state);
    play->form_sum += form;
    play->form_count++;
    mix(play, form);
    if (play->in.signal == SIM_PARTIAL) {
        play->partials++;
        return;
    }
    const GameSetup *s = &play->level.setup;
    play->reps++;
    play->reps_side++;
    if (play->reps >= s->reps && s->reps > 0) return;
    if (s->reps_a_side > 0 && play->reps_side == s->reps_a_side) {
        play->asked = side_other(play->asked);
        play->reps_side = 0;
    } else if (strcmp(play->game->exercise, "thoracic_bridge") == 0) {
        play->asked = side_other(play->asked);
    }
}

Result play_open(Play *play, const char *exercise, int32_t level, PlayStyle style, uint32_t seed,
                 Error *error) {
    memset(play, 0, sizeof *play);
    play->game = minigame_for_exercise(exercise);
    if (play->game == NULL) return error_set(error, RESULT_BAD_USAGE, "no game is played with %s", exercise);
    play->style = style;
    play->digest = 0xCBF29CE484222325u;
    Result result = level_read(&play->level, play->game, level, seed, error);
    if (result != RESULT_OK) return result;
    bool sided = play->level.setup.reps_a_side > 0 || strcmp(exercise, "thoracic_bridge") == 0;
    play->asked = sided ? SIDE_RIGHT : SIDE_NONE;
    play->game->init(play->state, &play->level.setup);
    return RESULT_OK;
}

void play_tick(Play *play) {
    const GameSetup *s = &play->level.setup;
    /* After the end the body stays as it was. */
    if (play->over)
        play->in.signal = SIM_NOTHING;
    else
        play->in = move(play);
    GameTick tick = { .in = play->in, .asked = play->asked, .tick = play->tick, .reps_done = play->reps };
    play->events.count = 0;
    play->game->step(play->state, &tick, &play->events);
    play->tick++;
    count_events(play);
    bool still = play->game->asks_stillness(play->state);
    play->asked_still_ticks += still;
    mix(play, still);
    if (!play->over) count_rep(play);
    if (s->reps > 0 ? play->reps >= s->reps : play->tick >= s->seconds * TICK_HZ) play->over = true;
}

void play_run(Play *play, int32_t max_s) {
    for (int32_t i = 0; i < max_s * TICK_HZ && !play->over; i++) play_tick(play);
}

int32_t play_form(const Play *play) {
    return play->form_count > 0 ? play->form_sum / play->form_count : 0;
}

GameView play_view(const Play *play) {
    return (GameView){ .time_s = (float)play->tick / TICK_HZ,
                       .place = (float)play->in.place / 1000,
                       .lift = (float)play->in.lift / 1000,
                       .angle_deg = (float)play->in.angle_cdeg / 100,
                       .asked = play->asked,
                       .combo = play->reps };
}
