#include "app/shell.h"

#include "app/pages.h"
#include "app/recover.h"
#include "app/say.h"
#include "input/keyboard.h"
#include "platform/serial_source.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK_S        (1.0 / TICK_HZ)
#define CATCH_UP      4 /* ticks in a frame at most: after a long stall time is lost, not play */
#define MENU_FRAME_S  (1.0 / 30)
#define QUIET_FRAME_S (1.0 / 8) /* a menu that nobody touches only breathes */
#define QUIET_AFTER_S 1.5
#define PATIENCE_S    30.0 /* headless, without a sensor */
#define FRAME_AHEAD_S (1.0 / 60)

static const Page *const pages[PAGE_COUNT] = {
    [PAGE_TITLE] = &page_title,       [PAGE_LEAVE] = &page_leave, [PAGE_PLAYERS] = &page_players,
    [PAGE_NAME] = &page_name,         [PAGE_MAP] = &page_map,     [PAGE_BOARDS] = &page_boards,
    [PAGE_SETTINGS] = &page_settings,
};

/* ---- opening ---- */

static Result load_coach(Shell *shell, Error *error) {
    char path[FILES_PATH_MAX + 32];
    char *text = NULL;
    (void)snprintf(path, sizeof path, "%s/coach-poses.json", shell->content->assets);
    Result result = files_read(path, &text, NULL, error);
    if (result == RESULT_OK) result = coach_parse(&shell->coach, text, path, error);
    free(text);
    return result;
}

static Result open_screen(Shell *shell, const ShellConfig *config, Error *error) {
    bool seen = !config->headless || config->screenshots != NULL;
    if (!seen) return RESULT_OK;
    ScreenConfig screen = { .headless = config->headless,
                            .fullscreen = config->fullscreen || shell->preferences.fullscreen,
                            .assets = shell->content->assets };
    Result result = screen_open(&shell->screen, &screen, error);
    shell->list = calloc(1, sizeof *shell->list);
    if (result == RESULT_OK && shell->list == NULL)
        result = error_set(error, RESULT_NO_MEMORY, "Not enough memory for the picture.");
    if (result == RESULT_OK && config->screenshots != NULL)
        result = files_make_folder(config->screenshots, error);
    shell->screenshots.folder = config->screenshots;
    return result;
}

/* With nothing named, the keyboard is always there, and a sensor that turns up is taken. Headless, there are
 * no keys: it is the sensor. */
static Result open_inputs(Shell *shell, const ShellConfig *config, Error *error) {
    bool automatic = config->input == NULL || strcmp(config->input, "auto") == 0;
    const char *named = !automatic ? config->input : config->headless ? "serial" : NULL;
    Result result = named != NULL ? input_open(&shell->named, named, config->seed, error) : RESULT_OK;
    if (result == RESULT_OK) result = input_open(&shell->keyboard, "keyboard", 0, error);
    if (result == RESULT_OK) result = input_open(&shell->controller, "controller", 0, error);
    if (result == RESULT_OK && named == NULL) result = input_open(&shell->sensor, "serial", 0, error);
    return result;
}

static float volume_setting(const Shell *shell, const char *name, float fallback) {
    char text[16];
    store_setting(shell->store, name, "", text, sizeof text);
    if (text[0] == '\0') return fallback;
    return fminf(1, fmaxf(0, (float)atoi(text) / 10));
}

static bool switch_setting(const Shell *shell, const char *name) {
    char text[8];
    store_setting(shell->store, name, "off", text, sizeof text);
    return strcmp(text, "on") == 0;
}

static void load_preferences(Shell *shell) {
    Preferences *p = &shell->preferences;
    p->volumes = (AudioVolumes){
        .voice = volume_setting(shell, "volume.voice", 1),
        .tone = volume_setting(shell, "volume.tone", 1),
        .music = volume_setting(shell, "volume.music", 1),
        .effects = volume_setting(shell, "volume.effects", 1),
    };
    p->reduced_motion = switch_setting(shell, "motion.less");
    p->high_contrast = switch_setting(shell, "contrast.high");
    p->large_text = switch_setting(shell, "text.large");
    p->fullscreen = switch_setting(shell, "screen.full");
}

