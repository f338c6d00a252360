/* Somebody with nothing but arrow keys plays each exercise: holds a key until the body is where it is asked
 * to be, lets it come back, and looks at nothing but the screen. */
#include "bodies.h"
#include "input/keyboard.h"
#include "session/flow.h"
#include "testing.h"

#include <math.h>
#include <stdlib.h>

typedef struct Hands {
    bool back;     /* on the way back */
    double rest_s; /* before the next one */
} Hands;

/* What the keys do, from what the screen shows. */
static HandInput press(Hands *hands, const Flow *flow, const Cue *cue) {
    const ExerciseSpec *spec = flow_item(flow)->spec;
    bool moving = cue->phase == CUE_ONE_SLOW || cue->phase == CUE_PLAY;
    HandInput keys = { 0 };
    if (!moving || cue->stop_here > 0) return keys;
    double place = tracker_place(&flow->tracker, cue->side, 0),
           lift = recogniser_lift(&flow->tracker.recogniser);
    if (hands->rest_s > 0) {
        hands->rest_s -= 1.0 / 60;
        return keys;
    }
    bool measuring = cue->phase == CUE_ONE_SLOW;
    double out = measuring ? 0.98 : fmin(1, (double)cue->target + 0.04);
    if (!hands->back && place >= out) hands->back = true;
    if (!hands->back) {
        keys.forward = 1;
        return keys;
    }
    double low = spec->pattern == PATTERN_SWING ? -out : spec->under_deg > 0 ? -0.45 : 0.06;
    bool home = spec->signal == SIGNAL_BRIDGE ? lift < 0.15 && fabs(place) < 0.15 : place <= low;
    if (home) {
        hands->back = false;
        hands->rest_s = 0.6;
        return keys;
    }
    keys.forward = -1;
    return keys;
}

static void keys_are_enough(const char *exercise, Dose dose, int32_t at_least) {
    Error error = { 0 };
    LevelSet levels;
    Source source;
    Flow *flow = malloc(sizeof *flow);
    Hands hands = { 0 };
    bodies_levels(exercise, &levels);
    Routine routine = { .id = "one", .name = "One", .count = 1 };
    const FlowItem item = {
        .spec = exercise_spec(exercise), .levels = &levels, .level = 1, .dose = dose, .ease = 1
    };
    assert_int_equal(keyboard_source_open(&source, INPUT_KEYBOARD, &error), RESULT_OK);
    flow_init(flow, &routine, &item, 1, 0, 3);
    for (int tick = 0; tick < 60 * 60 * 10 && flow->stage != STAGE_RESULT; tick++) {
        ImuSample samples[64];
        Cue cue;
        FlowEvents events;
        Events game_events;
        flow_cue(flow, &cue);
        source.cue(source.self, &cue);
        HandInput keys = press(&hands, flow, &cue);
        source.hand(source.self, &keys);
        for (size_t n = source.read(source.self, tick / 60.0, samples, 64); n > 0;
             n = source.read(source.self, tick / 60.0, samples, 64))
            flow_feed(flow, samples, n);
        FlowInput input = { .source = SOURCE_READY };
        flow_tick(flow, &input, &events, &game_events);
    }
    assert_int_equal(flow->stage, STAGE_RESULT);
    const FlowResult *result = &flow->results[0];
    if (result->score < at_least)
        fail_msg("%s by keyboard: %d points, %d repetitions, %d partials", exercise, (int)result->score,
                 (int)result->reps, (int)result->partials);
    source.close(source.self);
    flow_free(flow);
    free(flow);
}

static void foam_roll(void **state) {
    (void)state;
    keys_are_enough("foam_roll", (Dose){ .seconds = 60 }, 700);
}

static void cat_cow(void **state) {
    (void)state;
    keys_are_enough("cat_cow", (Dose){ .reps = 8 }, 700);
}

static void table_top_twist(void **state) {
    (void)state;
    keys_are_enough("table_top_twist", (Dose){ .reps = 8, .each_side = true }, 700);
}

static void pull_apart(void **state) {
    (void)state;
    keys_are_enough("pull_apart", (Dose){ .reps = 15 }, 700);
}

static void thoracic_bridge(void **state) {
    (void)state;
    keys_are_enough("thoracic_bridge", (Dose){ .reps = 10 }, 700);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foam_roll),  cmocka_unit_test(cat_cow),         cmocka_unit_test(table_top_twist),
        cmocka_unit_test(pull_apart), cmocka_unit_test(thoracic_bridge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
