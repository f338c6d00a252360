/* Players, results, boards, levels, days, ranges, settings: what is put in comes out, also after the program
 * has ended. */
#include "bench.h"

#include <math.h>
#include <string.h>

static void players_are_found_added_and_ordered(void **state) {
    Store *store = bench_open(*state);
    Player anna = bench_player(store, "Anna"), again = bench_player(store, "Anna"), jun = { 0 };
    Error error;
    assert_true(anna.id > 0 && again.id == anna.id && anna.last_day == -1);
    assert_int_equal(store_add_player(store, "Jun 純", 5, &jun, &error), RESULT_OK);
    assert_int_equal(store_add_player(store, "Jun 純", 1, &again, &error), RESULT_BAD_USAGE);
    assert_non_null(strstr(error.text, "already"));
    (void)bench_add(store, bench_run(store, &jun, "quick_five", INPUT_SENSOR, 20000),
                    bench_result("cat_cow", 500, 2, 20000));
    (void)bench_add(store, bench_run(store, &anna, "quick_five", INPUT_DEMO, 20003),
                    bench_result("cat_cow", 500, 2, 20003));
    (void)bench_run(store, &jun, "quick_five", INPUT_SENSOR, 20004);
    store_close(store);

    store = bench_open(*state);
    Player players[4];
    assert_int_equal(store_players(store, players, 4), 2);
    assert_string_equal(players[0].name, "Jun 純");
    assert_int_equal(players[0].emblem, 5);
    assert_int_equal(players[0].last_day, 20000);
    assert_int_equal(players[1].last_day, -1); /* a demo is not training */
    assert_int_equal(store_players(store, players, 1), 1);
    store_close(store);
}

static void names_are_checked(void **state) {
    Store *store = bench_open(*state);
    static const char *const bad[] = { "",
                                       "   ",
                                       "a\nb",
                                       "tab\t",
                                       "\x7F",
                                       "del\x1B[31m",
                                       "\xC3",
                                       "\xC0\x80",
                                       "\xED\xA0\x80",
                                       "\xF4\x90\x80\x80",
                                       "\xFF",
                                       "x\u202Egnp",
                                       "c1\xC2\x9B",
                                       "1234567890123456789012345" };
    static const char *const good[] = { "x", "123456789012345678901234", "'); DROP TABLE runs;--", "Zoë",
                                        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀" };
    Player player;
    Error error;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        error.text[0] = '\0';
        assert_int_equal(store_find_player(store, bad[i], &player, &error), RESULT_BAD_USAGE);
        assert_true(error.text[0] != '\0');
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(store_find_player(store, good[i], &player, &error), RESULT_OK);
        assert_string_equal(player.name, good[i]);
    }
    assert_int_equal(store_add_player(store, "Emblem", STORE_EMBLEMS, &player, &error), RESULT_BAD_USAGE);
    Player players[16];
    assert_int_equal(store_players(store, players, 16), sizeof good / sizeof *good);
    store_close(store);
}

static void a_result_comes_back_whole(void **state) {
    Store *store = bench_open(*state);
    Player anna = bench_player(store, "Anna");
    int64_t run = bench_run(store, &anna, "bench_three", INPUT_CONTROLLER, 20001);
    StoredResult added = bench_add(store, run, bench_result("bench_extension", 777, 3, 20001));
    assert_true(added.id > 0 && added.run_id == run && added.player_id == anna.id);
    store_close(store);
    store = bench_open(*state);
    StoredResult all[4];
    assert_int_equal(store_all_results(store, all, 4), 1);
    const StoredResult *r = &all[0];
    assert_true(r->id == added.id && r->run_id == run && r->player_id == anna.id && r->day == 20001 &&
                r->at_s == 20001 * 86400LL + 43200);
    assert_string_equal(r->player_name, "Anna");
    assert_string_equal(r->routine, "bench_three");
    assert_string_equal(r->exercise, "bench_extension");
    assert_string_equal(r->replay, "bench_extension-777.bbr");
    assert_true(r->input == INPUT_CONTROLLER && r->level == 1 && r->score == 777 && r->stars == 3 &&
                r->reps == 16 && r->left == 8 && r->right == 8);
    assert_true(r->partials == 1 && r->breaths == 7 && r->hold_s == 12.25 && r->rom_deg == 41.1 &&
                r->seed == 4000000001u);
    store_close(store);
}

static void refused(Store *store, int64_t run, StoredResult result) {
    Error error = { 0 };
    assert_int_equal(store_add_result(store, run, &result, &error), RESULT_BAD_USAGE);
    assert_true(error.text[0] != '\0');
}

