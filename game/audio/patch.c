#include "audio/patch.h"

#include "audio/audio.h"
#include "audio/sine.h"

#include <math.h>
#include <string.h>

#define CHUNK        16 /* samples between two looks at the envelope: a third of a millisecond */
#define LEVEL        0.4F
#define PLUCK_LEVEL  0.5F
#define NORMAL_S     0.05F  /* a string is made equally loud over its first moments, */
#define QUIET        0.001F /* and an end is an end when it is this far down */
#define SILENT_DECAY 1.5F
#define TAU          6.2831853F

static const float rate_hz = AUDIO_RATE_HZ;

float midi_hz(float midi) {
    return 440.0F * exp2f((midi - 69.0F) / 12.0F);
}

/* ---- filters ---- */

BandPass band_pass_make(float hz, float q) {
    float w = TAU * fminf(hz, 0.45F * rate_hz) / rate_hz;
    float alpha = sinf(w) / (2 * q);
    return (BandPass){
        .gain = alpha / (1 + alpha),
        .feed1 = -2 * cosf(w) / (1 + alpha),
        .feed2 = (1 - alpha) / (1 + alpha),
    };
}

float band_pass_next(BandPass *band, float x) {
    float y = band->gain * (x - band->x2) - band->feed1 * band->y1 - band->feed2 * band->y2;
    band->x2 = band->x1;
    band->x1 = x;
    band->y2 = band->y1;
    band->y1 = y;
    return y;
}

/* White noise of power 1 through a band keeps the band's share of all frequencies; this brings it back to 1.
 */
static float band_make_up(float hz, float q) {
    return sqrtf(0.5F * rate_hz / (0.5F * (float)M_PI * hz / q));
}

static float noise(Rng *rng) {
    return (float)rng_range(rng, -1.7320508, 1.7320508);
}

/* ---- envelope ---- */

static float attack_of(const Voice *v) {
    return fmaxf(v->patch->attack_s, v->patch->attack_share * v->length_s);
}

static float rise(float t, float attack_s) {
    return t >= attack_s ? 1.0F : 0.5F * (1 - cosf((float)M_PI * t / attack_s));
}

/* e^(-k t / seconds), brought down to exactly nothing where it would be a thousandth. */
static float fall(float t, float k, float seconds) {
    float floor = expf(-6.9F);
    return fmaxf(0, (expf(-k * t / seconds) - floor) / (1 - floor));
}

static float noise_shape(const Patch *patch, float x) {
    if (x >= 1) return 0;
    if (!patch->wash) {
        float s = sinf((float)M_PI * x);
        return s * s;
    }
    const float crest = 0.15F;
    if (x < crest) return 0.5F * (1 - cosf((float)M_PI * x / crest));
    float c = cosf(0.5F * (float)M_PI * (x - crest) / (1 - crest));
    return c * c;
}

/* The longest-lived partial decides when a ringing note is over. */
static float slowest(const Patch *patch) {
    float longest = 1;
    for (int i = 0; i < patch->partial_count; i++) longest = fmaxf(longest, patch->partials[i].decay);
    return longest;
}

/* How long the note lasts when nobody lets it go early. */
static float life_s(const Voice *v) {
    const Patch *p = v->patch;
    if (p->kind == PATCH_NOISE) return v->length_s;
    if (p->kind == PATCH_PLUCK) return SILENT_DECAY * p->t60_s * powf(220.0F / v->hz, 0.35F);
    if (p->sustain <= 0) return SILENT_DECAY * p->decay_s * slowest(p);
    return v->length_s + 1.5F * p->release_s;
}

