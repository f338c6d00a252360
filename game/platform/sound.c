#include "platform/sound.h"

#include "platform/files.h"
#include "platform/speech.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_FRAMES   512 /* 11 ms: a knock is answered within 30 */
#define CALLBACK_SLICE 256

struct Sound {
    Audio *audio;
    SpeechFolder speech;
    /* Lines that are to be read from disk, by a thread of their own: neither the frame nor the sound card
     * waits for a file. */
    SDL_Thread *reader;
    SDL_mutex *lock;
    SDL_cond *asked;
    bool closing; /* under the lock, as are the next three */
    size_t wanted_count;
    int *wanted; /* lines, in the order asked */
    bool *was_wanted;
    int16_t **samples; /* one a file; the reader's own, until it has ended */
    size_t *sample_counts;
    bool heard;
    Uint16 format;
};

/* ---- the sound card ---- */

static void fill_s16(Audio *audio, Uint8 *stream, size_t frames) {
    float slice[2 * CALLBACK_SLICE];
    while (frames > 0) {
        size_t count = frames < CALLBACK_SLICE ? frames : CALLBACK_SLICE;
        audio_render(audio, slice, count);
        for (size_t i = 0; i < 2 * count; i++) {
            int16_t value = (int16_t)SDL_clamp(slice[i] * 32767.0F, -32768.0F, 32767.0F);
            memcpy(stream, &value, sizeof value);
            stream += sizeof value;
        }
        frames -= count;
    }
}

static void fill(void *self, Uint8 *stream, int bytes) {
    Sound *sound = self;
    if (sound->format == AUDIO_S16SYS) {
        fill_s16(sound->audio, stream, (size_t)bytes / (2 * sizeof(int16_t)));
    } else {
        audio_render(sound->audio, (float *)(void *)stream, (size_t)bytes / (2 * sizeof(float)));
    }
}

/* Where there is no card, ALSA writes a page of complaints to standard error. That is no error here, and
 * nobody's business. Returns what speak_again needs. */
static int mute_complaints(void) {
    (void)fflush(stderr);
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (kept >= 0 && nowhere >= 0) (void)dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0) (void)close(nowhere);
    return kept;
}

static void speak_again(int kept) {
    if (kept < 0) return;
    (void)dup2(kept, STDERR_FILENO);
    (void)close(kept);
}

/* True where a device is open and takes what the engine makes. */
static bool open_device(Sound *sound) {
    int rate = 0, channels = 0;
    int kept = mute_complaints();
    bool opened = Mix_OpenAudioDevice(AUDIO_RATE_HZ, AUDIO_F32SYS, 2, BLOCK_FRAMES, NULL, 0) == 0;
    speak_again(kept);
    if (!opened) return false;
    bool known = Mix_QuerySpec(&rate, &sound->format, &channels) > 0;
    bool fits = known && rate == AUDIO_RATE_HZ && channels == 2 &&
                (sound->format == AUDIO_F32SYS || sound->format == AUDIO_S16SYS);
    if (!fits) {
        Mix_CloseAudio();
        return false;
    }
    (void)Mix_AllocateChannels(0);
    return true;
}

/* ---- the reader ---- */

static void read_line(Sound *sound, int line) {
    int file = sound->speech.files[line].same;
    if (sound->samples[file] == NULL) {
        Error error = { 0 };
        Result result = speech_decode(sound->speech.files[file].path, &sound->samples[file],
                                      &sound->sample_counts[file], &error);
        /* A line that can't be read is not heard; its caption is seen. */
        if (result != RESULT_OK) SDL_LogWarn(SDL_LOG_CATEGORY_AUDIO, "%s", error.text);
    }
    audio_line_samples(sound->audio, sound->speech.lines[line].id, sound->samples[file],
                       sound->sample_counts[file]);
}

static int read_lines(void *self) {
    Sound *sound = self;
    size_t done = 0;
    SDL_LockMutex(sound->lock);
    while (!sound->closing) {
        if (done == sound->wanted_count) {
            SDL_CondWait(sound->asked, sound->lock);
            continue;
        }
        int line = sound->wanted[done++];
        SDL_UnlockMutex(sound->lock);
        read_line(sound, line);
        SDL_LockMutex(sound->lock);
    }
    SDL_UnlockMutex(sound->lock);
    return 0;
}

