/* Export and import: a household moves whole; a file that was tampered with changes nothing. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fill(Store *store) {
    Player anna = bench_player(store, "Anna \"the\\roller\""), ben = bench_player(store, "Bén");
    int64_t a = bench_run(store, &anna, "quick_five", INPUT_SENSOR, 20000),
            b = bench_run(store, &ben, "minute", INPUT_KEYBOARD, 20001);
    (void)bench_run(store, &ben, "full_eight", INPUT_SENSOR, 20002); /* begun, and left */
    (void)bench_add(store, a, bench_result("cat_cow", 600, 2, 20000));
    StoredResult bare = bench_result("foam_roll", 700, 2, 20000);
    bare.replay[0] = '\0';
    (void)bench_add(store, a, bare);
    (void)bench_add(store, b, bench_result("cat_cow", 800, 3, 20001));
    Error error;
    OwnRange range = { .range_deg = 44.4, .under_deg = 0.1, .ease = 0.7 };
    assert_int_equal(store_keep_range(store, ben.id, "cat_cow", INPUT_KEYBOARD, &range, &error), RESULT_OK);
    assert_int_equal(store_keep_setting(store, "language", "ja", &error), RESULT_OK);
    assert_int_equal(store_keep_setting(store, "empty", "", &error), RESULT_OK);
}

static char *export_of(Store *store) {
    char *json = NULL;
    Error error = { 0 };
    if (store_export(store, &json, &error) != RESULT_OK) fail_msg("%s", error.text);
    assert_non_null(json);
    return json;
}

static Store *second_store(void **state) {
    char folder[600];
    (void)snprintf(folder, sizeof folder, "%.300s/second", (const char *)*state);
    return bench_open(folder);
}

static void a_household_moves_whole_and_only_once(void **state) {
    Store *from = bench_open(*state), *to = second_store(state);
    fill(from);
    char *first = export_of(from);
    Error error = { 0 };
    for (int times = 0; times < 2; times++) {
        if (store_import(to, first, "first.json", &error) != RESULT_OK) fail_msg("%s", error.text);
        char *again = export_of(to);
        assert_string_equal(again, first);
        free(again);
    }
    StoredResult all[8];
    assert_int_equal(store_all_results(to, all, 8), 3);
    assert_true(all[0].score == 800 && all[0].seed == 4000000001u && all[0].rom_deg == 41.1);
    free(first);
    store_close(from);
    store_close(to);
}

static void what_is_there_is_left_alone(void **state) {
    Store *from = bench_open(*state), *to = second_store(state);
    fill(from);
    Error error;
    Player ben;
    assert_int_equal(store_add_player(to, "Bén", 7, &ben, &error), RESULT_OK);
    OwnRange range = { .range_deg = 10, .ease = 1 };
    assert_int_equal(store_keep_range(to, ben.id, "cat_cow", INPUT_KEYBOARD, &range, &error), RESULT_OK);
    assert_int_equal(store_keep_setting(to, "language", "de", &error), RESULT_OK);
    (void)bench_add(to, bench_run(to, &ben, "minute", INPUT_KEYBOARD, 20009),
                    bench_result("cat_cow", 10, 0, 20009));
    char *json = export_of(from), text[8];
    assert_int_equal(store_import(to, json, "x.json", &error), RESULT_OK);
    free(json);
    Player there = bench_player(to, "Bén");
    assert_true(there.id == ben.id && there.emblem == 7);
    assert_true(store_range(to, ben.id, "cat_cow", INPUT_KEYBOARD, &range) && range.range_deg == 10);
    store_setting(to, "language", "", text, sizeof text);
    assert_string_equal(text, "de");
    StoredResult all[8];
    assert_int_equal(store_all_results(to, all, 8), 4);
    store_close(from);
    store_close(to);
}

