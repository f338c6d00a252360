/* Our own protocol, as a row among the others. It alone is asked for its hello. */
#include "decoders/formats.h"

static void backbeat_init(void *state) {
    wire_decoder_init(state);
}

static bool backbeat_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    (void)now_s; /* the board stamps its samples */
    return wire_decoder_feed(state, byte, out);
}

static uint32_t backbeat_bad(const void *state) {
    return wire_decoder_bad(state);
}

static bool backbeat_promising(const void *state) {
    const WireDecoder *d = state;
    return d->good + d->unknown > 0;
}

_Static_assert(sizeof(WireDecoder) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

const DecoderFormat decoder_backbeat = {
    .id = "backbeat",
    .name = "Backbeat",
    .gives = GIVES_RATES,
    .checked = true,
    .state_size = sizeof(WireDecoder),
    .init = backbeat_init,
    .feed = backbeat_feed,
    .bad = backbeat_bad,
    .promising = backbeat_promising,
};