static void absurd_results_are_refused(void **state) {
    Store *store = bench_open(*state);
    Player anna = bench_player(store, "Anna");
    int64_t run = bench_run(store, &anna, "minute", INPUT_SENSOR, 20000), none = 0;
    StoredResult fine = bench_result("cat_cow", 1, 0, 20000), r;
    refused(store, run + 1, fine);
    r = fine, r.score = 1001, refused(store, run, r);
    r = fine, r.stars = 4, refused(store, run, r);
    r = fine, r.level = 0, refused(store, run, r);
    r = fine, r.reps = -1, refused(store, run, r);
    r = fine, r.hold_s = NAN, refused(store, run, r);
    r = fine, r.rom_deg = INFINITY, refused(store, run, r);
    r = fine, r.exercise[0] = '\0', refused(store, run, r);
    r = fine, (void)strcpy(r.replay, "../../.profile"), refused(store, run, r);
    r = fine, (void)strcpy(r.replay, ".hidden"), refused(store, run, r);
    Error error;
    assert_int_equal(store_begin_run(store, anna.id + 1, "minute", INPUT_SENSOR, 0, 0, &none, &error),
                     RESULT_BAD_USAGE);
    assert_int_equal(store_begin_run(store, anna.id, "", INPUT_SENSOR, 0, 0, &none, &error),
                     RESULT_BAD_USAGE);
    assert_int_equal(store_begin_run(store, anna.id, "minute", (InputKind)9, 0, 0, &none, &error),
                     RESULT_BAD_USAGE);
    assert_int_equal(store_all_results(store, &r, 1), 0);
    store_close(store);
}

static void boards_hold_each_players_best_by_input(void **state) {
    Store *store = bench_open(*state);
    Player anna = bench_player(store, "Anna"), ben = bench_player(store, "Ben"),
           cleo = bench_player(store, "Cleo");
    int64_t a1 = bench_run(store, &anna, "quick_five", INPUT_SENSOR, 1),
            a2 = bench_run(store, &anna, "quick_five", INPUT_SENSOR, 2);
    int64_t b1 = bench_run(store, &ben, "quick_five", INPUT_SENSOR, 3),
            c1 = bench_run(store, &cleo, "quick_five", INPUT_KEYBOARD, 4);
    (void)bench_add(store, a1, bench_result("cat_cow", 600, 2, 1));
    (void)bench_add(store, a1, bench_result("foam_roll", 100, 0, 1));
    StoredResult best = bench_add(store, a2, bench_result("cat_cow", 650, 2, 2));
    (void)bench_add(store, b1, bench_result("cat_cow", 900, 3, 3));
    StoredResult keyboard = bench_add(store, c1, bench_result("cat_cow", 990, 3, 4));

    StoredResult r[8];
    assert_int_equal(store_results(store, "cat_cow", INPUT_SENSOR, r, 8), 2);
    assert_string_equal(r[0].player_name, "Ben");
    assert_true(r[1].id == best.id && r[1].score == 650);
    assert_int_equal(store_results(store, "cat_cow", INPUT_SENSOR, r, 1), 1);
    assert_int_equal(store_results(store, "cat_cow", INPUT_KEYBOARD, r, 8), 1);
    assert_int_equal(r[0].id, keyboard.id);
    assert_int_equal(store_results(store, "pull_apart", INPUT_SENSOR, r, 8), 0);
    assert_int_equal(store_results(store, NULL, INPUT_SENSOR, r, 8), 4);
    assert_true(r[0].day == 3 && r[3].day == 1);
    assert_int_equal(store_all_results(store, r, 8), 5);
    assert_int_equal(r[0].id, keyboard.id);

    StoredRun runs[8];
    assert_int_equal(store_runs(store, "quick_five", INPUT_SENSOR, runs, 8), 2);
    assert_true(runs[0].player_id == ben.id && runs[0].score == 900 && runs[0].exercises == 1);
    assert_true(runs[1].id == a1 && runs[1].score == 700 && runs[1].exercises == 2 && runs[1].day == 1);
    assert_string_equal(runs[1].player_name, "Anna");
    assert_int_equal(store_runs(store, "full_eight", INPUT_SENSOR, runs, 8), 0);

    StoredResult one;
    assert_true(store_best(store, anna.id, "cat_cow", INPUT_SENSOR, &one));
    assert_int_equal(one.id, best.id);
    assert_false(store_best(store, anna.id, "cat_cow", INPUT_KEYBOARD, &one));
    assert_true(store_last(store, anna.id, "cat_cow", INPUT_SENSOR, 0, &one));
    assert_int_equal(one.id, best.id);
    assert_true(store_last(store, anna.id, "cat_cow", INPUT_SENSOR, best.id, &one));
    assert_int_equal(one.score, 600);
    assert_false(store_last(store, anna.id, "cat_cow", INPUT_SENSOR, one.id, &one));
    assert_int_equal(store_measured(store, anna.id, "cat_cow", INPUT_SENSOR, r, 8), 2);
    assert_true(r[0].id == best.id && r[1].score == 600);
    assert_int_equal(store_measured(store, anna.id, "cat_cow", INPUT_SENSOR, r, 1), 1);
    assert_int_equal(store_measured(store, ben.id, "cat_cow", INPUT_KEYBOARD, r, 8), 0);
    store_close(store);
}

