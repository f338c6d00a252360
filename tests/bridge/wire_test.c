/* The wire codec: the written vectors both ways, damage of every kind, noise. */
#include "core/rng.h"
#include "protocol/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { VECTORS_MAX = 64, BYTES_MAX = 160 };

typedef struct Vector {
    char words[400];
    uint8_t bytes[BYTES_MAX];
    size_t count;
} Vector;

static size_t read_vectors(Vector *out) {
    FILE *file = fopen(WIRE_VECTORS, "r");
    assert_non_null(file);
    char line[BYTES_MAX * 3 + 400];
    size_t count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        char *bar = strstr(line, " | ");
        if (line[0] == '#' || bar == NULL) continue;
        assert_true(count < VECTORS_MAX);
        Vector *v = &out[count++];
        memset(v, 0, sizeof *v);
        *bar = '\0';
        (void)snprintf(v->words, sizeof v->words, "%.399s", line);
        for (char *p = bar + 3, *end; *p != '\0' && *p != '\n'; p = end) {
            assert_true(v->count < BYTES_MAX);
            unsigned long byte = strtoul(p, &end, 16);
            assert_true(end > p && byte <= 0xFF);
            v->bytes[v->count++] = (uint8_t)byte;
            while (*end == ' ') end++;
        }
    }
    (void)fclose(file);
    return count;
}

/* The words of a message, as the vectors spell them. */
static void spell(const WireMessage *m, char *out, size_t size) {
    const WireHello *h = &m->as.hello;
    const WireSample *s = &m->as.sample;
    const WireStatus *t = &m->as.status;
    switch (m->id) {
    case WIRE_HELLO:
        (void)snprintf(out, size,
                       "hello version=%d,%d firmware=%d,%d,%d features=%d sensors=%d gyro_range_ddps=%d "
                       "accel_range_mg=%d "
                       "rate_hz=%d serial=%d,%d,%d,%d,%d,%d,%d,%d board=%s sensor_model=%s",
                       h->version_major, h->version_minor, h->firmware[0], h->firmware[1], h->firmware[2],
                       h->features, h->sensors, h->gyro_range_ddps, h->accel_range_mg, h->rate_hz,
                       h->serial[0], h->serial[1], h->serial[2], h->serial[3], h->serial[4], h->serial[5],
                       h->serial[6], h->serial[7], h->board, h->sensor_model);
        break;
    case WIRE_SAMPLE:
        (void)snprintf(out, size, "sample sensor=%d sequence=%d time_us=%lu gyro=%d,%d,%d accel=%d,%d,%d",
                       s->sensor, s->sequence, (unsigned long)s->time_us, s->gyro[0], s->gyro[1], s->gyro[2],
                       s->accel[0], s->accel[1], s->accel[2]);
        break;
    case WIRE_STATUS:
        (void)snprintf(out, size, "status buttons=%d presses=%d battery_permille=%d errors=%d", t->buttons,
                       t->presses, t->battery_permille, t->errors);
        break;
    case WIRE_ASK_HELLO:
        (void)snprintf(out, size, "ask_hello version=%d,%d", m->as.ask_hello.version_major,
                       m->as.ask_hello.version_minor);
        break;
    case WIRE_START: (void)snprintf(out, size, "start rate_hz=%d", m->as.start.rate_hz); break;
    case WIRE_STOP: (void)snprintf(out, size, "stop"); break;
    case WIRE_IDENTIFY:
        (void)snprintf(out, size, "identify duration_ms=%d", m->as.identify.duration_ms);
        break;
    case WIRE_BUZZ: (void)snprintf(out, size, "buzz duration_ms=%d", m->as.buzz.duration_ms); break;
    default: fail_msg("unknown id %d was handed out", m->id);
    }
}

/* Feeds all; returns how many messages came, the last one in *last. */
static size_t feed(WireDecoder *decoder, const uint8_t *bytes, size_t count, WireMessage *last) {
    size_t messages = 0;
    for (size_t i = 0; i < count; i++) messages += wire_decoder_feed(decoder, bytes[i], last);
    return messages;
}

