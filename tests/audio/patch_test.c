/* Instruments: pitch, decay, ends. */
#include "audio_test.h"

#include "audio/patch.h"
#include "audio/score.h"

#define SECONDS 1

static Score *score;

static int read_score(void **state) {
    (void)state;
    char *text = scores_text();
    Error error = { 0 };
    score = malloc(sizeof *score);
    Result result = score_read(score, text, SCORES, &error);
    free(text);
    return result == RESULT_OK ? 0 : -1;
}

static int free_score(void **state) {
    (void)state;
    free(score);
    return 0;
}

/* Renders a note from its beginning; returns frames until it was over. */
static size_t play(const char *patch, float midi, float length_s, float *mono, size_t frames) {
    static Voice voice;
    Rng rng = rng_make(1, 1);
    assert_non_null(score_patch(score, patch));
    memset(mono, 0, frames * sizeof *mono);
    voice_start(&voice, score_patch(score, patch), midi, 1, length_s, 0, &rng);
    for (size_t n = 0; n + VOICE_BLOCK_MAX <= frames; n += VOICE_BLOCK_MAX) {
        if (!voice_render(&voice, mono + n, VOICE_BLOCK_MAX)) return n;
    }
    return frames;
}

/* Phase of the component at `hz` in `count` samples from `from`, in turns. */
static double phase_at(const float *mono, size_t from, size_t count, double hz) {
    double re = 0, im = 0;
    for (size_t i = 0; i < count; i++) {
        double w = 0.5 - 0.5 * cos(2 * M_PI * (double)i / (double)count),
               a = 2 * M_PI * hz * (double)(from + i) / AUDIO_RATE_HZ;
        re += w * (double)mono[from + i] * cos(a);
        im -= w * (double)mono[from + i] * sin(a);
    }
    return atan2(im, re) / (2 * M_PI);
}

/* How far the fundamental is off `hz`, in cents, by how its phase drifts in a quarter of a second. */
static double cents_off(const float *mono, double hz) {
    size_t window = 16384, apart = 12000, from = 4800;
    double drift = phase_at(mono, from + apart, window, hz) - phase_at(mono, from, window, hz);
    drift -= round(drift);
    return 1200 * log2(1 + drift * AUDIO_RATE_HZ / (double)apart / hz);
}

static void pitch_is_right(void **state) {
    (void)state;
    static float mono[SECONDS * AUDIO_RATE_HZ];
    static const struct {
        const char *patch;
        float midi;
        double cents;
    } cases[] = {
        { "bass_soft", 38, 0.05 },  { "kalimba", 71, 0.05 }, { "celesta", 88, 0.05 },
        { "bell_small", 81, 0.05 }, { "koto", 74, 0.15 },    { "harp", 67, 0.15 },
        { "harp", 90, 0.15 },       { "string", 69, 0.15 },  { "string", 86, 0.15 },
        { "koto", 88, 0.15 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        (void)play(cases[i].patch, cases[i].midi, 1, mono, sizeof mono / sizeof *mono);
        double off = cents_off(mono, (double)midi_hz(cases[i].midi));
        if (fabs(off) > cases[i].cents)
            fail_msg("%s at %.0f is %.3f cents off", cases[i].patch, (double)cases[i].midi, off);
    }
}

static double power_db(const float *mono, double from_s, double seconds) {
    double sum = 0;
    size_t from = (size_t)(from_s * AUDIO_RATE_HZ), count = (size_t)(seconds * AUDIO_RATE_HZ);
    for (size_t i = from; i < from + count; i++) sum += (double)mono[i] * (double)mono[i];
    return 10 * log10(sum / (double)count + 1e-20);
}

/* e^(-6.9 t / d): 1 s into a kalimba with d = 1.5 s it is 40 dB down. */
static void struck_notes_decay_by_their_own_time(void **state) {
    (void)state;
    static float mono[2 * AUDIO_RATE_HZ];
    (void)play("kalimba", 69, 0.1F, mono, sizeof mono / sizeof *mono);
    double lost = power_db(mono, 0.2, 0.05) - power_db(mono, 1.2, 0.05);
    assert_true(fabs(lost - 20 * 6.9 / 1.5 / log(10)) < 0.5);
}

static void plucked_notes_ring_by_t60(void **state) {
    (void)state;
    static float mono[4 * AUDIO_RATE_HZ];
    (void)play("harp", 57, 0.1F, mono, sizeof mono / sizeof *mono); /* 220 Hz: t60 as written, 3.4 s */
    /* Early on the upper partials leave faster; later only the fundamental is left. */
    double lost = power_db(mono, 1.5, 0.2) - power_db(mono, 2.5, 0.2);
    assert_true(lost > 60 / 3.4 - 1.5 && lost < 60 / 3.4 + 4);
}

static void held_notes_stop_after_their_release(void **state) {
    (void)state;
    static float mono[4 * AUDIO_RATE_HZ];
    size_t ended = play("concertina", 69, 1, mono, sizeof mono / sizeof *mono); /* r = 0.3: over at 1.45 s */
    assert_true(ended > (size_t)(1.44 * AUDIO_RATE_HZ) && ended < (size_t)(1.46 * AUDIO_RATE_HZ));
    assert_true(power_db(mono, 0.5, 0.2) > -20);
    assert_true(power_db(mono, 1.40, 0.04) < -50);
}

static void no_note_begins_or_ends_with_a_step(void **state) {
    (void)state;
    static float mono[9 * AUDIO_RATE_HZ];
    for (int i = 0; i < score->patch_count; i++) {
        const Patch *patch = &score->patches[i];
        size_t ended = play(patch->id, 57, 0.5F, mono, sizeof mono / sizeof *mono);
        if (fabsf(mono[0]) > 0.02F) fail_msg("%s begins at %.3f", patch->id, (double)mono[0]);
        size_t last =
            ended + VOICE_BLOCK_MAX < sizeof mono / sizeof *mono ? ended + VOICE_BLOCK_MAX - 1 : ended - 1;
        while (last > 0 && mono[last] == 0.0F) last--;
        if (fabsf(mono[last]) > 0.003F) fail_msg("%s ends at %.4f", patch->id, (double)mono[last]);
        if (peak_of(mono, ended) < 0.02F) fail_msg("%s is not heard", patch->id);
    }
}

static void sea_draws_in_and_washes_out(void **state) {
    (void)state;
    static float in[4 * AUDIO_RATE_HZ], out[4 * AUDIO_RATE_HZ];
    (void)play("sea_in", 60, 4, in, sizeof in / sizeof *in);
    (void)play("sea_out", 60, 4, out, sizeof out / sizeof *out);
    assert_true(power_db(in, 1.8, 0.4) > power_db(in, 0.1, 0.4) + 12);   /* swells to its middle */
    assert_true(power_db(out, 0.6, 0.4) > power_db(out, 3.2, 0.4) + 12); /* breaks early, runs out long */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pitch_is_right),
        cmocka_unit_test(struck_notes_decay_by_their_own_time),
        cmocka_unit_test(plucked_notes_ring_by_t60),
        cmocka_unit_test(held_notes_stop_after_their_release),
        cmocka_unit_test(no_note_begins_or_ends_with_a_step),
        cmocka_unit_test(sea_draws_in_and_washes_out),
    };
    return cmocka_run_group_tests(tests, read_score, free_score);
}
