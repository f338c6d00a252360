/* Reverb, limiter, and the meter that the rest is measured with. */
#include "audio_test.h"

#include "audio/limiter.h"
#include "audio/reverb.h"

#define BLOCK 64

static void sine(float *stereo, size_t frames, double hz, double amplitude) {
    for (size_t n = 0; n < frames; n++)
        stereo[2 * n] = stereo[2 * n + 1] =
            (float)(amplitude * sin(2 * M_PI * hz * (double)n / AUDIO_RATE_HZ));
}

/* BS.1770: 997 Hz at full scale on one channel is -3.01 LUFS, on two 0. */
static void the_meter_is_right(void **state) {
    (void)state;
    static float stereo[2 * 10 * AUDIO_RATE_HZ];
    size_t frames = 10 * AUDIO_RATE_HZ;
    sine(stereo, frames, 997, 1);
    assert_true(fabs(loudness_integrated(stereo, frames)) < 0.05);
    for (size_t n = 0; n < frames; n++) stereo[2 * n + 1] = 0;
    assert_true(fabs(loudness_integrated(stereo, frames) + 3.01) < 0.05);
    /* A pause does not count. */
    sine(stereo, frames, 997, 0.1);
    memset(stereo + frames, 0, frames * sizeof *stereo);
    assert_true(fabs(loudness_integrated(stereo, frames) + 20) < 0.2);
    /* A quarter of the rate, sampled beside its crests. */
    for (size_t n = 0; n < frames; n++)
        stereo[2 * n] = stereo[2 * n + 1] = (float)(0.5 * sin(M_PI / 2 * (double)n + M_PI / 4));
    assert_true(fabs(sample_peak_db(stereo, frames) + 9.03) < 0.05);
    assert_true(fabs(true_peak_db(stereo, frames) + 6.02) < 0.3);
}

static void nothing_passes_the_ceiling(void **state) {
    (void)state;
    static float left[BLOCK], right[BLOCK];
    Limiter limiter = limiter_make(0.84F, 0.002F, 0.2F);
    Rng rng = rng_make(3, 1);
    double loudest = 0;
    for (int block = 0; block < 3000; block++) {
        float amplitude = block % 7 == 0 ? 4.0F : 0.2F;
        for (int n = 0; n < BLOCK; n++) {
            left[n] = amplitude * (float)rng_range(&rng, -1, 1);
            right[n] = 0.5F * left[n];
        }
        limiter_render(&limiter, left, right, BLOCK);
        loudest = fmax(loudest, (double)peak_of(left, BLOCK));
    }
    assert_true(loudest > 0.6 && loudest <= 0.8400001);
}

static void quiet_sound_passes_unchanged_and_loud_sound_returns(void **state) {
    (void)state;
    enum { AHEAD = 96 };
    static float in[96000], left[96000], right[96000];
    Limiter limiter = limiter_make(0.84F, 0.002F, 0.2F);
    for (int n = 0; n < 96000; n++)
        in[n] = left[n] = right[n] = (n >= 24000 && n < 25000 ? 3.0F : 0.5F) * sinf((float)n * 0.05F);
    for (int n = 0; n < 96000; n += BLOCK) limiter_render(&limiter, left + n, right + n, BLOCK);
    for (int n = AHEAD; n < 23800; n++) assert_true(fabsf(left[n] - in[n - AHEAD]) < 1e-6F);
    assert_true(peak_of(left + 24100, 900) > 0.8F && peak_of(left + 24100, 900) <= 0.8400001F);
    assert_true(peak_of(left + 25200, 480) < 0.3F);   /* lets go slowly */
    assert_true(peak_of(left + 90000, 4800) > 0.49F); /* but does let go */
}

static void response(const Reverb *preset, float *left, float *right, size_t frames) {
    static ReverbUnit unit;
    reverb_init(&unit);
    reverb_preset(&unit, preset);
    for (size_t n = 0; n + BLOCK <= frames; n += BLOCK) {
        float send[BLOCK] = { n == 0 ? 1.0F : 0.0F };
        reverb_render(&unit, send, left + n, right + n, BLOCK);
    }
}

static double energy(const float *samples, size_t from, size_t to) {
    double sum = 0;
    for (size_t n = from; n < to; n++) sum += (double)samples[n] * (double)samples[n];
    return sum;
}

static void every_room_has_unit_energy_and_its_own_length(void **state) {
    (void)state;
    static const Reverb rooms[] = {
        { "open", 1.8F, 0.018F, 4200 }, { "harbour", 2.4F, 0.024F, 3600 }, { "vault", 3.0F, 0.03F, 4000 },
        { "deep", 4.2F, 0.04F, 1500 },  { "night", 3.2F, 0.03F, 3000 },
    };
    enum { FRAMES = 6 * AUDIO_RATE_HZ };
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        float *left = calloc(FRAMES, sizeof *left), *right = calloc(FRAMES, sizeof *right);
        assert_non_null(left);
        assert_non_null(right);
        response(&rooms[i], left, right, FRAMES);
        double l = 10 * log10(energy(left, 0, FRAMES)), r = 10 * log10(energy(right, 0, FRAMES));
        if (fabs(l) > 1 || fabs(r) > 1) fail_msg("%s: %.2f and %.2f dB", rooms[i].id, l, r);
        size_t predelay = (size_t)(rooms[i].predelay_s * AUDIO_RATE_HZ);
        assert_true(energy(left, 0, predelay) < 1e-20);
        /* Sixty decibels in t60: a third of it loses twenty. */
        size_t third = (size_t)(rooms[i].t60_s / 3 * AUDIO_RATE_HZ), tenth = AUDIO_RATE_HZ / 10,
               from = AUDIO_RATE_HZ / 2;
        double lost =
            10 * log10(energy(left, from, from + tenth) / energy(left, from + third, from + third + tenth));
        if (lost < 18 || lost > 26) fail_msg("%s loses %.1f dB in a third of its time", rooms[i].id, lost);
        free(left);
        free(right);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_meter_is_right),
        cmocka_unit_test(nothing_passes_the_ceiling),
        cmocka_unit_test(quiet_sound_passes_unchanged_and_loud_sound_returns),
        cmocka_unit_test(every_room_has_unit_energy_and_its_own_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
