#include "flash_meter.h"

#include <math.h>
#include <string.h>

static const float STEP = 0.1f, DARKER_BELOW = 0.8f;

enum { CHANGES_MAX = 31, FIELD_WIDTH = FLASH_WIDTH / 3, FIELD_HEIGHT = FLASH_HEIGHT / 3 };

static float linear(uint32_t channel) {
    float c = (float)channel / 255;
    return c <= 0.04045f ? c / 12.92f : powf((c + 0.055f) / 1.055f, 2.4f);
}

void flash_meter_init(FlashMeter *meter) {
    memset(meter, 0, sizeof *meter);
    for (uint32_t channel = 0; channel < 256; channel++) meter->linear[channel] = linear(channel);
}

/* A change is told when it is a tenth away from the farthest point since the last one. */
static bool changed(FlashPixel *p, float now, bool first) {
    if (first) p->low = p->high = now;
    p->low = fminf(p->low, now);
    p->high = fmaxf(p->high, now);
    if (p->direction <= 0 && now >= p->low + STEP && p->low < DARKER_BELOW) {
        p->direction = 1;
        p->high = now;
        p->low = now;
        return true;
    }
    if (p->direction >= 0 && now <= p->high - STEP && now < DARKER_BELOW) {
        p->direction = -1;
        p->high = now;
        p->low = now;
        return true;
    }
    return false;
}

/* The most changes that a quarter of some field has. `at_least[n]`, summed from the top left, is how many
 * pixels have n changes. */
static int32_t most_changes(const FlashMeter *meter) {
    static const int32_t quarter = FIELD_WIDTH * FIELD_HEIGHT / 4;
    int32_t most = 0;
    for (int32_t n = 1; n <= CHANGES_MAX; n++) {
        int32_t sums[FLASH_HEIGHT + 1][FLASH_WIDTH + 1] = { { 0 } };
        bool found = false;
        for (int32_t y = 0; y < FLASH_HEIGHT; y++) {
            for (int32_t x = 0; x < FLASH_WIDTH; x++) {
                bool has = __builtin_popcount(meter->pixels[y * FLASH_WIDTH + x].changes) >= n;
                sums[y + 1][x + 1] = has + sums[y][x + 1] + sums[y + 1][x] - sums[y][x];
            }
        }
        for (int32_t y = FIELD_HEIGHT; y <= FLASH_HEIGHT && !found; y++) {
            for (int32_t x = FIELD_WIDTH; x <= FLASH_WIDTH && !found; x++)
                found = sums[y][x] - sums[y - FIELD_HEIGHT][x] - sums[y][x - FIELD_WIDTH] +
                            sums[y - FIELD_HEIGHT][x - FIELD_WIDTH] >=
                        quarter;
        }
        if (!found) break;
        most = n;
    }
    return most;
}

void flash_meter_feed(FlashMeter *meter, const uint32_t *pixels) {
    int32_t any = 0;
    for (int32_t i = 0; i < FLASH_PIXELS; i++) {
        FlashPixel *p = &meter->pixels[i];
        uint32_t c = pixels[i];
        const float *value = meter->linear;
        float now = 0.2126f * value[c >> 16 & 255] + 0.7152f * value[c >> 8 & 255] + 0.0722f * value[c & 255];
        bool change = changed(p, now, meter->frames == 0);
        p->changes = (p->changes << 1 | (change ? 1u : 0u)) & ((1u << FLASH_FPS) - 1);
        any += change;
    }
    meter->frames++;
    if (any == 0) return;
    int32_t flashes = most_changes(meter) / 2;
    if (flashes > meter->worst) meter->worst = flashes;
}
