#include "audio/pool.h"

#include "audio/audio.h"

#include <math.h>
#include <string.h>

#define STOLEN_S 0.01F

void pan_gains(float pan, float *left, float *right) {
    float angle = (pan + 1) * 0.25F * (float)M_PI;
    *left = (float)M_SQRT2 * cosf(angle);
    *right = (float)M_SQRT2 * sinf(angle);
}

void pool_init(Pool *pool, float wet_gain, uint64_t seed) {
    memset(pool, 0, sizeof *pool);
    pool->rng = rng_make(seed, 7);
    pool->wet_gain = wet_gain;
}

static bool is_held(const Sounding *item) {
    return item->voice.patch != NULL && item->voice.released_s < 0;
}

static float loudness(const Sounding *item) {
    return item->voice.level * (item->left + item->right) * item->fade_was;
}

static void make_room(Pool *pool) {
    int held = 0;
    Sounding *quietest = NULL;
    for (int i = 0; i < POOL_VOICES; i++) {
        Sounding *item = &pool->items[i];
        if (!is_held(item)) continue;
        held++;
        if (item->voice.age_s > 0.05 && (quietest == NULL || loudness(item) < loudness(quietest)))
            quietest = item;
    }
    if (held >= POOL_ACTIVE_MAX && quietest != NULL) voice_let_go(&quietest->voice, STOLEN_S);
}

Voice *pool_play(Pool *pool, const NoteOrder *order) {
    make_room(pool);
    for (int i = 0; i < POOL_VOICES; i++) {
        Sounding *item = &pool->items[i];
        if (item->voice.patch != NULL) continue;
        float left = 0, right = 0;
        pan_gains(order->pan, &left, &right);
        item->bus = order->bus;
        item->fade = order->fade;
        item->fade_was = 1;
        item->left = order->gain * left;
        item->right = order->gain * right;
        item->send = order->gain * order->patch->reverb * pool->wet_gain;
        int delay = (int)lroundf(fmaxf(0, order->delay_s) * (float)AUDIO_RATE_HZ);
        voice_start(&item->voice, order->patch, order->midi, order->velocity, order->length_s, delay,
                    &pool->rng);
        return &item->voice;
    }
    return NULL;
}

void pool_let_go(Pool *pool, int first, int last, float seconds, const float *fades) {
    for (int i = 0; i < POOL_VOICES; i++) {
        Sounding *item = &pool->items[i];
        if (item->voice.patch == NULL || item->fade < first || item->fade > last) continue;
        float now = fades[item->fade];
        item->left *= now;
        item->right *= now;
        item->send *= now;
        item->fade = POOL_ALWAYS;
        voice_let_go(&item->voice, seconds);
    }
}

void pool_damp(Pool *pool, const Patch *patch, float t60_s) {
    for (int i = 0; i < POOL_VOICES; i++) {
        if (pool->items[i].voice.patch == patch) voice_damp(&pool->items[i].voice, t60_s);
    }
}

static void mix_in(const Sounding *item, const float *mono, float from, float to, Block *block, int frames) {
    float *left = block->left[item->bus], *right = block->right[item->bus], *send = block->send[item->bus];
    float step = (to - from) / (float)frames;
    for (int n = 0; n < frames; n++) {
        float x = mono[n] * (from + step * (float)(n + 1));
        left[n] += x * item->left;
        right[n] += x * item->right;
        send[n] += x * item->send;
    }
}

void pool_render(Pool *pool, Block *block, const float *fades, int frames) {
    for (int i = 0; i < POOL_VOICES; i++) {
        Sounding *item = &pool->items[i];
        if (item->voice.patch == NULL) continue;
        float mono[VOICE_BLOCK_MAX] = { 0 };
        bool fresh = item->voice.age_s <= 0;
        float to = item->fade == POOL_ALWAYS ? 1 : fades[item->fade];
        float from = fresh ? to : item->fade_was;
        if (item->fade == POOL_ALWAYS) from = 1;
        (void)voice_render(&item->voice, mono, frames);
        item->fade_was = to;
        mix_in(item, mono, from, to, block, frames);
    }
}

int pool_active(const Pool *pool) {
    int count = 0;
    for (int i = 0; i < POOL_VOICES; i++) count += pool->items[i].voice.patch != NULL;
    return count;
}