/* The export with one piece of text replaced must be refused, with a place, and nothing of it kept. */
static void refuse_with(Store *store, const char *json, const char *was, const char *is, const char *word) {
    const char *at = strstr(json, was);
    assert_non_null(at);
    size_t before = (size_t)(at - json), size = strlen(json) + strlen(is) + 1;
    char *changed = malloc(size);
    assert_non_null(changed);
    (void)snprintf(changed, size, "%.*s%s%s", (int)before, json, is, at + strlen(was));
    Error error = { 0 };
    char *empty = export_of(store);
    if (store_import(store, changed, "bad.json", &error) == RESULT_OK) fail_msg("taken: %s", is);
    if (strstr(error.text, "bad.json, line ") == NULL || strstr(error.text, word) == NULL)
        fail_msg("for %s: %s", is, error.text);
    char *after = export_of(store);
    assert_string_equal(after, empty);
    free(after);
    free(empty);
    free(changed);
}

static void hostile_files_change_nothing(void **state) {
    Store *from = bench_open(*state), *to = second_store(state);
    fill(from);
    char *json = export_of(from);
    refuse_with(to, json, "\"backbeat_export\": 1", "\"backbeat_export\": 2", "newer");
    refuse_with(to, json, "\"backbeat_export\": 1", "\"backbeat_export\": \"1\"", "whole number");
    refuse_with(to, json, "\"backbeat_export\": 1", "\"backbeat_export\": 1, \"extra\": 1", "not known");
    refuse_with(to, json, "\"name\": \"B\xC3\xA9n\"", "\"name\": \"B\\u0007n\"", "control character");
    refuse_with(to, json, "\"name\": \"B\xC3\xA9n\"", "\"name\": \"1234567890123456789012345\"", "24");
    refuse_with(to, json, "\"name\": \"B\xC3\xA9n\"", "\"name\": \"Somebody else\"", "not in the list");
    refuse_with(to, json, "\"emblem\": 1", "\"emblem\": 8", "emblem");
    refuse_with(to, json, "\"score\": 800", "\"score\": 1001", "score");
    refuse_with(to, json, "\"score\": 800", "\"score\": 9e99", "score");
    refuse_with(to, json, "\"score\": 800", "\"score\": null", "score");
    refuse_with(to, json, "\"input\": 2", "\"input\": 7", "input");
    refuse_with(to, json, "cat_cow-800.bbr", "../../etc/passwd", "replay");
    refuse_with(to, json, "cat_cow-800.bbr", "a/b", "replay");
    refuse_with(to, json, "\"exercise\": \"foam_roll\"",
                "\"exercise\": \"an_exercise_whose_id_is_far_too_long\"", "too long");
    refuse_with(to, json, "\"ease\"", "\"ease\": 1, \"ease\"", "duplicate");
    refuse_with(to, json, "\"language\": \"ja\"", "\"language\": 5", "text in quotes");
    refuse_with(to, json, "\"seed\": 4000000001", "\"seed\": -1", "seed");
    refuse_with(to, json, "\"seed\": 4000000001", "\"seed\": 4000000001, \"cheat\": 1", "cheat");
    Error error = { 0 };
    assert_int_equal(store_import(to, "", "bad.json", &error), RESULT_BAD_DATA);
    assert_int_equal(store_import(to, "[1, 2]", "bad.json", &error), RESULT_BAD_DATA);
    /* Cut short anywhere. */
    size_t length = strlen(json);
    while (length > 0 && json[length - 1] != '}') length--;
    for (size_t cut = 0; cut < length; cut += 13) {
        char *part = strndup(json, cut);
        assert_int_equal(store_import(to, part, "cut.json", &error), RESULT_BAD_DATA);
        free(part);
    }
    StoredResult one;
    Player player;
    assert_int_equal(store_all_results(to, &one, 1), 0);
    assert_int_equal(store_players(to, &player, 1), 0);
    assert_int_equal(store_import(to, json, "good.json", &error), RESULT_OK);
    free(json);
    store_close(from);
    store_close(to);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_household_moves_whole_and_only_once, bench_make_folder,
                                        bench_remove_folder),
        cmocka_unit_test_setup_teardown(what_is_there_is_left_alone, bench_make_folder, bench_remove_folder),
        cmocka_unit_test_setup_teardown(hostile_files_change_nothing, bench_make_folder, bench_remove_folder),
    };
    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
