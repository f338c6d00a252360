#include "audio/music.h"

#include "audio/audio.h"

#include <math.h>
#include <string.h>

#define JITTER_S         0.01F /* either way, for figure and glow, by coming up to twice that late */
#define VELOCITY_SHARE   0.08F
#define REPLACED_S       0.3F
#define PIVOT_GAIN       0.08F /* about the bed's */
#define CREATURE_BREATHS 4     /* each is heard once in so many */

void music_init(Music *music, const Score *score, uint64_t seed) {
    memset(music, 0, sizeof *music);
    music->score = score;
    music->rng = rng_make(seed, 8);
    music->breath = breath_clock_make(8, 6, 15, 0.45F);
}

static int fade_of(int slot, int layer) {
    return slot * SCORE_LAYERS_MAX + layer;
}

static void play_pivot(Music *m, Pool *pool) {
    const Score *score = m->score;
    for (int i = 0; i < score->pivot.count; i++) {
        const Note *note = &score->notes[score->pivot.first + i];
        (void)pool_play(pool, &(NoteOrder){ .patch = score->pivot_patch,
                                            .midi = note->midi,
                                            .velocity = note->velocity,
                                            .length_s = note->length * m->breath.period_s,
                                            .gain = PIVOT_GAIN,
                                            .bus = BUS_MUSIC,
                                            .fade = POOL_ALWAYS });
    }
}

void music_piece(Music *music, const Piece *piece, Pool *pool) {
    PiecePlayer *old = &music->slots[music->now];
    if (old->piece == piece) return;
    int next = 1 - music->now;
    pool_let_go(pool, fade_of(next, 0), fade_of(next, SCORE_LAYERS_MAX - 1), REPLACED_S, music->fades);
    bool from_silence = old->piece == NULL;
    old->leaving = true;
    old->leave_level = 1;
    music->now = next;
    music->combo = 0;
    music->slots[next] = (PiecePlayer){ .piece = piece, .waiting = true, .by_pivot = !from_silence };
    if (piece == NULL) return;
    if (from_silence && !music->breath.measured) {
        music->breath =
            breath_clock_make(piece->breath_s, piece->breath_min_s, piece->breath_max_s, piece->in_share);
        music->slots[next].waiting = false;
    } else {
        breath_clock_settle(&music->breath, piece->breath_s, piece->breath_min_s, piece->breath_max_s,
                            piece->in_share);
    }
    if (!from_silence) play_pivot(music, pool);
}

/* ---- levels ---- */

static bool wanted(const Music *m, const PiecePlayer *p, const Layer *layer) {
    bool resting = p->piece->has_tone && layer->part >= PART_FIGURE && breath_clock_idle(&m->breath);
    return m->combo >= layer->enter_combo && !resting;
}

static void move_level(const Music *m, const PiecePlayer *p, const Layer *layer, float *level,
                       float seconds) {
    bool first = layer->enter_combo == 0;
    float in_breaths = first && p->by_pivot ? m->score->between_games_breaths : m->score->layer_in_breaths;
    /* The sea never stops between two places, so it need not come. */
    if (layer->part == PART_SEA && p->by_pivot) *level = 1;
    float up = seconds / (in_breaths * m->breath.period_s),
          down = seconds / (m->score->layer_out_breaths * m->breath.period_s);
    *level = wanted(m, p, layer) ? fminf(1, *level + up) : fmaxf(0, *level - down);
}

static void move_levels(Music *m, int slot, float seconds) {
    PiecePlayer *p = &m->slots[slot];
    if (p->leaving)
        p->leave_level =
            fmaxf(0, p->leave_level - seconds / (m->score->between_games_breaths * m->breath.period_s));
    for (int i = 0; i < p->piece->layer_count; i++) {
        if (!p->leaving && !p->waiting) move_level(m, p, &p->piece->layers[i], &p->levels[i], seconds);
        bool stays = p->piece->layers[i].part == PART_SEA && m->slots[m->now].piece != NULL;
        m->fades[fade_of(slot, i)] = p->levels[i] * (p->leaving && !stays ? p->leave_level : 1);
    }
}

/* ---- notes ---- */

static bool follows_reps(const Music *m, const PiecePlayer *p) {
    return p->piece->tune_count > 0 && m->moving && !p->leaving;
}