static float envelope(const Voice *v, float t) {
    const Patch *p = v->patch;
    float attack_s = attack_of(v);
    float level = 1;
    if (p->kind == PATCH_NOISE) {
        level = noise_shape(p, t / v->length_s);
    } else if (p->kind == PATCH_PLUCK) {
        float left_s = life_s(v) - t;
        level = rise(t, attack_s) * fminf(1, left_s / 0.05F);
    } else if (p->sustain <= 0) {
        float left_s = life_s(v) - t;
        level = rise(t, attack_s) * expf(-6.9F * t / p->decay_s) * fminf(1, fmaxf(0, left_s) / 0.05F);
    } else {
        level = rise(t, attack_s);
        if (t > attack_s && p->decay_s > 0)
            level *= p->sustain + (1 - p->sustain) * expf(-4.0F * (t - attack_s) / p->decay_s);
        if (t > v->length_s) level *= fall(t - v->length_s, 4.6F, p->release_s);
    }
    if (v->released_s >= 0) level *= fmaxf(0, 1 - (t - v->released_s) / v->let_go_s);
    return fmaxf(0, level);
}

/* ---- additive ---- */

static float partial_detune(const Voice *v, int copy) {
    if (v->patch->detune_cents <= 0) return 1;
    return exp2f((copy == 0 ? -1.0F : 1.0F) * v->patch->detune_cents / 1200.0F);
}

static int copies(const Patch *patch) {
    return patch->detune_cents > 0 ? 2 : 1;
}

/* Sets how far each lane turns a sample, at `hz`. */
static void tune_lanes(Voice *v, float hz) {
    const Patch *p = v->patch;
    int lane = 0;
    for (int copy = 0; copy < copies(p); copy++) {
        float detuned = hz * partial_detune(v, copy);
        for (int i = 0; i < p->partial_count; i++, lane++) {
            float w = TAU * fminf(p->partials[i].ratio * detuned, 0.45F * rate_hz) / rate_hz;
            float k = p->partials[i].decay;
            float shrink =
                p->sustain <= 0 && k != 1.0F ? expf(-6.9F / p->decay_s * (1 / k - 1) / rate_hz) : 1;
            v->turn_c[lane] = shrink * cosf(w);
            v->turn_s[lane] = shrink * sinf(w);
        }
    }
}

static void start_lanes(Voice *v) {
    const Patch *p = v->patch;
    float power = 0;
    for (int i = 0; i < p->partial_count; i++) power += p->partials[i].amplitude * p->partials[i].amplitude;
    float scale = LEVEL / sqrtf(power * (float)copies(p));
    int used = copies(p) * p->partial_count;
    v->lanes = (used + 3) / 4 * 4;
    for (int i = 0; i < v->lanes; i++) {
        v->sine[i] = v->turn_c[i] = v->turn_s[i] = 0;
        v->cosine[i] = i < used ? scale * p->partials[i % p->partial_count].amplitude : 0;
    }
    tune_lanes(v, v->hz);
}

/* Four lanes at a time: a rotation each, which keeps its phase whatever the tuning does. */
static void turn_lanes(Voice *v, float *out, int frames) {
    float sums[CHUNK][4] = { { 0 } };
    for (int first = 0; first < v->lanes; first += 4) {
        float s[4], c[4], ts[4], tc[4];
        memcpy(s, v->sine + first, sizeof s);
        memcpy(c, v->cosine + first, sizeof c);
        memcpy(ts, v->turn_s + first, sizeof ts);
        memcpy(tc, v->turn_c + first, sizeof tc);
        for (int n = 0; n < frames; n++) {
            for (int i = 0; i < 4; i++) {
                float next = s[i] * tc[i] + c[i] * ts[i];
                c[i] = c[i] * tc[i] - s[i] * ts[i];
                s[i] = next;
                sums[n][i] += next;
            }
        }
        memcpy(v->sine + first, s, sizeof s);
        memcpy(v->cosine + first, c, sizeof c);
    }
    for (int n = 0; n < frames; n++) out[n] = (sums[n][0] + sums[n][1]) + (sums[n][2] + sums[n][3]);
}

