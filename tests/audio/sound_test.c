/* The sound card's side, without a sound card: the manifest, SDL's dummy device, lines read when first said.
 */
#include "audio_test.h"

#include "platform/sound.h"
#include "platform/speech.h"

#include <SDL.h>
#include <SDL_mixer.h>

static char folder[256];

static int make_folder(void **state) {
    (void)state;
    (void)snprintf(folder, sizeof folder, "%s/speech_manifest_test", TEST_FOLDER);
    return files_make_folder(folder, NULL) == RESULT_OK ? 0 : -1;
}

static Result read_manifest(const char *text, Error *error) {
    char path[512];
    SpeechFolder read = { 0 };
    (void)snprintf(path, sizeof path, "%s/lines.json", folder);
    assert_int_equal(files_write(path, text, strlen(text), error), RESULT_OK);
    Result result = speech_folder_read(&read, folder, error);
    speech_folder_free(&read);
    return result;
}

static void the_manifest_is_checked(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "[]",
        "{\"format\": 2, \"lines\": []}",
        "{\"format\": 1, \"lines\": []}",
        "{\"format\": 1, \"lines\": [\n{\"id\": \"a\", \"text\": \"A.\", \"priority\": 9, \"ms\": 400, "
        "\"file\": \"a.ogg\"}]}",
        "{\"format\": 1, \"lines\": [\n{\"id\": \"a\", \"text\": \"A.\", \"priority\": 2, \"ms\": -4, "
        "\"file\": \"a.ogg\"}]}",
        "{\"format\": 1, \"lines\": [\n{\"id\": \"a\", \"text\": \"A.\", \"priority\": 2, \"ms\": 1e9, "
        "\"file\": \"a.ogg\"}]}",
        "{\"format\": 1, \"lines\": [\n{\"id\": \"\", \"text\": \"A.\", \"priority\": 2, \"ms\": 400, "
        "\"file\": \"a.ogg\"}]}",
        "{\"format\": 1, \"lines\": [\n{\"id\": \"a\", \"text\": \"A.\", \"priority\": 2, \"ms\": 400, "
        "\"file\": \"../../a.ogg\"}]}",
        "{\"format\": 1, \"lines\": [\n{\"id\": \"a\", \"text\": \"A.\", \"priority\": 2, \"ms\": 400, "
        "\"file\": \"a.exe\"}]}",
        "{\"format\": 1, \"lines\": [\n{\"id\": \"a\", \"text\": \"A.\", \"priority\": 2, \"ms\": 400, "
        "\"file\": \"a.ogg\", \"volume\": 11}]}",
    };
    Error error = { 0 };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (read_manifest(bad[i], &error) != RESULT_BAD_DATA) fail_msg("let through: %s", bad[i]);
        assert_non_null(strstr(error.text, i < 4 ? "line " : "line 2: "));
    }
    assert_int_equal(read_manifest("{\"format\": 1, \"lines\": [{\"id\": \"a\", \"text\": \"A.\", "
                                   "\"priority\": 2, \"ms\": 400, \"file\": \"a.ogg\"}]}",
                                   &error),
                     RESULT_OK);
}

/* Every line that the cue list and the coaching texts have is there, with its caption and a plausible length,
 * and so is its file. */
static void all_lines_are_there(void **state) {
    (void)state;
    SpeechFolder lines = { 0 };
    Error error = { 0 };
    assert_int_equal(speech_folder_read(&lines, ASSETS "/speech/en", &error), RESULT_OK);
    assert_int_equal(lines.count, 390);
    for (size_t i = 0; i < lines.count; i++) {
        double words = 1, seconds = (double)lines.lines[i].sample_count / AUDIO_RATE_HZ;
        for (const char *p = lines.lines[i].caption; *p != '\0'; p++) words += *p == ' ';
        if (seconds < 0.12 * words || seconds > 1.2 * words + 0.5)
            fail_msg("%s takes %.2f s", lines.lines[i].id, seconds);
        FILE *file = fopen(lines.files[i].path, "rb");
        if (file == NULL) fail_msg("%s is missing", lines.files[i].path);
        (void)fclose(file);
    }
    speech_folder_free(&lines);
}

static void it_starts_in_a_moment_and_without_a_device(void **state) {
    (void)state;
    Sound *sound = NULL;
    Error error = { 0 };
    double began_s = clock_now_s();
    assert_int_equal(sound_open(&sound, ASSETS, false, &error), RESULT_OK);
    double took_s = clock_now_s() - began_s;
    assert_true(took_s < 0.1 * SLOWER);
    assert_false(sound_is_heard(sound));
    assert_true(audio_line_seconds(sound_audio(sound), "count.3") > 0.3F);
    assert_string_equal(audio_line_caption(sound_audio(sound), "cat_cow.name"), "Tidewing. Cat and cow.");
    assert_non_null(audio_line_caption(sound_audio(sound), "table_top_twist.fix.too_fast"));
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
    sound_close(sound);
    sound_close(NULL);
}

