/* What a motion sensor's bytes mean, whoever made it. A format is one file and one row of the table in
 * decoders.c; out come the messages of our own protocol (protocol/wire.h), so that nothing behind a decoder
 * knows whose sensor it is: a HELLO once the format is recognised by its content, then SAMPLEs; HELLO again
 * where what was assumed of it has changed.
 *
 * Every byte is taken for hostile. A state is a value of at most DECODER_STATE_MAX bytes: no heap, no
 * pointers inside; a DecoderSet may be copied. Time is handed in, in seconds of any clock that only rises. */
#ifndef DECODERS_DECODER_H
#define DECODERS_DECODER_H

#include "protocol/wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DECODER_STATE_MAX = 1408, DECODERS_MAX = 12, DECODER_NOTE_MAX = 96 };

/* Where the samples come from, as devices tells it. */
typedef enum DecoderGives {
    GIVES_RATES,       /* turning rate and acceleration, as measured */
    GIVES_ORIENTATION, /* orientation only: rates are its differences, acceleration is gravity seen from it */
    GIVES_BOTH,        /* orientation and acceleration: rates are its differences, acceleration as measured */
} DecoderGives;

/* What sets a bought sensor to a rate to play with, for good: only ever sent when its owner said so. */
typedef struct DecoderSetup {
    const char *what; /* "100 samples a second at 115200 baud" */
    int baud;         /* that it speaks at in the end */
    size_t count;
    struct {
        uint8_t bytes[5];
        int baud_after; /* it speaks at this rate from here on; 0 = as before */
    } commands[6];
} DecoderSetup;

typedef struct DecoderFormat {
    const char *id;   /* what `devices --json` says: never rename */
    const char *name; /* on screen, and in the hello; at most WIRE_NAME_MAX bytes */
    DecoderGives gives;
    bool checked; /* frames carry a checksum */
    size_t state_size;
    void (*init)(void *state);
    /* Takes one byte; true when it completed a message. SAMPLEs come only after a HELLO. */
    bool (*feed)(void *state, uint8_t byte, double now_s, WireMessage *out);
    /* Frames dropped by their checksum or shape since the HELLO. */
    uint32_t (*bad)(const void *state);
    /* So much of it is there already that another baud rate need not be tried yet. */
    bool (*promising)(const void *state);
    /* One clause on what was assumed ("g and °/s"); NULL where there is nothing to assume. */
    void (*note)(const void *state, char *out, size_t size);
    const DecoderSetup *setup; /* NULL where nothing can be set */
} DecoderFormat;

/* Our own protocol is row 0; NULL ends it. */
extern const DecoderFormat *const decoder_formats[DECODERS_MAX + 1];

/* All formats at once, until one says HELLO; then that one alone. */
typedef struct DecoderSet {
    union {
        double align;
        uint8_t bytes[DECODER_STATE_MAX];
    } states[DECODERS_MAX];
    const DecoderFormat *spoken; /* NULL until recognised */
    size_t spoken_row;
    uint32_t bytes;
} DecoderSet;

void decoder_set_init(DecoderSet *set);
bool decoder_set_feed(DecoderSet *set, uint8_t byte, double now_s, WireMessage *out);
/* 0 until recognised. */
uint32_t decoder_set_bad(const DecoderSet *set);
bool decoder_set_promising(const DecoderSet *set);
/* Empty where nothing was assumed. */
void decoder_set_note(const DecoderSet *set, char *out, size_t size);
/* True where the sensor speaks our own protocol, or nothing is recognised yet: it may be asked. */
bool decoder_set_is_own(const DecoderSet *set);

/* The rates at which sensors speak, likeliest first. The first is our own firmware's. */
extern const int decoder_bauds[];
extern const size_t decoder_baud_count;

/* A hello for a sensor that does not introduce itself. `rate_hz` is clamped to what a hello may say. */
WireMessage decoder_hello(const DecoderFormat *format, const char *model, double gyro_range_dps,
                          double accel_range_g, double rate_hz);
/* Clamped to the scale, rounded. */
int16_t decoder_counts(double value, double range);

#endif
