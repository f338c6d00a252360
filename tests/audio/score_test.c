/* The score at the door. */
#include "audio_test.h"

#include "audio/score.h"

static Score *score;

static int prepare(void **state) {
    (void)state;
    score = malloc(sizeof *score);
    return score != NULL ? 0 : -1;
}

static int clean_up(void **state) {
    (void)state;
    free(score);
    return 0;
}

static void the_score_is_read(void **state) {
    (void)state;
    char *text = scores_text();
    Error error = { 0 };
    assert_int_equal(score_read(score, text, "scores.json", &error), RESULT_OK);
    assert_int_equal(score->piece_count, 10);
    assert_int_equal(score->earcon_count, 57);
    const Piece *bell = score_piece(score, "deep_bell");
    assert_non_null(bell);
    assert_int_equal(bell->creature_count, 5);
    assert_true(bell->chords[0].ladder[0] > bell->chords[0].ladder[8]); /* sinking lowers */
    assert_true(score_piece(score, "stone_garden")->layers[3].gain > 0.67F &&
                score_piece(score, "stone_garden")->layers[3].gain < 0.70F); /* -5.7 + 2.4 dB */
    assert_int_equal(score_piece(score, "skyharp")->tunes[4].count, 15);
    assert_null(score_piece(score, "no_such_piece"));
    assert_null(score_earcon(score, ""));
    free(text);
}

/* The text with the first `from` after `after` replaced; the caller's to free. */
static char *altered(const char *text, const char *after, const char *from, const char *to) {
    const char *start = strstr(text, after);
    assert_non_null(start);
    const char *at = strstr(start, from);
    assert_non_null(at);
    size_t size = strlen(text) + strlen(to) + 1;
    char *copy = malloc(size);
    assert_non_null(copy);
    (void)snprintf(copy, size, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return copy;
}

static int line_of(const char *text, const char *after, const char *what) {
    const char *at = strstr(strstr(text, after), what);
    int line = 1;
    for (const char *p = text; p < at; p++) line += *p == '\n';
    return line;
}

static void wrong_values_are_refused_with_file_and_line(void **state) {
    (void)state;
    static const struct {
        const char *after, *from, *to;
        bool same_line; /* the reason stands on the line of the value */
    } cases[] = {
        { "\"koto\"", "\"t60_s\": 2.6", "\"t60_s\": -1", true },
        { "\"koto\"", "\"pluck\"", "\"drum\"", true },
        { "\"pad_warm\"", "\"detune_cents\"", "\"detune_cent\"", true },
        { "\"pad_warm\"", "[2, 0.38]", "[2, 1e30]", false },
        { "\"stone_garden\"", "\"loop_breaths\": 8", "\"loop_breaths\": 0", true },
        { "\"stone_garden\"", "\"reverb\": \"open\"", "\"reverb\": \"cave\"", true },
        { "\"stone_garden\"", "\"patch\": \"koto\"", "\"patch\": \"kotto\"", true },
        { "\"stone_garden\"", "[0.375, 0.4, 81, 0.48]", "[99, 0.4, 81, 0.48]", true },
        { "\"stone_garden\"", "[0.375, 0.4, 81, 0.48]", "[0.375, 0.4, 81]", true },
        { "\"stone_garden\"", "[0.375, 0.4, 81, 0.48]", "[0.375, \"x\", 81, 0.48]", true },
        { "\"stone_garden\"", "\"lock\": [55, 57, ", "\"lock\": [55, ", true },
        { "\"stone_garden\"", "\"id\": \"figure\"", "\"id\": \"fugue\"", true },
        { "\"earcons\"", "\"bus\": \"fx\"", "\"bus\": \"mains\"", true },
        { "\"earcons\"", "[[0, 1, 74, 0.6],", "[[0, 1, 740, 0.6],", true },
        { "\"mix\"", "\"ceiling_dbfs\": -1.5", "\"ceiling_dbfs\": 6", true },
        { "\"mix\"", "\"hold_s\"", "\"hold\"", true },
        { "\"reverb_wet_gain\"", "0.6", "null", true },
        { "\"format\"", "1", "2", true },
    };
    char *text = scores_text();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *bad = altered(text, cases[i].after, cases[i].from, cases[i].to), at[64];
        Error error = { 0 };
        if (score_read(score, bad, "bad.json", &error) != RESULT_BAD_DATA)
            fail_msg("%s was let through", cases[i].to);
        (void)snprintf(at, sizeof at, "bad.json, line %d: ", line_of(bad, cases[i].after, cases[i].to));
        bool here = strncmp(error.text, at, strlen(at)) == 0;
        if (cases[i].same_line && !here) fail_msg("%s: said \"%s\"", cases[i].to, error.text);
        assert_true(strncmp(error.text, "bad.json, line ", 15) == 0);
        free(bad);
    }
    free(text);
}

static void broken_text_is_refused(void **state) {
    (void)state;
    char *text = scores_text();
    size_t length = strlen(text);
    for (size_t cut = 0; cut < length; cut += 1499) {
        char *part = malloc(cut + 1);
        Error error = { 0 };
        assert_non_null(part);
        memcpy(part, text, cut);
        part[cut] = '\0';
        assert_int_equal(score_read(score, part, "cut.json", &error), RESULT_BAD_DATA);
        assert_true(strstr(error.text, "cut.json, line ") == error.text);
        free(part);
    }
    static const char *const odd[] = {
        "[]", "null", "{}", "{\"format\": 1}",
        "{\"format\": 1, \"patches\": [], \"pieces\": {}, \"earcons\": {}, \"reverbs\": {}}"
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(score_read(score, odd[i], "odd.json", NULL), RESULT_BAD_DATA);
    free(text);
}

/* One byte wrong, anywhere: refused or harmless, never out of bounds (run under AddressSanitizer). */
static void noise_does_no_harm(void **state) {
    (void)state;
    char *text = scores_text();
    size_t length = strlen(text);
    Rng rng = rng_make(5, 1);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
        size_t at = rng_below(&rng, (uint32_t)length);
        char was = text[at];
        static const char bytes[] = "0123456789-.,[]{}\"e ";
        text[at] = bytes[rng_below(&rng, sizeof bytes - 1)];
        refused += score_read(score, text, "noise.json", NULL) != RESULT_OK;
        text[at] = was;
    }
    assert_true(refused > 10);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_score_is_read),
        cmocka_unit_test(wrong_values_are_refused_with_file_and_line),
        cmocka_unit_test(broken_text_is_refused),
        cmocka_unit_test(noise_does_no_harm),
    };
    return cmocka_run_group_tests(tests, prepare, clean_up);
}
