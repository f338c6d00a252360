#include "button.h"

bool button_feed(Button *button, bool pressed) {
    if (pressed == button->down) {
        button->other_ms = 0;
        return false;
    }
    if (++button->other_ms < BUTTON_STEADY_MS) return false;
    button->down = pressed;
    button->other_ms = 0;
    if (pressed) button->presses++;
    return true;
}