static void levels_open_one_by_one(void **state) {
    Store *store = bench_open(*state);
    Player anna = bench_player(store, "Anna");
    int64_t run = bench_run(store, &anna, "minute", INPUT_KEYBOARD, 1),
            demo = bench_run(store, &anna, "minute", INPUT_DEMO, 1);
    StoredResult r = bench_result("cat_cow", 500, 1, 1);
    assert_int_equal(store_open_level(store, anna.id, "cat_cow"), 1);
    (void)bench_add(store, run, r);
    assert_int_equal(store_open_level(store, anna.id, "cat_cow"), 1);
    r.stars = 3, r.level = 2, (void)bench_add(store, run, r); /* level 1 has not two stars yet */
    assert_int_equal(store_open_level(store, anna.id, "cat_cow"), 1);
    r.stars = 2, r.level = 1, (void)bench_add(store, demo, r);
    assert_int_equal(store_open_level(store, anna.id, "cat_cow"), 1);
    (void)bench_add(store, run, r);
    assert_int_equal(store_open_level(store, anna.id, "cat_cow"), 3);
    for (r.level = 3; r.level <= 5; r.level++) (void)bench_add(store, run, r);
    assert_int_equal(store_open_level(store, anna.id, "cat_cow"), 5);
    assert_int_equal(store_open_level(store, anna.id, "foam_roll"), 1);
    store_close(store);
}

/* `days` counted back from today: 'x' trained, '.' not; today is the last. */
static int streak_of(void *folder, const char *name, const char *days) {
    enum { TODAY = 20100 };
    Store *store = bench_open(folder);
    Player player = bench_player(store, name);
    int count = (int)strlen(days);
    for (int i = 0; i < count; i++) {
        int64_t day = TODAY - (count - 1 - i);
        if (days[i] == 'x')
            (void)bench_add(store, bench_run(store, &player, "minute", INPUT_SENSOR, day),
                            bench_result("cat_cow", 1, 0, day));
    }
    int streak = store_streak(store, player.id, TODAY);
    bool trained[64];
    store_days(store, player.id, TODAY, trained, count);
    for (int i = 0; i < count; i++) assert_int_equal(trained[i], days[i] == 'x');
    store_close(store);
    return streak;
}

static void a_streak_bears_one_rest_day_in_seven(void **state) {
    assert_int_equal(streak_of(*state, "a", "."), 0);
    assert_int_equal(streak_of(*state, "b", "x"), 1);
    assert_int_equal(streak_of(*state, "c", "xxxxx"), 5);
    assert_int_equal(streak_of(*state, "d", "xx."), 2);   /* today is not over */
    assert_int_equal(streak_of(*state, "e", "xx.."), 2);  /* yesterday was a rest day */
    assert_int_equal(streak_of(*state, "f", "xx..."), 0); /* two days without */
    assert_int_equal(streak_of(*state, "g", "xx.xx"), 4);
    assert_int_equal(streak_of(*state, "h", "xx..xx"), 2);
    assert_int_equal(streak_of(*state, "i", "xx.x.x"), 2);      /* a second one within seven */
    assert_int_equal(streak_of(*state, "j", "xx.xxxxx.x"), 6);  /* six days apart: still within seven */
    assert_int_equal(streak_of(*state, "k", "xx.xxxxxx.x"), 9); /* seven days apart */
    assert_int_equal(streak_of(*state, "l", "x.xxxxxx.xxxxxx.xx"), 15);
    assert_int_equal(streak_of(*state, "m", "x.xxxxxx.."), 7);
    assert_int_equal(streak_of(*state, "n", "x.xxxxx.."), 5);
}

