/* The shell while a routine is played: in the window, tick by tick with the wall's clock, or headless, as
 * fast as may be. */
#include "app/attract.h"
#include "app/say.h"
#include "app/shell.h"
#include "app/tour.h"

#include <math.h>
#include <stdio.h>

#define TICK_S       (1.0 / TICK_HZ)
#define CATCH_UP     4     /* ticks in a frame at most */
#define SKIP_S       120.0 /* what comes before a game takes less */
#define PATIENCE_S   30.0  /* headless, without a sensor */
#define STICK_PUSHED 0.5F
#define STICK_HELD_S 0.25

/* The session's time: from 0 where the input makes its own samples, so that a seed plays the same at any
 * hour; else the clock that the device's samples are mapped to. */
static void start_clock(Shell *shell, const InputChoice *choice, double now_s) {
    shell->play_tick = 0;
    shell->wish_count = 0;
    shell->play_zero_s = choice->own_time ? now_s : 0;
    shell->play_base_s = now_s - shell->play_zero_s;
}

static double session_time_s(const Shell *shell) {
    return shell->play_base_s + (double)shell->play_tick * TICK_S;
}

static void prefetch(Shell *shell, const Routine *routine) {
    char name[64];
    if (shell->screen == NULL) return;
    for (int i = 0; i < routine->count; i++) {
        (void)snprintf(name, sizeof name, "%s/scene",
                       content_levels(shell->content, routine->items[i].exercise)->game->id);
        screen_prefetch(shell->screen, name);
    }
}

static Result begin(Shell *shell, const PlayConfig *config, InputChoice *choice, Error *error) {
    if (config != &shell->begun) shell->begun = *config;
    shell->begun_with = choice;
    shell->stick_rested = false;
    return play_begin(&shell->play, config, choice, error);
}

/* Whoever holds the stick of a controller that could be strapped on wants to play by it: the routine begins
 * anew, as long as nothing of it is done. Under a strap it may be bent from the start, or be touched. */
static void heed_stick(Shell *shell, const HandInput *hand) {
    const Flow *flow = play_flow(shell->play);
    if (fmaxf(fabsf(hand->forward), fabsf(hand->sideways)) < STICK_PUSHED) {
        shell->stick_rested = true;
        shell->stick_rested_s = shell->now_s;
    }
    bool held = shell->stick_rested && shell->now_s - shell->stick_rested_s > STICK_HELD_S &&
                shell->device == UI_DEVICE_CONTROLLER;
    bool by_motion = shell->begun_with == &shell->motion && !shell->only_keyboard;
    int first = shell->begun.routine.any_one ? 0 : shell->begun.first;
    bool at_the_beginning = flow->stage < STAGE_GAME && !flow->playing_at_all && flow->item == first &&
                            flow->result_count == 0 &&
                            (flow->overlay == OVERLAY_NONE || flow->overlay == OVERLAY_LOST);
    if (!held || !by_motion || !at_the_beginning) return;
    Error unused;
    Play *motion = shell->play;
    if (begin(shell, &shell->begun, &shell->stick, &unused) != RESULT_OK) {
        shell->play = motion;
        return;
    }
    play_end(motion);
    if (sound_is_heard(shell->sound)) audio_hush(sound_audio(shell->sound));
    shell->by_stick = true;
    play_view_init(&shell->view);
    start_clock(shell, &shell->stick, shell->now_s);
}

static void begin_routine(Shell *shell, const Routine *routine, int first, bool minute,
                          const StoredResult *raced) {
    Error error = { 0 };
    PlayConfig config = {
        .content = shell->content,
        .store = shell->store,
        .audio = sound_audio(shell->sound),
        .heard = sound_is_heard(shell->sound) && !shell->attract,
        .keeps_nothing = shell->attract,
        .player = shell->attract ? (Player){ .last_day = -1 } : shell->player,
        .routine = *routine,
        .first = first,
        .minute = minute,
        .seed = (uint32_t)clock_unix_s() * 2654435761U,
    };
    if (raced != NULL) {
        int open = store_open_level(shell->store, shell->player.id, raced->exercise);
        config.level = raced->level < open ? raced->level : open;
        (void)snprintf(config.raced, sizeof config.raced, "%s", raced->replay);
    }
    play_end(shell->play);
    shell->play = NULL;
    prefetch(shell, routine);
    InputChoice *choice = shell_input(shell);
    if (!choice->own_time) input_drain(choice, shell->now_s);
    if (begin(shell, &config, choice, &error) != RESULT_OK) {
        (void)snprintf(shell->trouble, sizeof shell->trouble, "%s", error.text);
        return;
    }
    play_view_init(&shell->view);
    start_clock(shell, choice, shell->now_s);
    shell_go(shell, PAGE_PLAY);
}

void shell_begin(Shell *shell, const Routine *routine, int first, bool minute) {
    begin_routine(shell, routine, first, minute, NULL);
}

void shell_begin_one(Shell *shell, const RoutineItem *item, const StoredResult *raced) {
    Routine one = { .minutes = 1, .count = 1, .items = { *item } };
    (void)snprintf(one.id, sizeof one.id, "%s", item->exercise);
    (void)snprintf(one.name, sizeof one.name, "%s",
                   content_text(shell->content, item->exercise, "name", NULL));
    begin_routine(shell, &one, 0, shell->minute, raced);
}

static void end_play(Shell *shell) {
    if (shell->attract) {
        attract_end(shell);
        return;
    }
    if (play_trouble(shell->play)[0] != '\0') {
        (void)snprintf(shell->trouble, sizeof shell->trouble, "%s", play_trouble(shell->play));
        say_line("backbeat: %s", shell->trouble);
    }
    if (shell->leave_after_play) {
        shell->over = true;
        return;
    }
    play_end(shell->play);
    shell->play = NULL;
    shell->only_keyboard = shell->by_stick = false;
    shell_go(shell, PAGE_MAP);
}

