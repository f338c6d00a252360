#include "bodies.h"
#include "session/routine.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void every_game_has_five_sound_levels(void **state) {
    (void)state;
    int games = 0;
    for (const Minigame *const *game = minigames; *game != NULL; game++, games++) {
        LevelSet set;
        bodies_levels((*game)->exercise, &set);
        for (int i = 1; i < MINIGAME_LEVELS; i++) {
            /* A higher level asks for more precision, never for speed. */
            assert_true(set.levels[i].target > set.levels[i - 1].target);
            assert_true(set.levels[i].tempo_min_ms >= set.levels[i - 1].tempo_min_ms);
        }
        assert_in_range(set.levels[0].target, 700, 780);
        assert_in_range(set.levels[4].target, 900, 950);
        assert_true((*game)->state_size <= MINIGAME_STATE_MAX);
    }
    assert_int_equal(games, 8);
}

/* Puts `instead` in the place of `what`, the first time it stands there. */
static char *with(const char *text, const char *what, const char *instead) {
    const char *at = strstr(text, what);
    assert_non_null(at);
    size_t size = strlen(text) + strlen(instead) + 1;
    char *changed = calloc(1, size);
    assert_non_null(changed);
    (void)snprintf(changed, size, "%.*s%s%s", (int)(at - text), text, instead, at + strlen(what));
    return changed;
}

static void a_wrong_level_is_refused_with_its_line(void **state) {
    (void)state;
    const Minigame *game = minigame_for_exercise("cat_cow");
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", ASSETS, game->data_path);
    char *text = bodies_read(path);
    static const struct {
        const char *what, *instead, *names;
    } wrong[] = {
        { "\"target\": 700", "\"target\": 1700",
          "line 6: levels[0].target must be a whole number from 500 to 1000" },
        { "\"target\": 700", "\"target\": \"x\"", "line 6: levels[0].target must be" },
        { "\"target\"", "\"taget\"", "levels[0].taget is not known here" },
        { "\"game\": \"tidewing\"", "\"game\": \"tide\"", "line 3: game must be \"tidewing\" here" },
        { "\"format\": 1", "\"format\": 2", "line 2: format must be" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        LevelSet set;
        Error error = { 0 };
        char *changed = with(text, wrong[i].what, wrong[i].instead);
        assert_int_equal(level_set_parse(&set, game, changed, "t.json", &error), RESULT_BAD_DATA);
        if (strstr(error.text, wrong[i].names) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", error.text, wrong[i].names);
        free(changed);
    }
    free(text);
}

/* The whole day: the morning's five, then the three of the bench. */
static void the_full_eight_is_both(void **state) {
    (void)state;
    static const char *const names[] = { "quick_five", "bench_three", "full_eight" };
    Routine routines[3];
    Error error = { 0 };
    for (int i = 0; i < 3; i++) {
        char path[256];
        (void)snprintf(path, sizeof path, "%s/routines/%s.json", ASSETS, names[i]);
        char *text = bodies_read(path);
        if (routine_parse(&routines[i], text, path, &error) != RESULT_OK) fail_msg("%s", error.text);
        free(text);
    }
    assert_int_equal(routines[1].count, 3);
    assert_int_equal(routines[2].count, 8);
    for (int i = 0; i < 8; i++)
        assert_string_equal(routines[2].items[i].exercise,
                            i < 5 ? routines[0].items[i].exercise : routines[1].items[i - 5].exercise);
    assert_int_equal(routines[1].items[0].dose.seconds, 90);
    assert_true(routines[1].items[1].dose.each_side);
}

static void the_quick_five_is_five(void **state) {
    (void)state;
    char *text = bodies_read(ASSETS "/routines/quick_five.json");
    Routine routine;
    Error error = { 0 };
    assert_int_equal(routine_parse(&routine, text, "quick_five.json", &error), RESULT_OK);
    assert_int_equal(routine.count, 5);
    assert_string_equal(routine.items[2].exercise, "table_top_twist");
    assert_true(routine.items[2].dose.each_side);
    assert_int_equal(routine.items[0].dose.seconds, 60);
    assert_int_equal(routine_find(&routine, "pull_apart"), 3);
    assert_int_equal(routine_find(&routine, "no"), -1);
    static const struct {
        const char *what, *instead, *names;
    } wrong[] = {
        { "\"cat_cow\"", "\"cat_cat\"",
          "line 8: exercises[1].exercise is not an exercise; there are foam_roll" },
        { "\"seconds\": 60", "\"reps\": 60", "line 7: exercises[0].dose must ask for seconds" },
        { "\"reps\": 8 }", "\"reps\": 800 }", "line 8: exercises[1].dose.reps must be" },
        { "\"reps\": 15", "\"reps\": 15, \"each_side\": true", "pull_apart has no sides" },
        { "\"quick_five\"", "\"Quick!\"", "line 3: id must be" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *changed = with(text, wrong[i].what, wrong[i].instead);
        assert_int_equal(routine_parse(&routine, changed, "q.json", &error), RESULT_BAD_DATA);
        if (strstr(error.text, wrong[i].names) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", error.text, wrong[i].names);
        free(changed);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_game_has_five_sound_levels),
        cmocka_unit_test(a_wrong_level_is_refused_with_its_line),
        cmocka_unit_test(the_full_eight_is_both),
        cmocka_unit_test(the_quick_five_is_five),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
