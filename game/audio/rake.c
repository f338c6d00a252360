#include "audio/rake.h"

#include <math.h>

#define PACE_S  0.12F /* how quickly a change of pace is heard */
#define STILL_S 0.10F /* no word for so long is stillness */

void rake_init(RakeVoice *rake, uint64_t seed) {
    *rake = (RakeVoice){ .rng = rng_make(seed, 9) };
}

static void ease_pace(RakeVoice *rake, float pace, float seconds) {
    rake->pace += (pace - rake->pace) * (1 - expf(-seconds / PACE_S));
}

void rake_move(RakeVoice *rake, const MovementTone *now) {
    float seconds = fmaxf(rake->unheard_s, 0.002F);
    if (rake->told && now->on && seconds < STILL_S)
        ease_pace(rake, fabsf(now->place - rake->place) / seconds, seconds);
    rake->told = now->on;
    rake->place = now->place;
    rake->unheard_s = 0;
}

/* A filter that moves keeps its memory. */
static void tune(BandPass *band, float hz, float q) {
    BandPass to = band_pass_make(hz, q);
    band->gain = to.gain;
    band->feed1 = to.feed1;
    band->feed2 = to.feed2;
}

void rake_render(RakeVoice *rake, const Piece *piece, Block *block, int frames) {
    float seconds = (float)frames / (float)AUDIO_RATE_HZ;
    rake->unheard_s += seconds;
    if (!rake->told || rake->unheard_s > STILL_S) ease_pace(rake, 0, seconds);
    const RakeScore *score = piece != NULL && piece->has_tone ? &piece->tone.rake : NULL;
    float from = rake->level;
    rake->level = score != NULL ? score->gain * fminf(rake->pace / score->slow_pace, 2) : 0;
    if (score == NULL || (from < 1e-5F && rake->level < 1e-5F)) return;
    float haste =
        fminf(fmaxf((rake->pace - score->slow_pace) / (score->hasty_pace - score->slow_pace), 0), 1);
    tune(&rake->band, score->slow_hz * powf(score->hasty_hz / score->slow_hz, haste), score->q);
    for (int n = 0; n < frames; n++) {
        float gain = from + (rake->level - from) * (float)(n + 1) / (float)frames;
        float x = gain * band_pass_next(&rake->band, (float)rng_range(&rake->rng, -1.7320508, 1.7320508));
        block->left[BUS_FX][n] += x;
        block->right[BUS_FX][n] += x;
    }
}