void shell_press_in_play(Shell *shell, UiAction press) {
    PlayViewAnswer answer = play_view_press(&shell->view, shell->play, press);
    if (answer.say_again) play_say_again(shell->play);
    if (answer.boards) shell_go(shell, PAGE_BOARDS);
    if (answer.use_keyboard) {
        shell->only_keyboard = true;
        play_use(shell->play, &shell->keyboard);
    }
    if (answer.action != FLOW_NOTHING && shell->wish_count < SHELL_WISHES_MAX)
        shell->wishes[shell->wish_count++] = answer.action;
}

/* A frame may be shorter than a tick: a wish waits for the next one. */
static FlowAction next_wish(Shell *shell) {
    if (shell->wish_count == 0) return FLOW_NOTHING;
    FlowAction wish = shell->wishes[0];
    shell->wish_count--;
    for (int i = 0; i < shell->wish_count; i++) shell->wishes[i] = shell->wishes[i + 1];
    return wish;
}

static void tick_play(Shell *shell, FlowAction action, const HandInput *hand) {
    double session_s = session_time_s(shell);
    play_tick(shell->play, action, hand, session_s);
    play_view_tick(&shell->view, shell->play, session_s);
    shell->play_tick++;
}

/* After a stall time is lost, not play. A device's samples belong to the wall's clock and are skipped; a body
 * that makes its own goes on where it was. */
static void catch_up(Shell *shell) {
    double late_s = shell->now_s - shell->play_zero_s - session_time_s(shell) - CATCH_UP * TICK_S;
    if (late_s <= 0) return;
    if (shell->play_zero_s > 0)
        shell->play_zero_s += late_s;
    else
        shell->play_base_s += late_s;
}

void shell_skip_to_game(Shell *shell) {
    int64_t from = shell->play_tick;
    while (play_flow(shell->play)->stage < STAGE_GAME && (double)(shell->play_tick - from) * TICK_S < SKIP_S)
        tick_play(shell, play_flow(shell->play)->stage == STAGE_HOWTO ? FLOW_NEXT : FLOW_NOTHING, NULL);
    shell->play_zero_s -= (double)(shell->play_tick - from) * TICK_S;
}

double shell_until_tick_s(const Shell *shell) {
    return session_time_s(shell) - (clock_now_s() - shell->play_zero_s);
}

void shell_advance_play(Shell *shell, const HandInput *hand) {
    heed_stick(shell, hand);
    catch_up(shell);
    while (session_time_s(shell) <= shell->now_s - shell->play_zero_s && !play_over(shell->play))
        tick_play(shell, next_wish(shell), hand);
    if (play_over(shell->play)) end_play(shell);
}

/* Nobody hears it: what is said is written, while somebody may be watching. */
static void write_caption(const Shell *shell, const char **last) {
    const char *caption = play_caption(shell->play);
    if (caption != NULL && caption != *last) say_line("%s", caption);
    *last = caption;
}

/* Nobody is there to plug a sensor in again: after a while without one it is over. */
static Result watch_source(const Shell *shell, int64_t *silent_since, Error *error) {
    const SourceStatus *status = play_source_status(shell->play);
    if (status->state == SOURCE_READY || status->state == SOURCE_ENDED) *silent_since = shell->play_tick;
    if ((double)(shell->play_tick - *silent_since) * TICK_S < PATIENCE_S) return RESULT_OK;
    return error_set(error, RESULT_NO_DEVICE, "%s",
                     status->trouble[0] != '\0'
                         ? status->trouble
                         : "No sensor answers; plug one in, or play with --input keyboard.");
}

static Result play_headless(Shell *shell, bool fast, const InputChoice *choice, Error *error) {
    bool paced = !(fast && choice->own_time);
    double began_s = clock_now_s();
    int64_t silent_since = 0;
    const char *caption = NULL;
    Result result = RESULT_OK;
    start_clock(shell, choice, began_s);
    while (!play_over(shell->play) && result == RESULT_OK) {
        shell->now_s = began_s + (double)shell->play_tick * TICK_S;
        shell_press_by_sensor(shell);
        tick_play(shell, next_wish(shell), NULL);
        result = watch_source(shell, &silent_since, error);
        tour_of_play(shell);
        if (!paced) continue;
        write_caption(shell, &caption);
        clock_sleep_s(shell->now_s + TICK_S - clock_now_s());
    }
    return result;
}

Result shell_play(Shell *shell, const PlayConfig *config, bool fast, Error *error) {
    PlayConfig own = *config;
    own.content = shell->content;
    own.store = shell->store;
    own.audio = sound_audio(shell->sound);
    own.heard = sound_is_heard(shell->sound);
    shell->player = config->player;
    shell->has_player = shell->leave_after_play = true;
    shell->now_s = clock_now_s();
    InputChoice *choice = shell_input(shell);
    tour_before_play(shell);
    Result result = begin(shell, &own, choice, error);
    if (result != RESULT_OK) return result;
    shell->page = PAGE_PLAY;
    prefetch(shell, &own.routine);
    if (shell->headless) {
        result = play_headless(shell, fast, choice, error);
        tour_after_play(shell);
    } else {
        start_clock(shell, choice, shell->now_s);
        shell_run_until_over(shell);
    }
    if (play_trouble(shell->play)[0] != '\0') say_line("backbeat: %s", play_trouble(shell->play));
    return result;
}