/* The sea has no pitch; where the player has a tune, the tune's layer breathes along with it. */
static float midi_of(const Music *m, int slot, const Layer *layer, const Note *note) {
    const PiecePlayer *p = &m->slots[slot];
    if (layer->part == PART_SEA) return 60;
    return layer->part == PART_TUNE && follows_reps(m, p) ? music_asked(m) : note->midi;
}

static void play_note(Music *m, Pool *pool, int slot, int layer_index, const Note *note) {
    const Layer *layer = &m->slots[slot].piece->layers[layer_index];
    bool loose = layer->part == PART_FIGURE || layer->part == PART_GLOW;
    float late_s = loose ? (float)rng_range(&m->rng, 0, 2 * (double)JITTER_S) : 0;
    float touch =
        loose ? (float)rng_range(&m->rng, 1 - (double)VELOCITY_SHARE, 1 + (double)VELOCITY_SHARE) : 1;
    (void)pool_play(pool, &(NoteOrder){
                              .patch = layer->patches[layer->part == PART_SEA && note->midi >= 0.5F ? 1 : 0],
                              .midi = midi_of(m, slot, layer, note),
                              .velocity = note->velocity * touch,
                              .length_s = breath_clock_seconds(&m->breath, note->at, note->length),
                              .delay_s = late_s,
                              .gain = layer->gain,
                              .pan = layer->pan,
                              .bus = layer->part == PART_SEA ? BUS_GUIDE : BUS_MUSIC,
                              .fade = fade_of(slot, layer_index),
                          });
}

/* Plays what of a run has come by `until`. */
static void play_run(Music *m, Pool *pool, int slot, int layer_index, NoteRun run, int *done, double until,
                     bool heard) {
    for (; *done < run.count && (double)m->score->notes[run.first + *done].at <= until; (*done)++) {
        if (heard) play_note(m, pool, slot, layer_index, &m->score->notes[run.first + *done]);
    }
}

static void play_layers(Music *m, Pool *pool, int slot, double until) {
    PiecePlayer *p = &m->slots[slot];
    for (int i = 0; i < p->piece->layer_count; i++) {
        const Layer *layer = &p->piece->layers[i];
        bool its_loop = p->loops % layer->every_loops == 0, leaves = p->leaving && layer->part != PART_SEA;
        bool heard = !layer->player && its_loop && !leaves &&
                     (p->levels[i] > 0 || (layer->part == PART_SEA && p->leaving));
        play_run(m, pool, slot, i, layer->notes, &p->notes_done[i], until, heard);
        play_run(m, pool, slot, i, layer->fill, &p->fill_done[i], until, heard && m->breath.long_breaths);
    }
}

static int pad_layer(const Piece *piece) {
    for (int i = 0; i < piece->layer_count; i++) {
        if (piece->layers[i].part == PART_PAD) return i;
    }
    return 0;
}

/* Each creature comes by once in four breaths, one breath after the one before it. */
static void play_creatures(Music *m, Pool *pool, int slot, double from, double until) {
    PiecePlayer *p = &m->slots[slot];
    for (int i = 0; i < p->piece->creature_count && !p->leaving; i++) {
        const Creature *creature = &p->piece->creatures[i];
        if (p->staying_s < creature->after_s) continue;
        for (int k = 0; k < creature->notes.count; k++) {
            const Note *note = &m->score->notes[creature->notes.first + k];
            double since = fmod(until - (double)note->at - i + 2 * SCORE_BREATHS_MAX, CREATURE_BREATHS);
            if (since >= until - from) continue;
            (void)pool_play(
                pool, &(NoteOrder){ .patch = creature->patch,
                                    .midi = note->midi,
                                    .velocity = note->velocity,
                                    .length_s = breath_clock_seconds(&m->breath, note->at, note->length),
                                    .gain = creature->gain,
                                    .bus = BUS_MUSIC,
                                    .fade = fade_of(slot, pad_layer(p->piece)) });
        }
    }
}

/* ---- tunes: a repetition is a breath of the loop, the one with the chord of the asked note ---- */

static int tune_of(const Music *m, const Piece *piece) {
    return m->tune < 0 ? 0 : m->tune < piece->tune_count ? m->tune : piece->tune_count - 1;
}

static int done_before(const Music *m, NoteRun run, double position) {
    int done = 0;
    while (done < run.count && (double)m->score->notes[run.first + done].at < position) done++;
    return done;
}

