#include "platform/speech.h"

#include "core/json_file.h"
#include "platform/files.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 2000
#define MS_MAX    20000 /* no line is longer than this */

static char *copy_text(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy != NULL) memcpy(copy, text, size);
    return copy;
}

static Result no_memory(Error *error) {
    return error_set(error, RESULT_NO_MEMORY, "There is not enough memory for the spoken lines.");
}

/* A plain name within the folder, whatever the manifest says. */
static bool is_plain_name(const char *name) {
    size_t length = strlen(name);
    return length > 4 && length < 128 && name[0] != '.' && strchr(name, '/') == NULL &&
           strchr(name, '\\') == NULL && strcmp(name + length - 4, ".ogg") == 0;
}

static Result read_line(const JsonFile *json, size_t index, const char *folder, SpokenLine *line,
                        SpeechFile *file, Error *error) {
    static const char *const keys[] = { "id", "text", "priority", "joins", "ms", "file", NULL };
    const char *id = "", *caption = "", *name = "";
    int64_t priority = 0, ms = 0;
    char base[32], at[64], path[FILES_PATH_MAX];
    (void)snprintf(base, sizeof base, "lines[%zu]", index);
    Result result = json_file_known_keys(json, base, keys, error);
    (void)snprintf(at, sizeof at, "%s.id", base);
    if (result == RESULT_OK) result = json_file_string(json, at, &id, error);
    (void)snprintf(at, sizeof at, "%s.text", base);
    if (result == RESULT_OK) result = json_file_string(json, at, &caption, error);
    (void)snprintf(at, sizeof at, "%s.priority", base);
    if (result == RESULT_OK) result = json_file_integer(json, at, 0, 6, &priority, error);
    (void)snprintf(at, sizeof at, "%s.ms", base);
    if (result == RESULT_OK) result = json_file_integer(json, at, 1, MS_MAX, &ms, error);
    (void)snprintf(at, sizeof at, "%s.file", base);
    if (result == RESULT_OK) result = json_file_string(json, at, &name, error);
    if (result == RESULT_OK && !is_plain_name(name))
        result = json_file_wrong(json, at, error, "must be the name of an .ogg file in this folder");
    if (result != RESULT_OK) return result;
    (void)snprintf(at, sizeof at, "%s.joins", base);
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    file->path = copy_text(path);
    *line = (SpokenLine){
        .id = copy_text(id),
        .caption = copy_text(caption),
        .priority = (int)priority,
        .joins = json_is_true(json_file_at(json, at)),
        .sample_count = (size_t)ms * AUDIO_RATE_HZ / 1000,
    };
    return line->id != NULL && line->caption != NULL && file->path != NULL ? RESULT_OK : no_memory(error);
}

static void find_same(SpeechFolder *folder, size_t index) {
    folder->files[index].same = (int)index;
    for (size_t i = 0; i < index; i++) {
        if (strcmp(folder->files[i].path, folder->files[index].path) != 0) continue;
        folder->files[index].same = (int)i;
        return;
    }
}

static Result read_lines(SpeechFolder *out, const JsonFile *json, const char *folder, Error *error) {
    int64_t format = 0;
    size_t count = 0;
    Result result = json_file_integer(json, "format", 1, 1, &format, error);
    if (result == RESULT_OK) result = json_file_array(json, "lines", 1, LINES_MAX, &count, error);
    if (result != RESULT_OK) return result;
    out->lines = calloc(count, sizeof *out->lines);
    out->files = calloc(count, sizeof *out->files);
    if (out->lines == NULL || out->files == NULL) return no_memory(error);
    for (size_t i = 0; i < count && result == RESULT_OK; i++) {
        out->count = i + 1;
        result = read_line(json, i, folder, &out->lines[i], &out->files[i], error);
        if (result == RESULT_OK) find_same(out, i);
    }
    return result;
}

Result speech_folder_read(SpeechFolder *out, const char *folder, Error *error) {
    char path[FILES_PATH_MAX], *text = NULL;
    JsonFile json = { 0 };
    *out = (SpeechFolder){ 0 };
    (void)snprintf(path, sizeof path, "%s/lines.json", folder);
    Result result = files_read(path, &text, NULL, error);
    if (result == RESULT_OK) result = json_file_parse(&json, text, path, error);
    if (result == RESULT_OK) result = read_lines(out, &json, folder, error);
    json_file_free(&json);
    free(text);
    if (result != RESULT_OK) speech_folder_free(out);
    return result;
}

void speech_folder_free(SpeechFolder *folder) {
    for (size_t i = 0; i < folder->count; i++) {
        free((char *)folder->lines[i].id);
        free((char *)folder->lines[i].caption);
        free(folder->files[i].path);
    }
    free(folder->lines);
    free(folder->files);
    *folder = (SpeechFolder){ 0 };
}

/* The mixer has brought the sound to the device's format: stereo, in whole numbers or not; both sides are
 * alike. */
static Result to_mono(const Mix_Chunk *chunk, SDL_AudioFormat format, int channels, int16_t **samples,
                      size_t *count, Error *error) {
    size_t bytes = SDL_AUDIO_BITSIZE(format) / 8U * (size_t)channels;
    *count = chunk->alen / bytes;
    *samples = malloc(*count > 0 ? *count * sizeof **samples : 1);
    if (*samples == NULL) return no_memory(error);
    for (size_t i = 0; i < *count; i++) {
        const Uint8 *from = chunk->abuf + i * bytes;
        if (format == AUDIO_S16SYS) {
            memcpy(&(*samples)[i], from, sizeof(int16_t));
        } else {
            float value = 0;
            memcpy(&value, from, sizeof value);
            (*samples)[i] = (int16_t)SDL_clamp(value * 32768.0F, -32768.0F, 32767.0F);
        }
    }
    return RESULT_OK;
}

Result speech_decode(const char *path, int16_t **samples, size_t *count, Error *error) {
    int rate = 0, channels = 0;
    Uint16 format = 0;
    *samples = NULL;
    *count = 0;
    bool fits = Mix_QuerySpec(&rate, &format, &channels) > 0 && rate == AUDIO_RATE_HZ &&
                (format == AUDIO_S16SYS || format == AUDIO_F32SYS);
    if (!fits) return error_set(error, RESULT_NO_DEVICE, "%s: no sound device is open to decode for.", path);
    Mix_Chunk *chunk = Mix_LoadWAV(path);
    if (chunk == NULL) return error_set(error, RESULT_BAD_DATA, "%s: %s", path, Mix_GetError());
    Result result = to_mono(chunk, format, channels, samples, count, error);
    Mix_FreeChunk(chunk);
    return result;
}
