/* The household's boards: one for each game and routine, on each kind of input. */
#include "app/pages.h"
#include "platform/files.h"

#include <stdio.h>
#include <string.h>

enum { FOCUS_TABS = -2, FOCUS_HEADING = -1 };

static int place_count(const Shell *shell) {
    return shell->content->game_count + shell->content->routine_count;
}

static InputKind board_kind(Shell *shell) {
    static const InputKind kinds[BOARD_TABS] = { INPUT_SENSOR, INPUT_CONTROLLER, INPUT_KEYBOARD };
    return shell_input(shell)->kind == INPUT_DEMO ? INPUT_DEMO : kinds[shell->board_tab];
}

static void enter(Shell *shell) {
    shell->board_focus = FOCUS_HEADING;
    shell->board_note = NULL;
    InputKind kind = shell_input(shell)->kind;
    shell->board_tab = kind == INPUT_CONTROLLER ? 1 : kind == INPUT_KEYBOARD ? 2 : 0;
}

/* Of a game's board; a routine's has none that can be chosen. */
static int board_rows(Shell *shell, StoredResult out[BOARD_ROWS]) {
    if (shell->board_place >= shell->content->game_count) return 0;
    return (int)store_results(shell->store, shell->content->levels[shell->board_place].game->exercise,
                              board_kind(shell), out, BOARD_ROWS);
}

static bool may_be_raced(const Shell *shell, const StoredResult *result) {
    return result->replay[0] != '\0' && shell->back_from_boards == PAGE_MAP;
}

/* Its replay is there, whole, and of these levels. */
static bool can_be_raced(const Shell *shell, const StoredResult *result) {
    Ghost ghost = { .score = 0 };
    char path[FILES_PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", store_replay_folder(shell->store), result->replay);
    ghost_load(&ghost, shell->content, path);
    bool any = ghost.track.count > 0;
    ghost_free(&ghost);
    return any;
}

static const RoutineItem *item_of(const Content *content, const char *exercise) {
    for (int i = 0; i < content->routine_count; i++) {
        int at = routine_find(&content->routines[i], exercise);
        if (at >= 0) return &content->routines[i].items[at];
    }
    return NULL;
}

/* Another's body, or one's own of another day, is the ghost. */
static void race(Shell *shell) {
    StoredResult rows[BOARD_ROWS];
    int count = board_rows(shell, rows);
    if (shell->board_focus >= count || !may_be_raced(shell, &rows[shell->board_focus])) {
        shell_earcon(shell, "focus_edge");
        return;
    }
    const StoredResult *raced = &rows[shell->board_focus];
    const RoutineItem *item = item_of(shell->content, raced->exercise);
    if (item == NULL || !can_be_raced(shell, raced)) {
        shell->board_note = "That run was kept by another version: it can't be raced.";
        shell_earcon(shell, "focus_edge");
        return;
    }
    shell_earcon(shell, "confirm");
    shell_begin_one(shell, item, raced);
    if (shell->page == PAGE_BOARDS) shell->board_note = shell->trouble;
}

static void press(Shell *shell, UiAction action) {
    int step = action == UI_RIGHT ? 1 : action == UI_LEFT ? -1 : 0;
    StoredResult results[BOARD_ROWS];
    int row = shell->board_focus - FOCUS_TABS, rows = board_rows(shell, results) - FOCUS_TABS;
    shell->board_note = NULL;
    if (action == UI_UP) shell_move(shell, &row, -1, rows);
    if (action == UI_DOWN) shell_move(shell, &row, 1, rows);
    shell->board_focus = row + FOCUS_TABS;
    if (step != 0 && shell->board_focus == FOCUS_TABS) shell_move(shell, &shell->board_tab, step, BOARD_TABS);
    if (step != 0 && shell->board_focus == FOCUS_HEADING)
        shell_move(shell, &shell->board_place, step, place_count(shell));
    if (action == UI_CHOOSE && shell->board_focus >= 0) {
        race(shell);
    } else if (action == UI_BACK || action == UI_CHOOSE) {
        shell_earcon(shell, "back");
        shell_go(shell, shell->back_from_boards);
    }
}

static int emblem_of(const Shell *shell, int64_t player_id) {
    for (size_t i = 0; i < shell->player_count; i++) {
        if (shell->players[i].id == player_id) return shell->players[i].emblem;
    }
    return 0;
}

static void fill_game(Shell *shell, BoardsModel *model) {
    const Minigame *game = shell->content->levels[shell->board_place].game;
    StoredResult results[BOARD_ROWS];
    int count = board_rows(shell, results);
    model->game = game->id;
    model->name = game->name;
    model->line = content_text(shell->content, game->exercise, "name", NULL);
    for (int i = 0; i < count; i++) {
        const StoredResult *r = &results[i];
        model->rows[model->row_count++] = (BoardRow){
            .rank = i + 1,
            .emblem = emblem_of(shell, r->player_id),
            .stars = r->stars,
            .name = shell_words(shell, "%s", r->player_name),
            .level = shell_words(shell, "level %d", r->level),
            .day = shell_day_words(shell, r->day),
            .score = shell_words(shell, "%d", r->score),
            .action = may_be_raced(shell, r) ? "race it" : NULL,
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
            .day = shell_day_words(shell, r->day),
            .score = shell_words(shell, "%d", r->score),
        };
    }
}

static void idle(Shell *shell, double quiet_s) {
    if (shell->back_from_boards == PAGE_MAP) shell_idle_below_map(shell, quiet_s);
}

static void draw(Shell *shell, const UiContext *ui) {
    InputKind kind = board_kind(shell);
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
        .note = shell->board_note != NULL ? shell->board_note
                                          : "Fair for all: reach is a share of your own range.",
    };
    if (kind == INPUT_DEMO) model.tabs[0].words = "Demo";
    if (shell->board_place < shell->content->game_count)
        fill_game(shell, &model);
    else
        fill_routine(shell, kind, &model);
    ui_boards_draw(&model, ui, shell->list);
}

const Page page_boards = { .enter = enter, .press = press, .idle = idle, .draw = draw };
