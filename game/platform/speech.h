/* The spoken lines on disk: assets/speech/<language>/lines.json says which there are and how long each is;
 * its Ogg files are only read when a line is first said. */
#ifndef PLATFORM_SPEECH_H
#define PLATFORM_SPEECH_H

#include "audio/audio.h"

typedef struct SpeechFile {
    char *path; /* of the Ogg */
    int same;   /* the first line with this very file; itself where it is the first */
} SpeechFile;

/* Immutable once read. */
typedef struct SpeechFolder {
    size_t count;
    SpokenLine *lines; /* without samples, with lengths */
    SpeechFile *files; /* one a line */
} SpeechFolder;

/* Reads `folder`/lines.json, strictly. */
MUST_CHECK Result speech_folder_read(SpeechFolder *out, const char *folder, Error *error);
/* Takes a zeroed one. */
void speech_folder_free(SpeechFolder *folder);

/* Decodes an Ogg file to mono at AUDIO_RATE_HZ; *samples is the caller's to free. Needs an open SDL_mixer
 * device at that rate, be it SDL's dummy. */
MUST_CHECK Result speech_decode(const char *path, int16_t **samples, size_t *count, Error *error);

#endif
