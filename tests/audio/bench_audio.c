/* Renders the whole sound offline, by counting samples, and measures it: each piece with all layers, the
 * movement tone, speech over the ducked mix, earcons, and what it costs. `--wav DIR` keeps what was rendered;
 * `--layers` and `--earcons` compare each with what the score says it measured. Ends with one JSON line. */
#include "audio/audio.h"
#include "core/json_file.h"
#include "loudness.h"
#include "platform/files.h"
#include "platform/speech.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SLICE       800 /* frames between two looks at the script: 60 a second */
#define LINES_SAID  12
#define TONE_TARGET 0.8F

typedef struct Bench {
    const char *wav_folder; /* NULL: nothing is kept */
    char *scores;
    SpeechFolder speech;
    SpokenLine said[LINES_SAID]; /* with samples */
} Bench;

typedef struct Script {
    const char *piece;
    float period_s;
    bool tone, strings, speech;
    AudioVolumes volumes;
    const char *earcons[8]; /* one a breath */
    int earcon_count;
    size_t said; /* so far */
} Script;

typedef struct Take {
    float *stereo;
    size_t frames;
    double cpu_s;
} Take;

static const AudioVolumes all_open = { .voice = 1, .tone = 1, .music = 1, .effects = 1 };

static void die(const char *what) {
    (void)fprintf(stderr, "bench_audio: %s\n", what);
    exit(1);
}

/* ---- rendering ---- */

static void put_u32(FILE *file, uint32_t value) {
    for (int i = 0; i < 4; i++) (void)fputc((int)(value >> (8 * i) & 0xFFU), file);
}

static void put_u16(FILE *file, uint32_t value) {
    for (int i = 0; i < 2; i++) (void)fputc((int)(value >> (8 * i) & 0xFFU), file);
}

static void keep_wav(const Bench *bench, const char *name, const Take *take) {
    char path[FILES_PATH_MAX];
    if (bench->wav_folder == NULL) return;
    (void)snprintf(path, sizeof path, "%s/%s.wav", bench->wav_folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL) die("a wav can't be written");
    uint32_t bytes = (uint32_t)take->frames * 4;
    (void)fputs("RIFF", file);
    put_u32(file, 36 + bytes);
    (void)fputs("WAVEfmt ", file);
    put_u32(file, 16);
    put_u16(file, 1);
    put_u16(file, 2);
    put_u32(file, AUDIO_RATE_HZ);
    put_u32(file, AUDIO_RATE_HZ * 4);
    put_u16(file, 4);
    put_u16(file, 16);
    (void)fputs("data", file);
    put_u32(file, bytes);
    for (size_t i = 0; i < 2 * take->frames; i++)
        put_u16(file, (uint32_t)(int32_t)lrintf(fminf(fmaxf(take->stereo[i], -1), 1) * 32767) & 0xFFFFU);
    (void)fclose(file);
}

/* A body that goes out and back once a breath, and stays a moment at the end. */
static MovementTone tone_at(double t, float period_s) {
    double x = fmod(t, (double)period_s) / (double)period_s;
    float place = (float)fmin(1, 1.15 * (0.5 - 0.5 * cos(2 * M_PI * x)));
    return (MovementTone){ .on = true,
                           .place = place,
                           .low = 0,
                           .high = 1,
                           .band_low = TONE_TARGET,
                           .band_high = 1.1F,
                           .side = SIDE_RIGHT,
                           .speed = 1 };
}

static void follow(Script *script, const Bench *bench, Audio *audio, double t, double step) {
    double breaths = t / (double)script->period_s, next = (t + step) / (double)script->period_s;
    if (script->tone) {
        MovementTone tone = tone_at(t, script->period_s);
        audio_tone(audio, &tone);
    }
    /* A string at each exhale. */
    if (script->strings && floor(breaths - 0.45) != floor(next - 0.45))
        audio_earcon(audio, "g4_string", (int)floor(next - 0.45));
    if (script->earcon_count > 0 && floor(2 * breaths) != floor(2 * next))
        audio_earcon(audio, script->earcons[(int)(2 * next) % script->earcon_count], 0);
    if (script->speech && t > 12 && floor(t / 3.2) != floor((t + step) / 3.2))
        (void)audio_say(audio, bench->said[script->said++ % LINES_SAID].id, 0);
}