static int line_named(const Sound *sound, const char *id) {
    for (size_t i = 0; i < sound->speech.count; i++) {
        if (strcmp(sound->speech.lines[i].id, id) == 0) return (int)i;
    }
    return -1;
}

/* The engine asks for a line's samples; each line is asked of the reader once. */
static bool load(void *self, const char *id) {
    Sound *sound = self;
    int line = line_named(sound, id);
    if (line < 0) return false;
    SDL_LockMutex(sound->lock);
    if (!sound->was_wanted[line]) {
        sound->was_wanted[line] = true;
        sound->wanted[sound->wanted_count++] = line;
        SDL_CondSignal(sound->asked);
    }
    SDL_UnlockMutex(sound->lock);
    return true;
}

static bool start_reader(Sound *sound) {
    size_t count = sound->speech.count;
    sound->lock = SDL_CreateMutex();
    sound->asked = SDL_CreateCond();
    sound->wanted = calloc(count, sizeof *sound->wanted);
    sound->was_wanted = calloc(count, sizeof *sound->was_wanted);
    sound->samples = calloc(count, sizeof *sound->samples);
    sound->sample_counts = calloc(count, sizeof *sound->sample_counts);
    bool ready = sound->lock != NULL && sound->asked != NULL && sound->wanted != NULL &&
                 sound->was_wanted != NULL && sound->samples != NULL && sound->sample_counts != NULL;
    if (ready) sound->reader = SDL_CreateThread(read_lines, "speech", sound);
    return sound->reader != NULL;
}

static void stop_reader(Sound *sound) {
    if (sound->reader != NULL) {
        SDL_LockMutex(sound->lock);
        sound->closing = true;
        SDL_CondSignal(sound->asked);
        SDL_UnlockMutex(sound->lock);
        SDL_WaitThread(sound->reader, NULL);
    }
    SDL_DestroyCond(sound->asked);
    SDL_DestroyMutex(sound->lock);
}

/* ---- opening ---- */

static void start_device(Sound *sound) {
    sound->heard = open_device(sound);
    if (!sound->heard) return;
    if (start_reader(sound)) audio_loader(sound->audio, (AudioLoader){ .self = sound, .load = load });
    Mix_HookMusic(fill, sound);
}

static Result open_engine(Sound *sound, const char *assets, Error *error) {
    char path[FILES_PATH_MAX], *scores = NULL;
    (void)snprintf(path, sizeof path, "%s/speech/en", assets);
    Result result = speech_folder_read(&sound->speech, path, error);
    (void)snprintf(path, sizeof path, "%s/sound/scores.json", assets);
    if (result == RESULT_OK) result = files_read(path, &scores, NULL, error);
    if (result == RESULT_OK)
        result = audio_open(&sound->audio, scores, path, sound->speech.lines, sound->speech.count, error);
    free(scores);
    return result;
}

Result sound_open(Sound **out, const char *assets, bool device, Error *error) {
    *out = NULL;
    Sound *sound = calloc(1, sizeof *sound);
    if (sound == NULL) return error_set(error, RESULT_NO_MEMORY, "There is not enough memory for the sound.");
    Result result = open_engine(sound, assets, error);
    if (result != RESULT_OK) {
        sound_close(sound);
        return result;
    }
    if (device) start_device(sound);
    *out = sound;
    return RESULT_OK;
}

void sound_close(Sound *sound) {
    if (sound == NULL) return;
    if (sound->heard) Mix_HookMusic(NULL, NULL);
    stop_reader(sound);
    if (sound->heard) Mix_CloseAudio();
    audio_close(sound->audio);
    for (size_t i = 0; sound->samples != NULL && i < sound->speech.count; i++) free(sound->samples[i]);
    free(sound->samples);
    free(sound->sample_counts);
    free(sound->wanted);
    free(sound->was_wanted);
    speech_folder_free(&sound->speech);
    free(sound);
}

Audio *sound_audio(Sound *sound) {
    return sound->audio;
}

bool sound_is_heard(const Sound *sound) {
    return sound->heard;
}