static void keep_setting(Shell *shell, const char *name, const char *value) {
    Error error = { 0 };
    if (store_keep_setting(shell->store, name, value, &error) != RESULT_OK)
        (void)snprintf(shell->trouble, sizeof shell->trouble, "%s", error.text);
}

static void keep_volume(Shell *shell, const char *name, float volume) {
    char text[8];
    (void)snprintf(text, sizeof text, "%d", (int)lroundf(volume * 10));
    keep_setting(shell, name, text);
}

void shell_keep_preferences(Shell *shell) {
    const Preferences *p = &shell->preferences;
    keep_volume(shell, "volume.voice", p->volumes.voice);
    keep_volume(shell, "volume.tone", p->volumes.tone);
    keep_volume(shell, "volume.music", p->volumes.music);
    keep_volume(shell, "volume.effects", p->volumes.effects);
    keep_setting(shell, "motion.less", p->reduced_motion ? "on" : "off");
    keep_setting(shell, "contrast.high", p->high_contrast ? "on" : "off");
    keep_setting(shell, "text.large", p->large_text ? "on" : "off");
    keep_setting(shell, "screen.full", p->fullscreen ? "on" : "off");
    audio_volumes(sound_audio(shell->sound), p->volumes);
    if (shell->screen != NULL && !shell->headless) screen_fullscreen(shell->screen, p->fullscreen);
}

static Result open_all(Shell *shell, const ShellConfig *config, Error *error) {
    char folder[FILES_PATH_MAX];
    Result result = files_data_folder(folder, error);
    shell->content = calloc(1, sizeof *shell->content);
    if (result == RESULT_OK && shell->content == NULL)
        result = error_set(error, RESULT_NO_MEMORY, "Not enough memory.");
    if (result == RESULT_OK) result = content_load(shell->content, folder, error);
    if (result == RESULT_OK) result = load_coach(shell, error);
    if (result != RESULT_OK) return result;
    shell->store = household_open();
    if (shell->store == NULL) return error_set(error, RESULT_NO_MEMORY, "Not enough memory for the scores.");
    if (!store_is_durable(shell->store))
        (void)snprintf(shell->trouble, sizeof shell->trouble,
                       "Scores can't be kept this time. The terminal says why.");
    recover_unfinished(shell->store, shell->content);
    load_preferences(shell);
    result = sound_open(&shell->sound, shell->content->assets, !config->headless, error);
    if (result == RESULT_OK) audio_volumes(sound_audio(shell->sound), shell->preferences.volumes);
    if (result == RESULT_OK) result = open_screen(shell, config, error);
    return result == RESULT_OK ? open_inputs(shell, config, error) : result;
}

Result shell_open(Shell **out, const ShellConfig *config, Error *error) {
    *out = NULL;
    Shell *shell = calloc(1, sizeof *shell);
    if (shell == NULL) return error_set(error, RESULT_NO_MEMORY, "Not enough memory.");
    shell->headless = config->headless;
    shell->back_from_boards = PAGE_MAP;
    shell->map_focus = MAP_FOCUS_START;
    play_view_init(&shell->view);
    Result result = open_all(shell, config, error);
    if (result == RESULT_OK) {
        *out = shell;
    } else {
        shell_close(shell);
    }
    return result;
}

void shell_close(Shell *shell) {
    if (shell == NULL) return;
    play_end(shell->play);
    input_close(&shell->sensor);
    input_close(&shell->controller);
    input_close(&shell->keyboard);
    input_close(&shell->named);
    screen_close(shell->screen);
    free(shell->list);
    sound_close(shell->sound);
    store_close(shell->store);
    if (shell->content != NULL) content_free(shell->content);
    free(shell->content);
    free(shell);
}

/* ---- small services for the pages ---- */

const char *shell_words(Shell *shell, const char *format, ...) {
    enum { SLOTS = sizeof shell->words / sizeof shell->words[0] };
    char *slot = shell->words[shell->word_count++ % SLOTS];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(slot, sizeof shell->words[0], format, arguments);
    va_end(arguments);
    return slot;
}

void shell_earcon(const Shell *shell, const char *id) {
    if (sound_is_heard(shell->sound)) audio_earcon(sound_audio(shell->sound), id, 0);
}

