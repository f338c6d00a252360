#include "bodies.h"
#include "input/playback.h"
#include "session/flow.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

enum { TICKS_MAX = 60 * 60 * 40 };

/* A routine of two, played by the demo player; what happened is kept. */
typedef struct Sitting {
    Flow *flow;
    Source source;
    LevelSet levels[2];
    double now_s;
    bool deaf; /* the source has nothing to say: unplugged */
    int seen[32];
    int game_seen[EVENT_KIND_COUNT];
} Sitting;

static void sit_down(Sitting *s, DemoStyle style, uint64_t seed) {
    Error error = { 0 };
    *s = (Sitting){ .flow = malloc(sizeof *s->flow) };
    bodies_levels("cat_cow", &s->levels[0]);
    bodies_levels("thoracic_bridge", &s->levels[1]);
    Routine routine = { .id = "two", .name = "Two", .count = 2 };
    const FlowItem items[2] = {
        { .spec = exercise_spec("cat_cow"),
          .levels = &s->levels[0],
          .level = 1,
          .dose = { .reps = 4 },
          .ease = 1 },
        { .spec = exercise_spec("thoracic_bridge"),
          .levels = &s->levels[1],
          .level = 1,
          .dose = { .reps = 4 },
          .ease = 1 },
    };
    assert_int_equal(demo_source_open(&s->source, seed, style, &error), RESULT_OK);
    flow_init(s->flow, &routine, items, 2, 0, (uint32_t)seed);
}

static void get_up(Sitting *s) {
    s->source.close(s->source.self);
    flow_free(s->flow);
    free(s->flow);
}

static void tick(Sitting *s, FlowAction action) {
    ImuSample samples[64];
    Cue cue;
    FlowEvents events;
    Events game_events;
    flow_cue(s->flow, &cue);
    s->source.cue(s->source.self, &cue);
    s->now_s += 1.0 / 60;
    for (size_t n = s->source.read(s->source.self, s->now_s, samples, 64); n > 0;
         n = s->source.read(s->source.self, s->now_s, samples, 64)) {
        if (!s->deaf) flow_feed(s->flow, samples, n);
    }
    FlowInput input = { .action = action, .source = s->deaf ? SOURCE_LOST : SOURCE_READY };
    flow_tick(s->flow, &input, &events, &game_events);
    for (int i = 0; i < events.count; i++) s->seen[events.items[i].kind]++;
    for (int i = 0; i < game_events.count; i++) s->game_seen[game_events.items[i].kind]++;
}

/* Ticks until the stage is reached; fails when it never is. */
static void until(Sitting *s, Stage stage) {
    for (int i = 0; i < TICKS_MAX && s->flow->stage != stage; i++) tick(s, FLOW_NOTHING);
    assert_int_equal(s->flow->stage, stage);
}

static void ticks(Sitting *s, double seconds) {
    for (int i = 0; i < (int)(seconds * 60); i++) tick(s, FLOW_NOTHING);
}

static void it_plays_itself_to_the_end(void **state) {
    (void)state;
    Sitting s;
    sit_down(&s, DEMO_SKILFUL, 4);
    until(&s, STAGE_OVER);
    assert_int_equal(s.flow->result_count, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(s.flow->results[i].reps, 4);
        assert_true(s.flow->results[i].score > 600);
        assert_true(s.flow->results[i].rom_deg > 20);
    }
    assert_int_equal(s.flow->results[1].left, 2);
    assert_int_equal(s.flow->results[1].right, 2);
    assert_int_equal(s.seen[FLOW_MEASURED], 2);
    assert_int_equal(s.seen[FLOW_COUNT], 6);
    assert_int_equal(s.seen[FLOW_GO], 2);
    assert_int_equal(s.seen[FLOW_RESULT], 2);
    assert_int_equal(s.game_seen[EVENT_REP], 8);
    assert_int_equal(s.game_seen[EVENT_FINISHED], 2);
    get_up(&s);
}

static void a_pause_loses_nothing(void **state) {
    (void)state;
    Sitting s;
    sit_down(&s, DEMO_SKILFUL, 4);
    until(&s, STAGE_GAME);
    while (s.flow->run.reps < 2) tick(&s, FLOW_NOTHING);
    tick(&s, FLOW_PAUSE);
    assert_int_equal(s.flow->overlay, OVERLAY_PAUSE);
    int32_t game_ticks = s.flow->run.tick;
    ticks(&s, 30);
    assert_int_equal(s.flow->run.tick, game_ticks);
    tick(&s, FLOW_GO_ON);
    assert_int_equal(s.flow->stage, STAGE_GET_SET);
    until(&s, STAGE_GAME);
    assert_int_equal(s.flow->run.reps, 2);
    until(&s, STAGE_RESULT);
    assert_int_equal(s.flow->results[0].reps, 4);
    /* The replay of a paused run is its score all the same. */
    Replay replay = flow_replay(s.flow);
    Run *run = malloc(sizeof *run);
    Error error = { 0 };
    assert_int_equal(replay_verify(&replay, &s.levels[0], run, "paused", &error), RESULT_OK);
    free(run);
    get_up(&s);
}

