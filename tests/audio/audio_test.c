#include "audio_test.h"

char *scores_text(void) {
    char *text = NULL;
    Error error = { 0 };
    assert_int_equal(files_read(SCORES, &text, NULL, &error), RESULT_OK);
    return text;
}

Audio *open_engine(const SpokenLine *lines, size_t count) {
    char *text = scores_text();
    Audio *audio = NULL;
    Error error = { 0 };
    Result result = audio_open(&audio, text, "scores.json", lines, count, &error);
    free(text);
    if (result != RESULT_OK) fail_msg("%s", error.text);
    return audio;
}

float *rendered(Audio *audio, size_t frames) {
    float *stereo = calloc(2 * frames, sizeof *stereo);
    assert_non_null(stereo);
    audio_render(audio, stereo, frames);
    return stereo;
}

float peak_of(const float *samples, size_t count) {
    float peak = 0;
    for (size_t i = 0; i < count; i++) peak = fmaxf(peak, fabsf(samples[i]));
    return peak;
}