/* How far off its pitch the note is now, as a factor; 1 where neither glide nor vibrato moves it. */
static float bend(const Voice *v) {
    const Patch *p = v->patch;
    float t = (float)v->age_s, cents = 0;
    if (p->glide_s > 0) cents += p->glide_cents * expf(-3.0F * t / p->glide_s);
    if (p->vibrato_hz > 0 && t > p->vibrato_delay_s) {
        float grown = fminf(1, (t - p->vibrato_delay_s) / 0.5F);
        cents += grown * p->vibrato_cents * sinf(TAU * p->vibrato_hz * (t - p->vibrato_delay_s));
    }
    return exp2f(cents / 1200.0F);
}

static void additive(Voice *v, float *out, int frames) {
    const Patch *p = v->patch;
    if (p->glide_s > 0 || p->vibrato_hz > 0) tune_lanes(v, v->hz * bend(v));
    turn_lanes(v, out, frames);
    if (p->breath > 0) {
        float scale = LEVEL * p->breath * band_make_up(2 * v->hz, 1.5F);
        for (int n = 0; n < frames; n++) out[n] += scale * band_pass_next(&v->bands[0], noise(&v->rng));
    }
}

static void frequency_modulated(Voice *v, float *out, int frames) {
    const Patch *p = v->patch;
    float hz = v->hz * bend(v);
    float index = p->fm_index * expf(-(float)v->age_s / p->fm_decay_s) / TAU;
    for (int n = 0; n < frames; n++) {
        out[n] = LEVEL * sine_of_turns(v->phase + 1 + index * sine_of_turns(v->mod_phase));
        v->phase = turns_next(v->phase, hz / rate_hz);
        v->mod_phase = turns_next(v->mod_phase, p->fm_ratio * hz / rate_hz);
    }
}

/* ---- plucked ---- */

static float string_at(const Voice *v, int back) {
    return v->string[(v->at - back) & (VOICE_STRING_MAX - 1)];
}

static float string_next(Voice *v) {
    float y = v->taps[0] * string_at(v, v->period) + v->taps[1] * string_at(v, v->period + 1) +
              v->taps[2] * string_at(v, v->period + 2);
    v->string[v->at] = y;
    v->at = (v->at + 1) & (VOICE_STRING_MAX - 1);
    return y;
}

/* The loop: g · ([1 - damp, damp] * [1 - fr, fr]), after N samples, with N + damp + fr the period. */
static void string_tune(Voice *v, float t60_s) {
    const Patch *p = v->patch;
    float period = rate_hz / v->hz;
    v->period = (int)floorf(period - p->damp);
    float fr = period - p->damp - (float)v->period;
    float gain = powf(10.0F, -3.0F * period / (rate_hz * t60_s * powf(220.0F / v->hz, 0.35F)));
    v->taps[0] = gain * (1 - p->damp) * (1 - fr);
    v->taps[1] = gain * (p->damp * (1 - fr) + (1 - p->damp) * fr);
    v->taps[2] = gain * p->damp * fr;
}

static void start_string(Voice *v) {
    const Patch *p = v->patch;
    string_tune(v, p->t60_s);
    int samples = (int)lroundf(rate_hz / v->hz), pick = (int)lroundf(p->pick * rate_hz / v->hz);
    float keep = expf(-TAU * p->excite_hz / rate_hz), low = 0, raw[VOICE_STRING_MAX];
    memset(v->string, 0, sizeof v->string);
    for (int i = 0; i < samples; i++) {
        low = keep * low + (1 - keep) * noise(&v->rng);
        raw[i] = low;
    }
    for (int i = 0; i < samples; i++) v->string[i] = raw[i] - (i >= pick ? 0.9F * raw[i - pick] : 0);
    v->at = samples;
    /* The loudest of the first moments becomes 1: run them once, then again from the same start. */
    Voice trial = *v;
    float peak = 1e-6F;
    for (int i = 0; i < (int)(NORMAL_S * rate_hz); i++) peak = fmaxf(peak, fabsf(string_next(&trial)));
    for (int i = 0; i < samples; i++) v->string[i] *= PLUCK_LEVEL / peak;
}

