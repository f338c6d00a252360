/* Counts flashes as WCAG 2.3 does: a flash is a pair of opposing changes of relative luminance by a tenth of
 * the maximum or more, the darker below 0.80, over a quarter of any field of 10 degrees, which is a third of
 * the picture's width and height. Here the pixels of a field need not change together, nor be in touch: so it
 * counts rather too many than too few. A value. */
#ifndef TESTS_FLASH_METER_H
#define TESTS_FLASH_METER_H

#include <stdbool.h>
#include <stdint.h>

enum {
    FLASH_WIDTH = 80,
    FLASH_HEIGHT = 45,
    FLASH_FPS = 30,
    FLASH_PIXELS = FLASH_WIDTH * FLASH_HEIGHT,
};

typedef struct FlashPixel {
    float low, high;  /* luminance since the last change */
    int8_t direction; /* of the last change: 1 brighter, -1 darker, 0 none yet */
    uint32_t changes; /* one bit a frame of the last second, newest lowest */
} FlashPixel;

typedef struct FlashMeter {
    FlashPixel pixels[FLASH_PIXELS];
    int32_t frames;
    float linear[256]; /* of a channel */
    int32_t worst;     /* most flashes within a second, over a quarter of a field */
} FlashMeter;

void flash_meter_init(FlashMeter *meter);
/* The next frame, FLASH_FPS a second: 0xAARRGGBB, row by row. */
void flash_meter_feed(FlashMeter *meter, const uint32_t *pixels);

#endif
