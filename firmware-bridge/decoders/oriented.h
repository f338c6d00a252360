/* From a stream of orientations to a hello and samples: what all decoders share that get nothing else. */
#ifndef DECODERS_ORIENTED_H
#define DECODERS_ORIENTED_H

#include "decoders/decoder.h"
#include "decoders/pace.h"
#include "decoders/turning.h"

typedef struct Oriented {
    Pace pace;
    Turning turning;
    bool said;
    uint16_t sequence;
} Oriented;

void oriented_init(Oriented *oriented);

/* `steps` and `damage` as pace_feed takes them, `rough` as turning_feed does. Says HELLO as soon as `sure`
 * and the rate is known; after that samples. */
bool oriented_feed(Oriented *oriented, const DecoderFormat *format, const char *model, Quat orientation,
                   double now_s, uint32_t steps, bool damage, bool rough, bool sure, WireMessage *out);
/* The same for a sensor that stamps its orientations. `rate_hz` 0 while unknown. */
bool oriented_feed_at(Oriented *oriented, const DecoderFormat *format, const char *model, Quat orientation,
                      uint32_t time_us, double rate_hz, bool rough, bool sure, WireMessage *out);

#endif
