#include "exercises/recogniser.h"
#include "input/demo.h"
#include "input/keyboard.h"
#include "input/playback.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char good[] = "# made: for a test\n"
                           "t_s,gx,gy,gz,ax,ay,az\n"
                           "0.00,0,0,0,0,0,9.81\n"
                           "0.01, 0.5 ,0,0,0,0,9.81\r\n";

static void a_recording_is_read(void **state) {
    (void)state;
    Recording recording;
    Error error = { 0 };
    assert_int_equal(recording_parse(&recording, good, "r.csv", &error), RESULT_OK);
    assert_int_equal(recording.count, 2);
    assert_true(recording.samples[1].gyro[0] == 0.5F && recording.samples[1].t_s == 0.01);
    char line[160];
    recording_format(line, sizeof line, &recording.samples[1]);
    assert_string_equal(line, "0.010000,0.500000,0.000000,0.000000,0.00000,0.00000,9.81000,0\n");
    recording_free(&recording);
}

/* Bad files, and what the sentence must name. */
static void a_wrong_recording_is_refused_with_its_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *names;
    } wrong[] = {
        { "t_s,gx,gy,gz,ax,ay\n0,0,0,0,0,0\n", "line 1: the column az is missing" },
        { "t_s,gx,gy,gz,ax,ay,az\n0,0,0,0,0,0,1\n1,x,0,0,0,0,1\n", "line 3: gx must be a number, not \"x\"" },
        { "t_s,gx,gy,gz,ax,ay,az\n0,nan,0,0,0,0,1\n", "line 2: gx is not a finite number" },
        { "t_s,gx,gy,gz,ax,ay,az\n1,0,0,0,0,0,1\n0.5,0,0,0,0,0,1\n",
          "line 3: time goes backwards, from 1 to 0.5 s" },
        { "t_s,gx,gy,gz,ax,ay,az\n0,0,0,0,0\n", "line 2: the column ay is missing here" },
        { "t_s,gx,gy,gz,ax,ay,az\n", "no samples" },
        { "", "no header" },
        { "t_s,gx,gy,gz,ax,ay,az,sensor\n0,0,0,0,0,0,1,7\n", "line 2: sensor must be 0" },
        { "hello\n", "line 1: the column t_s is missing" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Recording recording;
        Error error = { 0 };
        assert_int_equal(recording_parse(&recording, wrong[i].text, "bad.csv", &error), RESULT_BAD_DATA);
        if (strstr(error.text, wrong[i].names) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", error.text, wrong[i].names);
        assert_null(recording.samples);
    }
}

static double place_after(Source *source, Recogniser *r, double *now_s, double seconds, float forward) {
    HandInput hand = { .forward = forward };
    source->hand(source->self, &hand);
    for (double end_s = *now_s + seconds; *now_s < end_s; *now_s += 1.0 / 60) {
        ImuSample samples[64];
        for (size_t n = source->read(source->self, *now_s, samples, 64); n > 0;
             n = source->read(source->self, *now_s, samples, 64)) {
            for (size_t i = 0; i < n; i++) {
                Moves moves = { 0 };
                (void)recogniser_feed(r, &samples[i], &moves);
            }
        }
    }
    return recogniser_place(r, r->signal.value_deg);
}

/* A held key moves a body: it starts gently, goes on at an even pace, and comes back by itself. */
static void a_key_moves_a_body_and_never_jumps(void **state) {
    (void)state;
    Source source;
    Error error = { 0 };
    Recogniser *r = malloc(sizeof *r);
    const OwnMeasure own = { .range_deg = 18, .under_deg = 18 };
    recogniser_init(r, exercise_spec("cat_cow"), &own);
    assert_int_equal(keyboard_source_open(&source, INPUT_KEYBOARD, &error), RESULT_OK);
    Cue cue = { .phase = CUE_PLAY, .exercise = "cat_cow" };
    source.cue(source.self, &cue);
    double now_s = 0;
    assert_true(place_after(&source, r, &now_s, 3, 0) < 0.02);
    double soon = place_after(&source, r, &now_s, 0.1, 1);
    assert_true(soon > 0.0005 && soon < 0.1);
    double later = place_after(&source, r, &now_s, 0.9, 1);
    assert_true(later > 0.25 && later < 0.6);
    double end = place_after(&source, r, &now_s, 3, 1);
    assert_true(end > 0.97 && end < 1.06);
    double still_there = place_after(&source, r, &now_s, 0.15, 0);
    assert_true(still_there > 0.8);
    double home = place_after(&source, r, &now_s, 5, 0);
    assert_true(home > -0.1 && home < 0.1);
    assert_int_equal(r->reps, 0);
    source.close(source.self);
    free(r);
}

static void a_recording_waits_for_its_cue(void **state) {
    (void)state;
    Recording recording;
    Source source;
    Error error = { 0 };
    ImuSample samples[64];
    assert_int_equal(recording_parse(&recording, good, "r.csv", &error), RESULT_OK);
    assert_int_equal(playback_source_open(&source, &recording, "r.csv", &error), RESULT_OK);
    size_t waiting = source.read(source.self, 10, samples, 64);
    assert_int_equal(waiting, 1);
    waiting = source.read(source.self, 11, samples, 64);
    assert_int_equal(waiting, 50);
    SourceStatus status;
    source.status(source.self, 11, &status);
    assert_int_equal(status.state, SOURCE_READY);
    Cue cue = { .phase = CUE_PLAY };
    source.cue(source.self, &cue);
    size_t played = source.read(source.self, 11.5, samples, 64);
    assert_true(played > 2);
    for (size_t i = 1; i < played; i++) assert_true(samples[i].t_s > samples[i - 1].t_s);
    source.status(source.self, 11.5, &status);
    assert_int_equal(status.state, SOURCE_ENDED);
    source.close(source.self);
}

/* Each routine's clock begins at 0, and a program lives for more than one. */
static void a_source_serves_a_clock_that_begins_anew(void **state) {
    (void)state;
    Source sources[2];
    Error error;
    assert_int_equal(keyboard_source_open(&sources[0], INPUT_KEYBOARD, &error), RESULT_OK);
    assert_int_equal(demo_source_open(&sources[1], 1, DEMO_ORDINARY, &error), RESULT_OK);
    for (int i = 0; i < 2; i++) {
        Source *s = &sources[i];
        ImuSample samples[64];
        assert_true(s->read(s->self, 5000, samples, 64) > 0);
        assert_true(s->read(s->self, 0, samples, 64) > 0);
        size_t count = s->read(s->self, 0.5, samples, 64);
        assert_in_range(count, 49, 51);
        assert_true(samples[count - 1].t_s > 0.48 && samples[count - 1].t_s <= 0.5);
        s->close(s->self);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recording_is_read),
        cmocka_unit_test(a_wrong_recording_is_refused_with_its_line),
        cmocka_unit_test(a_key_moves_a_body_and_never_jumps),
        cmocka_unit_test(a_recording_waits_for_its_cue),
        cmocka_unit_test(a_source_serves_a_clock_that_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
