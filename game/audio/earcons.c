#include "audio/earcons.h"

#include "audio/audio.h"

#include <math.h>
#include <string.h>

#define PATIENCE_S  0.3F
#define BUSY_TAIL_S 0.06F /* a sign is over so long after its last note: a count still follows a Perfect */

typedef enum Rank { RANK_TICK = 1, RANK_COUNT, RANK_STAR, RANK_WORD, RANK_TOUCH } Rank;

static Rank rank_of(const Earcon *earcon) {
    static const struct {
        const char *id;
        Rank rank;
    } ranks[] = {
        { "perfect", RANK_WORD },  { "great", RANK_WORD },      { "good", RANK_WORD },
        { "partial", RANK_WORD },  { "star_1", RANK_STAR },     { "star_2", RANK_STAR },
        { "star_3", RANK_STAR },   { "best", RANK_STAR },       { "level_end", RANK_STAR },
        { "combo_3", RANK_STAR },  { "combo_6", RANK_STAR },    { "hold_start", RANK_STAR },
        { "hold_end", RANK_STAR }, { "rep_count", RANK_COUNT }, { "hold_tick", RANK_TICK },
        { "g4_creak", RANK_TICK },
    };
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        if (strcmp(ranks[i].id, earcon->id) == 0) return ranks[i].rank;
    }
    return RANK_TOUCH;
}

void earcons_ask(Earcons *earcons, const Earcon *earcon, float midi, float after_s) {
    if (earcons->count == EARCONS_WAITING_MAX) return;
    earcons->waiting[earcons->count++] =
        (EarconAsk){ .earcon = earcon, .midi = midi, .wait_s = after_s, .patience_s = PATIENCE_S };
}

static void forget(Earcons *e, int index) {
    e->count--;
    memmove(&e->waiting[index], &e->waiting[index + 1], (size_t)(e->count - index) * sizeof *e->waiting);
}

void earcons_forget(Earcons *earcons, const Earcon *earcon) {
    for (int i = earcons->count - 1; i >= 0; i--) {
        if (earcon == NULL || earcons->waiting[i].earcon == earcon) forget(earcons, i);
    }
}

float earcon_lean(const Chord *chord, float midi) {
    float best = 2;
    for (int i = 0; i < chord->rungs; i++) {
        float away = fmodf(chord->ladder[i] - midi + 126, 12) - 6; /* -6…6, by pitch class */
        if (fabsf(away) < fabsf(best)) best = away;
    }
    return fabsf(best) <= 1 ? midi + best : midi;
}

static void play(const EarconAsk *ask, const Chord *chord, Pool *pool) {
    const Earcon *earcon = ask->earcon;
    float shift = ask->midi > 0 ? ask->midi - earcon->notes[0].midi : 0;
    for (int i = 0; i < earcon->note_count; i++) {
        float midi = earcon->notes[i].midi + shift;
        bool pitched = earcon->notes[i].patch->kind != PATCH_NOISE;
        (void)pool_play(
            pool, &(NoteOrder){ .patch = earcon->notes[i].patch,
                                .midi = pitched ? (chord != NULL ? earcon_lean(chord, midi) : midi) : 60,
                                .velocity = earcon->notes[i].velocity,
                                .length_s = earcon->notes[i].length_s,
                                .delay_s = earcon->notes[i].at_s,
                                .gain = earcon->gain,
                                .pan = earcon->notes[i].pan,
                                .bus = earcon->bus,
                                .fade = POOL_ALWAYS });
    }
    if (earcon->with_noise == NULL) return;
    (void)pool_play(pool, &(NoteOrder){ .patch = earcon->with_noise,
                                        .midi = 60,
                                        .velocity = 1,
                                        .length_s = earcon->notes[0].length_s,
                                        .gain = earcon->gain,
                                        .bus = earcon->bus,
                                        .fade = POOL_ALWAYS });
}

static float length_s(const Earcon *earcon) {
    float last = 0;
    for (int i = 0; i < earcon->note_count; i++) last = fmaxf(last, earcon->notes[i].at_s);
    return last + BUSY_TAIL_S;
}

/* The most important of those that are due; -1: none. */
static int first_due(const Earcons *e) {
    int best = -1;
    for (int i = 0; i < e->count; i++) {
        if (e->waiting[i].wait_s > 0) continue;
        if (best < 0 || rank_of(e->waiting[i].earcon) > rank_of(e->waiting[best].earcon)) best = i;
    }
    return best;
}

static void play_due(Earcons *e, const Chord *chord, Pool *pool) {
    for (int next = first_due(e); next >= 0; next = first_due(e)) {
        Rank rank = rank_of(e->waiting[next].earcon);
        bool may = rank == RANK_TOUCH || e->busy_s <= 0 || (int)rank > e->rank;
        if (!may) return; /* the others that are due are no more important */
        play(&e->waiting[next], chord, pool);
        if (rank != RANK_TOUCH) {
            e->rank = (int)rank;
            e->busy_s = length_s(e->waiting[next].earcon);
        }
        forget(e, next);
    }
}

void earcons_step(Earcons *earcons, const Chord *chord, Pool *pool, int frames) {
    play_due(earcons, chord, pool);
    float seconds = (float)frames / (float)AUDIO_RATE_HZ;
    earcons->busy_s = fmaxf(0, earcons->busy_s - seconds);
    for (int i = earcons->count - 1; i >= 0; i--) {
        EarconAsk *ask = &earcons->waiting[i];
        if (ask->wait_s > 0) {
            ask->wait_s -= seconds;
            continue;
        }
        ask->patience_s -= seconds;
        if (ask->patience_s < 0) forget(earcons, i);
    }
}
