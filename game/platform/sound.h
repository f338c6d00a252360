/* The sound card: opens SDL_mixer, lets the engine of audio/ fill its blocks, and brings the spoken lines in
 * from assets/speech. No sound card is no error: then nobody listens, and all else goes on. */
#ifndef PLATFORM_SOUND_H
#define PLATFORM_SOUND_H

#include "audio/audio.h"

typedef struct Sound Sound;

/* `assets` holds sound/ and speech/. `device` false: no sound card is looked for, the engine is there all the
 * same (for lines' lengths and for rendering offline). Fails only on wrong or missing files, or without
 * memory. */
MUST_CHECK Result sound_open(Sound **out, const char *assets, bool device, Error *error);
/* Takes NULL. */
void sound_close(Sound *sound);
/* The engine; lives as long as the sound. */
Audio *sound_audio(Sound *sound);
/* True where a sound card plays it. */
bool sound_is_heard(const Sound *sound);

#endif
