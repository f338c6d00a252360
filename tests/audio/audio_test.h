/* What the audio tests share: cmocka, the score, an engine rendered by counting samples. */
#ifndef TESTS_AUDIO_TEST_H
#define TESTS_AUDIO_TEST_H

#include "audio/audio.h"
#include "loudness.h"
#include "platform/files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* After those that it needs. */
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCORES ASSETS "/sound/scores.json"

/* The text of scores.json; the caller's to free. */
char *scores_text(void);

Audio *open_engine(const SpokenLine *lines, size_t count);

/* Stereo; the caller's to free. */
float *rendered(Audio *audio, size_t frames);

float peak_of(const float *samples, size_t count);

#endif
