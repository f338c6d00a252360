#include "bodies.h"
#include "core/rng.h"
#include "session/replay.h"
#include "session/staircase.h"
#include "session/tracker.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* A short run played by a body: six breaths. */
static void make(Replay *replay, Run *run) {
    LevelSet levels;
    Tracker *tracker = malloc(sizeof *tracker);
    Source source;
    Error error = { 0 };
    bodies_levels("cat_cow", &levels);
    *replay = (Replay){ .config = { .game = levels.game,
                                    .level = 2,
                                    .seed = 7,
                                    .dose = { .reps = 6 },
                                    .stair = 1040,
                                    .ease = 950 },
                        .level = levels.levels[1] };
    const OwnMeasure own = { .range_deg = 18, .under_deg = 18 };
    tracker_init(tracker, exercise_spec("cat_cow"), &own);
    assert_int_equal(demo_source_open(&source, 3, DEMO_ORDINARY, &error), RESULT_OK);
    Cue cue = { .phase = CUE_HOLD_STILL, .exercise = "cat_cow", .target = 0.8F };
    source.cue(source.self, &cue);
    run_init(run, &replay->config, &replay->level);
    for (int tick = 0; tick < 60 * 120 && !run->finished; tick++) {
        ImuSample samples[64];
        if (tick == 150) {
            cue.phase = CUE_PLAY;
            source.cue(source.self, &cue);
            tracker_restart(tracker, &own);
        }
        for (size_t n = source.read(source.self, tick / 60.0, samples, 64); n > 0;
             n = source.read(source.self, tick / 60.0, samples, 64))
            tracker_feed(tracker, samples, n);
        SimInput in;
        Events events;
        tracker_tick(tracker, run->asked, &in);
        run_step(run, &in, &events);
        assert_true(replay_track_push(&replay->track, &in));
    }
    assert_true(run->finished && run->score > 300);
    replay->score = run->score;
    replay->stars = run->stars;
    source.close(source.self);
    free(tracker);
}

static void a_replay_comes_back_as_it_was(void **state) {
    (void)state;
    Replay replay, again;
    Run *run = malloc(sizeof *run), *second = malloc(sizeof *second);
    uint8_t *bytes = NULL;
    size_t size = 0;
    Error error = { 0 };
    make(&replay, run);
    assert_int_equal(replay_encode(&replay, &bytes, &size, &error), RESULT_OK);
    assert_int_equal(replay_decode(&again, bytes, size, "r.bbr", &error), RESULT_OK);
    assert_int_equal(again.track.count, replay.track.count);
    for (size_t i = 0; i < again.track.count; i++)
        assert_memory_equal(&again.track.inputs[i], &replay.track.inputs[i], sizeof(SimInput));
    assert_int_equal(replay_verify(&again, NULL, second, "r.bbr", &error), RESULT_OK);
    assert_int_equal(second->score, run->score);
    assert_int_equal(second->tick, run->tick);
    /* A compact track: a minute is a few kilobytes. */
    assert_true(size < replay.track.count * 4);
    replay_track_free(&replay.track);
    replay_track_free(&again.track);
    free(bytes);
    free(run);
    free(second);
}

/* A replay of version 1 has one number less in its header: it was played without a staircase. */
static void a_replay_from_before_the_staircase_is_read(void **state) {
    (void)state;
    Replay replay, again;
    Run *run = malloc(sizeof *run);
    uint8_t *bytes = NULL;
    size_t size = 0;
    Error error = { 0 };
    make(&replay, run);
    replay.config.stair = STAIRCASE_START;
    replay_run(&replay, run);
    replay.score = run->score;
    replay.stars = run->stars;
    assert_int_equal(replay_encode(&replay, &bytes, &size, &error), RESULT_OK);
    size_t stair_at = 6 + 32 + 4 * (14 + MINIGAME_LEVEL_FIELDS_MAX);
    assert_int_equal(bytes[stair_at] | bytes[stair_at + 1] << 8, STAIRCASE_START);
    memmove(bytes + stair_at, bytes + stair_at + 4, size - stair_at - 4);
    size -= 4;
    bytes[4] = 1;
    uint32_t sum = (uint32_t)crc32(0, bytes, (uInt)(size - 4));
    for (int k = 0; k < 4; k++) bytes[size - 4 + (size_t)k] = (uint8_t)(sum >> (8 * k));
    assert_int_equal(replay_decode(&again, bytes, size, "old.bbr", &error), RESULT_OK);
    assert_int_equal(again.config.stair, STAIRCASE_START);
    assert_int_equal(replay_verify(&again, NULL, run, "old.bbr", &error), RESULT_OK);
    replay_track_free(&replay.track);
    replay_track_free(&again.track);
    free(bytes);
    free(run);
}

