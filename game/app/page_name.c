/* A new player: a name typed or turned on a wheel, and an emblem. */
#include "app/pages.h"
#include "app/say.h"

#include <stdio.h>
#include <string.h>

/* What the wheel holds: letters, then "take one back". */
static const char *const letters[] = { "A", "B", "C", "D", "E", "F", "G", "H",           "I", "J",
                                       "K", "L", "M", "N", "O", "P", "Q", "R",           "S", "T",
                                       "U", "V", "W", "X", "Y", "Z", "-", "\xE2\x86\x90" };
enum { LETTER_COUNT = sizeof letters / sizeof *letters };

static void enter(Shell *shell) {
    shell->new_name[0] = '\0';
    shell->new_emblem = (int)shell->player_count % STORE_EMBLEMS;
    shell->wheel = 0;
    shell->name_focus = NAME_FOCUS_WHEEL;
    if (shell->screen != NULL) screen_typing(shell->screen, true);
}

static void leave(Shell *shell, PageId page) {
    if (shell->screen != NULL) screen_typing(shell->screen, false);
    shell_go(shell, page);
}

static int characters(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++) count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static void erase(Shell *shell) {
    size_t length = strlen(shell->new_name);
    while (length > 0 && ((unsigned char)shell->new_name[--length] & 0xC0) == 0x80) {
    }
    shell->new_name[length] = '\0';
}

static void append(Shell *shell, const char *text) {
    size_t length = strlen(shell->new_name), more = strlen(text);
    bool fits = length + more < sizeof shell->new_name &&
                characters(shell->new_name) + characters(text) <= STORE_NAME_MAX;
    if (!fits || (length == 0 && text[0] == ' ')) return;
    memcpy(shell->new_name + length, text, more + 1);
}

static void typed(Shell *shell, const char *text) {
    append(shell, text);
    shell->name_focus = NAME_FOCUS_DONE;
}

static void finish(Shell *shell) {
    Error error = { 0 };
    Player player;
    if (shell->new_name[0] == '\0') append(shell, "Guest");
    Result result = store_add_player(shell->store, shell->new_name, shell->new_emblem, &player, &error);
    /* Somebody of that name is there already: then it is them. */
    if (result == RESULT_BAD_USAGE)
        result = store_find_player(shell->store, shell->new_name, &player, &error);
    if (result != RESULT_OK) {
        (void)snprintf(shell->trouble, sizeof shell->trouble, "%s", error.text);
        shell_earcon(shell, "focus_edge");
        return;
    }
    shell->player = player;
    shell->has_player = true;
    leave(shell, PAGE_MAP);
}

/* On the wheel a letter keeps the lower case after the first. */
static void choose_letter(Shell *shell) {
    if (shell->wheel == LETTER_COUNT - 1) {
        erase(shell);
        return;
    }
    char letter[4];
    (void)snprintf(letter, sizeof letter, "%s", letters[shell->wheel]);
    if (shell->new_name[0] != '\0' && letter[0] >= 'A' && letter[0] <= 'Z')
        letter[0] = (char)(letter[0] - 'A' + 'a');
    append(shell, letter);
}

static void press(Shell *shell, UiAction action) {
    int focus = (int)shell->name_focus;
    int step = action == UI_RIGHT ? 1 : action == UI_LEFT ? -1 : 0;
    if (action == UI_UP) shell_move(shell, &focus, -1, 3);
    if (action == UI_DOWN) shell_move(shell, &focus, 1, 3);
    shell->name_focus = (NameFocus)focus;
    if (action == UI_ERASE) erase(shell);
    if (action == UI_BACK) leave(shell, PAGE_PLAYERS);
    if (shell->name_focus == NAME_FOCUS_WHEEL && step != 0)
        shell->wheel = (shell->wheel + step + LETTER_COUNT) % LETTER_COUNT;
    if (shell->name_focus == NAME_FOCUS_EMBLEM && step != 0)
        shell->new_emblem = (shell->new_emblem + step + STORE_EMBLEMS) % STORE_EMBLEMS;
    if (step != 0) shell_earcon(shell, "focus_move");
    if (action != UI_CHOOSE) return;
    shell_earcon(shell, "confirm");
    if (shell->name_focus == NAME_FOCUS_WHEEL)
        choose_letter(shell);
    else if (shell->name_focus == NAME_FOCUS_EMBLEM)
        shell->name_focus = NAME_FOCUS_DONE;
    else
        finish(shell);
}

static void draw(Shell *shell, const UiContext *ui) {
    NameModel model = {
        .title = "New player",
        .label = "Name",
        .name = shell->new_name,
        .emblem_label = "Your sign",
        .emblem = shell->new_emblem,
        .done = "Done",
        .note = shell->trouble[0] != '\0' ? shell->trouble : "Or type it.",
        .focus = shell->name_focus,
    };
    for (int i = 0; i < NAME_WHEEL; i++)
        model.wheel[i] = letters[(shell->wheel + i - NAME_WHEEL / 2 + LETTER_COUNT) % LETTER_COUNT];
    ui_name_draw(&model, ui, shell->list);
}

const Page page_name = { .enter = enter, .press = press, .typed = typed, .draw = draw };
