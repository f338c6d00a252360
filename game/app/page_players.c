/* Who plays. */
#include "app/pages.h"
#include "platform/files.h"

#include <stdio.h>

#define PLAYERS_TIMER_S 10.0

static void enter(Shell *shell) {
    shell_reload_players(shell);
    shell->focus = 0; /* the last player comes first */
    shell_say(shell, "flow.who_plays");
}

static void take(Shell *shell, int index) {
    shell_earcon(shell, "confirm");
    if (index >= (int)shell->player_count) {
        shell_go(shell, PAGE_NAME);
        return;
    }
    shell->player = shell->players[index];
    shell->has_player = true;
    shell_go(shell, PAGE_MAP);
}

static void press(Shell *shell, UiAction action) {
    int count = (int)shell->player_count + 1;
    if (action == UI_LEFT || action == UI_UP) shell_move(shell, &shell->focus, -1, count);
    if (action == UI_RIGHT || action == UI_DOWN) shell_move(shell, &shell->focus, 1, count);
    if (action == UI_CHOOSE) take(shell, shell->focus);
    if (action == UI_BACK) shell_go(shell, PAGE_TITLE);
}

static void idle(Shell *shell, double quiet_s) {
    if (shell->player_count > 0 && quiet_s >= PLAYERS_TIMER_S) take(shell, 0);
}

static const char *day_words(int64_t last, int64_t today) {
    if (last < 0) return "not yet";
    if (last == today) return "today";
    if (last == today - 1) return "yesterday";
    return today - last < 14 ? "some days ago" : "a while ago";
}

static void draw(Shell *shell, const UiContext *ui) {
    int64_t today = clock_today();
    double quiet_s = shell->now_s - shell->touched_s;
    PlayersModel model = {
        .status = shell_status(shell, false),
        .title = "Who plays?",
        .count = (int)shell->player_count,
        .new_player = "New player",
        .new_player_note = "it takes a moment",
        .focus = shell->focus,
        .timer = { .seconds = -1 },
    };
    for (int i = 0; i < model.count; i++) {
        const Player *player = &shell->players[i];
        int streak = store_streak(shell->store, player->id, today);
        model.cards[i] = (PlayerCard){
            .name = player->name,
            .emblem = player->emblem,
            .streak = shell_streak_words(shell, streak),
            .last = day_words(player->last_day, today),
        };
    }
    if (model.count > 0 && !shell->headless) {
        model.timer = (UiTimer){
            .words = shell_words(shell, "%s starts in", model.cards[0].name),
            .seconds = quiet_s < PLAYERS_TIMER_S ? (int)(PLAYERS_TIMER_S - quiet_s) + 1 : 0,
            .gone = (float)(quiet_s / PLAYERS_TIMER_S),
        };
    }
    ui_players_draw(&model, ui, shell->list);
}

const Page page_players = { .enter = enter, .press = press, .idle = idle, .draw = draw };