static void every_changed_byte_is_refused(void **state) {
    (void)state;
    Replay replay, again;
    Run *run = malloc(sizeof *run);
    uint8_t *bytes = NULL;
    size_t size = 0;
    Error error = { 0 };
    make(&replay, run);
    assert_int_equal(replay_encode(&replay, &bytes, &size, &error), RESULT_OK);
    for (size_t i = 0; i < size; i++) {
        bytes[i] ^= (uint8_t)(1U << (i % 8));
        assert_int_equal(replay_decode(&again, bytes, size, "r.bbr", &error), RESULT_BAD_DATA);
        assert_true(error.text[0] != '\0');
        assert_null(again.track.inputs);
        bytes[i] ^= (uint8_t)(1U << (i % 8));
    }
    for (size_t cut = 0; cut < size; cut += 7)
        assert_int_equal(replay_decode(&again, bytes, cut, "r.bbr", &error), RESULT_BAD_DATA);
    replay_track_free(&replay.track);
    free(bytes);
    free(run);
}

/* Somebody who mends the checksum still can't invent a score, nor a level, nor lengths that harm. */
static void a_forged_replay_is_refused(void **state) {
    (void)state;
    Replay replay, again;
    Run *run = malloc(sizeof *run);
    uint8_t *bytes = NULL;
    size_t size = 0;
    Error error = { 0 };
    LevelSet levels;
    bodies_levels("cat_cow", &levels);
    make(&replay, run);
    replay.score += 1;
    assert_int_equal(replay_encode(&replay, &bytes, &size, &error), RESULT_OK);
    assert_int_equal(replay_decode(&again, bytes, size, "r.bbr", &error), RESULT_OK);
    assert_int_equal(replay_verify(&again, &levels, run, "r.bbr", &error), RESULT_BAD_DATA);
    assert_non_null(strstr(error.text, "was not earned"));
    again.score -= 1;
    again.level.target -= 1;
    assert_int_equal(replay_verify(&again, &levels, run, "r.bbr", &error), RESULT_BAD_DATA);
    assert_non_null(strstr(error.text, "other data for level 2"));
    replay_track_free(&again.track);
    Rng rng = rng_make(5, 5);
    for (int i = 0; i < 3000; i++) {
        uint8_t *forged = malloc(size);
        memcpy(forged, bytes, size);
        size_t at = 6 + rng_below(&rng, (uint32_t)size - 10);
        forged[at] = (uint8_t)rng_u32(&rng);
        uint32_t sum = (uint32_t)crc32(0, forged, (uInt)(size - 4));
        for (int k = 0; k < 4; k++) forged[size - 4 + (size_t)k] = (uint8_t)(sum >> (8 * k));
        if (replay_decode(&again, forged, size, "f.bbr", &error) == RESULT_OK) {
            replay_run(&again, run);
            replay_track_free(&again.track);
        }
        free(forged);
    }
    replay_track_free(&replay.track);
    free(bytes);
    free(run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_replay_comes_back_as_it_was),
        cmocka_unit_test(a_replay_from_before_the_staircase_is_read),
        cmocka_unit_test(every_changed_byte_is_refused),
        cmocka_unit_test(a_forged_replay_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