static void a_lost_sensor_pauses_and_goes_on_by_itself(void **state) {
    (void)state;
    Sitting s;
    sit_down(&s, DEMO_SKILFUL, 4);
    until(&s, STAGE_GAME);
    while (s.flow->run.reps < 1) tick(&s, FLOW_NOTHING);
    s.deaf = true;
    ticks(&s, 8);
    assert_int_equal(s.flow->overlay, OVERLAY_LOST);
    s.deaf = false;
    ticks(&s, 0.1);
    assert_int_equal(s.flow->overlay, OVERLAY_NONE);
    assert_int_equal(s.seen[FLOW_SENSOR_LOST], 1);
    assert_int_equal(s.seen[FLOW_SENSOR_BACK], 1);
    until(&s, STAGE_RESULT);
    assert_int_equal(s.flow->results[0].reps, 4);
    get_up(&s);
}

static void that_hurts_costs_nothing_and_asks_for_less(void **state) {
    (void)state;
    Sitting s;
    sit_down(&s, DEMO_SKILFUL, 4);
    until(&s, STAGE_GAME);
    int32_t asked = s.flow->run.setup.target;
    tick(&s, FLOW_HURTS);
    assert_int_equal(s.flow->overlay, OVERLAY_HURTS);
    assert_int_equal(s.seen[FLOW_HURT], 1);
    assert_int_equal(s.seen[FLOW_EASED], 1);
    tick(&s, FLOW_GENTLER);
    until(&s, STAGE_GAME);
    assert_int_equal(s.flow->run.setup.target, asked * 9 / 10);
    tick(&s, FLOW_HURTS);
    /* Nobody answers: this one is left out, and the routine goes on. */
    ticks(&s, 21);
    assert_int_equal(s.flow->item, 1);
    assert_int_equal(s.flow->result_count, 0);
    until(&s, STAGE_OVER);
    assert_int_equal(s.flow->result_count, 1);
    get_up(&s);
}

static void skip_again_and_stop(void **state) {
    (void)state;
    Sitting s;
    sit_down(&s, DEMO_SKILFUL, 4);
    until(&s, STAGE_RESULT);
    int32_t first = s.flow->results[0].score;
    tick(&s, FLOW_AGAIN);
    until(&s, STAGE_RESULT);
    assert_int_equal(s.flow->result_count, 1);
    assert_true(first > 0 && s.flow->results[0].score > 0);
    tick(&s, FLOW_NEXT);
    assert_int_equal(s.flow->stage, STAGE_HOWTO);
    tick(&s, FLOW_SKIP);
    assert_int_equal(s.flow->stage, STAGE_SUMMARY);
    tick(&s, FLOW_NEXT);
    assert_int_equal(s.flow->stage, STAGE_OVER);
    get_up(&s);
}

static void an_idle_player_gets_time_and_then_no_star(void **state) {
    (void)state;
    Sitting s;
    sit_down(&s, DEMO_IDLE, 4);
    until(&s, STAGE_RESULT);
    assert_int_equal(s.flow->results[0].stars, 0);
    assert_int_equal(s.flow->results[0].score, 0);
    assert_int_equal(s.flow->results[0].reps, 0);
    assert_true(s.seen[FLOW_SLOW_AGAIN] >= 1);
    get_up(&s);
}

static void timers_wait_for_voices_and_hands(void **state) {
    (void)state;
    Sitting s;
    sit_down(&s, DEMO_SKILFUL, 4);
    tick(&s, FLOW_NOTHING);
    assert_int_equal(flow_timer_s(s.flow), 6);
    FlowEvents events;
    Events game_events;
    FlowInput talking = { .source = SOURCE_READY, .voice_busy = true };
    for (int i = 0; i < 60 * 30; i++) flow_tick(s.flow, &talking, &events, &game_events);
    assert_int_equal(s.flow->stage, STAGE_HOWTO);
    tick(&s, FLOW_TOUCH);
    ticks(&s, 20);
    assert_int_equal(s.flow->stage, STAGE_HOWTO);
    ticks(&s, 7);
    assert_int_equal(s.flow->stage, STAGE_CALIBRATE);
    get_up(&s);
}

/* Arrow keys move the body there: they are no sign that somebody wants more time. */
static void keys_do_not_hold_up_the_countdown(void **state) {
    (void)state;
    Sitting s;
    sit_down(&s, DEMO_SKILFUL, 4);
    until(&s, STAGE_GET_SET);
    for (int i = 0; i < 12 * 60 && s.flow->stage == STAGE_GET_SET; i++)
        tick(&s, i % 30 == 0 ? FLOW_TOUCH : FLOW_NOTHING);
    assert_int_equal(s.flow->stage, STAGE_GAME);
    get_up(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_plays_itself_to_the_end),
        cmocka_unit_test(a_pause_loses_nothing),
        cmocka_unit_test(a_lost_sensor_pauses_and_goes_on_by_itself),
        cmocka_unit_test(that_hurts_costs_nothing_and_asks_for_less),
        cmocka_unit_test(skip_again_and_stop),
        cmocka_unit_test(an_idle_player_gets_time_and_then_no_star),
        cmocka_unit_test(timers_wait_for_voices_and_hands),
        cmocka_unit_test(keys_do_not_hold_up_the_countdown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
