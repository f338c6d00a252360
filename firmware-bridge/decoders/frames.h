/* Finds frames of one length in a stream: what does not check is dropped byte by byte, so that a frame is
 * found again right after whatever stood before it. A value. */
#ifndef DECODERS_FRAMES_H
#define DECODERS_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_MOST = 24, FRAME_SCORE = 64, FRAME_ROUGH = 100 };

typedef struct Frames {
    uint8_t bytes[FRAME_MOST];
    uint8_t length;
    uint16_t run;     /* good ones in a row with nothing in between; stays at its limit */
    uint16_t smooth;  /* good ones since a byte was dropped; stays at its limit */
    uint16_t dropped; /* bytes since the last good frame; stays at its limit */
    int32_t score;    /* a good frame adds FRAME_SCORE, a dropped byte takes one away */
    uint32_t bad;     /* frames' worth of dropped bytes, once something good was seen */
} Frames;

/* Whether the bytes so far, of which there is at least one, may begin a frame; with all of them, whether they
 * are one. */
typedef bool (*FrameCheck)(const uint8_t *bytes, size_t length);

/* True when `frames->bytes` holds a whole good frame of `size` bytes, until the next call. */
bool frames_feed(Frames *frames, uint8_t byte, size_t size, FrameCheck check);

/* The last good frame came after dropped bytes. */
bool frames_after_damage(const Frames *frames);
/* So many good frames amid so little else can't be chance. */
bool frames_sure(const Frames *frames);
/* Bytes were dropped lately: what checks may still be wrong, since a sum of eight bits lets one of 256 pass.
 */
bool frames_rough(const Frames *frames);

#endif