static void plucked(Voice *v, float *out, int frames) {
    for (int n = 0; n < frames; n++) out[n] = string_next(v);
}

/* ---- noise ---- */

static void start_noise(Voice *v) {
    for (int i = 0; i < 3; i++) v->bands[i] = band_pass_make(v->patch->band_hz[i], v->patch->q);
}

static void banded_noise(Voice *v, float *out, int frames) {
    float x = fminf(1, (float)v->age_s / v->length_s);
    float share[3] = { fmaxf(0, 1 - 2 * x), 1 - fabsf(2 * x - 1), fmaxf(0, 2 * x - 1) };
    for (int i = 0; i < 3; i++) share[i] = sqrtf(share[i]) * LEVEL;
    for (int n = 0; n < frames; n++) {
        float white = noise(&v->rng);
        out[n] = 0;
        for (int i = 0; i < 3; i++) out[n] += share[i] * band_pass_next(&v->bands[i], white);
    }
}

/* ---- the voice ---- */

void voice_start(Voice *voice, const Patch *patch, float midi, float velocity, float length_s,
                 int delay_frames, Rng *rng) {
    voice->patch = patch;
    voice->rng = rng_make(rng_u32(rng), 1);
    voice->age_s = 0;
    voice->hz = midi_hz(midi);
    voice->velocity = velocity;
    voice->length_s = fmaxf(length_s, 0.02F);
    voice->released_s = -1;
    voice->let_go_s = 1;
    voice->level = 0;
    voice->delay_frames = delay_frames;
    voice->phase = voice->mod_phase = voice->smooth = 0;
    voice->lanes = 0;
    voice->bands[0] = band_pass_make(2 * voice->hz, 1.5F);
    if (patch->kind == PATCH_ADDITIVE) start_lanes(voice);
    if (patch->kind == PATCH_PLUCK) start_string(voice);
    if (patch->kind == PATCH_NOISE) start_noise(voice);
}

void voice_let_go(Voice *voice, float seconds) {
    if (voice->patch == NULL || (voice->released_s >= 0 && voice->let_go_s <= seconds)) return;
    voice->released_s = (float)voice->age_s;
    voice->let_go_s = seconds;
}

void voice_damp(Voice *voice, float t60_s) {
    if (voice->patch != NULL && voice->patch->kind == PATCH_PLUCK) string_tune(voice, t60_s);
}

static void render_chunk(Voice *v, float *mono, int frames) {
    float out[CHUNK];
    switch (v->patch->kind) {
    case PATCH_ADDITIVE: additive(v, out, frames); break;
    case PATCH_FM: frequency_modulated(v, out, frames); break;
    case PATCH_PLUCK: plucked(v, out, frames); break;
    case PATCH_NOISE: banded_noise(v, out, frames); break;
    }
    v->age_s += (double)frames / AUDIO_RATE_HZ;
    float from = v->level, to = v->velocity * envelope(v, (float)v->age_s);
    float step = (to - from) / (float)frames;
    float keep = v->patch->lowpass_hz > 0 ? expf(-TAU * v->patch->lowpass_hz / rate_hz) : 0;
    for (int n = 0; n < frames; n++) {
        v->smooth = out[n] + keep * (v->smooth - out[n]);
        mono[n] += (from + step * (float)(n + 1)) * v->smooth;
    }
    v->level = to;
}

bool voice_render(Voice *voice, float *mono, int frames) {
    int n = voice->delay_frames < frames ? voice->delay_frames : frames;
    voice->delay_frames -= n;
    while (n < frames) {
        int chunk = frames - n < CHUNK ? frames - n : CHUNK;
        render_chunk(voice, mono + n, chunk);
        n += chunk;
        bool let_go = voice->released_s >= 0 && (float)voice->age_s >= voice->released_s + voice->let_go_s;
        if ((float)voice->age_s >= life_s(voice) || let_go) {
            voice->patch = NULL;
            return false;
        }
    }
    return true;
}
