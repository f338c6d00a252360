/* What is said when: one line at a time, by the lines' rules. Lines asked for without a limit (a how-to, a
 * number) are said in the order asked; lines with a limit (a count, praise) only if they can begin in time,
 * the more urgent first. Priority 0 cuts what is less urgent; priority 1 cuts what was asked for with a
 * limit. Runs on the rendering thread; only a line's samples may arrive from another. */
#ifndef AUDIO_SPEECH_H
#define AUDIO_SPEECH_H

#include "audio/audio.h"

#include <stdatomic.h>

enum { SPEECH_QUEUE_MAX = 48, SPEECH_NONE = -1 };

#define SPEECH_GAP_S 0.1F /* between two lines that do not join */

/* One line. `samples` may be handed over later, once, by another thread; until then the line is silent for
 * its length. */
typedef struct Line {
    char *id, *caption; /* owned by the engine */
    int priority;
    bool joins;
    size_t frames; /* its length */
    atomic_size_t sample_count;
    _Atomic(const int16_t *) samples;
} Line;

typedef struct SpeechAsk {
    int line;
    float max_delay_s; /* 0: never dropped */
    float waited_s;
    bool awaited; /* its samples are on their way */
} SpeechAsk;

typedef struct Speech {
    const Line *lines;
    int count;                         /* of those that wait */
    SpeechAsk queue[SPEECH_QUEUE_MAX]; /* in the order asked */
    SpeechAsk said;                    /* the line being said; line SPEECH_NONE: none */
    size_t at;                         /* frames of it that are over */
    float gain;                        /* 1…0 while it is being cut */
    bool cutting;
    float gap_s; /* of silence since the last line */
    int lead;    /* frames that the rest is given to step aside before the first word */
} Speech;

void speech_init(Speech *speech, const Line *lines);
void speech_ask(Speech *speech, const SpeechAsk *ask);
/* Cuts what is said, within 50 ms, and forgets what waits. */
void speech_hush(Speech *speech);
/* Adds to `mono`. */
void speech_render(Speech *speech, float *mono, int frames);
/* The line being said, or SPEECH_NONE. */
int speech_line(const Speech *speech);

#endif
