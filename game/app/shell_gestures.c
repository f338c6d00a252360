/* Without a key: what the worn sensor says besides moving the game. */
#include "app/shell.h"

enum { CLICK_MS = 40 }; /* what the hand feels of a gesture that did something */

InputChoice *shell_sensor(Shell *shell) {
    InputChoice *choice = shell->named.source.read != NULL ? &shell->named : &shell->sensor;
    bool worn = choice->source.read != NULL && choice->kind == INPUT_SENSOR && !choice->own_time;
    return worn ? choice : NULL;
}

/* Tilts move a focus where nothing else is asked of the body. */
static UiAction action_of(const Shell *shell, Gesture gesture) {
    static const UiAction in_menus[] = {
        [GESTURE_NONE] = UI_NONE,    [GESTURE_TWO_KNOCKS] = UI_CHOOSE, [GESTURE_THREE_KNOCKS] = UI_BACK,
        [GESTURE_FORWARD] = UI_DOWN, [GESTURE_BACKWARD] = UI_UP,       [GESTURE_LEFT] = UI_LEFT,
        [GESTURE_RIGHT] = UI_RIGHT
    };
    if (shell->page != PAGE_PLAY) return in_menus[gesture];
    const Flow *flow = play_flow(shell->play);
    bool moving = flow->stage == STAGE_CALIBRATE || flow->stage == STAGE_GET_SET || flow->stage == STAGE_GAME;
    bool chooses = flow->overlay == OVERLAY_PAUSE || flow->overlay == OVERLAY_HURTS;
    if (gesture == GESTURE_TWO_KNOCKS) return moving && flow->overlay == OVERLAY_NONE ? UI_PAUSE : UI_CHOOSE;
    if (gesture == GESTURE_THREE_KNOCKS) return flow->stage <= STAGE_RESULT ? UI_HURTS : UI_BACK;
    return chooses ? in_menus[gesture] : UI_NONE;
}

void shell_press_by_sensor(Shell *shell) {
    InputChoice *sensor = shell->page == PAGE_PLAY ? play_input(shell->play) : shell_sensor(shell);
    if (sensor == NULL) return;
    Overlay overlay = shell->page == PAGE_PLAY ? play_flow(shell->play)->overlay : OVERLAY_NONE;
    if (overlay != shell->gestured_over) gestures_rest(&sensor->gestures); /* the exercise was no lean */
    shell->gestured_over = overlay;
    UiAction action = action_of(shell, input_gesture(sensor, shell->now_s));
    if (action == UI_NONE) return;
    if (sensor->source.buzz != NULL) sensor->source.buzz(sensor->source.self, CLICK_MS);
    shell->by_sensor = true;
    shell->touched_s = shell->now_s;
    shell_press(shell, action);
}

void shell_drain_unused(Shell *shell) {
    InputChoice *const moving[] = { shell_sensor(shell), &shell->motion };
    for (int i = 0; i < 2; i++) {
        bool used = shell->page == PAGE_PLAY && play_input(shell->play) == moving[i];
        if (moving[i] == NULL || used) continue;
        input_drain(moving[i], shell->now_s);
        if (shell->page == PAGE_PLAY) (void)input_gesture(moving[i], shell->now_s); /* it has no say */
    }
}