void shell_say(const Shell *shell, const char *id) {
    if (sound_is_heard(shell->sound)) (void)audio_say(sound_audio(shell->sound), id, 0);
}

void shell_move(const Shell *shell, int *focus, int step, int count) {
    int next = *focus + step;
    bool inside = next >= 0 && next < count;
    if (inside) *focus = next;
    shell_earcon(shell, inside ? "focus_move" : "focus_edge");
}

void shell_go(Shell *shell, PageId page) {
    if (page == PAGE_BOARDS) shell->back_from_boards = shell->page == PAGE_PLAY ? PAGE_PLAY : PAGE_MAP;
    if (sound_is_heard(shell->sound)) audio_hush(sound_audio(shell->sound));
    shell->page = page;
    shell->page_began_s = shell->touched_s = shell->now_s;
    if (pages[page] != NULL) pages[page]->enter(shell);
}

const Routine *shell_routine(const Shell *shell) {
    return &shell->content->routines[shell->routine];
}

void shell_reload_players(Shell *shell) {
    shell->player_count = store_players(shell->store, shell->players, PLAYERS_MAX);
}

static SourceState state_of(const Shell *shell, const InputChoice *choice) {
    SourceStatus status = { .state = SOURCE_LOOKING };
    if (choice->source.status != NULL) choice->source.status(choice->source.self, shell->now_s, &status);
    return status.state;
}

InputChoice *shell_input(Shell *shell) {
    if (shell->only_keyboard) return &shell->keyboard;
    if (shell->named.source.read != NULL) return &shell->named;
    if (state_of(shell, &shell->sensor) == SOURCE_READY) return &shell->sensor;
    return shell->device == UI_DEVICE_CONTROLLER ? &shell->controller : &shell->keyboard;
}

UiStatus shell_status(Shell *shell, bool with_player) {
    UiStatus status = { 0 };
    const InputChoice *choice = shell_input(shell);
    SourceState state = state_of(shell, choice);
    if (with_player) {
        status.player = shell->player.name;
        status.emblem = shell->player.emblem;
    }
    static const struct {
        UiInputState input;
        const char *words;
    } others[] = { [INPUT_CONTROLLER] = { UI_INPUT_CONTROLLER, "Controller" },
                   [INPUT_KEYBOARD] = { UI_INPUT_KEYBOARD, "Keyboard" },
                   [INPUT_DEMO] = { UI_INPUT_DEMO, "Demo" } };
    if (choice->kind != INPUT_SENSOR) {
        status.input = others[choice->kind].input;
        status.input_words = others[choice->kind].words;
        return status;
    }
    status.input = state == SOURCE_READY  ? UI_INPUT_SENSOR
                   : state == SOURCE_LOST ? UI_INPUT_SENSOR_LOST
                                          : UI_INPUT_SENSOR_LOOKING;
    status.input_words = state == SOURCE_READY  ? "Sensor ready"
                         : state == SOURCE_LOST ? "Sensor lost"
                                                : "Looking for a sensor";
    return status;
}

/* A source that nobody plays with is emptied, so that it is fresh when somebody does. */
static void drain(const Shell *shell, InputChoice *choice) {
    ImuSample samples[64];
    if (choice->source.read == NULL) return;
    while (choice->source.read(choice->source.self, shell->now_s, samples, 64) > 0) {
    }
}

/* ---- playing ---- */

static void prefetch(Shell *shell, const Routine *routine) {
    char name[64];
    if (shell->screen == NULL) return;
    for (int i = 0; i < routine->count; i++) {
        (void)snprintf(name, sizeof name, "%s/scene",
                       content_levels(shell->content, routine->items[i].exercise)->game->id);
        screen_prefetch(shell->screen, name);
    }
}

