/* The map of a routine: its places through the day, levels and stars, and where to begin. */
#include "app/pages.h"
#include "platform/files.h"

#include <stdio.h>
#include <string.h>

#define MAP_TIMER_S 20.0

static const PageId button_pages[] = { PAGE_BOARDS, PAGE_PROGRESS, PAGE_SETTINGS, PAGE_DOCTOR };

enum { BUTTON_COUNT = sizeof button_pages / sizeof *button_pages };

static void enter(Shell *shell) {
    if (sound_is_heard(shell->sound)) audio_piece(sound_audio(shell->sound), "title");
    shell->map_focus = MAP_FOCUS_START;
    if (shell->place >= shell_routine(shell)->count) shell->place = 0;
}

static void begin_place(Shell *shell) {
    shell_begin_one(shell, &shell_routine(shell)->items[shell->place], NULL);
}

static void choose(Shell *shell) {
    shell_earcon(shell, "confirm");
    switch (shell->map_focus) {
    case MAP_FOCUS_ROUTINE: shell->map_focus = MAP_FOCUS_START; break;
    case MAP_FOCUS_PLACE: begin_place(shell); break;
    case MAP_FOCUS_START:
        if (shell_routine(shell)->any_one)
            begin_place(shell);
        else
            shell_begin(shell, shell_routine(shell), 0, shell->minute);
        break;
    case MAP_FOCUS_MINUTE: shell->minute = !shell->minute; break;
    case MAP_FOCUS_BUTTON:
        shell_look_at(shell, shell_routine(shell)->items[shell->place].exercise);
        shell_go(shell, button_pages[shell->button]);
        break;
    }
}

static void sideways(Shell *shell, int step) {
    int routine = shell->routine;
    switch (shell->map_focus) {
    case MAP_FOCUS_ROUTINE:
        shell_move(shell, &routine, step, shell->content->routine_count);
        if (routine == shell->routine && step > 0) {
            shell->map_focus = MAP_FOCUS_BUTTON;
            shell->button = 0;
        }
        shell->routine = routine;
        shell->place = 0;
        break;
    case MAP_FOCUS_PLACE: shell_move(shell, &shell->place, step, shell_routine(shell)->count); break;
    case MAP_FOCUS_START:
    case MAP_FOCUS_MINUTE:
        shell->map_focus = MAP_FOCUS_PLACE;
        shell_earcon(shell, "focus_move");
        break;
    case MAP_FOCUS_BUTTON:
        if (step < 0 && shell->button == 0)
            shell->map_focus = MAP_FOCUS_ROUTINE;
        else
            shell_move(shell, &shell->button, step, BUTTON_COUNT);
        break;
    }
}

/* Rows from the top: heading, places, start, minute. */
static void up_down(Shell *shell, int step) {
    static const MapFocus rows[] = { MAP_FOCUS_ROUTINE, MAP_FOCUS_PLACE, MAP_FOCUS_START, MAP_FOCUS_MINUTE };
    int row = 0;
    for (int i = 0; i < 4; i++) row = rows[i] == shell->map_focus ? i : row;
    shell_move(shell, &row, step, 4);
    shell->map_focus = rows[row];
}

static void press(Shell *shell, UiAction action) {
    if (action == UI_LEFT) sideways(shell, -1);
    if (action == UI_RIGHT) sideways(shell, 1);
    if (action == UI_UP) up_down(shell, -1);
    if (action == UI_DOWN) up_down(shell, 1);
    if (action == UI_CHOOSE) choose(shell);
    if (action == UI_BACK) shell_go(shell, PAGE_PLAYERS);
}

static void idle(Shell *shell, double quiet_s) {
    if (quiet_s < MAP_TIMER_S) return;
    if (shell_routine(shell)->any_one)
        begin_place(shell);
    else
        shell_begin(shell, shell_routine(shell), 0, shell->minute);
}

static int best_stars(Shell *shell, const char *exercise, StoredResult *best) {
    bool any = store_best(shell->store, shell->player.id, exercise, shell_input(shell)->kind, best);
    return any ? best->stars : 0;
}

static void fill_place(Shell *shell, MapModel *model) {
    const char *exercise = shell_routine(shell)->items[shell->place].exercise;
    const LevelSet *levels = content_levels(shell->content, exercise);
    StoredResult best = { 0 };
    (void)best_stars(shell, exercise, &best);
    model->level_now = store_open_level(shell->store, shell->player.id, exercise);
    model->level_most = MINIGAME_LEVELS;
    model->name = levels->game->name;
    model->line = shell_words(shell, "%s, %s", content_text(shell->content, exercise, "name", NULL),
                              content_text(shell->content, exercise, "card", "dose"));
    if (shell->minute)
        model->line =
            shell_words(shell, "%s, in a minute", content_text(shell->content, exercise, "name", NULL));
    model->level = shell_words(shell, "Level %d of %d", model->level_now, MINIGAME_LEVELS);
    if (best.score > 0) {
        model->best = shell_words(shell, "%d", best.score);
        model->best_label = "your best";
    }
}

static void fill_streak(Shell *shell, MapModel *model) {
    bool trained[STREAK_DAYS] = { false };
    int64_t today = clock_today();
    int streak = store_streak(shell->store, shell->player.id, today);
    store_days(shell->store, shell->player.id, today, trained, STREAK_DAYS);
    for (int i = 0; i < STREAK_DAYS; i++) model->days[i] = trained[i] ? UI_DAY_TRAINED : UI_DAY_MISSED;
    model->trained_today = trained[STREAK_DAYS - 1];
    model->streak = shell_streak_words(shell, streak);
}

static void draw(Shell *shell, const UiContext *ui) {
    const Routine *routine = shell_routine(shell);
    double quiet_s = shell->now_s - shell->touched_s;
    MapModel model = {
        .status = shell_status(shell, true),
        .routine = routine->name,
        .minutes = shell_words(shell, "%d min", shell->minute ? 2 * routine->count : routine->minutes),
        .more_routines = shell->content->routine_count > 1,
        .place_count = routine->count < MAP_PLACES ? routine->count : MAP_PLACES,
        .focus = shell->map_focus,
        .place = shell->place,
        .button = shell->button,
        .start = routine->any_one ? "Start" : "Start all",
        .minute = "One minute",
        .minute_on = shell->minute,
        .buttons = { ICON_TROPHY, ICON_CHART, ICON_GEAR, ICON_SENSOR },
        .timer = { .seconds = -1 },
    };
    for (int i = 0; i < model.place_count; i++) {
        StoredResult best = { 0 };
        const char *exercise = routine->items[i].exercise;
        model.places[i] = (MapPlace){ .game = content_levels(shell->content, exercise)->game->id,
                                      .stars = best_stars(shell, exercise, &best),
                                      .asked = true };
    }
    fill_place(shell, &model);
    fill_streak(shell, &model);
    if (!shell->headless) {
        model.timer = (UiTimer){ .words = "Starts in",
                                 .seconds = quiet_s < MAP_TIMER_S ? (int)(MAP_TIMER_S - quiet_s) + 1 : 0,
                                 .gone = (float)(quiet_s / MAP_TIMER_S) };
    }
    ui_map_draw(&model, ui, shell->list);
}

const Page page_map = { .enter = enter, .press = press, .idle = idle, .draw = draw };
