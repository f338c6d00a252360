/* Listens to a whole exercise: what is asked to be heard, in which order, and whether it is there to be
 * heard. */
#include "audio/cues.h"
#include "bodies.h"
#include "testing.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID_MAX = 4000, ID_BYTES = 48 };

typedef struct Ear {
    int said_count, earcon_count, tone_ticks, breath_ticks, tunes, hushes;
    char said[SAID_MAX][ID_BYTES];
    char earcons[SAID_MAX][ID_BYTES];
    bool tone_in_band;
    char piece[ID_BYTES];
} Ear;

static void hear_piece(void *self, const char *id) {
    (void)snprintf(((Ear *)self)->piece, ID_BYTES, "%s", id);
}

static void hear_earcon(void *self, const char *id, int step) {
    Ear *ear = self;
    assert_true(step > -2);
    assert_true(ear->earcon_count < SAID_MAX);
    (void)snprintf(ear->earcons[ear->earcon_count++], ID_BYTES, "%s", id);
}

static void hear_line(void *self, const char *id, float max_delay_s) {
    Ear *ear = self;
    assert_true(max_delay_s >= 0);
    assert_true(ear->said_count < SAID_MAX);
    (void)snprintf(ear->said[ear->said_count++], ID_BYTES, "%s", id);
}

static void hear_hush(void *self) {
    ((Ear *)self)->hushes++;
}

static void hear_number(void *self, int number) {
    (void)self;
    assert_true(number >= 0);
}

static void hear_tune(void *self, int level) {
    assert_int_equal(level, 1);
    ((Ear *)self)->tunes++;
}

static void hear_breath(void *self, float phase, float period_s) {
    assert_true(phase >= 0 && phase <= 1 && period_s > 0);
    ((Ear *)self)->breath_ticks++;
}

static void hear_tone(void *self, const MovementTone *tone) {
    Ear *ear = self;
    if (!tone->on) return;
    assert_true(tone->low < tone->high && tone->band_low < tone->band_high);
    ear->tone_ticks++;
    ear->tone_in_band =
        ear->tone_in_band || (tone->place >= tone->band_low && tone->place <= tone->band_high);
}

static CueSink sink_of(Ear *ear) {
    return (CueSink){ .self = ear,
                      .piece = hear_piece,
                      .earcon = hear_earcon,
                      .say = hear_line,
                      .hush = hear_hush,
                      .combo = hear_number,
                      .tune = hear_tune,
                      .breath = hear_breath,
                      .tone = hear_tone };
}

/* Plays one exercise to its summary and keeps all that was asked for. */
static void listen(const char *exercise, Dose dose, Ear *ear) {
    Error error = { 0 };
    LevelSet levels;
    Source source;
    Cues cues = { 0 };
    Flow *flow = malloc(sizeof *flow);
    memset(ear, 0, sizeof *ear);
    bodies_levels(exercise, &levels);
    Routine routine = { .id = "one", .name = "One", .count = 1 };
    const FlowItem item = {
        .spec = exercise_spec(exercise), .levels = &levels, .level = 1, .dose = dose, .ease = 1
    };
    assert_int_equal(demo_source_open(&source, 5, DEMO_SKILFUL, &error), RESULT_OK);
    flow_init(flow, &routine, &item, 1, 0, 3);
    CueSink sink = sink_of(ear);
    for (int tick = 0; tick < 60 * 60 * 10 && flow->stage != STAGE_OVER; tick++) {
        ImuSample samples[64];
        Cue cue;
        FlowEvents events;
        Events game_events;
        flow_cue(flow, &cue);
        source.cue(source.self, &cue);
        for (size_t n = source.read(source.self, tick / 60.0, samples, 64); n > 0;
             n = source.read(source.self, tick / 60.0, samples, 64))
            flow_feed(flow, samples, n);
        FlowInput input = { .source = SOURCE_READY };
        flow_tick(flow, &input, &events, &game_events);
        cues_tick(&cues, flow, &events, &game_events, -1, &sink);
    }
    assert_int_equal(flow->stage, STAGE_OVER);
    source.close(source.self);
    flow_free(flow);
    free(flow);
}

static int place_of(const Ear *ear, const char *id) {
    for (int i = 0; i < ear->said_count; i++) {
        if (strcmp(ear->said[i], id) == 0) return i;
    }
    return -1;
}

static int times(const Ear *ear, const char *earcon) {
    int count = 0;
    for (int i = 0; i < ear->earcon_count; i++) count += strcmp(ear->earcons[i], earcon) == 0;
    return count;
}

/* Asked for as one of two ways to say it; the other exercise has the other. */
static bool is_a_variant(const char *id) {
    static const char *const endings[] = { ".setup", ".setup_right", ".setup_left", ".in", ".out" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(id), tail = strlen(endings[i]);
        if (length > tail && strcmp(id + length - tail, endings[i]) == 0) return true;
    }
    return false;
}

