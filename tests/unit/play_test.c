/* A whole exercise through Play, with its store: whose run is the ghost. */
#include "testing.h"

#include "app/play.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TICKS_MOST = 60 * 600 };

typedef struct House {
    char folder[64];
    Content content;
    Store *store;
} House;

static int move_in(void **state) {
    House *house = calloc(1, sizeof *house);
    Error error;
    *state = house;
    (void)snprintf(house->folder, sizeof house->folder, "/tmp/backbeat-play-XXXXXX");
    if (setenv("BACKBEAT_ASSETS", ASSETS, 1) != 0 || mkdtemp(house->folder) == NULL) return -1;
    if (content_load(&house->content, house->folder, &error) != RESULT_OK) return -1;
    return store_open(&house->store, house->folder, &error) == RESULT_OK ? 0 : -1;
}

static int move_out(void **state) {
    House *house = *state;
    char command[96];
    store_close(house->store);
    content_free(&house->content);
    (void)snprintf(command, sizeof command, "rm -r %s", house->folder);
    free(house);
    return system(command);
}

/* Plays cat-cow to its end; what was kept of it, and the ghost's score when the game began, -1 without one.
 */
static StoredResult play(const House *house, const char *name, const char *input, const char *raced,
                         int *ghost) {
    Error error;
    StoredResult kept = { .id = 0 };
    InputChoice choice;
    Play *play = NULL;
    PlayConfig config = { .content = &house->content, .store = house->store, .level = 1, .seed = 5 };
    config.routine = (Routine){ .id = "cat_cow", .count = 1 };
    const Routine *day = content_routine(&house->content, "full_eight");
    config.routine.items[0] = day->items[routine_find(day, "cat_cow")];
    (void)snprintf(config.raced, sizeof config.raced, "%s", raced);
    assert_int_equal(store_find_player(house->store, name, &config.player, &error), RESULT_OK);
    assert_int_equal(input_open(&choice, input, 5, &error), RESULT_OK);
    assert_int_equal(play_begin(&play, &config, &choice, &error), RESULT_OK);
    for (int tick = 0; tick < TICKS_MOST && !play_over(play); tick++) {
        play_tick(play, FLOW_NOTHING, NULL, tick / 60.0);
        if (play_flow(play)->stage != STAGE_GAME) continue;
        *ghost = play_ghost(play)->track.count > 0 ? (int)play_ghost(play)->score : -1;
    }
    assert_true(play_over(play));
    assert_string_equal(play_trouble(play), "");
    play_end(play);
    input_close(&choice);
    assert_true(store_last(house->store, config.player.id, "cat_cow", INPUT_DEMO, 0, &kept));
    return kept;
}

static void the_ghost_is_the_best_or_whoever_is_raced(void **state) {
    const House *house = *state;
    int ghost = 0;
    StoredResult ada = play(house, "Ada", "demo:clumsy", "", &ghost);
    assert_int_equal(ghost, -1); /* nobody yet */
    StoredResult ben = play(house, "Ben", "demo:skilful", "", &ghost);
    assert_int_equal(ghost, -1); /* Ada's is not his */
    assert_true(ben.score > ada.score);
    (void)play(house, "Ada", "demo:clumsy", "", &ghost);
    assert_int_equal(ghost, ada.score);
    (void)play(house, "Ada", "demo:clumsy", ben.replay, &ghost);
    assert_int_equal(ghost, ben.score);
    (void)play(house, "Ada", "demo:clumsy", "no-such-replay.bbr", &ghost);
    assert_int_equal(ghost, -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_ghost_is_the_best_or_whoever_is_raced, move_in, move_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
