#include "audio/limiter.h"

#include "audio/audio.h"

#include <math.h>

#define MASK (LIMITER_AHEAD_MAX - 1)

Limiter limiter_make(float ceiling, float attack_s, float release_s) {
    Limiter limiter = {
        .ceiling = ceiling,
        .release = 1 - expf(-1 / (release_s * (float)AUDIO_RATE_HZ)),
        .ahead = (int)lroundf(attack_s * (float)AUDIO_RATE_HZ),
        .gain = 1,
    };
    if (limiter.ahead > LIMITER_AHEAD_MAX / 2) limiter.ahead = LIMITER_AHEAD_MAX / 2;
    if (limiter.ahead < 1) limiter.ahead = 1;
    for (int i = 0; i < LIMITER_AHEAD_MAX; i++) limiter.smooth[i] = 1;
    limiter.smooth_sum = limiter.ahead;
    return limiter;
}

/* Lowest gain needed by any sample of the last `ahead`: a queue whose gains rise, so that its head is always
 * the lowest. */
static float lowest(Limiter *l, float gain) {
    while (l->needed_count > 0 && l->needed[(l->needed_first + l->needed_count - 1) & MASK] >= gain)
        l->needed_count--;
    int last = (l->needed_first + l->needed_count) & MASK;
    l->needed[last] = gain;
    l->needed_at[last] = l->now;
    l->needed_count++;
    while (l->now - l->needed_at[l->needed_first] > l->ahead) {
        l->needed_first = (l->needed_first + 1) & MASK;
        l->needed_count--;
    }
    return l->needed[l->needed_first];
}

static float next_gain(Limiter *l, float peak) {
    float wanted = lowest(l, peak > l->ceiling ? l->ceiling / peak : 1);
    l->gain = wanted < l->gain ? wanted : l->gain + (wanted - l->gain) * l->release;
    float oldest = l->smooth[(l->at - l->ahead) & MASK];
    l->smooth[l->at] = l->gain;
    l->smooth_sum += (double)l->gain - (double)oldest;
    return (float)(l->smooth_sum / l->ahead);
}

void limiter_render(Limiter *limiter, float *left, float *right, int frames) {
    Limiter *l = limiter;
    for (int n = 0; n < frames; n++) {
        float gain = next_gain(l, fmaxf(fabsf(left[n]), fabsf(right[n])));
        l->left[l->at] = left[n];
        l->right[l->at] = right[n];
        int due = (l->at - l->ahead) & MASK;
        /* The mean of gains that are all low enough is low enough; only rounding could pass. */
        left[n] = fminf(fmaxf(l->left[due] * gain, -l->ceiling), l->ceiling);
        right[n] = fminf(fmaxf(l->right[due] * gain, -l->ceiling), l->ceiling);
        l->at = (l->at + 1) & MASK;
        l->now++;
    }
    /* Times are only compared with each other; keep them small for ever. */
    if (l->now > (1 << 30)) {
        for (int i = 0; i < LIMITER_AHEAD_MAX; i++) l->needed_at[i] -= 1 << 30;
        l->now -= 1 << 30;
    }
}