static void a_missing_folder_is_an_error(void **state) {
    (void)state;
    Sound *sound = NULL;
    Error error = { 0 };
    assert_int_not_equal(sound_open(&sound, folder, false, &error), RESULT_OK);
    assert_null(sound);
    assert_true(error.text[0] != '\0');
}

static void an_unknown_driver_is_no_error(void **state) {
    (void)state;
    Sound *sound = NULL;
    Error error = { 0 };
    (void)SDL_setenv("SDL_AUDIODRIVER", "no_such_driver", 1);
    assert_int_equal(sound_open(&sound, ASSETS, true, &error), RESULT_OK);
    assert_false(sound_is_heard(sound));
    sound_close(sound);
}

static bool wait_for_caption(const Audio *audio, const char *caption) {
    for (int i = 0; i < 300; i++) {
        const char *now = audio_caption(audio);
        if (caption == NULL ? now == NULL : now != NULL && strcmp(now, caption) == 0) return true;
        clock_sleep_s(0.01);
    }
    return false;
}

/* A device of SDL's that plays to nobody: its thread renders, the reader reads, this thread commands. */
static void lines_are_said_on_the_dummy_device(void **state) {
    (void)state;
    Sound *sound = NULL;
    Error error = { 0 };
    (void)SDL_setenv("SDL_AUDIODRIVER", "dummy", 1);
    assert_int_equal(sound_open(&sound, ASSETS, true, &error), RESULT_OK);
    assert_true(sound_is_heard(sound));
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
    Audio *audio = sound_audio(sound);
    audio_piece(audio, "tidewing");
    for (int i = 0; i < 30; i++) {
        MovementTone tone = {
            .on = true, .place = (float)i / 30, .high = 1, .band_low = 0.8F, .band_high = 1.1F, .speed = 1
        };
        audio_tone(audio, &tone);
        audio_breath(audio, (float)i / 30, 8);
        audio_earcon(audio, "perfect", 0);
        clock_sleep_s(0.01);
    }
    assert_true(audio_say(audio, "count.3", 0));
    assert_true(wait_for_caption(audio, "Three."));
    assert_true(wait_for_caption(audio, NULL));
    assert_true(audio_say(audio, "praise.calm", 0));
    assert_true(audio_say(audio, "no_such_line", 0) == false);
    assert_true(wait_for_caption(audio, "Lovely and calm."));
    audio_hush(audio);
    assert_true(wait_for_caption(audio, NULL));
    for (int i = 1; i <= 20; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "count.%d", i);
        assert_true(audio_say(audio, id, 0));
    }
    sound_close(sound); /* while lines are still being read */
}

static void a_line_decodes_to_its_length(void **state) {
    (void)state;
    SpeechFolder lines = { 0 };
    Error error = { 0 };
    int16_t *samples = NULL;
    size_t count = 0;
    assert_int_equal(speech_folder_read(&lines, ASSETS "/speech/en", &error), RESULT_OK);
    assert_int_equal(speech_decode(lines.files[0].path, &samples, &count, &error), RESULT_NO_DEVICE);
    (void)SDL_setenv("SDL_AUDIODRIVER", "dummy", 1);
    for (int format = 0; format < 2; format++) {
        assert_int_equal(
            Mix_OpenAudioDevice(AUDIO_RATE_HZ, format == 0 ? AUDIO_S16SYS : AUDIO_F32SYS, 2, 512, NULL, 0),
            0);
        for (size_t i = 0; i < lines.count; i += 37) {
            assert_int_equal(speech_decode(lines.files[i].path, &samples, &count, &error), RESULT_OK);
            int loudest = 0;
            for (size_t n = 0; n < count; n++)
                loudest = abs(samples[n]) > loudest ? abs(samples[n]) : loudest;
            assert_true(labs((long)count - (long)lines.lines[i].sample_count) < 480);
            assert_true(loudest > 4000 && loudest < 32767);
            free(samples);
        }
        assert_int_equal(speech_decode(ASSETS "/sound/scores.json", &samples, &count, &error),
                         RESULT_BAD_DATA);
        Mix_CloseAudio();
    }
    speech_folder_free(&lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manifest_is_checked),
        cmocka_unit_test(all_lines_are_there),
        cmocka_unit_test(it_starts_in_a_moment_and_without_a_device),
        cmocka_unit_test(a_missing_folder_is_an_error),
        cmocka_unit_test(an_unknown_driver_is_no_error),
        cmocka_unit_test(lines_are_said_on_the_dummy_device),
        cmocka_unit_test(a_line_decodes_to_its_length),
    };
    int failed = cmocka_run_group_tests(tests, make_folder, NULL);
    SDL_Quit();
    return failed;
}
