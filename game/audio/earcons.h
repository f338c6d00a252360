/* Earcons: the short signs. Two of the same kind never sound at once: a word goes before a star, a star
 * before a count, a count before a tick; the lesser waits up to 300 ms, then is dropped. Signs that answer a
 * touch (menus, strings, the place's own sounds) never wait. In a game their notes lean to the chord that
 * sounds. One thread; it plays through the pool. */
#ifndef AUDIO_EARCONS_H
#define AUDIO_EARCONS_H

#include "audio/pool.h"

enum { EARCONS_WAITING_MAX = 16 };

typedef struct EarconAsk {
    const Earcon *earcon;
    float midi;   /* where one is asked for: of its first note; 0: as written */
    float wait_s; /* until it may sound: a delay asked for */
    float patience_s;
} EarconAsk;

typedef struct Earcons {
    int count;
    EarconAsk waiting[EARCONS_WAITING_MAX];
    int rank;     /* of what sounds now */
    float busy_s; /* for how much longer */
} Earcons;

/* `after_s`: not before. */
void earcons_ask(Earcons *earcons, const Earcon *earcon, float midi, float after_s);
/* Forgets those that wait with this earcon; NULL: all. */
void earcons_forget(Earcons *earcons, const Earcon *earcon);
/* `chord`: to lean to; NULL: as written. */
void earcons_step(Earcons *earcons, const Chord *chord, Pool *pool, int frames);

/* The nearest note that is in the ladder's pitch classes, at most a semitone away; else the note itself. */
float earcon_lean(const Chord *chord, float midi);

#endif