static void all_of_it_can_be_heard(const Ear *ear) {
    char *lines_text = bodies_read(ASSETS "/speech/en/lines.json"),
         *scores_text = bodies_read(ASSETS "/sound/scores.json");
    json_t *lines = json_loads(lines_text, 0, NULL), *scores = json_loads(scores_text, 0, NULL);
    json_t *line = NULL;
    size_t index = 0;
    for (int i = 0; i < ear->said_count; i++) {
        bool there = is_a_variant(ear->said[i]);
        json_array_foreach(json_object_get(lines, "lines"), index, line) {
            there = there || strcmp(json_string_value(json_object_get(line, "id")), ear->said[i]) == 0;
        }
        if (!there) fail_msg("nobody has spoken \"%s\"", ear->said[i]);
    }
    for (int i = 0; i < ear->earcon_count; i++) {
        if (json_object_get(json_object_get(scores, "earcons"), ear->earcons[i]) == NULL)
            fail_msg("there is no earcon \"%s\"", ear->earcons[i]);
    }
    json_decref(lines);
    json_decref(scores);
    free(lines_text);
    free(scores_text);
}

static Ear ear;

static void a_twist_is_told_from_beginning_to_end(void **state) {
    (void)state;
    listen("table_top_twist", (Dose){ .reps = 4, .each_side = true }, &ear);
    all_of_it_can_be_heard(&ear);
    static const char *const in_order[] = {
        "table_top_twist.name",
        "sensor.chest",
        "table_top_twist.setup_right",
        "calibrate.still",
        "calibrate.one_slow",
        "calibrate.own_measure",
        "table_top_twist.get_set.pose",
        "flow.found_you",
        "flow.three",
        "flow.two",
        "flow.one",
        "flow.go",
        "count.1",
        "count.2",
        "count.3",
        "count.4",
        "side.change_to_left",
        "table_top_twist.setup_left",
        "table_top_twist.end",
        "result.stars_3",
        "result.points",
        "flow.good_night",
    };
    int before = -1;
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++) {
        int at = place_of(&ear, in_order[i]);
        if (at <= before) fail_msg("\"%s\" is said at %d, not after %d", in_order[i], at, before);
        before = at;
    }
    assert_int_equal(times(&ear, "countdown"), 3);
    assert_int_equal(times(&ear, "rep_count"), 8);
    assert_int_equal(times(&ear, "side_left"), 1);
    assert_int_equal(times(&ear, "perfect") + times(&ear, "great") + times(&ear, "good"), 8);
    assert_true(ear.tone_ticks > 60 * 30 && ear.tone_in_band && ear.breath_ticks > 60 * 20);
    assert_string_equal(ear.piece, "summary");
    assert_true(ear.hushes >= 1 && ear.tunes == 1);
}

static void every_exercise_speaks_with_lines_that_exist(void **state) {
    (void)state;
    listen("foam_roll", (Dose){ .seconds = 60 }, &ear);
    all_of_it_can_be_heard(&ear);
    assert_true(times(&ear, "hold_start") >= 1 && times(&ear, "hold_tick") >= 1 &&
                times(&ear, "g1_ripple") >= 1);
    listen("cat_cow", (Dose){ .reps = 6 }, &ear);
    all_of_it_can_be_heard(&ear);
    assert_true(times(&ear, "g2_light") > 6);
    listen("pull_apart", (Dose){ .reps = 6 }, &ear);
    all_of_it_can_be_heard(&ear);
    assert_int_equal(times(&ear, "g4_string"), 6);
    listen("thoracic_bridge", (Dose){ .reps = 6 }, &ear);
    all_of_it_can_be_heard(&ear);
    assert_true(place_of(&ear, "thoracic_bridge.reach_right") > 0 && times(&ear, "g5_stone_set") == 6);
}

static void numbers_are_put_together(void **state) {
    (void)state;
    memset(&ear, 0, sizeof ear);
    CueSink sink = sink_of(&ear);
    cues_say_number(&sink, 842);
    cues_say_number(&sink, 25);
    cues_say_number(&sink, 4017);
    static const char *const said[] = { "count.8", "number.hundred", "number.forty",    "count.2", "count.20",
                                        "count.5", "count.4",        "number.thousand", "count.17" };
    assert_int_equal(ear.said_count, 9);
    for (int i = 0; i < 9; i++) assert_string_equal(ear.said[i], said[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_twist_is_told_from_beginning_to_end),
        cmocka_unit_test(every_exercise_speaks_with_lines_that_exist),
        cmocka_unit_test(numbers_are_put_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
