#include "audio/tone.h"

#include "audio/sine.h"

#include <math.h>
#include <string.h>

#define TONE_LEVEL    0.27F /* with its twin and its lock note it comes to -26 LUFS in play */
#define PITCH_S       0.025F
#define LOCK_S        0.12F
#define FACE_S        0.05F
#define PAN_S         0.2F
#define HOLD_AFTER_S  3.0F
#define HOLD_LEVEL    0.5F /* -6 dB */
#define REST_PLACE    0.1F /* of the own range: still at the start */
#define SIDE_PAN      0.6F
#define UNHEARD_MAX_S 1.0F /* a game that stopped talking does not whine on */
#define TAU           6.2831853F

static const float rate_hz = AUDIO_RATE_HZ;

void tone_init(ToneVoice *tone) {
    *tone = (ToneVoice){ .hold_level = 1, .brightness = 1, .turning = 1 };
}

void tone_want(ToneVoice *tone, const MovementTone *want) {
    tone->want = *want;
    tone->unheard_s = 0;
}

float tone_midi(const Chord *chord, float place, float low, float high, float glide_share) {
    float last = (float)(chord->rungs - 1);
    float x = high > low ? (place - low) / (high - low) * last : 0;
    x = fminf(fmaxf(x, 0), last);
    int i = (int)x < chord->rungs - 1 ? (int)x : chord->rungs - 2;
    float s = fminf(fmaxf((x - (float)i - 0.5F) / glide_share + 0.5F, 0), 1);
    s = s * s * (3 - 2 * s);
    return chord->ladder[i] + (chord->ladder[i + 1] - chord->ladder[i]) * s;
}

static float lock_midi(const Chord *chord, float place, float low, float high) {
    float last = (float)(chord->rungs - 1);
    float x = high > low ? (place - low) / (high - low) * last : 0;
    return chord->lock[(int)lroundf(fminf(fmaxf(x, 0), last))];
}

/* ---- what the place means ---- */

typedef struct Meaning {
    float place; /* clamped where more is no higher */
    float near, inside;
} Meaning;

static bool is_beyond(const MovementTone *w) {
    return w->band_low >= 0 ? w->place > w->band_high : w->place < w->band_low;
}

static Meaning meaning(const MovementTone *w, const ToneScore *score) {
    float away = fmaxf(0, fmaxf(w->band_low - w->place, w->place - w->band_high));
    if (is_beyond(w) && !w->beyond_beats) away = 0;
    return (Meaning){
        .place = is_beyond(w) ? fminf(fmaxf(w->place, w->band_low), w->band_high) : w->place,
        .near = fmaxf(0, 1 - away / score->beat_from),
        .inside = away <= 0 ? 1 : 0,
    };
}

/* Moves a value toward another with a time constant. */
static void ease(float *value, float to, float seconds, float constant_s) {
    *value += (to - *value) * (1 - expf(-seconds / constant_s));
}

static float wanted_level(ToneVoice *t, const ToneScore *score, float seconds) {
    const MovementTone *w = &t->want;
    bool resting = fabsf(w->place) < REST_PLACE && !w->holding;
    t->rest_s = resting ? t->rest_s + seconds : 0;
    t->hold_s = w->holding ? t->hold_s + seconds : 0;
    t->unheard_s += seconds;
    return w->on && t->unheard_s < UNHEARD_MAX_S && t->rest_s < score->rest_fade_s ? 1 : 0;
}

/* A change of side fades out one face and in the other. */
static void turn_face(ToneVoice *t, const ToneScore *score, float seconds) {
    const Patch *face = t->want.side == SIDE_LEFT ? score->left : score->right;
    if (t->face == NULL || t->level < 0.001F) t->face = face;
    if (t->face == face) {
        ease(&t->turning, 1, seconds, FACE_S);
        return;
    }
    ease(&t->turning, 0, seconds, FACE_S);
    if (t->turning < 0.02F) t->face = face;
}

