/* What is said when. */
#include "audio_test.h"

#include "audio/speech.h"

#define BLOCK   64
#define LINE_S  0.5
#define LINE_OF (AUDIO_RATE_HZ / 2)

enum { HURTS, LOST, FLOW, DEGREES, FORM, COUNT, PRAISE, LATE, LINES };

static Line lines[LINES];
static int16_t loud[LINE_OF];
static Speech speech;

static int prepare(void **state) {
    (void)state;
    static const int priorities[LINES] = { 0, 1, 2, 2, 3, 5, 6, 5 };
    for (size_t i = 0; i < LINE_OF; i++) loud[i] = 16384;
    for (int i = 0; i < LINES; i++) {
        lines[i] = (Line){ .priority = priorities[i], .joins = i == DEGREES, .frames = LINE_OF };
        atomic_init(&lines[i].samples, i == LATE ? NULL : loud);
        atomic_init(&lines[i].sample_count, LINE_OF);
    }
    speech_init(&speech, lines);
    return 0;
}

static void ask(int line, float max_delay_s) {
    speech_ask(&speech, &(SpeechAsk){ .line = line, .max_delay_s = max_delay_s, .awaited = line == LATE });
}

/* Which line is said after so many seconds more. */
static int after(double seconds) {
    float mono[BLOCK];
    for (int i = 0; i < (int)(seconds * AUDIO_RATE_HZ / BLOCK); i++) {
        memset(mono, 0, sizeof mono);
        speech_render(&speech, mono, BLOCK);
    }
    return speech_line(&speech);
}

static void nothing_is_said_unasked(void **state) {
    (void)state;
    assert_int_equal(after(1), SPEECH_NONE);
}

static void lines_without_a_limit_keep_their_order(void **state) {
    (void)state;
    ask(COUNT, 0); /* part of a number */
    ask(DEGREES, 0);
    ask(FLOW, 0);
    assert_int_equal(after(0.1), COUNT);
    assert_int_equal(after(LINE_S), DEGREES);
    assert_int_equal(after(LINE_S + SPEECH_GAP_S), FLOW);
    assert_int_equal(after(1), SPEECH_NONE);
}

static void joined_lines_have_no_pause_between_them(void **state) {
    (void)state;
    float mono[4 * LINE_OF] = { 0 };
    ask(COUNT, 0);
    ask(DEGREES, 0);
    ask(FLOW, 0);
    for (int i = 0; i + BLOCK <= 4 * LINE_OF; i += BLOCK) speech_render(&speech, mono + i, BLOCK);
    int first = 0, pause = 0, longest = 0, pauses = 0, last = 4 * LINE_OF - 1;
    while (mono[first] == 0.0F) first++;
    while (mono[last] == 0.0F) last--;
    for (int i = first; i <= last; i++) {
        pauses += mono[i] == 0.0F && pause == 0;
        pause = mono[i] == 0.0F ? pause + 1 : 0;
        longest = pause > longest ? pause : longest;
    }
    assert_int_equal(pauses, 1);
    assert_true(abs(longest - (int)(SPEECH_GAP_S * AUDIO_RATE_HZ)) <= 2 * BLOCK);
}

static void a_late_count_is_dropped(void **state) {
    (void)state;
    ask(FLOW, 0);
    (void)after(0.01);
    ask(COUNT, 0.4F);
    assert_int_equal(after(LINE_S + 0.2), SPEECH_NONE);
    ask(FLOW, 0);
    (void)after(0.3);
    ask(COUNT, 0.4F); /* this one can still begin in time */
    assert_int_equal(after(0.45), COUNT);
}

static void the_more_urgent_of_those_with_a_limit_goes_first(void **state) {
    (void)state;
    ask(FLOW, 0);
    (void)after(0.01);
    ask(PRAISE, 2);
    ask(FORM, 2);
    assert_int_equal(after(LINE_S + 0.2), FORM);
    assert_int_equal(after(LINE_S + 0.2), PRAISE);
}

