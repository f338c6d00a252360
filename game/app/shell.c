#include "app/shell.h"

#include "app/attract.h"
#include "app/pages.h"
#include "app/play_screens.h"
#include "app/recover.h"
#include "app/say.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MENU_FRAME_S  (1.0 / 30)
#define QUIET_FRAME_S (1.0 / 8) /* a menu that nobody touches only breathes */
#define QUIET_AFTER_S 1.5
#define LEFT_ALONE_S  180.0 /* below the map: back to it */
#define FRAME_AHEAD_S (1.0 / 60)

static const Page *const pages[PAGE_COUNT] = {
    [PAGE_TITLE] = &page_title,       [PAGE_LEAVE] = &page_leave,       [PAGE_PLAYERS] = &page_players,
    [PAGE_NAME] = &page_name,         [PAGE_MAP] = &page_map,           [PAGE_BOARDS] = &page_boards,
    [PAGE_SETTINGS] = &page_settings, [PAGE_PROGRESS] = &page_progress, [PAGE_DOCTOR] = &page_doctor,
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
 * no keys: it is the sensor. A controller may come and go, and be another. */
static Result open_inputs(Shell *shell, const ShellConfig *config, Error *error) {
    bool automatic = config->input == NULL || strcmp(config->input, "auto") == 0;
    shell->only_controller = !automatic && !config->headless && strcmp(config->input, "controller") == 0;
    const char *named = !automatic ? config->input : config->headless ? "serial" : NULL;
    if (shell->only_controller) named = NULL;
    Result result = named != NULL ? input_open(&shell->named, named, config->seed, error) : RESULT_OK;
    if (result == RESULT_OK) result = input_open(&shell->keyboard, "keyboard", 0, error);
    if (result == RESULT_OK) result = input_open_stick(&shell->stick, error);
    if (result != RESULT_OK || named != NULL) return result;
    Error unused; /* without controllers it is played without */
    (void)!input_open_motion(&shell->motion, &unused);
    return shell->only_controller ? RESULT_OK : input_open(&shell->sensor, "serial", 0, error);
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
    shell_load_preferences(shell);
    result = open_screen(shell, config, error);
    if (result == RESULT_OK)
        result = sound_open(&shell->sound, shell->content->assets, !config->headless, error);
    if (result == RESULT_OK) audio_volumes(sound_audio(shell->sound), shell->preferences.volumes);
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
    input_close(&shell->motion);
    input_close(&shell->stick);
    input_close(&shell->keyboard);
    input_close(&shell->attract_input);
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
    gestures_rest(&shell->sensor.gestures);
    gestures_rest(&shell->named.gestures);
    shell_enter(shell);
}

void shell_look_at(Shell *shell, const char *exercise) {
    for (int i = 0; i < shell->content->game_count; i++) {
        if (strcmp(shell->content->levels[i].game->exercise, exercise) == 0)
            shell->board_place = shell->progress_exercise = i;
    }
}

void shell_idle_below_map(Shell *shell, double quiet_s) {
    if (quiet_s >= LEFT_ALONE_S) shell_go(shell, PAGE_MAP);
}

const char *shell_streak_words(Shell *shell, int streak) {
    return streak == 0 ? "Day one" : streak == 1 ? "1 day" : shell_words(shell, "%d days", streak);
}

const char *shell_day_words(Shell *shell, int64_t day) {
    int64_t today = clock_today();
    if (day == today) return "today";
    if (day == today - 1) return "yesterday";
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    time_t seconds = (time_t)(day * 86400);
    struct tm date;
    (void)gmtime_r(&seconds, &date);
    return shell_words(shell, "%d %s", date.tm_mday, months[date.tm_mon % 12]);
}

void shell_enter(Shell *shell) {
    const Page *page = pages[shell->page];
    if (page != NULL && page->enter != NULL) page->enter(shell);
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
    if (shell->attract) return &shell->attract_input;
    if (shell->only_keyboard) return &shell->keyboard;
    if (shell->named.source.read != NULL) return &shell->named;
    if (state_of(shell, &shell->sensor) == SOURCE_READY) return &shell->sensor;
    if (!shell->only_controller && shell->device != UI_DEVICE_CONTROLLER) return &shell->keyboard;
    return !shell->by_stick && input_motion_is_there(&shell->motion) ? &shell->motion : &shell->stick;
}

UiStatus shell_status(Shell *shell, bool with_player) {
    UiStatus status = { 0 };
    SourceStatus source = { .kind = INPUT_SENSOR };
    const InputChoice *choice = shell_input(shell);
    choice->source.status(choice->source.self, shell->now_s, &source);
    status_of_input(&source, &status);
    if (with_player) {
        status.player = shell->player.name;
        status.emblem = shell->player.emblem;
    }
    if (choice == &shell->motion && source.state == SOURCE_READY) status.input_words = "Motion ready";
    return status;
}

/* ---- the picture ---- */

static UiContext ui_context(Shell *shell, double shown_s) {
    const InputChoice *sensor = shell_sensor(shell);
    return (UiContext){
        .measure = screen_text_measure(shell->screen),
        .coach = &shell->coach,
        .time_s = (float)fmod(shell->now_s, 3600),
        .shown_s = (float)shown_s,
        .device = shell->by_sensor ? UI_DEVICE_SENSOR : shell->device,
        .sensor = sensor != NULL && state_of(shell, sensor) == SOURCE_READY,
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

void shell_draw(Shell *shell) {
    UiContext ui = ui_context(shell, shell->now_s - shell->page_began_s);
    draw_clear(shell->list);
    shell->word_count = 0;
    if (shell->page == PAGE_PLAY) {
        const Flow *flow = play_flow(shell->play);
        play_view_draw(&shell->view, shell->play, &ui,
                       shell->now_s - shell->play_zero_s - flow->tracker.last_t_s + FRAME_AHEAD_S,
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

void shell_press(Shell *shell, UiAction action) {
    if (shell->page == PAGE_PLAY)
        shell_press_in_play(shell, action);
    else
        pages[shell->page]->press(shell, action);
}

static void frame(Shell *shell) {
    ScreenInput input;
    screen_poll(shell->screen, &input);
    shell->now_s = clock_now_s();
    shell->device = input.device;
    if (input.quit) shell->over = true;
    if (input.press_count > 0 || input.typed[0] != '\0') {
        shell->by_sensor = false;
        shell->touched_s = shell->now_s;
        if (shell->page == PAGE_MAP) shell->trouble[0] = '\0';
    }
    if (shell->attract && attract_ends(shell, &input)) return;
    for (int i = 0; i < input.press_count; i++) shell_press(shell, input.presses[i]);
    shell_press_by_sensor(shell);
    const Page *page = pages[shell->page];
    if (page != NULL && page->typed != NULL && input.typed[0] != '\0') page->typed(shell, input.typed);
    if (page != NULL && page->idle != NULL) page->idle(shell, shell->now_s - shell->touched_s);
    if (steps_by_itself(shell))
        shell_advance_play(shell, &input.hand);
    else if (shell->play != NULL)
        play_hold(shell->play); /* the boards are looked at meanwhile */
    shell_drain_unused(shell);
}

/* A menu is looked at thirty times a second, and painted as often only while something is going on. */
static bool wants_painting(const Shell *shell, double painted_s) {
    bool quiet = shell->now_s - fmax(shell->touched_s, shell->page_began_s) > QUIET_AFTER_S;
    return steps_by_itself(shell) || !quiet || shell->now_s - painted_s >= QUIET_FRAME_S;
}

void shell_run_until_over(Shell *shell) {
    double painted_s = 0;
    while (!shell->over) {
        frame(shell);
        if (shell->over) break;
        double began_s = shell->now_s;
        if (wants_painting(shell, painted_s)) {
            shell_draw(shell);
            painted_s = began_s;
        }
        /* A display that does not make the program wait must not make it spin. */
        clock_sleep_s(steps_by_itself(shell) ? shell_until_tick_s(shell)
                                             : MENU_FRAME_S - (clock_now_s() - began_s));
    }
}

void shell_run(Shell *shell) {
    shell->now_s = clock_now_s();
    shell_go(shell, PAGE_TITLE);
    shell_run_until_over(shell);
}