void shell_begin(Shell *shell, const Routine *routine, int first, bool minute) {
    Error error = { 0 };
    PlayConfig config = {
        .content = shell->content,
        .store = shell->store,
        .audio = sound_audio(shell->sound),
        .heard = sound_is_heard(shell->sound),
        .player = shell->player,
        .routine = *routine,
        .first = first,
        .minute = minute,
        .seed = (uint32_t)clock_unix_s() * 2654435761U,
    };
    play_end(shell->play);
    shell->play = NULL;
    prefetch(shell, routine);
    InputChoice *choice = shell_input(shell);
    drain(shell, choice);
    if (play_begin(&shell->play, &config, choice, &error) != RESULT_OK) {
        (void)snprintf(shell->trouble, sizeof shell->trouble, "%s", error.text);
        return;
    }
    play_view_init(&shell->view);
    shell->play_s = shell->now_s;
    shell_go(shell, PAGE_PLAY);
}

static void end_play(Shell *shell) {
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
    shell->only_keyboard = false;
    shell_go(shell, PAGE_MAP);
}

static FlowAction press_in_play(Shell *shell, UiAction press) {
    PlayViewAnswer answer = play_view_press(&shell->view, shell->play, press);
    if (answer.say_again) play_say_again(shell->play);
    if (answer.boards) shell_go(shell, PAGE_BOARDS);
    if (answer.use_keyboard) {
        shell->only_keyboard = true;
        play_use(shell->play, &shell->keyboard);
    }
    return answer.action;
}

static void tick_play(Shell *shell, FlowAction action, const HandInput *hand) {
    play_tick(shell->play, action, hand, shell->play_s);
    play_view_tick(&shell->view, shell->play, shell->play_s);
    shell->play_s += TICK_S;
}

static void advance_play(Shell *shell, const FlowAction *actions, int action_count, const HandInput *hand) {
    if (shell->now_s - shell->play_s > CATCH_UP * TICK_S) shell->play_s = shell->now_s - CATCH_UP * TICK_S;
    int used = 0;
    while (shell->play_s <= shell->now_s && !play_over(shell->play))
        tick_play(shell, used < action_count ? actions[used++] : FLOW_NOTHING, hand);
    if (play_over(shell->play)) end_play(shell);
}

/* ---- pictures ---- */

static UiContext ui_context(Shell *shell, double shown_s) {
    return (UiContext){
        .measure = screen_text_measure(shell->screen),
        .coach = &shell->coach,
        .time_s = (float)fmod(shell->now_s, 3600),
        .shown_s = (float)shown_s,
        .device = shell->device,
        .reduced_motion = shell->preferences.reduced_motion,
        .large_text = shell->preferences.large_text,
        .high_contrast = shell->preferences.high_contrast,
    };
}

static void draw_trouble(Shell *shell, const UiContext *ui) {
    if (shell->trouble[0] == '\0' || shell->page != PAGE_MAP) return;
    Box box = { 64, 112, 1152, 56 };
    ui_plate(ui, shell->list, box, 0.9f);
    icon_draw(shell->list, ICON_WARNING, 96, 140, 1, COLOUR_GOLD, COLOUR_INK);
    (void)ui_text(
        ui, shell->list, 128, 150, 1060,
        (TextStyle){ .size = 28, .weight = FONT_MEDIUM, .align = ALIGN_LEFT, .colour = COLOUR_PAPER },
        shell->trouble);
}

static void draw(Shell *shell) {
    UiContext ui = ui_context(shell, shell->now_s - shell->page_began_s);
    draw_clear(shell->list);
    shell->word_count = 0;
    if (shell->page == PAGE_PLAY) {
        const Flow *flow = play_flow(shell->play);
        play_view_draw(&shell->view, shell->play, &ui, shell->now_s - flow->tracker.last_t_s + FRAME_AHEAD_S,
                       shell->list);
    } else {
        pages[shell->page]->draw(shell, &ui);
        draw_trouble(shell, &ui);
    }
    screen_present(shell->screen, shell->list);
}

/* ---- the loop with a window ---- */

static bool steps_by_itself(const Shell *shell) {
    return shell->page == PAGE_PLAY;
}

