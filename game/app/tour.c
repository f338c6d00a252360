#include "app/tour.h"

#include "app/say.h"

#include <stdio.h>

static void take_picture(Shell *shell, const char *name) {
    Error error = { 0 };
    if (!screenshots_wants(&shell->screenshots, name)) return;
    shell_draw(shell);
    if (screenshots_take(&shell->screenshots, shell->screen, name, &error) != RESULT_OK) {
        say_line("backbeat: %s", error.text);
        shell->screenshots.folder = NULL;
    }
}

/* The menus as this player would see them. */
static void show_menus(Shell *shell, const PageId *ids, const char *const *names, int count) {
    PageId before = shell->page;
    for (int i = 0; i < count; i++) {
        shell->page = ids[i];
        shell->page_began_s = shell->touched_s = shell->now_s - 1;
        shell_enter(shell);
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

/* The stage as a picture's name, once it has settled; empty before. */
static void stage_name(const Flow *flow, char *name, size_t size) {
    const char *game = flow_item(flow)->levels->game->id;
    switch (flow->stage) {
    case STAGE_HOWTO:
        if (flow->stage_s > 3) (void)snprintf(name, size, "howto-%s", game);
        break;
    case STAGE_CALIBRATE:
        if (!flow->still_done && flow_still_share(flow) > 0.6f)
            (void)snprintf(name, size, "calibrate-still-%s", game);
        if (flow->measured_s > 1) (void)snprintf(name, size, "calibrate-%s", game);
        break;
    case STAGE_GET_SET:
        if (flow->counted == 2) (void)snprintf(name, size, "get-set-%s", game);
        break;
    case STAGE_OUTRO:
        if (flow->stage_s > 2) (void)snprintf(name, size, "%s-3-end", game);
        break;
    case STAGE_RESULT:
        if (flow->stage_s > 2) (void)snprintf(name, size, "result-%s", game);
        break;
    case STAGE_SUMMARY:
        if (flow->stage_s > 2) (void)snprintf(name, size, "summary");
        break;
    case STAGE_GAME:
    case STAGE_OVER: break;
    }
}

/* In the game: where something is going on, or at the latest where the picture would be missed. */
static void game_name(const Flow *flow, char *name, size_t size) {
    const char *game = flow_item(flow)->levels->game->id;
    int32_t progress = run_progress(&flow->run);
    bool far_out = flow->input.place > 500 || run_asks_stillness(&flow->run);
    if (progress < 200 && (flow->stage_s > 8 || (flow->stage_s > 3.5 && flow->input.place > 300)))
        (void)snprintf(name, size, "%s-1-start", game);
    if ((progress >= 450 && far_out) || progress >= 700 || flow->stage_s > 150)
        (void)snprintf(name, size, "%s-2-middle", game);
}

void tour_of_play(Shell *shell) {
    if (shell->screenshots.folder == NULL) return;
    const Flow *flow = play_flow(shell->play);
    char name[SCREENSHOT_NAME_BYTES] = "";
    stage_name(flow, name, sizeof name);
    if (flow->stage == STAGE_GAME) game_name(flow, name, sizeof name);
    if (name[0] != '\0') take_picture(shell, name);
    bool middle_of_all =
        flow->stage == STAGE_GAME && flow->item == flow->item_count / 2 && run_progress(&flow->run) >= 450;
    if (!middle_of_all) return;
    picture_overlay(shell, OVERLAY_PAUSE, "pause");
    picture_overlay(shell, OVERLAY_HURTS, "hurts");
    picture_overlay(shell, OVERLAY_LOST, "lost");
}

void tour_before_play(Shell *shell) {
    static const PageId ids[] = { PAGE_TITLE, PAGE_PLAYERS, PAGE_NAME, PAGE_MAP, PAGE_SETTINGS, PAGE_DOCTOR };
    static const char *const names[] = { "title", "players", "new-player", "map", "settings", "doctor" };
    if (shell->screenshots.folder != NULL) show_menus(shell, ids, names, 6);
}

void tour_after_play(Shell *shell) {
    static const PageId ids[] = { PAGE_BOARDS, PAGE_PROGRESS };
    static const char *const names[] = { "boards", "progress" };
    if (shell->screenshots.folder == NULL) return;
    shell_look_at(shell, flow_item(play_flow(shell->play))->spec->id);
    show_menus(shell, ids, names, 2);
}
