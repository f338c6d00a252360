#include "protocol/wire.h"

#include <string.h>

enum {
    CRC_BYTES = 2,
    HELLO_BYTES = 21 + WIRE_NAME_MAX + WIRE_MODEL_MAX,
    SAMPLE_BYTES = 19,
    STATUS_BYTES = 5,
};

_Static_assert(WIRE_BODY_MAX <= 254, "one COBS code byte must be enough for a body without zeros");
_Static_assert(1 + HELLO_BYTES + CRC_BYTES <= WIRE_BODY_MAX, "raise WIRE_BODY_MAX");

uint16_t wire_crc16(const uint8_t *bytes, size_t count) {
    uint16_t crc = 0xFFFF;
    for (size_t i = 0; i < count; i++) {
        crc = (uint16_t)(crc ^ ((uint16_t)bytes[i] << 8));
        for (uint8_t bit = 0; bit < 8; bit++) {
            crc = (uint16_t)((crc & 0x8000) ? ((uint16_t)(crc << 1) ^ 0x1021) : (uint16_t)(crc << 1));
        }
    }
    return crc;
}

static uint8_t *put_u8(uint8_t *p, uint8_t value) {
    *p = value;
    return p + 1;
}

static uint8_t *put_u16(uint8_t *p, uint16_t value) {
    p[0] = (uint8_t)(value & 0xFF);
    p[1] = (uint8_t)(value >> 8);
    return p + 2;
}

static uint8_t *put_u32(uint8_t *p, uint32_t value) {
    return put_u16(put_u16(p, (uint16_t)(value & 0xFFFF)), (uint16_t)(value >> 16));
}

static uint8_t *put_bytes(uint8_t *p, const void *bytes, size_t count) {
    memcpy(p, bytes, count);
    return p + count;
}

/* Zeros fill the field. */
static uint8_t *put_text(uint8_t *p, const char *text, size_t size) {
    bool ended = false;
    for (size_t i = 0; i < size; i++) {
        ended = ended || text[i] == '\0';
        p[i] = ended ? 0 : (uint8_t)text[i];
    }
    return p + size;
}

static uint8_t take_u8(const uint8_t **p) {
    return *(*p)++;
}

static uint16_t take_u16(const uint8_t **p) {
    uint16_t low = take_u8(p);
    return (uint16_t)(low | ((uint16_t)take_u8(p) << 8));
}

static uint32_t take_u32(const uint8_t **p) {
    uint32_t low = take_u16(p);
    return low | ((uint32_t)take_u16(p) << 16);
}

static int16_t take_i16(const uint8_t **p) {
    uint16_t bits = take_u16(p);
    return (int16_t)(bits < 0x8000 ? (int32_t)bits : (int32_t)bits - 0x10000);
}

static void take_text(const uint8_t **p, char *out, size_t size) {
    bool ended = false;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = take_u8(p);
        ended = ended || c == 0;
        out[i] = (char)(ended ? 0 : c < 0x20 || c > 0x7E ? '?' : c);
    }
    out[size] = '\0';
}

/* Payload bytes that an id must have at least; -1 for an id of a later version. */
static int payload_bytes(uint8_t id) {
    switch (id) {
    case WIRE_HELLO: return HELLO_BYTES;
    case WIRE_SAMPLE: return SAMPLE_BYTES;
    case WIRE_STATUS: return STATUS_BYTES;
    case WIRE_STOP: return 0;
    case WIRE_ASK_HELLO:
    case WIRE_START:
    case WIRE_IDENTIFY:
    case WIRE_BUZZ: return 2;
    default: return -1;
    }
}