static void frame(Shell *shell) {
    ScreenInput input;
    FlowAction actions[SCREEN_PRESSES_MAX];
    int action_count = 0;
    screen_poll(shell->screen, &input);
    shell->now_s = clock_now_s();
    shell->device = input.device;
    if (input.quit) shell->over = true;
    if (input.press_count > 0 || input.typed[0] != '\0') {
        shell->touched_s = shell->now_s;
        if (shell->page == PAGE_MAP) shell->trouble[0] = '\0';
    }
    for (int i = 0; i < input.press_count; i++) {
        if (shell->page == PAGE_PLAY)
            actions[action_count++] = press_in_play(shell, input.presses[i]);
        else
            pages[shell->page]->press(shell, input.presses[i]);
    }
    const Page *page = pages[shell->page];
    if (page != NULL && page->typed != NULL && input.typed[0] != '\0') page->typed(shell, input.typed);
    if (page != NULL && page->idle != NULL) page->idle(shell, shell->now_s - shell->touched_s);
    if (steps_by_itself(shell))
        advance_play(shell, actions, action_count, &input.hand);
    else
        drain(shell, &shell->sensor);
}

/* A menu is looked at thirty times a second, and painted as often only while something is going on. */
static bool wants_painting(const Shell *shell, double painted_s) {
    bool quiet = shell->now_s - fmax(shell->touched_s, shell->page_began_s) > QUIET_AFTER_S;
    return steps_by_itself(shell) || !quiet || shell->now_s - painted_s >= QUIET_FRAME_S;
}

static void run_until_over(Shell *shell) {
    double painted_s = 0;
    while (!shell->over) {
        frame(shell);
        if (shell->over) break;
        double began_s = shell->now_s;
        if (wants_painting(shell, painted_s)) {
            draw(shell);
            painted_s = began_s;
        }
        if (!steps_by_itself(shell)) clock_sleep_s(MENU_FRAME_S - (clock_now_s() - began_s));
    }
}

void shell_run(Shell *shell) {
    shell->now_s = clock_now_s();
    shell_go(shell, PAGE_TITLE);
    run_until_over(shell);
}

/* ---- playing without the menus ---- */

static void take_picture(Shell *shell, const char *name) {
    Error error = { 0 };
    if (!screenshots_wants(&shell->screenshots, name)) return;
    draw(shell);
    if (screenshots_take(&shell->screenshots, shell->screen, name, &error) != RESULT_OK) {
        say_line("backbeat: %s", error.text);
        shell->screenshots.folder = NULL;
    }
}

/* The menus as this player would see them. */
static void picture_menus(Shell *shell, const PageId *ids, const char *const *names, int count) {
    PageId before = shell->page;
    for (int i = 0; i < count; i++) {
        shell->page = ids[i];
        shell->page_began_s = shell->touched_s = shell->now_s - 1;
        pages[ids[i]]->enter(shell);
        take_picture(shell, names[i]);
    }
    shell->page = before;
}

static void picture_overlay(Shell *shell, Overlay overlay, const char *name) {
    if (!screenshots_wants(&shell->screenshots, name)) return;
    PlayView seen = shell->view;
    shell->view.overlay = overlay;
    shell->view.focus = 0;
    take_picture(shell, name);
    shell->view = seen;
}

/* Each stage once it has settled, and each game at its start, middle and end. */
static void picture_play(Shell *shell) {
    const Flow *flow = play_flow(shell->play);
    const char *game = flow_item(flow)->levels->game->id;
    int progress = (int)run_progress(&flow->run);
    char name[SCREENSHOT_NAME_BYTES] = "";
    switch (flow->stage) {
    case STAGE_HOWTO:
        if (flow->stage_s > 3) (void)snprintf(name, sizeof name, "howto-%s", game);
        break;
    case STAGE_CALIBRATE:
        if (!flow->still_done && flow_still_share(flow) > 0.6f)
            (void)snprintf(name, sizeof name, "calibrate-still-%s", game);
        if (flow->measured_s > 1) (void)snprintf(name, sizeof name, "calibrate-%s", game);
        break;
    case STAGE_GET_SET:
        if (flow->counted == 2) (void)snprintf(name, sizeof name, "get-set-%s", game);
        break;
    case STAGE_GAME:
        if (progress < 120 && flow->stage_s > 3.5 && flow->input.place > 300)
            (void)snprintf(name, sizeof name, "%s-1-start", game);
        if (progress >= 450 && (flow->input.place > 500 || run_asks_stillness(&flow->run)))
            (void)snprintf(name, sizeof name, "%s-2-middle", game);
        break;
    case STAGE_OUTRO:
        if (flow->stage_s > 2) (void)snprintf(name, sizeof name, "%s-3-end", game);
        break;
    case STAGE_RESULT:
        if (flow->stage_s > 2) (void)snprintf(name, sizeof name, "result-%s", game);
        break;
    case STAGE_SUMMARY:
        if (flow->stage_s > 2) (void)snprintf(name, sizeof name, "summary");
        break;
    case STAGE_OVER: break;
    }
    if (name[0] != '\0') take_picture(shell, name);
    if (flow->stage == STAGE_GAME && flow->item == flow->item_count / 2 && progress >= 450 &&
        flow->input.place > 500) {
        picture_overlay(shell, OVERLAY_PAUSE, "pause");
        picture_overlay(shell, OVERLAY_HURTS, "hurts");
        picture_overlay(shell, OVERLAY_LOST, "lost");
    }
}

