#include "platform/controls.h"

#include <string.h>

enum {
    STICK_ON = 18000,
    STICK_OFF = 11000,
    STICK_DEAD = 6000,
    STICK_FULL = 30000,
    REPEAT_FIRST_MS = 450,
    REPEAT_MS = 180
};

static void press(ScreenInput *out, UiAction action) {
    if (action != UI_NONE && out->press_count < SCREEN_PRESSES_MAX) out->presses[out->press_count++] = action;
}

typedef struct KeyRow {
    SDL_Keycode key;
    UiAction action;
    bool letter;  /* types while a name is being written */
    bool repeats; /* while held */
} KeyRow;

static const KeyRow keys[] = {
    { .key = SDLK_UP, .action = UI_UP, .repeats = true },
    { .key = SDLK_DOWN, .action = UI_DOWN, .repeats = true },
    { .key = SDLK_LEFT, .action = UI_LEFT, .repeats = true },
    { .key = SDLK_RIGHT, .action = UI_RIGHT, .repeats = true },
    { .key = SDLK_RETURN, .action = UI_CHOOSE },
    { .key = SDLK_KP_ENTER, .action = UI_CHOOSE },
    { .key = SDLK_SPACE, .action = UI_CHOOSE, .letter = true },
    { .key = SDLK_ESCAPE, .action = UI_BACK },
    { .key = SDLK_AC_BACK, .action = UI_BACK },
    { .key = SDLK_p, .action = UI_PAUSE, .letter = true },
    { .key = SDLK_h, .action = UI_HURTS, .letter = true },
    { .key = SDLK_r, .action = UI_SAY_AGAIN, .letter = true },
    { .key = SDLK_BACKSPACE, .action = UI_ERASE, .repeats = true },
};

static UiAction button_action(uint8_t button) {
    switch (button) {
    case SDL_CONTROLLER_BUTTON_A: return UI_CHOOSE;
    case SDL_CONTROLLER_BUTTON_B: return UI_BACK;
    case SDL_CONTROLLER_BUTTON_X: return UI_SAY_AGAIN;
    case SDL_CONTROLLER_BUTTON_Y: return UI_HURTS;
    case SDL_CONTROLLER_BUTTON_START: return UI_PAUSE;
    case SDL_CONTROLLER_BUTTON_DPAD_UP: return UI_UP;
    case SDL_CONTROLLER_BUTTON_DPAD_DOWN: return UI_DOWN;
    case SDL_CONTROLLER_BUTTON_DPAD_LEFT: return UI_LEFT;
    case SDL_CONTROLLER_BUTTON_DPAD_RIGHT: return UI_RIGHT;
    default: return UI_NONE;
    }
}

static void plug_in(Controls *controls, int device) {
    if (!SDL_IsGameController(device)) return;
    SDL_GameController *pad = SDL_GameControllerOpen(device);
    if (pad == NULL) return;
    for (int i = 0; i < CONTROLS_PADS_MAX; i++) {
        if (controls->pads[i] == pad) break; /* reported twice */
        if (controls->pads[i] != NULL) continue;
        controls->pads[i] = pad;
        return;
    }
    SDL_GameControllerClose(pad);
}

static void pull_out(Controls *controls, SDL_JoystickID id) {
    for (int i = 0; i < CONTROLS_PADS_MAX; i++) {
        SDL_GameController *pad = controls->pads[i];
        if (pad == NULL || SDL_JoystickInstanceID(SDL_GameControllerGetJoystick(pad)) != id) continue;
        SDL_GameControllerClose(pad);
        controls->pads[i] = NULL;
    }
}

void controls_close(Controls *controls) {
    for (int i = 0; i < CONTROLS_PADS_MAX; i++) {
        if (controls->pads[i] != NULL) SDL_GameControllerClose(controls->pads[i]);
    }
    *controls = (Controls){ 0 };
}

static void key_down(Controls *controls, const SDL_KeyboardEvent *key, ScreenInput *out) {
    controls->device = UI_DEVICE_KEYBOARD;
    out->touched = true;
    if ((key->keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) return;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].key != key->keysym.sym || (key->repeat && !keys[i].repeats)) continue;
        if (controls->typing && keys[i].letter) continue;
        press(out, keys[i].action);
    }
}

