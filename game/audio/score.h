/* The note data behind everything that is not speech: patches, pieces with their layers and chords, earcons,
 * the mix. Read from scores.json, strictly: a wrong or unknown value is refused with file, line and reason;
 * inside it is trusted. Immutable once read. */
#ifndef AUDIO_SCORE_H
#define AUDIO_SCORE_H

#include "audio/patch.h"
#include "core/result.h"

#include <stdint.h>

enum {
    SCORE_PATCHES_MAX = 48,
    SCORE_PIECES_MAX = 16,
    SCORE_LAYERS_MAX = 8,
    SCORE_CHORDS_MAX = 32,
    SCORE_LADDER_MAX = 12,
    SCORE_EARCONS_MAX = 80,
    SCORE_EARCON_NOTES_MAX = 10,
    SCORE_ROW_MAX = 24,
    SCORE_REVERBS_MAX = 8,
    SCORE_TUNES_MAX = 8,
    SCORE_NOTES_MAX = 8192,
    SCORE_CREATURES_MAX = 8,
    SCORE_BREATHS_MAX = 64
};

typedef enum Bus { BUS_MUSIC, BUS_GUIDE, BUS_TONE, BUS_FX, BUS_UI, BUS_COUNT } Bus;

/* A note of a layer: `at` and `length` in breaths from the loop's start. */
typedef struct Note {
    float at, length, midi, velocity;
} Note;

/* A run of the score's notes, by `at`. */
typedef struct NoteRun {
    int first, count;
} NoteRun;

typedef enum LayerPart {
    PART_SEA,
    PART_BED,
    PART_PAD,
    PART_STRINGS,
    PART_FIGURE,
    PART_TUNE,
    PART_GLOW
} LayerPart;

typedef struct Layer {
    LayerPart part;
    const Patch *patches[2]; /* a note of the sea picks one by its midi: in, out; else both are the same */
    int enter_combo;
    int every_loops;     /* sounds in one loop of so many */
    bool player;         /* its notes are the player's own: written down, never played by itself */
    float level_lufs;    /* what it was measured at, alone */
    float gain, pan;     /* linear, with the piece's master */
    NoteRun notes, fill; /* fill: only while breaths are long */
} Layer;

typedef struct Chord {
    float at, length; /* breaths */
    int rungs;
    float ladder[SCORE_LADDER_MAX],
        lock[SCORE_LADDER_MAX]; /* midi; the movement tone's rungs and the note that joins each in the band */
} Chord;

/* Stone Garden: the noise that the movement itself makes. */
typedef struct RakeScore {
    float gain, q;                                  /* gain 0: none */
    float slow_pace, slow_hz, hasty_pace, hasty_hz; /* own ranges a second, and where its noise lies then */
} RakeScore;

typedef struct ToneScore {
    const Patch *right, *left; /* the same where sides do not matter */
    float gain, lock_gain, glide_share;
    float rest_fade_s, beat_from, beat_max_hz;
    RakeScore rake;
} ToneScore;

/* Deep Bell: what else is heard the longer one stays. */
typedef struct Creature {
    float after_s, gain;
    const Patch *patch;
    NoteRun notes;
} Creature;

typedef struct Reverb {
    char id[16];
    float t60_s, predelay_s, damp_hz;
} Reverb;

typedef struct Piece {
    char id[24];
    const Reverb *reverb;
    float breath_s, breath_min_s, breath_max_s, in_share;
    int loop_breaths;
    int chord_count, layer_count, tune_count, creature_count;
    Chord chords[SCORE_CHORDS_MAX];
    Layer layers[SCORE_LAYERS_MAX];
    bool has_tone; /* a game; else a menu */
    ToneScore tone;
    struct {
        int count;
        float midi[SCORE_ROW_MAX];
        int breath[SCORE_ROW_MAX]; /* of the loop: the one whose chord it is */
    } tunes[SCORE_TUNES_MAX]; /* Skyharp: the asked notes, by level; then a repetition is a breath of the loop
                               */
    Creature creatures[SCORE_CREATURES_MAX];
} Piece;

/* Where an earcon's pitch comes from when it is asked for with a step. */
typedef enum PitchFrom { PITCH_WRITTEN, PITCH_ROW, PITCH_RUNG, PITCH_PLACE, PITCH_TUNE } PitchFrom;

typedef struct Earcon {
    char id[24];
    Bus bus;
    float gain;
    PitchFrom pitch_from;
    int row_count;
    float row[SCORE_ROW_MAX];
    const Patch *with_noise; /* NULL: none */
    int note_count;
    struct {
        float at_s, length_s, midi, velocity, pan;
        const Patch *patch;
    } notes[SCORE_EARCON_NOTES_MAX];
} Earcon;

typedef struct Duck {
    float music_db, tone_db, fx_db, guide_db;
    float attack_s, hold_s, release_s;
    float eq_hz, eq_db, eq_q; /* a dip in the music where words live */
} Duck;

typedef struct Score {
    int patch_count, piece_count, earcon_count, reverb_count;
    Patch patches[SCORE_PATCHES_MAX];
    Reverb reverbs[SCORE_REVERBS_MAX];
    Piece pieces[SCORE_PIECES_MAX];
    Earcon earcons[SCORE_EARCONS_MAX];
    float wet_gain;
    float layer_in_breaths, layer_out_breaths, between_games_breaths;
    const Patch *pivot_patch;
    NoteRun pivot;
    Duck duck;
    float ceiling, limiter_attack_s, limiter_release_s; /* ceiling linear */
    int note_count;
    Note notes[SCORE_NOTES_MAX];
} Score;

/* `score` is large and points into itself: it lives where it is read, on the heap. */
MUST_CHECK Result score_read(Score *score, const char *text, const char *name, Error *error);

/* NULL where there is none. */
const Piece *score_piece(const Score *score, const char *id);
const Earcon *score_earcon(const Score *score, const char *id);
const Patch *score_patch(const Score *score, const char *id);

#endif