static bool is_counter(const char *words) {
    return strncmp(words, "bad_", 4) == 0 || strcmp(words, "too_long") == 0 || strcmp(words, "unknown") == 0;
}

static bool is_long(const char *words) {
    return strncmp(words, "long ", 5) == 0;
}

static void crc_has_its_check_value(void **state) {
    (void)state;
    assert_int_equal(wire_crc16((const uint8_t *)"123456789", 9), 0x29B1);
}

static void vectors_hold_both_ways(void **state) {
    (void)state;
    static Vector vectors[VECTORS_MAX];
    size_t count = read_vectors(vectors);
    assert_true(count >= 20);
    for (size_t i = 0; i < count; i++) {
        const Vector *v = &vectors[i];
        WireDecoder decoder;
        WireMessage message = { 0 };
        wire_decoder_init(&decoder);
        size_t messages = feed(&decoder, v->bytes, v->count, &message);
        if (is_counter(v->words)) {
            assert_int_equal(messages, 0);
            assert_int_equal(decoder.bad_crc, strcmp(v->words, "bad_crc") == 0);
            assert_int_equal(decoder.bad_shape, strcmp(v->words, "bad_shape") == 0);
            assert_int_equal(decoder.too_long, strcmp(v->words, "too_long") == 0);
            assert_int_equal(decoder.unknown, strcmp(v->words, "unknown") == 0);
            continue;
        }
        char words[400];
        assert_int_equal(messages, 1);
        assert_int_equal(wire_decoder_bad(&decoder), 0);
        spell(&message, words, sizeof words);
        assert_string_equal(words, is_long(v->words) ? v->words + 5 : v->words);
        if (is_long(v->words)) continue;
        uint8_t frame[WIRE_FRAME_MAX];
        assert_int_equal(wire_encode(&message, frame, sizeof frame), v->count);
        assert_memory_equal(frame, v->bytes, v->count);
        assert_int_equal(wire_encode(&message, frame, v->count - 1), 0);
    }
}

/* A sample to follow a damaged frame: it must come through. */
static size_t next_frame(uint8_t *out) {
    return wire_encode(
        &(WireMessage){ .id = WIRE_SAMPLE, .as.sample = { .sequence = 4711, .accel = { 1, 2, 4096 } } }, out,
        WIRE_FRAME_MAX);
}

static void expect_only_the_next(const uint8_t *damaged, size_t count) {
    uint8_t next[WIRE_FRAME_MAX];
    size_t next_count = next_frame(next);
    WireDecoder decoder;
    WireMessage message = { 0 };
    wire_decoder_init(&decoder);
    assert_int_equal(feed(&decoder, damaged, count, &message), 0);
    assert_int_equal(feed(&decoder, next, next_count, &message), 1);
    assert_int_equal(message.id, WIRE_SAMPLE);
    assert_int_equal(message.as.sample.sequence, 4711);
}