/* Nobody hears it: what is said is written, while somebody may be watching. */
static void write_caption(const Shell *shell, const char **last) {
    const char *caption = play_caption(shell->play);
    if (caption != NULL && caption != *last) say_line("%s", caption);
    *last = caption;
}

/* Nobody is there to plug a sensor in again: after a while without one it is over. */
static Result watch_source(const Shell *shell, double *silent_since_s, Error *error) {
    const SourceStatus *status = play_source_status(shell->play);
    if (status->state == SOURCE_READY || status->state == SOURCE_ENDED) *silent_since_s = shell->play_s;
    if (shell->play_s - *silent_since_s < PATIENCE_S) return RESULT_OK;
    return error_set(error, RESULT_NO_DEVICE, "%s",
                     status->trouble[0] != '\0'
                         ? status->trouble
                         : "No sensor answers; plug one in, or play with --input keyboard.");
}

static Result play_headless(Shell *shell, bool fast, bool own_time, Error *error) {
    bool paced = !(fast && own_time);
    double base_s = clock_now_s(), start_s = own_time ? 0 : base_s, silent_since_s = start_s;
    bool pictured = shell->screenshots.folder != NULL;
    const char *caption = NULL;
    Result result = RESULT_OK;
    shell->play_s = start_s;
    while (!play_over(shell->play) && result == RESULT_OK) {
        shell->now_s = shell->play_s;
        tick_play(shell, FLOW_NOTHING, NULL);
        result = watch_source(shell, &silent_since_s, error);
        if (pictured) picture_play(shell);
        if (!paced) continue;
        write_caption(shell, &caption);
        clock_sleep_s(shell->play_s - start_s - (clock_now_s() - base_s));
    }
    return result;
}

Result shell_play(Shell *shell, const PlayConfig *config, bool fast, Error *error) {
    static const PageId before[] = { PAGE_TITLE, PAGE_PLAYERS, PAGE_NAME, PAGE_MAP, PAGE_SETTINGS };
    static const char *const before_names[] = { "title", "players", "new-player", "map", "settings" };
    static const PageId after[] = { PAGE_BOARDS };
    static const char *const after_names[] = { "boards" };
    PlayConfig own = *config;
    own.content = shell->content;
    own.store = shell->store;
    own.audio = sound_audio(shell->sound);
    own.heard = sound_is_heard(shell->sound);
    shell->player = config->player;
    shell->has_player = shell->leave_after_play = true;
    shell->now_s = clock_now_s();
    InputChoice *choice = shell_input(shell);
    if (shell->screenshots.folder != NULL) picture_menus(shell, before, before_names, 5);
    Result result = play_begin(&shell->play, &own, choice, error);
    if (result != RESULT_OK) return result;
    shell->page = PAGE_PLAY;
    prefetch(shell, &own.routine);
    if (shell->headless) {
        result = play_headless(shell, fast, choice->own_time, error);
        if (shell->screenshots.folder != NULL) picture_menus(shell, after, after_names, 1);
    } else {
        shell->play_s = shell->now_s;
        run_until_over(shell);
    }
    if (play_trouble(shell->play)[0] != '\0') say_line("backbeat: %s", play_trouble(shell->play));
    return result;
}