static uint8_t *put_hello(uint8_t *p, const WireHello *m) {
    p = put_u8(p, m->version_major);
    p = put_u8(p, m->version_minor);
    p = put_bytes(p, m->firmware, sizeof m->firmware);
    p = put_u8(p, m->features);
    p = put_u8(p, m->sensors);
    p = put_u16(p, m->gyro_range_ddps);
    p = put_u16(p, m->accel_range_mg);
    p = put_u16(p, m->rate_hz);
    p = put_bytes(p, m->serial, sizeof m->serial);
    p = put_text(p, m->board, WIRE_NAME_MAX);
    return put_text(p, m->sensor_model, WIRE_MODEL_MAX);
}

static void take_hello(const uint8_t *p, WireHello *m) {
    m->version_major = take_u8(&p);
    m->version_minor = take_u8(&p);
    for (size_t i = 0; i < sizeof m->firmware; i++) m->firmware[i] = take_u8(&p);
    m->features = take_u8(&p);
    m->sensors = take_u8(&p);
    m->gyro_range_ddps = take_u16(&p);
    m->accel_range_mg = take_u16(&p);
    m->rate_hz = take_u16(&p);
    for (size_t i = 0; i < sizeof m->serial; i++) m->serial[i] = take_u8(&p);
    take_text(&p, m->board, WIRE_NAME_MAX);
    take_text(&p, m->sensor_model, WIRE_MODEL_MAX);
}

static uint8_t *put_sample(uint8_t *p, const WireSample *m) {
    p = put_u8(p, m->sensor);
    p = put_u16(p, m->sequence);
    p = put_u32(p, m->time_us);
    for (size_t i = 0; i < 3; i++) p = put_u16(p, (uint16_t)m->gyro[i]);
    for (size_t i = 0; i < 3; i++) p = put_u16(p, (uint16_t)m->accel[i]);
    return p;
}

static void take_sample(const uint8_t *p, WireSample *m) {
    m->sensor = take_u8(&p);
    m->sequence = take_u16(&p);
    m->time_us = take_u32(&p);
    for (size_t i = 0; i < 3; i++) m->gyro[i] = take_i16(&p);
    for (size_t i = 0; i < 3; i++) m->accel[i] = take_i16(&p);
}

static uint8_t *put_status(uint8_t *p, const WireStatus *m) {
    p = put_u8(p, m->buttons);
    p = put_u8(p, m->presses);
    p = put_u16(p, m->battery_permille);
    return put_u8(p, m->errors);
}

static void take_status(const uint8_t *p, WireStatus *m) {
    m->buttons = take_u8(&p);
    m->presses = take_u8(&p);
    m->battery_permille = take_u16(&p);
    m->errors = take_u8(&p);
}

size_t wire_frame(const uint8_t *body, size_t length, uint8_t *out, size_t capacity) {
    if (length == 0 || length > WIRE_BODY_MAX - CRC_BYTES || capacity < length + CRC_BYTES + 3) return 0;
    uint16_t crc = wire_crc16(body, length);
    size_t code_at = 1, at = 2;
    out[0] = 0;
    for (size_t i = 0; i < length + CRC_BYTES; i++) {
        uint8_t byte = i < length ? body[i] : (uint8_t)(i == length ? crc & 0xFF : crc >> 8);
        if (byte == 0) {
            out[code_at] = (uint8_t)(at - code_at);
            code_at = at;
        } else {
            out[at] = byte;
        }
        at++;
    }
    out[code_at] = (uint8_t)(at - code_at);
    out[at] = 0;
    return at + 1;
}

size_t wire_encode(const WireMessage *message, uint8_t *out, size_t capacity) {
    uint8_t body[1 + HELLO_BYTES];
    uint8_t *end = put_u8(body, message->id);
    switch (message->id) {
    case WIRE_HELLO: end = put_hello(end, &message->as.hello); break;
    case WIRE_SAMPLE: end = put_sample(end, &message->as.sample); break;
    case WIRE_STATUS: end = put_status(end, &message->as.status); break;
    case WIRE_ASK_HELLO:
        end = put_u8(end, message->as.ask_hello.version_major);
        end = put_u8(end, message->as.ask_hello.version_minor);
        break;
    case WIRE_START: end = put_u16(end, message->as.start.rate_hz); break;
    case WIRE_STOP: break;
    case WIRE_IDENTIFY: end = put_u16(end, message->as.identify.duration_ms); break;
    case WIRE_BUZZ: end = put_u16(end, message->as.buzz.duration_ms); break;
    default: return 0;
    }
    return wire_frame(body, (size_t)(end - body), out, capacity);
}

