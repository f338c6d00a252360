#include "decoders/oriented_line.h"

_Static_assert(sizeof(OrientedLine) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

void oriented_line_init(void *state) {
    OrientedLine *d = state;
    *d = (OrientedLine){ .line.length = 0 };
    oriented_init(&d->oriented);
}

uint32_t oriented_line_bad(const void *state) {
    return ((const OrientedLine *)state)->line.bad;
}

bool oriented_line_promising(const void *state) {
    return ((const OrientedLine *)state)->line.score > 0;
}

bool oriented_line_feed(OrientedLine *d, const DecoderFormat *format, const char *model,
                        OrientedLineRead read, bool leaps, uint8_t byte, double now_s, WireMessage *out) {
    Quat orientation;
    if (!line_feed(&d->line, byte)) return false;
    if (!read(d->line.text, &orientation)) {
        line_refuse(&d->line);
        return false;
    }
    bool damaged = d->line.damaged;
    line_good(&d->line);
    return oriented_feed(&d->oriented, format, model, orientation, now_s, 0, damaged,
                         !leaps && line_rough(&d->line), line_sure(&d->line), out);
}
