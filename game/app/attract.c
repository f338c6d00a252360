#include "app/attract.h"

#include <math.h>
#include <stdio.h>

#define ATTRACT_AFTER_S 60.0
#define SOMEBODY_RAD_S  1.0F /* a sensor on a table stays far below, one that is picked up does not */
#define STICK_MOVES     0.5F

/* All its exercises are shown, one a time. */
#define ATTRACT_ROUTINE "full_eight"

static bool turns_fast(const ImuSample *sample) {
    const float *g = sample->gyro;
    return g[0] * g[0] + g[1] * g[1] + g[2] * g[2] > SOMEBODY_RAD_S * SOMEBODY_RAD_S;
}

/* Turned, knocked or its button pressed. */
static bool sensor_is_touched(Shell *shell) {
    ImuSample samples[64];
    InputChoice *sensor = shell_sensor(shell);
    if (sensor == NULL) return false;
    bool moves = false;
    for (size_t count = 1; count > 0;) {
        count = input_read(sensor, shell->now_s, samples, 64);
        for (size_t i = 0; i < count; i++) moves = moves || turns_fast(&samples[i]);
    }
    return input_gesture(sensor, shell->now_s) != GESTURE_NONE || moves;
}

void attract_end(Shell *shell) {
    play_end(shell->play);
    shell->play = NULL;
    shell->attract = false;
    input_close(&shell->attract_input);
    shell_go(shell, PAGE_TITLE);
}

void attract_idle(Shell *shell, double quiet_s) {
    Error error = { 0 };
    const Routine *day = content_routine(shell->content, ATTRACT_ROUTINE);
    if (quiet_s < ATTRACT_AFTER_S || day == NULL) return;
    shell->touched_s = shell->now_s; /* whatever happens, the next try is a minute away */
    input_close(&shell->attract_input);
    if (input_open(&shell->attract_input, "demo:skilful", (uint32_t)clock_unix_s(), &error) != RESULT_OK)
        return;
    Routine one = *day;
    one.any_one = true;
    (void)sensor_is_touched(shell); /* what came before is not somebody coming now */
    shell->attract = true;
    shell_begin(shell, &one, shell->attract_next++ % day->count, true);
    if (shell->page != PAGE_PLAY) {
        attract_end(shell);
        return;
    }
    /* Nobody needs to be told how. */
    shell_skip_to_game(shell);
}

bool attract_ends(Shell *shell, const ScreenInput *input) {
    bool moved = fabsf(input->hand.forward) > STICK_MOVES || fabsf(input->hand.sideways) > STICK_MOVES;
    if (input->press_count == 0 && input->typed[0] == '\0' && !input->touched && !moved &&
        !sensor_is_touched(shell))
        return false;
    attract_end(shell);
    return true;
}
