/* What a player can ask of a screen, whichever device it came from. The platform turns keys, pads and sensor
 * taps into these; the flow decides what each means where it is. */
#ifndef UI_ACTION_H
#define UI_ACTION_H

typedef enum UiAction {
    UI_NONE = 0,
    UI_UP,
    UI_DOWN,
    UI_LEFT,
    UI_RIGHT,
    UI_CHOOSE,
    UI_BACK,      /* Esc and B: back in menus, pause in play */
    UI_PAUSE,     /* P and Start */
    UI_HURTS,     /* H and Y */
    UI_SAY_AGAIN, /* R and X */
    UI_ERASE,     /* Backspace, for names */
} UiAction;

/* Which kind of device was used last: hints show its caps only. */
typedef enum UiDevice { UI_DEVICE_KEYBOARD, UI_DEVICE_CONTROLLER, UI_DEVICE_SENSOR } UiDevice;

#endif
