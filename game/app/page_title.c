/* The title, and the question whether to leave. */
#include "app/attract.h"
#include "app/pages.h"

static void enter(Shell *shell) {
    if (sound_is_heard(shell->sound)) audio_piece(sound_audio(shell->sound), "title");
    shell_say(shell, "flow.welcome");
}

static void press(Shell *shell, UiAction action) {
    if (action == UI_BACK) {
        shell_go(shell, PAGE_LEAVE);
        return;
    }
    shell_earcon(shell, "confirm");
    shell_go(shell, PAGE_PLAYERS);
}

static void draw(Shell *shell, const UiContext *ui) {
    int lamps = ui->reduced_motion ? TITLE_LAMPS : (int)(ui->shown_s / 0.25f);
    TitleModel model = {
        .status = shell_status(shell, false),
        .subtitle = "A day on the coast for your upper back",
        .press = "Press any key or button",
        .tap = ui->sensor ? "or double-tap the sensor" : NULL,
        .lamps = lamps < TITLE_LAMPS ? lamps : TITLE_LAMPS,
    };
    if (shell->headless) model.lamps = 8;
    ui_title_draw(&model, ui, shell->list);
}

const Page page_title = { .enter = enter, .press = press, .idle = attract_idle, .draw = draw };

static void leave_enter(Shell *shell) {
    shell->focus = 1;
}

static void leave_press(Shell *shell, UiAction action) {
    if (action == UI_LEFT || action == UI_UP) shell_move(shell, &shell->focus, -1, 2);
    if (action == UI_RIGHT || action == UI_DOWN) shell_move(shell, &shell->focus, 1, 2);
    if (action != UI_CHOOSE && action != UI_BACK) return;
    if (action == UI_CHOOSE && shell->focus == 0) {
        shell->over = true;
    } else {
        shell_go(shell, PAGE_TITLE);
    }
}

static void leave_draw(Shell *shell, const UiContext *ui) {
    MessageModel model = {
        .title = "Leave Backbeat?",
        .headline = "All you did is kept.",
        .line = "Come back when you come back.",
        .hour = 1,
        .choice_count = 2,
        .choices = { { ICON_HOME, "Leave", UI_BUTTON_PLAIN }, { ICON_PLAY, "Stay", UI_BUTTON_PLAIN } },
        .focus = shell->focus,
    };
    ui_message_draw(&model, ui, shell->list);
}

const Page page_leave = { .enter = leave_enter, .press = leave_press, .draw = leave_draw };