static void go_to(const Music *m, PiecePlayer *p, double position) {
    p->position = position;
    for (int i = 0; i < p->piece->layer_count; i++) {
        p->notes_done[i] = done_before(m, p->piece->layers[i].notes, position);
        p->fill_done[i] = done_before(m, p->piece->layers[i].fill, position);
    }
}

/* A new breath: the next note where the last one has sounded, else the same once more. */
static void next_rep(const Music *m, PiecePlayer *p, double into) {
    int tune = tune_of(m, p->piece);
    if (p->rung) p->rep = (p->rep + 1) % p->piece->tunes[tune].count;
    p->rung = false;
    go_to(m, p, p->piece->tunes[tune].breath[p->rep]);
    p->position += into;
}

void music_string(Music *music, int index) {
    PiecePlayer *p = &music->slots[music->now];
    if (p->piece == NULL || p->piece->tune_count == 0) return;
    int tune = tune_of(music, p->piece), count = p->piece->tunes[tune].count;
    p->rep = index < 0 ? 0 : index < count ? index : count - 1;
    p->rung = true;
    int breath = p->piece->tunes[tune].breath[p->rep];
    /* Out of step, the harmony comes along at once. */
    if (!p->waiting && (int)p->position != breath) go_to(music, p, breath + p->position - floor(p->position));
}

float music_asked(const Music *music) {
    const PiecePlayer *p = &music->slots[music->now];
    if (p->piece == NULL || p->piece->tune_count == 0) return 0;
    int tune = tune_of(music, p->piece);
    return p->piece->tunes[tune].midi[p->rep];
}

static void move_on(Music *m, Pool *pool, int slot, double passed) {
    PiecePlayer *p = &m->slots[slot];
    double from = p->position, loop = p->piece->loop_breaths;
    p->position += passed;
    if (follows_reps(m, p) && floor(p->position) > floor(from)) {
        if (from >= 0) play_layers(m, pool, slot, floor(p->position));
        next_rep(m, p, p->position - floor(p->position));
        play_layers(m, pool, slot, p->position);
        return;
    }
    play_creatures(m, pool, slot, from, p->position);
    play_layers(m, pool, slot, fmin(p->position, loop));
    if (p->position < loop) return;
    p->position -= loop;
    p->loops++;
    memset(p->notes_done, 0, sizeof p->notes_done);
    memset(p->fill_done, 0, sizeof p->fill_done);
    play_layers(m, pool, slot, p->position);
}

static void finish_leaving(Music *m, Pool *pool, int slot) {
    pool_let_go(pool, fade_of(slot, 0), fade_of(slot, SCORE_LAYERS_MAX - 1), REPLACED_S, m->fades);
    m->slots[slot] = (PiecePlayer){ .piece = NULL };
}

void music_step(Music *music, Pool *pool, int frames) {
    float seconds = (float)frames / (float)AUDIO_RATE_HZ;
    double before = music->breath.phase;
    double passed = breath_clock_step(&music->breath, seconds);
    bool inhale = music->breath.phase < before;
    for (int slot = 0; slot < MUSIC_SLOTS; slot++) {
        PiecePlayer *p = &music->slots[slot];
        if (p->piece == NULL) continue;
        if (music->moving) p->staying_s += seconds;
        move_levels(music, slot, seconds);
        if (p->waiting && inhale) {
            p->waiting = false;
            p->position = -passed + music->breath.phase; /* begins exactly where the inhale does */
            move_levels(music, slot, seconds);
        }
        /* The old place's sea goes on until the new one's begins. */
        bool sea_is_taken = p->leaving && !music->slots[music->now].waiting;
        if (!p->waiting && !sea_is_taken) move_on(music, pool, slot, passed);
        if (p->leaving && p->leave_level <= 0) finish_leaving(music, pool, slot);
    }
}

const Piece *music_piece_now(const Music *music) {
    return music->slots[music->now].piece;
}

const Chord *music_chord(const Music *music) {
    const PiecePlayer *p = &music->slots[music->now];
    if (p->piece == NULL) return NULL;
    for (int i = 0; i < p->piece->chord_count; i++) {
        const Chord *chord = &p->piece->chords[i];
        if (p->position >= (double)chord->at && p->position < (double)(chord->at + chord->length))
            return chord;
    }
    return &p->piece->chords[0];
}
