/* The one sentence after a set: it names what cost the most, and says nothing needs to change where nothing
 * did. */
#include "bodies.h"
#include "session/advice.h"
#include "testing.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Run run;

static void begin(int32_t reps, int32_t hold_s, int32_t seconds) {
    memset(&run, 0, sizeof run);
    run.setup = (GameSetup){ .reps = reps,
                             .seconds = seconds,
                             .hold_s = hold_s,
                             .target = 700,
                             .tempo_min_ms = 5000,
                             .tempo_max_ms = 12000 };
}

static void add(RepScore rep, int count) {
    rep.word = rep.word == WORD_PARTIAL ? WORD_GOOD : rep.word;
    for (int i = 0; i < count; i++) {
        run.rep_scores[run.rep_count++] = rep;
        run.reps++;
    }
}

static void add_partials(int count) {
    for (int i = 0; i < count; i++)
        run.rep_scores[run.rep_count++] = (RepScore){ .reach = 400, .word = WORD_PARTIAL };
    run.partials += count;
}

static const RepScore whole = { .reach = 1000, .control = 1000, .tempo = 1000, .form = 1000 };

static Advice of_eight(RepScore rep) {
    begin(8, 0, 0);
    add(rep, 8);
    return advice_of(&run);
}

static void each_part_has_its_word(void **state) {
    (void)state;
    RepScore rep = whole;
    assert_int_equal(of_eight(rep), ADVICE_NONE);
    rep.reach = 800;
    assert_int_equal(of_eight(rep), ADVICE_REACH);
    rep = whole, rep.control = 500;
    assert_int_equal(of_eight(rep), ADVICE_CONTROL);
    rep = whole, rep.tempo = 500, rep.hasty = true;
    assert_int_equal(of_eight(rep), ADVICE_HASTE);
    rep.hasty = false;
    assert_int_equal(of_eight(rep), ADVICE_LINGER);
    rep = whole, rep.form = 500;
    assert_int_equal(of_eight(rep), ADVICE_FORM);
}

/* The weights decide, not the lowest number: a tenth of reach is worth more than a tenth of form. */
static void what_cost_most_is_said(void **state) {
    (void)state;
    RepScore rep = { .reach = 850, .control = 1000, .tempo = 1000, .form = 800 };
    assert_int_equal(of_eight(rep), ADVICE_REACH);
    rep.form = 700;
    assert_int_equal(of_eight(rep), ADVICE_FORM);
    /* A little of everything needs no words. */
    rep = (RepScore){ .reach = 980, .control = 930, .tempo = 950, .form = 950 };
    assert_int_equal(of_eight(rep), ADVICE_NONE);
}

static void what_is_missing_is_named(void **state) {
    (void)state;
    begin(8, 0, 0);
    add(whole, 5);
    assert_int_equal(advice_of(&run), ADVICE_MORE);
    add_partials(3);
    assert_int_equal(advice_of(&run), ADVICE_PARTIAL);
    /* Partial ones that were made up for cost nothing. */
    begin(8, 0, 0);
    add(whole, 8);
    add_partials(3);
    assert_int_equal(advice_of(&run), ADVICE_NONE);
    begin(8, 0, 0);
    assert_int_equal(advice_of(&run), ADVICE_MORE);
}

static void stillness_is_asked_where_it_counts(void **state) {
    (void)state;
    begin(0, 20, 60);
    add(whole, 6);
    run.hold_ms = 20000;
    assert_int_equal(advice_of(&run), ADVICE_NONE);
    run.hold_ms = 9000;
    assert_int_equal(advice_of(&run), ADVICE_STILL);
    begin(0, 60, 60);
    run.is_hold = true;
    run.score = 960;
    run.zone_ticks = 58 * TICK_HZ;
    assert_int_equal(advice_of(&run), ADVICE_NONE);
    run.score = 700;
    assert_int_equal(advice_of(&run), ADVICE_STILL);
    run.zone_ticks = 40 * TICK_HZ;
    assert_int_equal(advice_of(&run), ADVICE_ZONE);
}

/* Short enough for two lines, without an exclamation mark, in every language. */
static void every_catalogue_has_the_words(void **state) {
    (void)state;
    static const char *const languages[] = { "en", "de", "es", "fr" };
    for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
        char path[512];
        (void)snprintf(path, sizeof path, ASSETS "/texts/exercises.%s.json", languages[l]);
        json_t *texts = json_load_file(path, 0, NULL);
        assert_non_null(texts);
        json_t *words = json_object_get(json_object_get(texts, "common"), "advice");
        assert_int_equal(json_object_size(words), ADVICE_COUNT);
        for (int i = 0; i < ADVICE_COUNT; i++) {
            const char *text = json_string_value(json_object_get(words, advice_key((Advice)i)));
            if (text == NULL) fail_msg("%s has no words for %s", languages[l], advice_key((Advice)i));
            size_t length = text != NULL ? strlen(text) : 0;
            assert_in_range(length, 10, 90);
            assert_true(text == NULL || strchr(text, '!') == NULL);
        }
        json_decref(texts);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_has_its_word),        cmocka_unit_test(what_cost_most_is_said),
        cmocka_unit_test(what_is_missing_is_named),      cmocka_unit_test(stillness_is_asked_where_it_counts),
        cmocka_unit_test(every_catalogue_has_the_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