static void what_hurts_cuts_all_else_within_50_ms(void **state) {
    (void)state;
    ask(FLOW, 0);
    ask(DEGREES, 0);
    assert_int_equal(after(0.2), FLOW);
    ask(HURTS, 0);
    ask(HURTS, 0);
    assert_int_equal(after(0.06), HURTS);
    assert_int_equal(after(LINE_S + 0.15), HURTS); /* not cut by its like */
    assert_int_equal(after(LINE_S + 0.2), SPEECH_NONE);
}

static void a_lost_sensor_cuts_what_was_only_worth_its_moment(void **state) {
    (void)state;
    ask(PRAISE, 1);
    assert_int_equal(after(0.2), PRAISE);
    ask(LOST, 0);
    assert_int_equal(after(0.08), LOST);
    (void)after(1);
    ask(FLOW, 0);
    assert_int_equal(after(0.2), FLOW);
    ask(LOST, 0); /* "the sensor goes on your chest", within a how-to */
    assert_int_equal(after(0.1), FLOW);
    assert_int_equal(after(LINE_S), LOST);
}

static void a_lesser_line_never_cuts(void **state) {
    (void)state;
    ask(FORM, 0.5F);
    (void)after(0.1);
    ask(COUNT, 0.1F);
    ask(FLOW, 0);
    assert_int_equal(after(0.2), FORM);
}

static void hush_fades_and_forgets(void **state) {
    (void)state;
    float mono[BLOCK], last = 0.5F;
    ask(FLOW, 0);
    ask(FORM, 0);
    (void)after(0.2);
    speech_hush(&speech);
    for (int i = 0; i < (int)(0.05 * AUDIO_RATE_HZ / BLOCK); i++) {
        memset(mono, 0, sizeof mono);
        speech_render(&speech, mono, BLOCK);
        for (int n = 0; n < BLOCK; n++) {
            assert_true(fabsf(mono[n] - last) < 0.001F); /* no click */
            last = mono[n];
        }
    }
    assert_int_equal(after(0.01), SPEECH_NONE);
    assert_int_equal(after(1), SPEECH_NONE);
}

static void a_line_waits_a_moment_for_its_samples(void **state) {
    (void)state;
    ask(LATE, 1);
    assert_int_equal(after(0.2), SPEECH_NONE);
    atomic_store(&lines[LATE].samples, loud);
    assert_int_equal(after(0.02), LATE);
    (void)after(1);
    atomic_store(&lines[LATE].samples, NULL);
    ask(LATE, 0); /* never comes: passes in silence, in its own time */
    assert_int_equal(after(0.4), SPEECH_NONE);
    assert_int_equal(after(0.2), LATE);
    assert_int_equal(after(LINE_S), SPEECH_NONE);
}

static void a_full_queue_keeps_what_must_be_said(void **state) {
    (void)state;
    for (int i = 0; i < SPEECH_QUEUE_MAX; i++) ask(PRAISE, 100);
    ask(HURTS, 0);
    assert_int_equal(speech.count, SPEECH_QUEUE_MAX);
    assert_int_equal(after(0.1), HURTS);
    for (int i = 0; i < 2 * SPEECH_QUEUE_MAX; i++) ask(FLOW, 0);
    assert_true(speech.count <= SPEECH_QUEUE_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nothing_is_said_unasked, prepare),
        cmocka_unit_test_setup(lines_without_a_limit_keep_their_order, prepare),
        cmocka_unit_test_setup(joined_lines_have_no_pause_between_them, prepare),
        cmocka_unit_test_setup(a_late_count_is_dropped, prepare),
        cmocka_unit_test_setup(the_more_urgent_of_those_with_a_limit_goes_first, prepare),
        cmocka_unit_test_setup(what_hurts_cuts_all_else_within_50_ms, prepare),
        cmocka_unit_test_setup(a_lost_sensor_cuts_what_was_only_worth_its_moment, prepare),
        cmocka_unit_test_setup(a_lesser_line_never_cuts, prepare),
        cmocka_unit_test_setup(hush_fades_and_forgets, prepare),
        cmocka_unit_test_setup(a_line_waits_a_moment_for_its_samples, prepare),
        cmocka_unit_test_setup(a_full_queue_keeps_what_must_be_said, prepare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