static double cpu_now_s(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static Take render(const Bench *bench, const char *scores, Script script, double seconds) {
    Error error = { 0 };
    Audio *audio = NULL;
    Take take = { .frames = (size_t)(seconds * AUDIO_RATE_HZ) / SLICE * SLICE };
    take.stereo = calloc(2 * take.frames, sizeof *take.stereo);
    if (take.stereo == NULL) die("no memory");
    if (audio_open(&audio, scores, "scores.json", bench->said, LINES_SAID, &error) != RESULT_OK)
        die(error.text);
    audio_volumes(audio, script.volumes);
    audio_piece(audio, script.piece);
    audio_combo(audio, 6);
    double began_s = cpu_now_s();
    for (size_t n = 0; n < take.frames; n += SLICE) {
        follow(&script, bench, audio, (double)n / AUDIO_RATE_HZ, (double)SLICE / AUDIO_RATE_HZ);
        audio_render(audio, take.stereo + 2 * n, SLICE);
    }
    take.cpu_s = cpu_now_s() - began_s;
    audio_close(audio);
    return take;
}

static double integrated_after(const Take *take, double skip_s) {
    size_t skip = (size_t)(skip_s * AUDIO_RATE_HZ);
    return loudness_integrated(take->stereo + 2 * skip, take->frames - skip);
}

/* ---- pieces ---- */

typedef struct PieceFigures {
    double music, tone, voice, peak, cost;
    double over_music, over; /* the voice over the ducked music, and over that and the moving tone */
} PieceFigures;

/* In the band of speech (300-3400 Hz), the voice alone over all the rest as it is while the voice speaks. */
static double voice_over_mix(const Bench *bench, Script script, double seconds, double *voice_lufs) {
    script.speech = true;
    script.volumes = (AudioVolumes){ .voice = 1 };
    Take voice = render(bench, bench->scores, script, seconds);
    script.volumes = (AudioVolumes){ .voice = 1e-6F, .tone = 1, .music = 1, .effects = 1 };
    Take rest = render(bench, bench->scores, script, seconds);
    /* Only where somebody speaks, and the rest has stepped aside. */
    size_t kept = 0, speaking = 0;
    for (size_t n = 0; n + 2400 <= voice.frames; n += 2400) {
        speaking = sample_peak_db(voice.stereo + 2 * n, 2400) < -45 ? 0 : speaking + 1;
        if (speaking < 4) continue;
        memmove(voice.stereo + 2 * kept, voice.stereo + 2 * n, 2 * 2400 * sizeof(float));
        memmove(rest.stereo + 2 * kept, rest.stereo + 2 * n, 2 * 2400 * sizeof(float));
        kept += 2400;
    }
    *voice_lufs = loudness_integrated(voice.stereo, kept);
    double over = speech_band_db(voice.stereo, kept) - speech_band_db(rest.stereo, kept);
    free(voice.stereo);
    free(rest.stereo);
    return over;
}

/* The score as it was measured: what the player plays is played. */
static char *with_player_layers(const Bench *bench) {
    json_t *scores = json_loads(bench->scores, 0, NULL), *piece = NULL;
    const char *id = NULL;
    json_object_foreach(json_object_get(scores, "pieces"), id, piece) {
        json_t *layers = json_object_get(piece, "layers");
        (void)json_object_del(piece, "tunes");
        for (size_t i = 0; i < json_array_size(layers); i++)
            (void)json_object_del(json_array_get(layers, i), "player");
    }
    char *text = json_dumps(scores, 0);
    json_decref(scores);
    if (text == NULL) die("no memory");
    return text;
}

static PieceFigures measure_piece(const Bench *bench, const char *id, float period_s, int breaths,
                                  bool has_tone) {
    PieceFigures figures = { .tone = 0 };
    Script script = { .piece = id, .period_s = period_s, .volumes = all_open };
    double seconds = (double)period_s * breaths;
    char *written_out = with_player_layers(bench);
    Take music = render(bench, written_out, script, seconds);
    free(written_out);
    figures.music = integrated_after(&music, (double)period_s);
    figures.cost = 100 * music.cpu_s / seconds;
    keep_wav(bench, id, &music);
    free(music.stereo);
    if (has_tone) {
        char name[64];
        Script alone = script;
        alone.tone = true;
        alone.volumes = (AudioVolumes){ .tone = 1 };
        Take tone = render(bench, bench->scores, alone, 4 * (double)period_s);
        figures.tone = integrated_after(&tone, 1);
        (void)snprintf(name, sizeof name, "%s_tone", id);
        keep_wav(bench, name, &tone);
        free(tone.stereo);
    }
    Script full = script;
    full.tone = has_tone;
    full.strings = strcmp(id, "skyharp") == 0;
    full.speech = true;
    full.earcon_count = 6;
    const char *earcons[] = { "perfect", "rep_count", "level_end", "g1_ripple", "star_3", "hold_end" };
    memcpy(full.earcons, earcons, sizeof earcons);
    Take all = render(bench, bench->scores, full, fmin(seconds, 60));
    char name[64];
    figures.peak = true_peak_db(all.stereo, all.frames);
    figures.cost = fmax(figures.cost, 100 * all.cpu_s / fmin(seconds, 60));
    (void)snprintf(name, sizeof name, "%s_all", id);
    keep_wav(bench, name, &all);
    free(all.stereo);
    figures.over_music = voice_over_mix(bench, script, 50, &figures.voice);
    script.tone = has_tone;
    figures.over = has_tone ? voice_over_mix(bench, script, 50, &figures.voice) : figures.over_music;
    return figures;
}

static void measure_pieces(const Bench *bench, const JsonFile *scores) {
    const char *id = NULL;
    json_t *piece = NULL;
    double worst_music = 0, worst_tone = 0, loudest = -120, costliest = 0, least_over = 100, voice = 0;
    double least_over_music = 100;
    int count = 0;
    (void)printf("%-16s %8s %8s %8s %8s %8s %8s %8s\n", "piece", "LUFS", "tone", "voice", "over mus",
                 "and tone", "dBTP", "cpu %");
    json_object_foreach(json_file_at(scores, "pieces"), id, piece) {
        float period_s =
            (float)json_number_value(json_object_get(json_object_get(piece, "breath"), "default_s"));
        bool has_tone = json_object_get(piece, "tone") != NULL;
        PieceFigures f = measure_piece(
            bench, id, period_s, (int)json_integer_value(json_object_get(piece, "loop_breaths")), has_tone);
        char tone[16] = "-";
        if (has_tone) (void)snprintf(tone, sizeof tone, "%.1f", f.tone);
        (void)printf("%-16s %8.1f %8s %8.1f %8.1f %8.1f %8.1f %8.2f\n", id, f.music, tone, f.voice,
                     f.over_music, f.over, f.peak, f.cost);
        (void)fflush(stdout);
        worst_music = fmax(worst_music, fabs(f.music + 27));
        if (has_tone) worst_tone = fmax(worst_tone, fabs(f.tone + 26));
        loudest = fmax(loudest, f.peak);
        costliest = fmax(costliest, f.cost);
        least_over = fmin(least_over, f.over);
        least_over_music = fmin(least_over_music, f.over_music);
        voice += f.voice;
        count++;
    }
    (void)printf("{\"bench\":\"audio\",\"pieces\":%d,\"music_off_lu\":%.2f,\"tone_off_lu\":%.2f,\"voice_"
                 "lufs\":%.1f,\"voice_over_music_db\":%.1f,\"voice_over_mix_db\":%.1f,\"peak_dbtp\":%.2f,"
                 "\"cpu_percent\":%.2f}\n",
                 count, worst_music, worst_tone, voice / count, least_over_music, least_over, loudest,
                 costliest);
}

/* ---- one layer, one earcon ---- */

static void measure_layers(const Bench *bench, const JsonFile *scores) {
    const char *id = NULL;
    json_t *piece = NULL;
    json_object_foreach(json_file_at(scores, "pieces"), id, piece) {
        json_t *layers = json_object_get(piece, "layers");
        float period_s =
            (float)json_number_value(json_object_get(json_object_get(piece, "breath"), "default_s"));
        for (size_t i = 0; i < json_array_size(layers); i++) {
            json_t *alone = json_deep_copy(scores->root),
                   *mine = json_object_get(json_object_get(alone, "pieces"), id);
            json_t *layer = json_incref(json_array_get(json_object_get(mine, "layers"), i));
            json_object_set_new(layer, "enter_combo", json_integer(0));
            json_object_set_new(layer, "player", json_false());
            json_object_set_new(mine, "master_db", json_real(0));
            json_object_set_new(mine, "layers", json_pack("[o]", layer));
            char *text = json_dumps(alone, 0);
            Take take =
                render(bench, text, (Script){ .piece = id, .period_s = period_s, .volumes = all_open },
                       8 * (double)period_s);
            double wanted = json_number_value(json_object_get(layer, "level_lufs")),
                   is = integrated_after(&take, (double)period_s);
            (void)printf("%-16s %-8s %-12s %6.1f should be %6.1f: %+5.1f\n", id,
                         json_string_value(json_object_get(layer, "id")),
                         json_string_value(json_object_get(layer, "patch")), is, wanted, is - wanted);
            free(take.stereo);
            free(text);
            json_decref(alone);
        }
    }
}

static void measure_earcons(const Bench *bench, const JsonFile *scores) {
    const char *id = NULL;
    json_t *earcon = NULL;
    json_object_foreach(json_file_at(scores, "earcons"), id, earcon) {
        Take take = render(
            bench, bench->scores,
            (Script){ .piece = "", .period_s = 8, .volumes = all_open, .earcons = { id }, .earcon_count = 1 },
            9);
        double wanted = json_number_value(json_object_get(earcon, "loud_lufs")),
               is = loudness_integrated(take.stereo, take.frames);
        (void)printf("%-18s %-12s %6.1f should be %6.1f: %+5.1f   peak %6.1f dBTP\n", id,
                     json_string_value(json_object_get(earcon, "patch")), is, wanted, is - wanted,
                     true_peak_db(take.stereo, take.frames));
        keep_wav(bench, id, &take);
        free(take.stereo);
    }
}

/* ---- lines ---- */

static void read_lines(Bench *bench, const char *assets) {
    static const char *const ids[LINES_SAID] = { "count.3",         "hold.stay",      "cat_cow.in",
                                                 "pace.slower",     "praise.smooth",  "side.change_to_left",
                                                 "foam_roll.setup", "hurts.thanks",   "flow.take_your_time",
                                                 "breath.belly",    "result.stars_2", "pull_apart.ring" };
    char path[FILES_PATH_MAX];
    Error error = { 0 };
    (void)snprintf(path, sizeof path, "%s/speech/en", assets);
    if (speech_folder_read(&bench->speech, path, &error) != RESULT_OK) die(error.text);
    /* A device that plays nothing, because SDL decodes only for a device. */
    if (Mix_OpenAudioDevice(AUDIO_RATE_HZ, AUDIO_F32SYS, 2, 1024, NULL, 0) != 0) die(Mix_GetError());
    for (int i = 0; i < LINES_SAID; i++) {
        for (size_t k = 0; k < bench->speech.count; k++) {
            if (strcmp(bench->speech.lines[k].id, ids[i]) != 0) continue;
            int16_t *samples = NULL;
            bench->said[i] = bench->speech.lines[k];
            if (speech_decode(bench->speech.files[k].path, &samples, &bench->said[i].sample_count, &error) !=
                RESULT_OK)
                die(error.text);
            bench->said[i].samples = samples;
        }
        if (bench->said[i].samples == NULL) die(ids[i]);
    }
    Mix_CloseAudio();
}

int main(int argc, char **argv) {
    Bench bench = { 0 };
    bool layers = false, earcons = false;
    Error error = { 0 };
    JsonFile scores = { 0 };
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--wav") == 0 && i + 1 < argc) {
            bench.wav_folder = argv[++i];
        } else if (strcmp(argv[i], "--layers") == 0) {
            layers = true;
        } else if (strcmp(argv[i], "--earcons") == 0) {
            earcons = true;
        } else {
            (void)fprintf(stderr, "usage: bench_audio [--wav DIR] [--layers] [--earcons]\n");
            return 2;
        }
    }
    (void)SDL_setenv("SDL_AUDIODRIVER", "dummy", 1);
    if (files_read(ASSETS "/sound/scores.json", &bench.scores, NULL, &error) != RESULT_OK) die(error.text);
    if (json_file_parse(&scores, bench.scores, "scores.json", &error) != RESULT_OK) die(error.text);
    read_lines(&bench, ASSETS);
    if (layers) measure_layers(&bench, &scores);
    if (earcons) measure_earcons(&bench, &scores);
    measure_pieces(&bench, &scores);
    for (int i = 0; i < LINES_SAID; i++) free((int16_t *)bench.said[i].samples);
    speech_folder_free(&bench.speech);
    json_file_free(&scores);
    free(bench.scores);
    SDL_Quit();
    return 0;
}
