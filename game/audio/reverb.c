#include "audio/reverb.h"

#include "audio/audio.h"

#include <math.h>
#include <string.h>

#define TAU   6.2831853F
#define HUSH  1e-18F /* keeps the tails from sinking into numbers that processors are slow with */
#define FREQS 256    /* at which the response is weighed */

/* Primes, 30 to 81 ms: long enough that their echoes do not sing. */
static const int line_length[REVERB_LINES] = { 1427, 1783, 1999, 2281, 2633, 3011, 3457, 3911 };
static const float left_sign[REVERB_LINES] = { 1, -1, 1, 1, -1, 1, -1, -1 };
static const float right_sign[REVERB_LINES] = { 1, 1, -1, 1, -1, -1, 1, -1 };

void reverb_init(ReverbUnit *unit) {
    memset(unit, 0, sizeof *unit);
}

/* The pole of a first-order low-pass whose power at `hz` is `power`. */
static float pole_for(float hz, float power) {
    float c = cosf(TAU * hz / (float)AUDIO_RATE_HZ), a = 1 - power, b = 1 - power * c;
    return a <= 1e-6F ? 0 : (b - sqrtf(b * b - a * a)) / a;
}

/* Energy of the response, by the share of what circulates that leaves each sample: an orthogonal loop keeps
 * its energy but for the decay. */
static float response_energy(const ReverbRoom *room, float t60_s) {
    float total = 0, mean_ringing_s = 0;
    for (int i = 0; i < REVERB_LINES; i++) total += (float)line_length[i];
    for (int f = 0; f < FREQS; f++) {
        float c = cosf(0.5F * TAU * ((float)f + 0.5F) / (float)FREQS), log_loss = 0;
        float in = (1 - room->dark) * (1 - room->dark) / (1 + room->dark * room->dark - 2 * room->dark * c);
        for (int i = 0; i < REVERB_LINES; i++) {
            float p = room->keep[i];
            log_loss += logf(room->damp[i]) + 0.5F * logf((1 - p) * (1 - p) / (1 + p * p - 2 * p * c));
        }
        mean_ringing_s +=
            in * fminf(t60_s, -6.9078F * total / (log_loss * (float)AUDIO_RATE_HZ)) / (float)FREQS;
    }
    /* Unit energy goes in, spread over the lines; eight lines are heard. */
    return (float)REVERB_LINES / total * mean_ringing_s * (float)AUDIO_RATE_HZ / 13.8155F;
}

static void tune_room(ReverbRoom *room, const Reverb *preset) {
    room->preset = preset;
    room->predelay = (int)lroundf(preset->predelay_s * (float)AUDIO_RATE_HZ);
    for (int i = 0; i < REVERB_LINES; i++) {
        room->damp[i] = powf(10, -3 * (float)line_length[i] / (preset->t60_s * (float)AUDIO_RATE_HZ));
        /* An octave above damp_hz it rings half as long. */
        room->keep[i] = pole_for(2 * preset->damp_hz, room->damp[i] * room->damp[i]);
    }
    room->dark = expf(-TAU * preset->damp_hz / (float)AUDIO_RATE_HZ);
    room->gain = 1 / sqrtf(response_energy(room, preset->t60_s));
}

void reverb_preset(ReverbUnit *unit, const Reverb *preset) {
    if (unit->rooms[unit->now].preset == preset) return;
    unit->now = 1 - unit->now;
    ReverbRoom *room = &unit->rooms[unit->now];
    memset(room->lines, 0, sizeof room->lines);
    memset(room->low, 0, sizeof room->low);
    room->at = 0;
    room->darkened = 0;
    tune_room(room, preset);
}

/* A fast Walsh-Hadamard transform: the orthogonal matrix, times the square root of eight. */
static void mix_lines(float x[REVERB_LINES]) {
    for (int half = 1; half < REVERB_LINES; half *= 2) {
        for (int i = 0; i < REVERB_LINES; i++) {
            if ((i & half) != 0) continue;
            float a = x[i], b = x[i + half];
            x[i] = a + b;
            x[i + half] = a - b;
        }
    }
}

static void ring(ReverbRoom *room, const float *in, float *left, float *right, int frames) {
    const float spread = 0.35355339F; /* 1 / sqrt 8 */
    for (int n = 0; n < frames; n++) {
        float x[REVERB_LINES], l = 0, r = 0;
        for (int i = 0; i < REVERB_LINES; i++) {
            float out = room->lines[i][(room->at - line_length[i]) & (REVERB_LINE_MAX - 1)];
            room->low[i] = out + room->keep[i] * (room->low[i] - out) + HUSH;
            x[i] = room->low[i] * room->damp[i];
            l += left_sign[i] * out;
            r += right_sign[i] * out;
        }
        mix_lines(x);
        room->darkened = in[n] + room->dark * (room->darkened - in[n]);
        for (int i = 0; i < REVERB_LINES; i++) room->lines[i][room->at] = spread * (x[i] + room->darkened);
        room->at = (room->at + 1) & (REVERB_LINE_MAX - 1);
        left[n] += room->gain * l;
        right[n] += room->gain * r;
    }
}

void reverb_render(ReverbUnit *unit, const float *send, float *left, float *right, int frames) {
    float delayed[VOICE_BLOCK_MAX], nothing[VOICE_BLOCK_MAX] = { 0 };
    const ReverbRoom *now = &unit->rooms[unit->now];
    for (int n = 0; n < frames; n++) {
        unit->before[unit->at] = send[n];
        delayed[n] = unit->before[(unit->at - now->predelay) & (REVERB_PREDELAY_MAX - 1)];
        unit->at = (unit->at + 1) & (REVERB_PREDELAY_MAX - 1);
    }
    for (int i = 0; i < 2; i++) {
        if (unit->rooms[i].preset != NULL)
            ring(&unit->rooms[i], i == unit->now ? delayed : nothing, left, right, frames);
    }
}
