/* The household's settings: four faders and how things look. Saved as they are changed. */
#include "app/pages.h"

#include <math.h>

enum {
    ROW_VOICE,
    ROW_TONE,
    ROW_MUSIC,
    ROW_EFFECTS,
    ROW_MOTION,
    ROW_CONTRAST,
    ROW_LARGE,
    ROW_FULLSCREEN,
    ROW_COUNT
};

static float *volume_of(Preferences *p, int row) {
    switch (row) {
    case ROW_VOICE: return &p->volumes.voice;
    case ROW_TONE: return &p->volumes.tone;
    case ROW_MUSIC: return &p->volumes.music;
    case ROW_EFFECTS: return &p->volumes.effects;
    default: return NULL;
    }
}

static bool *switch_of(Preferences *p, int row) {
    switch (row) {
    case ROW_MOTION: return &p->reduced_motion;
    case ROW_CONTRAST: return &p->high_contrast;
    case ROW_LARGE: return &p->large_text;
    case ROW_FULLSCREEN: return &p->fullscreen;
    default: return NULL;
    }
}

static void enter(Shell *shell) {
    shell->focus = 0;
}

static void change(Shell *shell, int step) {
    float *volume = volume_of(&shell->preferences, shell->focus);
    bool *on = switch_of(&shell->preferences, shell->focus);
    if (volume != NULL) *volume = fminf(1, fmaxf(0, *volume + 0.1f * (float)step));
    if (on != NULL) *on = !*on;
    shell_keep_preferences(shell);
    shell_earcon(shell, step > 0 ? "value_up" : "value_down");
}

static void press(Shell *shell, UiAction action) {
    if (action == UI_UP) shell_move(shell, &shell->focus, -1, ROW_COUNT);
    if (action == UI_DOWN) shell_move(shell, &shell->focus, 1, ROW_COUNT);
    if (action == UI_LEFT) change(shell, -1);
    if (action == UI_RIGHT) change(shell, 1);
    if (action == UI_CHOOSE && switch_of(&shell->preferences, shell->focus) != NULL) change(shell, 1);
    if (action == UI_BACK) shell_go(shell, PAGE_MAP);
}

static void draw(Shell *shell, const UiContext *ui) {
    static const char *const names[ROW_COUNT] = {
        "Voice",       "Movement tone", "Music",      "Effects",
        "Less motion", "High contrast", "Large text", "Full screen"
    };
    static const char *const help[ROW_COUNT] = {
        "What is said: the way, counts, sides.",
        "The note that follows your movement.",
        "The coast behind it all.",
        "Chimes for what you do.",
        "Nothing sways, slides or breathes.",
        "Plates are solid, lines are thick.",
        "Fewer words, and larger.",
        "Fill the whole screen.",
    };
    SettingsModel model = {
        .title = "Settings", .count = ROW_COUNT, .focus = shell->focus, .help = help[shell->focus]
    };
    for (int row = 0; row < ROW_COUNT; row++) {
        const float *volume = volume_of(&shell->preferences, row);
        const bool *on = switch_of(&shell->preferences, row);
        model.rows[row] =
            (SettingRow){ .name = names[row], .kind = volume != NULL ? SETTING_BAR : SETTING_SWITCH };
        if (volume != NULL) model.rows[row].share = *volume;
        if (on != NULL) model.rows[row].on = *on;
        model.rows[row].value = volume != NULL ? shell_words(shell, "%d", (int)lroundf(*volume * 10))
                                : *on          ? "on"
                                               : "off";
    }
    ui_settings_draw(&model, ui, shell->list);
}

const Page page_settings = { .enter = enter, .press = press, .idle = shell_idle_below_map, .draw = draw };