static void every_single_bit_flip_is_refused(void **state) {
    (void)state;
    static Vector vectors[VECTORS_MAX];
    size_t count = read_vectors(vectors), flips = 0;
    for (size_t i = 0; i < count; i++) {
        Vector *v = &vectors[i];
        if (is_counter(v->words)) continue;
        /* The outer zeros are shared with the neighbours: their loss is another test's. */
        for (size_t bit = 8; bit < (v->count - 1) * 8; bit++, flips++) {
            v->bytes[bit / 8] ^= (uint8_t)(1u << (bit % 8));
            expect_only_the_next(v->bytes, v->count);
            v->bytes[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        }
    }
    assert_true(flips > 2000);
}

static void a_byte_lost_or_added_or_a_frame_cut_costs_that_frame_only(void **state) {
    (void)state;
    static Vector vectors[VECTORS_MAX];
    size_t count = read_vectors(vectors);
    for (size_t i = 0; i < count; i++) {
        Vector *v = &vectors[i];
        if (is_counter(v->words)) continue;
        for (size_t at = 1; at + 1 < v->count; at++) {
            uint8_t bytes[BYTES_MAX];
            memcpy(bytes, v->bytes, at);
            memcpy(bytes + at, v->bytes + at + 1, v->count - at - 1);
            expect_only_the_next(bytes, v->count - 1);

            memcpy(bytes, v->bytes, at);
            bytes[at] = 0x55;
            memcpy(bytes + at + 1, v->bytes + at, v->count - at);
            expect_only_the_next(bytes, v->count + 1);

            expect_only_the_next(v->bytes, at);
        }
    }
}

static void a_lost_delimiter_costs_nothing_and_a_changed_one_only_its_frame(void **state) {
    (void)state;
    uint8_t bytes[3 * WIRE_FRAME_MAX];
    size_t length = next_frame(bytes);
    size_t second = length, third = 2 * length, total = 3 * length;
    for (int kind = 0; kind < 2; kind++) {
        for (size_t hit = second - 1; hit <= second; hit++) {
            (void)next_frame(bytes);
            (void)next_frame(bytes + second);
            (void)next_frame(bytes + third);
            if (kind == 0) memmove(bytes + hit, bytes + hit + 1, total - hit - 1);
            if (kind == 1) bytes[hit] = 0x07;
            WireDecoder decoder;
            WireMessage message;
            wire_decoder_init(&decoder);
            size_t messages = feed(&decoder, bytes, total - (kind == 0), &message);
            assert_int_equal(messages, kind == 0 ? 3 : 2);
        }
    }
}

static void zeros_and_a_late_start_are_no_errors(void **state) {
    (void)state;
    uint8_t bytes[WIRE_FRAME_MAX];
    size_t length = next_frame(bytes);
    uint8_t zeros[1000] = { 0 };
    WireDecoder decoder;
    WireMessage message;
    wire_decoder_init(&decoder);
    assert_int_equal(feed(&decoder, bytes + 9, length - 9, &message), 0);
    assert_int_equal(feed(&decoder, zeros, sizeof zeros, &message), 0);
    assert_int_equal(wire_decoder_bad(&decoder), 0);
    assert_int_equal(feed(&decoder, bytes, length, &message), 1);
    assert_int_equal(decoder.good, 1);
}

static void runs_hand_out_message_by_message(void **state) {
    (void)state;
    uint8_t bytes[2 * WIRE_FRAME_MAX];
    size_t length = next_frame(bytes);
    memcpy(bytes + length, bytes, length);
    WireDecoder decoder;
    WireMessage message;
    bool complete = false;
    wire_decoder_init(&decoder);
    assert_int_equal(wire_decoder_run(&decoder, bytes, 2 * length, &message, &complete), length);
    assert_true(complete);
    assert_int_equal(wire_decoder_run(&decoder, bytes + length, length - 1, &message, &complete), length - 1);
    assert_false(complete);
    assert_int_equal(wire_decoder_run(&decoder, bytes + 2 * length - 1, 1, &message, &complete), 1);
    assert_true(complete);
}

static void texts_are_ended_and_made_printable(void **state) {
    (void)state;
    WireMessage hello = { .id = WIRE_HELLO, .as.hello = { .version_major = 1, .sensors = 1 } };
    memcpy(hello.as.hello.board, "\x1B[31mA\x80\xFF\n234567", 16);
    uint8_t frame[WIRE_FRAME_MAX];
    size_t length = wire_encode(&hello, frame, sizeof frame);
    WireDecoder decoder;
    WireMessage message = { 0 };
    wire_decoder_init(&decoder);
    assert_int_equal(feed(&decoder, frame, length, &message), 1);
    assert_string_equal(message.as.hello.board, "?[31mA???234567");
}

static void long_bodies_and_unknown_ids_are_not_encoded(void **state) {
    (void)state;
    uint8_t body[WIRE_BODY_MAX] = { 0x30 }, out[2 * WIRE_FRAME_MAX];
    assert_int_equal(wire_frame(body, WIRE_BODY_MAX - 2, out, sizeof out), WIRE_FRAME_MAX);
    assert_int_equal(wire_frame(body, WIRE_BODY_MAX - 1, out, sizeof out), 0);
    assert_int_equal(wire_frame(body, 0, out, sizeof out), 0);
    assert_int_equal(wire_encode(&(WireMessage){ .id = 0x7F }, out, sizeof out), 0);
    WireDecoder decoder;
    WireMessage message;
    wire_decoder_init(&decoder);
    size_t length = wire_frame(body, WIRE_BODY_MAX - 2, out, sizeof out);
    assert_int_equal(feed(&decoder, out, length, &message), 0);
    assert_int_equal(decoder.unknown, 1);
}

/* 8 MB of noise: about 32 000 would-be frames, of which a 16-bit checksum lets through one in 65 536. */
static void noise_is_not_believed(void **state) {
    (void)state;
    Rng rng = rng_make(1, 7);
    WireDecoder decoder;
    WireMessage message;
    wire_decoder_init(&decoder);
    for (size_t i = 0; i < 8u << 20; i++)
        assert_false(wire_decoder_feed(&decoder, (uint8_t)rng_u32(&rng), &message));
    assert_true(wire_decoder_bad(&decoder) > 10000);
}

/* A stream of numbered samples with bytes changed, lost and added: what comes out was sent, in order, and
 * most of it comes. */
static void a_damaged_stream_gives_only_what_was_sent(void **state) {
    (void)state;
    Rng rng = rng_make(2, 7);
    WireDecoder decoder;
    WireMessage message;
    wire_decoder_init(&decoder);
    uint32_t next = 0, came = 0;
    enum { SENT = 60000 };
    for (uint32_t n = 0; n < SENT; n++) {
        WireMessage sent = { .id = WIRE_SAMPLE,
                             .as.sample = { .sequence = (uint16_t)n, .time_us = n * 7919u } };
        for (size_t i = 0; i < 3; i++) {
            sent.as.sample.gyro[i] = (int16_t)(n * 31u + i);
            sent.as.sample.accel[i] = (int16_t)(n * 17u - i);
        }
        uint8_t frame[WIRE_FRAME_MAX];
        size_t length = wire_encode(&sent, frame, sizeof frame);
        for (size_t i = 0; i < length; i++) {
            uint32_t fate = rng_below(&rng, 300);
            uint8_t byte = fate == 0 ? (uint8_t)rng_u32(&rng) : frame[i];
            if (fate == 1) continue;
            for (int times = fate == 2 ? 2 : 1; times > 0; times--) {
                if (!wire_decoder_feed(&decoder, byte, &message)) continue;
                const WireSample *s = &message.as.sample;
                assert_int_equal(message.id, WIRE_SAMPLE);
                uint32_t number = s->time_us / 7919u;
                assert_true(number >= next && number <= n && s->time_us == number * 7919u);
                for (size_t k = 0; k < 3; k++) {
                    assert_int_equal(s->gyro[k], (int16_t)(number * 31u + k));
                    assert_int_equal(s->accel[k], (int16_t)(number * 17u - k));
                }
                next = number + 1;
                came++;
            }
        }
    }
    assert_true(came > SENT * 3 / 4 && came < SENT);
    assert_true(wire_decoder_bad(&decoder) > SENT / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crc_has_its_check_value),
        cmocka_unit_test(vectors_hold_both_ways),
        cmocka_unit_test(every_single_bit_flip_is_refused),
        cmocka_unit_test(a_byte_lost_or_added_or_a_frame_cut_costs_that_frame_only),
        cmocka_unit_test(a_lost_delimiter_costs_nothing_and_a_changed_one_only_its_frame),
        cmocka_unit_test(zeros_and_a_late_start_are_no_errors),
        cmocka_unit_test(runs_hand_out_message_by_message),
        cmocka_unit_test(texts_are_ended_and_made_printable),
        cmocka_unit_test(long_bodies_and_unknown_ids_are_not_encoded),
        cmocka_unit_test(noise_is_not_believed),
        cmocka_unit_test(a_damaged_stream_gives_only_what_was_sent),
    };
    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
