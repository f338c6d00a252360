#include "decoders/oriented.h"

#define RATE_RANGE_DPS 2000.0
#define UP_RANGE_G     2.0

void oriented_init(Oriented *oriented) {
    *oriented = (Oriented){ .said = false };
    pace_init(&oriented->pace, 0);
}

static bool take(Oriented *o, const DecoderFormat *format, const char *model, Quat orientation,
                 uint32_t time_us, double rate_hz, bool rough, bool sure, WireMessage *out) {
    TurningSample turn;
    bool turned = turning_feed(&o->turning, orientation, time_us, rough, &turn);
    if (!o->said) {
        o->said = sure && rate_hz > 0;
        if (o->said) *out = decoder_hello(format, model, RATE_RANGE_DPS, UP_RANGE_G, rate_hz);
        return o->said;
    }
    if (!turned) return false;
    const double rate[3] = { turn.rate_dps.x, turn.rate_dps.y, turn.rate_dps.z };
    const double up[3] = { turn.up_g.x, turn.up_g.y, turn.up_g.z };
    *out =
        (WireMessage){ .id = WIRE_SAMPLE, .as.sample = { .sequence = o->sequence, .time_us = turn.time_us } };
    for (int i = 0; i < 3; i++) {
        out->as.sample.gyro[i] = decoder_counts(rate[i], RATE_RANGE_DPS);
        out->as.sample.accel[i] = decoder_counts(up[i], UP_RANGE_G);
    }
    return true;
}

bool oriented_feed(Oriented *o, const DecoderFormat *format, const char *model, Quat orientation,
                   double now_s, uint32_t steps, bool damage, bool rough, bool sure, WireMessage *out) {
    o->sequence = (uint16_t)(o->sequence + pace_feed(&o->pace, now_s, steps, damage));
    return take(o, format, model, orientation, pace_time_us(&o->pace), pace_rate_hz(&o->pace), rough, sure,
                out);
}

bool oriented_feed_at(Oriented *o, const DecoderFormat *format, const char *model, Quat orientation,
                      uint32_t time_us, double rate_hz, bool rough, bool sure, WireMessage *out) {
    o->sequence++;
    return take(o, format, model, orientation, time_us, rate_hz, rough, sure, out);
}