static void a_staircase_is_kept_for_each_player_and_input(void **state) {
    Store *store = bench_open(*state);
    Player anna = bench_player(store, "Anna"), ben = bench_player(store, "Ben");
    Error error;
    assert_int_equal(store_staircase(store, anna.id, "cat_cow", INPUT_SENSOR, 1000), 1000);
    assert_int_equal(store_keep_staircase(store, anna.id, "cat_cow", INPUT_SENSOR, 1030, &error), RESULT_OK);
    assert_int_equal(store_keep_staircase(store, anna.id, "cat_cow", INPUT_SENSOR, 1045, &error), RESULT_OK);
    assert_int_equal(store_keep_staircase(store, anna.id, "cat_cow", INPUT_SENSOR, 0, &error),
                     RESULT_BAD_USAGE);
    assert_int_not_equal(store_keep_staircase(store, ben.id + 1, "cat_cow", INPUT_SENSOR, 900, &error),
                         RESULT_OK);
    store_close(store);
    store = bench_open(*state);
    assert_int_equal(store_staircase(store, anna.id, "cat_cow", INPUT_SENSOR, 1000), 1045);
    assert_int_equal(store_staircase(store, anna.id, "cat_cow", INPUT_KEYBOARD, 1000), 1000);
    assert_int_equal(store_staircase(store, ben.id, "cat_cow", INPUT_SENSOR, 1000), 1000);
    store_close(store);
}

static void ranges_and_settings_are_kept(void **state) {
    Store *store = bench_open(*state);
    Player anna = bench_player(store, "Anna");
    OwnRange range = { .range_deg = 47.5,
                       .under_deg = 12,
                       .lift_deg = 3,
                       .ease = 0.9,
                       .up = { 0, 0.6, 0.8 },
                       .axis = { 1, 0, 0 } },
             got;
    Error error;
    assert_false(store_range(store, anna.id, "cat_cow", INPUT_SENSOR, &got));
    assert_true(got.ease == 1 && got.range_deg == 0);
    assert_int_equal(store_keep_range(store, anna.id, "cat_cow", INPUT_SENSOR, &range, &error), RESULT_OK);
    range.ease = 0.8;
    assert_int_equal(store_keep_range(store, anna.id, "cat_cow", INPUT_SENSOR, &range, &error), RESULT_OK);
    range.ease = 0.4;
    assert_int_equal(store_keep_range(store, anna.id, "cat_cow", INPUT_SENSOR, &range, &error),
                     RESULT_BAD_USAGE);
    range = (OwnRange){ .range_deg = NAN, .ease = 1 };
    assert_int_equal(store_keep_range(store, anna.id, "cat_cow", INPUT_SENSOR, &range, &error),
                     RESULT_BAD_USAGE);
    range = (OwnRange){ .ease = 1 };
    assert_int_not_equal(store_keep_range(store, anna.id + 1, "cat_cow", INPUT_SENSOR, &range, &error),
                         RESULT_OK);
    assert_int_equal(store_keep_setting(store, "language", "de", &error), RESULT_OK);
    assert_int_equal(store_keep_setting(store, "language", "fr", &error), RESULT_OK);
    assert_int_equal(store_keep_setting(store, "", "fr", &error), RESULT_BAD_USAGE);
    assert_int_equal(store_keep_setting(store, "bad", "a\nb", &error), RESULT_BAD_USAGE);
    store_close(store);

    store = bench_open(*state);
    assert_true(store_range(store, anna.id, "cat_cow", INPUT_SENSOR, &got));
    assert_true(got.range_deg == 47.5 && got.under_deg == 12 && got.lift_deg == 3 && got.ease == 0.8);
    assert_true(got.up[1] == 0.6 && got.up[2] == 0.8 && got.axis[0] == 1);
    assert_false(store_range(store, anna.id, "cat_cow", INPUT_KEYBOARD, &got));
    char text[8];
    store_setting(store, "language", "en", text, sizeof text);
    assert_string_equal(text, "fr");
    store_setting(store, "volume", "80", text, sizeof text);
    assert_string_equal(text, "80");
    assert_int_equal(store_keep_setting(store, "long", "123456ööö", &error), RESULT_OK);
    store_setting(store, "long", "", text, sizeof text);
    assert_string_equal(text, "123456"); /* never half a character */
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, bench_make_folder, bench_remove_folder)
        IN_A_FOLDER(players_are_found_added_and_ordered),
        IN_A_FOLDER(names_are_checked),
        IN_A_FOLDER(a_result_comes_back_whole),
        IN_A_FOLDER(absurd_results_are_refused),
        IN_A_FOLDER(boards_hold_each_players_best_by_input),
        IN_A_FOLDER(levels_open_one_by_one),
        IN_A_FOLDER(a_streak_bears_one_rest_day_in_seven),
        IN_A_FOLDER(a_staircase_is_kept_for_each_player_and_input),
        IN_A_FOLDER(ranges_and_settings_are_kept),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
