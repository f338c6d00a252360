#include "session/staircase.h"

enum { STEP_UP = 3, STEP_DOWN = 4 * STEP_UP };

static int32_t clamp(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}

int32_t staircase_after(int32_t value, const RepScore *reps, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        bool reached = reps[i].word != WORD_PARTIAL && reps[i].reach >= 1000;
        value = clamp(value + (reached ? STEP_UP : -STEP_DOWN), STAIRCASE_LOW, STAIRCASE_HIGH);
    }
    return value;
}

int32_t staircase_target(int32_t level_target, int32_t value) {
    int32_t most = level_target > STAIRCASE_MOST ? level_target : STAIRCASE_MOST;
    int32_t target = level_target * value / 1000;
    return target < most ? target : most;
}
