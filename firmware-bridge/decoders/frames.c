#include "decoders/frames.h"

#include <string.h>

enum { SURE = 6 * FRAME_SCORE, SCORE_MOST = 8 * FRAME_SCORE, LIMIT = 60000 };

static void drop_one(Frames *f, size_t size) {
    if (f->dropped < LIMIT) f->dropped++;
    if (f->score > 0) f->score--;
    if (f->dropped % size == 1 && f->smooth + f->bad > 0) f->bad++;
    f->run = 0;
    f->length--;
    memmove(f->bytes, f->bytes + 1, f->length);
}

bool frames_feed(Frames *f, uint8_t byte, size_t size, FrameCheck check) {
    if (f->length >= size) f->length = 0; /* the frame before was taken */
    if (f->length == 0 && f->run > 0) f->dropped = 0;
    f->bytes[f->length++] = byte;
    while (f->length > 0 && !check(f->bytes, f->length)) drop_one(f, size);
    if (f->length < size) return false;
    if (f->run < LIMIT) f->run++;
    if (f->dropped > 0)
        f->smooth = 1;
    else if (f->smooth < LIMIT)
        f->smooth++;
    f->score = f->score + FRAME_SCORE < SCORE_MOST ? f->score + FRAME_SCORE : SCORE_MOST;
    return true;
}

bool frames_after_damage(const Frames *frames) {
    return frames->dropped > 0;
}

bool frames_sure(const Frames *frames) {
    return frames->score >= SURE;
}

bool frames_rough(const Frames *frames) {
    return frames->smooth < FRAME_ROUGH;
}