/* Keeps whole characters only: SDL's pieces end at one, so a piece goes in as a whole or not at all. */
static void type(const char *piece, ScreenInput *out) {
    size_t have = strlen(out->typed), more = strlen(piece);
    if (have + more < sizeof out->typed) memcpy(out->typed + have, piece, more + 1);
}

void controls_event(Controls *controls, const SDL_Event *event, ScreenInput *out) {
    switch (event->type) {
    case SDL_QUIT: out->quit = true; break;
    case SDL_WINDOWEVENT:
        if (event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED) out->resized = true;
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_FINGERDOWN: out->touched = true; break;
    case SDL_KEYDOWN: key_down(controls, &event->key, out); break;
    case SDL_TEXTINPUT:
        if (controls->typing) type(event->text.text, out);
        break;
    case SDL_CONTROLLERDEVICEADDED: plug_in(controls, event->cdevice.which); break;
    case SDL_CONTROLLERDEVICEREMOVED: pull_out(controls, event->cdevice.which); break;
    case SDL_CONTROLLERBUTTONDOWN:
        controls->device = UI_DEVICE_CONTROLLER;
        out->touched = true;
        press(out, button_action(event->cbutton.button));
        break;
    default: break;
    }
}

static float axis_share(int value) {
    int size = value < 0 ? -value : value;
    if (size < STICK_DEAD) return 0;
    float share = (float)(size - STICK_DEAD) / (float)(STICK_FULL - STICK_DEAD);
    return (share > 1 ? 1 : share) * (value < 0 ? -1.0f : 1.0f);
}

/* The stick as arrows: once when it tips, then again and again while held. */
static void stick_arrows(Controls *controls, int x, int y, uint32_t now_ms, ScreenInput *out) {
    int across = x < 0 ? -x : x, along = y < 0 ? -y : y;
    int farther = across > along ? across : along;
    if (farther < STICK_OFF) {
        controls->stick = UI_NONE;
        return;
    }
    if (farther < STICK_ON) return;
    UiAction way = across > along ? (x < 0 ? UI_LEFT : UI_RIGHT) : (y < 0 ? UI_UP : UI_DOWN);
    bool fresh = way != controls->stick;
    if (!fresh && (int32_t)(now_ms - controls->stick_next_ms) < 0) return;
    controls->device = UI_DEVICE_CONTROLLER;
    controls->stick = way;
    controls->stick_next_ms = now_ms + (fresh ? REPEAT_FIRST_MS : REPEAT_MS);
    press(out, way);
}

void controls_held(Controls *controls, uint32_t now_ms, ScreenInput *out) {
    int x = 0, y = 0;
    for (int i = 0; i < CONTROLS_PADS_MAX; i++) {
        SDL_GameController *pad = controls->pads[i];
        if (pad == NULL) continue;
        out->controller = true;
        int pad_x = SDL_GameControllerGetAxis(pad, SDL_CONTROLLER_AXIS_LEFTX);
        int pad_y = SDL_GameControllerGetAxis(pad, SDL_CONTROLLER_AXIS_LEFTY);
        if (abs(pad_x) + abs(pad_y) > abs(x) + abs(y)) {
            x = pad_x;
            y = pad_y;
        }
    }
    stick_arrows(controls, x, y, now_ms, out);
    const Uint8 *held = SDL_GetKeyboardState(NULL);
    float up = held[SDL_SCANCODE_UP] || held[SDL_SCANCODE_W] ? 1.0f : 0.0f;
    float down = held[SDL_SCANCODE_DOWN] || held[SDL_SCANCODE_S] ? 1.0f : 0.0f;
    float right = held[SDL_SCANCODE_RIGHT] || held[SDL_SCANCODE_D] ? 1.0f : 0.0f;
    float left = held[SDL_SCANCODE_LEFT] || held[SDL_SCANCODE_A] ? 1.0f : 0.0f;
    out->hand = (HandInput){ .forward = up - down, .sideways = right - left };
    if (out->hand.forward == 0) out->hand.forward = -axis_share(y); /* sticks grow downward */
    if (out->hand.sideways == 0) out->hand.sideways = axis_share(x);
    if (controls->typing) out->hand = (HandInput){ 0 };
    out->device = controls->device;
}
