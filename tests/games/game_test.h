/* What every game's own test begins with. */
#ifndef TESTS_GAME_TEST_H
#define TESTS_GAME_TEST_H

#include "player.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

/* An opened play on the heap; free() it. */
static inline Play *play_begin(const char *exercise, int32_t level, PlayStyle style) {
    Error error = { "" };
    Play *play = calloc(1, sizeof *play);
    assert_non_null(play);
    if (play_open(play, exercise, level, style, 7, &error) != RESULT_OK) fail_msg("%s", error.text);
    return play;
}

/* The mean form of a whole set. */
static inline int32_t form_of(const char *exercise, int32_t level, PlayStyle style) {
    Play *play = play_begin(exercise, level, style);
    play_run(play, 300);
    assert_true(play->form_count > 0);
    int32_t form = play_form(play);
    free(play);
    return form;
}

#endif
