/* Sound from events. One engine makes everything that is heard, block by block, from note data and recorded
 * lines: music that follows the breath, the movement tone, earcons, speech. It is rendered by whoever calls
 * audio_render: the sound card's thread, or a test that counts samples. It refuses to know a device, a file
 * or a clock.
 *
 * Threads: audio_render is called from one thread, all else from another; what crosses is a ring of small
 * commands, without locks. Only audio_line_samples may be called from a third. Rate 48000 Hz, stereo
 * interleaved float, nominal range -1…1, limited below -1 dBTP. */
#ifndef AUDIO_AUDIO_H
#define AUDIO_AUDIO_H

#include "core/result.h"
#include "core/side.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AUDIO_RATE_HZ = 48000 };

typedef struct Audio Audio;

/* One spoken line: mono samples at AUDIO_RATE_HZ, borrowed, and alive as long as the engine. `samples` may be
 * NULL: then the line is silent for its length, until audio_line_samples brings them. */
typedef struct SpokenLine {
    const char *id;      /* "count.3", "table_top_twist.in" */
    const char *caption; /* what is shown while it is said; UTF-8 */
    int priority;        /* 0 highest … 6, as the lines' rules say */
    bool joins;          /* said in one breath with the line before */
    const int16_t *samples;
    size_t sample_count;
} SpokenLine;

/* `scores` is the text of scores.json, `name` what to call it in errors. `lines` may be empty. Copies what it
 * keeps but samples. */
MUST_CHECK Result audio_open(Audio **out, const char *scores, const char *name, const SpokenLine *lines,
                             size_t line_count, Error *error);
/* Takes NULL. No other call may be under way. */
void audio_close(Audio *audio);

/* Who brings in the samples of lines that have none yet: `load` is called by audio_say, on the control
 * thread, and must not block. True: they are on their way, and the line waits a moment for them. Set it
 * before anything is said. */
typedef struct AudioLoader {
    void *self;
    bool (*load)(void *self, const char *id);
} AudioLoader;
void audio_loader(Audio *audio, AudioLoader loader);

/* Hands over a line's samples, once; later ones are ignored. From any one thread. */
void audio_line_samples(Audio *audio, const char *id, const int16_t *samples, size_t sample_count);

/* Makes the next `frames` stereo frames. Never blocks, never allocates. */
void audio_render(Audio *audio, float *stereo, size_t frames);

/* The piece that plays from now on ("tidewing", "title", …; NULL or "" fades to nothing). Unknown ids play
 * nothing. */
void audio_piece(Audio *audio, const char *id);

/* An earcon by id ("perfect", "hold_start"); unknown ids are silent. `step`: for those with a row of pitches,
 * which one (0…); for a boat, its rung; for a string, its place in the tune. */
void audio_earcon(Audio *audio, const char *id, int step);

/* Which of a piece's tunes the player's strings play: Skyharp's level, 1…; 1 until told. */
void audio_tune(Audio *audio, int level);

/* Says a line by its id, by priority and spacing rules; `max_delay_s`: dropped when it can't begin within it
 * (0 = never dropped). Returns false where there is no such line. */
bool audio_say(Audio *audio, const char *id, float max_delay_s);
/* Seconds that a line takes, with the pause after it; 0 where there is none. */
float audio_line_seconds(const Audio *audio, const char *id);
/* The caption of the line being said now, or NULL. Stays valid as long as the engine. For the control thread.
 */
const char *audio_caption(const Audio *audio);
/* A line's caption; NULL where there is no such line. Valid as long as the engine. */
const char *audio_line_caption(const Audio *audio, const char *id);
/* Silences the voice at once (a skipped screen). */
void audio_hush(Audio *audio);

/* Where the body is: drives the movement tone. Send every frame of a game; `on` false fades it out. */
typedef struct MovementTone {
    bool on;
    float place;               /* share of the own range, as measured */
    float low, high;           /* places at the ladder's ends */
    float band_low, band_high; /* the target band, in the same measure */
    bool beyond_beats;         /* going past the band beats again (Deep Bell, Tidewing) */
    bool holding;
    Side side;
    float speed; /* 1 = the asked pace */
} MovementTone;
void audio_tone(Audio *audio, const MovementTone *tone);

/* The measured breath or repetition: phase 0 = inhale begins, 0.5 = exhale begins; period in seconds. Not
 * called while nothing moves. */
void audio_breath(Audio *audio, float phase, float period_s);
/* Length of the run of good repetitions: brings layers in. */
void audio_combo(Audio *audio, int combo);

typedef struct AudioVolumes {
    float voice, tone, music, effects; /* 0…1, linear faders */
} AudioVolumes;
void audio_volumes(Audio *audio, AudioVolumes volumes);

#endif
