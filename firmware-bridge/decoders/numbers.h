/* Numbers out of bytes, and the sum that cheap formats check with. */
#ifndef DECODERS_NUMBERS_H
#define DECODERS_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

static inline int16_t take_i16le(const uint8_t *p) {
    int32_t bits = p[0] | (p[1] << 8);
    return (int16_t)(bits < 0x8000 ? bits : bits - 0x10000);
}

static inline int16_t take_i16be(const uint8_t *p) {
    int32_t bits = (p[0] << 8) | p[1];
    return (int16_t)(bits < 0x8000 ? bits : bits - 0x10000);
}

static inline uint8_t sum8(const uint8_t *bytes, size_t count) {
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) sum += bytes[i];
    return (uint8_t)(sum & 0xFF);
}

#endif
