#include "audio/mix.h"

#include <math.h>
#include <string.h>

#define FADER_S      0.015F
#define CALM_OUT_S   0.3F
#define CALM_IN_S    4.0F
#define VOICE_CENTRE 0.70710678F /* lines are mono at their loudness; here they are on two sides */
#define GUIDE_LEAST  0.2F        /* without music the breath is still heard while the ear wants a tone */
#define HUSH         1e-18F

void mix_init(Mix *mix, const Score *score) {
    memset(mix, 0, sizeof *mix);
    mix->score = score;
    mix->volumes = (AudioVolumes){ .voice = 1, .tone = 1, .music = 1, .effects = 1 };
    mix->calm = 1;
    for (int bus = 0; bus < BUS_COUNT; bus++) mix->faders[bus] = mix->sends[bus] = 1;
    mix->voice_fader = VOICE_CENTRE;
    mix->wet = 1;
    for (int side = 0; side < 2; side++) mix->dip[side] = band_pass_make(score->duck.eq_hz, score->duck.eq_q);
    mix->limiter = limiter_make(score->ceiling, score->limiter_attack_s, score->limiter_release_s);
    reverb_init(&mix->reverb);
}

static float gain_of_db(float db) {
    return exp2f(db * 0.16609640F);
}

/* Ducking moves in decibels at an even pace: in quickly, out slowly, after a moment without words. */
static void move_duck(Mix *m, bool speaking, float seconds) {
    const Duck *duck = &m->score->duck;
    m->duck_hold_s = speaking ? 0 : m->duck_hold_s + seconds;
    if (speaking && m->volumes.voice > 0) {
        m->duck = fminf(1, m->duck + seconds / duck->attack_s);
    } else if (m->duck_hold_s >= duck->hold_s) {
        m->duck = fmaxf(0, m->duck - seconds / duck->release_s);
    }
}

static float ease(float from, float to, float seconds, float constant_s) {
    return from + (to - from) * (1 - expf(-seconds / constant_s));
}

typedef struct Gains {
    float bus[BUS_COUNT], send[BUS_COUNT], voice, wet, dip;
} Gains;

static Gains gains_wanted(Mix *m) {
    const Duck *duck = &m->score->duck;
    const AudioVolumes *v = &m->volumes;
    float music_duck = gain_of_db(m->duck * duck->music_db);
    float guide = fmaxf(v->music, GUIDE_LEAST * v->tone);
    Gains gains = { .voice = v->voice * VOICE_CENTRE,
                    .wet = music_duck,
                    .dip = gain_of_db(m->duck * duck->eq_db) - 1 };
    const float faders[BUS_COUNT] = { v->music * m->calm, guide * m->calm, v->tone * m->calm,
                                      v->effects * m->calm, v->effects };
    const float ducks_db[BUS_COUNT] = { duck->music_db, duck->guide_db, duck->tone_db, duck->fx_db,
                                        duck->fx_db };
    for (int bus = 0; bus < BUS_COUNT; bus++) {
        gains.send[bus] = faders[bus]; /* the reverb is ducked as a whole, where it comes back */
        gains.bus[bus] = faders[bus] * gain_of_db(m->duck * ducks_db[bus]);
    }
    return gains;
}

/* A gain that moves through a block. */
typedef struct Ramp {
    float from, step;
} Ramp;

static Ramp ramp(float *now, float wanted, int frames) {
    Ramp moving = { .from = *now };
    *now = ease(*now, wanted, (float)frames / (float)AUDIO_RATE_HZ, FADER_S);
    moving.step = (*now - moving.from) / (float)frames;
    return moving;
}

static float ramp_at(Ramp moving, int n) {
    return moving.from + moving.step * (float)(n + 1);
}

static void add_bus(Mix *m, const Block *block, int bus, const Gains *wanted, float *left, float *right,
                    float *send, int frames) {
    Ramp dry = ramp(&m->faders[bus], wanted->bus[bus], frames),
         wet = ramp(&m->sends[bus], wanted->send[bus], frames);
    for (int n = 0; n < frames; n++) {
        left[n] += ramp_at(dry, n) * block->left[bus][n];
        right[n] += ramp_at(dry, n) * block->right[bus][n];
        send[n] += ramp_at(wet, n) * block->send[bus][n];
    }
}

/* The music steps aside where words have their consonants: a peak filter whose depth moves. */
static void dip(Mix *m, float *left, float *right, float to, int frames) {
    Ramp depth = ramp(&m->dip_depth, to, frames);
    for (int n = 0; n < frames; n++) {
        left[n] += ramp_at(depth, n) * band_pass_next(&m->dip[0], left[n] + HUSH);
        right[n] += ramp_at(depth, n) * band_pass_next(&m->dip[1], right[n] + HUSH);
    }
}

static void add_reverb(Mix *m, const float *send, float wanted, float *left, float *right, int frames) {
    float l[VOICE_BLOCK_MAX] = { 0 }, r[VOICE_BLOCK_MAX] = { 0 };
    Ramp wet = ramp(&m->wet, wanted, frames);
    reverb_render(&m->reverb, send, l, r, frames);
    for (int n = 0; n < frames; n++) {
        left[n] += ramp_at(wet, n) * l[n];
        right[n] += ramp_at(wet, n) * r[n];
    }
}

void mix_render(Mix *mix, const Block *block, const float *voice, MixState state, float *left, float *right,
                int frames) {
    Mix *m = mix;
    float seconds = (float)frames / (float)AUDIO_RATE_HZ, send[VOICE_BLOCK_MAX] = { 0 };
    move_duck(m, state.speaking, seconds);
    m->calm = state.calm ? fmaxf(0, m->calm - seconds / CALM_OUT_S) : fminf(1, m->calm + seconds / CALM_IN_S);
    Gains wanted = gains_wanted(m);
    memset(left, 0, (size_t)frames * sizeof *left);
    memset(right, 0, (size_t)frames * sizeof *right);
    add_bus(m, block, BUS_MUSIC, &wanted, left, right, send, frames);
    dip(m, left, right, wanted.dip, frames);
    for (int bus = BUS_GUIDE; bus < BUS_COUNT; bus++)
        add_bus(m, block, bus, &wanted, left, right, send, frames);
    add_reverb(m, send, wanted.wet, left, right, frames);
    Ramp said = ramp(&m->voice_fader, wanted.voice, frames);
    for (int n = 0; n < frames; n++) {
        left[n] += ramp_at(said, n) * voice[n];
        right[n] += ramp_at(said, n) * voice[n];
    }
    limiter_render(&m->limiter, left, right, frames);
}
