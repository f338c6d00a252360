/* The pieces: which layers sound, when their notes begin, which chord it is. All follows the breath; there is
 * no beat. Between two pieces the sea goes on and a fifth is held while old layers leave and new ones come.
 * One thread; it plays through the pool. */
#ifndef AUDIO_MUSIC_H
#define AUDIO_MUSIC_H

#include "audio/breath.h"
#include "audio/pool.h"

enum { MUSIC_SLOTS = 2, MUSIC_FADES = MUSIC_SLOTS * SCORE_LAYERS_MAX };

/* One piece under way. */
typedef struct PiecePlayer {
    const Piece *piece; /* NULL: silence */
    bool waiting;       /* for the next inhale to begin */
    bool leaving;
    bool by_pivot;   /* came while another left: its first layers take their time */
    double position; /* breaths from the loop's start */
    int loops;
    int rep;           /* where each repetition asks for a note of a tune: which one, */
    bool rung;         /* and whether it has sounded */
    float staying_s;   /* how long the player has been moving in it */
    float leave_level; /* 1…0 while leaving */
    float levels[SCORE_LAYERS_MAX];
    int notes_done[SCORE_LAYERS_MAX], fill_done[SCORE_LAYERS_MAX];
} PiecePlayer;

typedef struct Music {
    const Score *score;
    Rng rng;
    BreathClock breath;
    PiecePlayer slots[MUSIC_SLOTS];
    int now; /* the slot that plays */
    int combo;
    int tune;                 /* of those that a piece has, the one that is played */
    bool moving;              /* a game is being played */
    float fades[MUSIC_FADES]; /* a slot's layers, for the pool */
} Music;

void music_init(Music *music, const Score *score, uint64_t seed);

/* NULL: fades to nothing. */
void music_piece(Music *music, const Piece *piece, Pool *pool);

/* Moves on by `frames` samples and begins the notes that fall within. */
void music_step(Music *music, Pool *pool, int frames);

/* The player has sounded note `index` of the tune. Where there are tunes the harmony waits for that, and
 * follows. */
void music_string(Music *music, int index);

/* The tune's note that the player is asked for, in midi; 0 where there is no tune. */
float music_asked(const Music *music);

/* The piece that plays, and the chord that sounds now; NULL in silence. */
const Piece *music_piece_now(const Music *music);
const Chord *music_chord(const Music *music);

#endif