void wire_decoder_init(WireDecoder *decoder) {
    memset(decoder, 0, sizeof *decoder);
    decoder->skipping = true;
}

static void begin_frame(WireDecoder *d) {
    d->length = 0;
    d->block_left = 0;
    d->zero_is_due = false;
    d->skipping = false;
}

static void take_payload(const uint8_t *payload, WireMessage *out) {
    const uint8_t *p = payload;
    switch (out->id) {
    case WIRE_HELLO: take_hello(p, &out->as.hello); break;
    case WIRE_SAMPLE: take_sample(p, &out->as.sample); break;
    case WIRE_STATUS: take_status(p, &out->as.status); break;
    case WIRE_ASK_HELLO:
        out->as.ask_hello.version_major = take_u8(&p);
        out->as.ask_hello.version_minor = take_u8(&p);
        break;
    case WIRE_START: out->as.start.rate_hz = take_u16(&p); break;
    case WIRE_IDENTIFY: out->as.identify.duration_ms = take_u16(&p); break;
    case WIRE_BUZZ: out->as.buzz.duration_ms = take_u16(&p); break;
    default: break;
    }
}

/* A 0x00 came: judge what stands in the body. */
static bool end_frame(WireDecoder *d, WireMessage *out) {
    if (d->length < 1 + CRC_BYTES || d->block_left > 0) {
        d->bad_shape++;
        return false;
    }
    size_t covered = (size_t)d->length - CRC_BYTES;
    uint16_t sent = (uint16_t)(d->body[covered] | ((uint16_t)d->body[covered + 1] << 8));
    if (wire_crc16(d->body, covered) != sent) {
        d->bad_crc++;
        return false;
    }
    int least = payload_bytes(d->body[0]);
    if (least < 0) {
        d->unknown++;
        return false;
    }
    if (covered - 1 < (size_t)least) {
        d->bad_shape++;
        return false;
    }
    memset(out, 0, sizeof *out);
    out->id = d->body[0];
    take_payload(d->body + 1, out);
    d->good++;
    return true;
}

bool wire_decoder_feed(WireDecoder *d, uint8_t byte, WireMessage *out) {
    if (byte == 0) {
        bool empty = d->length == 0 && d->block_left == 0 && !d->zero_is_due;
        bool complete = !d->skipping && !empty && end_frame(d, out);
        begin_frame(d);
        return complete;
    }
    if (d->skipping) return false;

    bool is_code = d->block_left == 0;
    if (!is_code || d->zero_is_due) {
        if (d->length == WIRE_BODY_MAX) {
            d->too_long++;
            d->skipping = true;
            return false;
        }
        d->body[d->length++] = is_code ? 0 : byte;
    }
    if (is_code) {
        d->block_left = (uint8_t)(byte - 1);
        d->zero_is_due = byte != 0xFF;
    } else {
        d->block_left--;
    }
    return false;
}

size_t wire_decoder_run(WireDecoder *decoder, const uint8_t *bytes, size_t count, WireMessage *out,
                        bool *complete) {
    *complete = false;
    for (size_t i = 0; i < count; i++) {
        if (!wire_decoder_feed(decoder, bytes[i], out)) continue;
        *complete = true;
        return i + 1;
    }
    return count;
}

uint32_t wire_decoder_bad(const WireDecoder *decoder) {
    return decoder->bad_crc + decoder->bad_shape + decoder->too_long;
}