static void move(ToneVoice *t, const ToneScore *score, const Chord *chord, float asked, float seconds) {
    const MovementTone *w = &t->want;
    Meaning m = meaning(w, score);
    float level = wanted_level(t, score, seconds);
    turn_face(t, score, seconds);
    ease(&t->level, level, seconds, level > t->level ? t->face->attack_s : t->face->release_s);
    ease(&t->hold_level, t->hold_s > HOLD_AFTER_S ? HOLD_LEVEL : 1, seconds, 0.5F);
    ease(&t->near, m.near, seconds, PITCH_S);
    ease(&t->inside, m.inside, seconds, LOCK_S / 2);
    ease(&t->pan, w->side == SIDE_RIGHT ? SIDE_PAN : w->side == SIDE_LEFT ? -SIDE_PAN : 0, seconds, PAN_S);
    ease(&t->brightness, fminf(fmaxf(0.6F + 0.4F * w->speed, 0.8F), 1.2F), seconds, 0.1F);
    float midi = tone_midi(chord, m.place, w->low, w->high, score->glide_share),
          lock = asked > 0 ? asked - 12 : lock_midi(chord, m.place, w->low, w->high);
    if (t->midi <= 0) t->midi = midi;
    /* The lock note is written a rung; it moves at once while it can't be heard. */
    if (t->lock_midi <= 0 || t->inside < 0.02F) t->lock_midi = lock;
    ease(&t->midi, midi, seconds, PITCH_S);
    ease(&t->lock_midi, lock, seconds, PITCH_S);
}

/* ---- sound ---- */

static float partials_scale(const Patch *patch) {
    float power = 0;
    for (int i = 0; i < patch->partial_count; i++)
        power += patch->partials[i].amplitude * patch->partials[i].amplitude;
    return TONE_LEVEL / sqrtf(power);
}

static float partials_at(const Patch *patch, float phase) {
    float sum = 0;
    for (int i = 0; i < patch->partial_count; i++)
        sum += patch->partials[i].amplitude * sine_of_turns(patch->partials[i].ratio * phase);
    return sum;
}

static float low_pass_keep(float hz) {
    return hz > 0 ? expf(-TAU * hz / rate_hz) : 0;
}

typedef struct Levels {
    float tone, twin, lock, left, right;
} Levels;

static Levels levels_of(const ToneVoice *t, const ToneScore *score, const Patch *lock) {
    Levels now = { .tone = score->gain * t->level * t->turning * t->hold_level * partials_scale(t->face),
                   .twin = 0.5F * t->near };
    now.lock = score->gain * t->level * t->inside * score->lock_gain * partials_scale(lock);
    pan_gains(t->pan, &now.left, &now.right);
    return now;
}

/* The twin's lead turns at the beat, and comes to rest where both are one. */
static void turn_beat(ToneVoice *t, float beat_hz, float seconds) {
    t->beat_phase = turns_next(t->beat_phase, beat_hz * seconds);
    if (t->near > 0.99F) ease(&t->beat_phase, t->beat_phase < 0.5F ? 0 : 1, seconds, LOCK_S);
}

static void sound(ToneVoice *t, const ToneScore *score, const Patch *lock, const Levels *from,
                  const Levels *to, float wet_gain, Block *block, int frames) {
    float step = midi_hz(t->midi) / rate_hz, lock_step = midi_hz(t->lock_midi) / rate_hz;
    float keep = low_pass_keep(t->face->lowpass_hz * t->brightness),
          lock_keep = low_pass_keep(lock->lowpass_hz);
    float beat_hz = score->beat_max_hz * (1 - t->near);
    float *left = block->left[BUS_TONE], *right = block->right[BUS_TONE], *send = block->send[BUS_TONE];
    for (int n = 0; n < frames; n++) {
        float u = (float)(n + 1) / (float)frames, v = 1 - u;
        float twin = from->twin * v + to->twin * u;
        float x = partials_at(t->face, t->phase) + twin * partials_at(t->face, t->phase + t->beat_phase);
        float y = partials_at(lock, t->lock_phase);
        t->smooth = x + keep * (t->smooth - x);
        t->lock_smooth = y + lock_keep * (t->lock_smooth - y);
        float out =
            (from->tone * v + to->tone * u) * t->smooth + (from->lock * v + to->lock * u) * t->lock_smooth;
        left[n] += out * (from->left * v + to->left * u);
        right[n] += out * (from->right * v + to->right * u);
        send[n] += out * t->face->reverb * wet_gain;
        t->phase = turns_next(t->phase, step);
        t->lock_phase = turns_next(t->lock_phase, lock_step);
        turn_beat(t, beat_hz, 1 / rate_hz);
    }
}

void tone_render(ToneVoice *tone, const Piece *piece, const Chord *chord, float asked, const Patch *lock,
                 float wet_gain, Block *block, int frames) {
    if (piece == NULL || chord == NULL || !piece->has_tone) {
        tone->level = 0;
        return;
    }
    float seconds = (float)frames / rate_hz;
    if (tone->face == NULL) tone->face = piece->tone.right;
    Levels from = levels_of(tone, &piece->tone, lock);
    move(tone, &piece->tone, chord, asked, seconds);
    Levels to = levels_of(tone, &piece->tone, lock);
    if (from.tone < 1e-6F && to.tone < 1e-6F) return;
    sound(tone, &piece->tone, lock, &from, &to, wet_gain, block, frames);
}
