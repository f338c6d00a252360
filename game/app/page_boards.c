/* The household's boards: one for each game and routine, on each kind of input. */
#include "app/pages.h"
#include "platform/files.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { FOCUS_TABS = -2, FOCUS_HEADING = -1 };

static int place_count(const Shell *shell) {
    return shell->content->game_count + shell->content->routine_count;
}

static void enter(Shell *shell) {
    shell->board_focus = FOCUS_HEADING;
    InputKind kind = shell_input(shell)->kind;
    shell->board_tab = kind == INPUT_CONTROLLER ? 1 : kind == INPUT_KEYBOARD ? 2 : 0;
}

static void press(Shell *shell, UiAction action) {
    int step = action == UI_RIGHT ? 1 : action == UI_LEFT ? -1 : 0;
    int row = shell->board_focus - FOCUS_TABS;
    if (action == UI_UP) shell_move(shell, &row, -1, 2);
    if (action == UI_DOWN) shell_move(shell, &row, 1, 2);
    shell->board_focus = row + FOCUS_TABS;
    if (step != 0 && shell->board_focus == FOCUS_TABS) shell_move(shell, &shell->board_tab, step, BOARD_TABS);
    if (step != 0 && shell->board_focus == FOCUS_HEADING)
        shell_move(shell, &shell->board_place, step, place_count(shell));
    if (action == UI_BACK || action == UI_CHOOSE) {
        shell_earcon(shell, "back");
        shell_go(shell, shell->back_from_boards);
    }
}

static const char *day_words(Shell *shell, int64_t day) {
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

static int emblem_of(const Shell *shell, int64_t player_id) {
    for (size_t i = 0; i < shell->player_count; i++) {
        if (shell->players[i].id == player_id) return shell->players[i].emblem;
    }
    return 0;
}

static void fill_game(Shell *shell, InputKind kind, BoardsModel *model) {
    const Minigame *game = shell->content->levels[shell->board_place].game;
    StoredResult results[BOARD_ROWS];
    size_t count = store_results(shell->store, game->exercise, kind, results, BOARD_ROWS);
    model->game = game->id;
    model->name = game->name;
    model->line = content_text(shell->content, game->exercise, "name", NULL);
    for (size_t i = 0; i < count; i++) {
        const StoredResult *r = &results[i];
        model->rows[model->row_count++] = (BoardRow){
            .rank = (int)i + 1,
            .emblem = emblem_of(shell, r->player_id),
            .stars = r->stars,
            .name = shell_words(shell, "%s", r->player_name),
            .level = shell_words(shell, "level %d", r->level),
            .day = day_words(shell, r->day),
            .score = shell_words(shell, "%d", r->score),
        };
    }
}

static void fill_routine(Shell *shell, InputKind kind, BoardsModel *model) {
    const Routine *routine = &shell->content->routines[shell->board_place - shell->content->game_count];
    StoredRun runs[BOARD_ROWS];
    size_t count = store_runs(shell->store, routine->id, kind, runs, BOARD_ROWS);
    model->name = routine->name;
    model->line = "the whole routine";
    for (size_t i = 0; i < count; i++) {
        const StoredRun *r = &runs[i];
        model->rows[model->row_count++] = (BoardRow){
            .rank = (int)i + 1,
            .emblem = emblem_of(shell, r->player_id),
            .stars = -1,
            .name = shell_words(shell, "%s", r->player_name),
            .level = shell_words(shell, "%d places", r->exercises),
            .day = day_words(shell, r->day),
            .score = shell_words(shell, "%d", r->score),
        };
    }
}

static void draw(Shell *shell, const UiContext *ui) {
    static const InputKind kinds[BOARD_TABS] = { INPUT_SENSOR, INPUT_CONTROLLER, INPUT_KEYBOARD };
    InputKind kind = shell_input(shell)->kind == INPUT_DEMO ? INPUT_DEMO : kinds[shell->board_tab];
    shell_reload_players(shell);
    BoardsModel model = {
        .title = "Household",
        .tabs = { { ICON_SENSOR, "Sensor", UI_BUTTON_PLAIN },
                  { ICON_CONTROLLER, "Controller", UI_BUTTON_PLAIN },
                  { ICON_KEYBOARD, "Keyboard", UI_BUTTON_PLAIN } },
        .tab = shell->board_tab,
        .page = shell_words(shell, "%d of %d", shell->board_place + 1, place_count(shell)),
        .focus = shell->board_focus,
        .empty = "Nobody yet. The first one is you.",
        .note = "Fair for all: reach is a share of your own range.",
    };
    if (kind == INPUT_DEMO) model.tabs[0].words = "Demo";
    if (shell->board_place < shell->content->game_count)
        fill_game(shell, kind, &model);
    else
        fill_routine(shell, kind, &model);
    ui_boards_draw(&model, ui, shell->list);
}

const Page page_boards = { .enter = enter, .press = press, .draw = draw };
