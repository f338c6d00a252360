/* Backbeat's wire protocol: what a motion sensor and the game say to each other over a serial line.
 * PROTOCOL.md has it byte for byte.
 *
 * The same pair of files is compiled into the game and into the firmware (AVR, ARM): stdint only, no heap, no
 * state of its own. A frame is 0x00, the COBS-stuffed body (Cheshire and Baker 1999), 0x00; the body is an
 * id, a payload and a CRC-16/CCITT-FALSE. A decoder is fed whatever came and hands out whole messages; a
 * damaged frame is counted and never believed. */
#ifndef PROTOCOL_WIRE_H
#define PROTOCOL_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WIRE_VERSION_MAJOR = 1, /* another major version is another language: do not guess */
    WIRE_VERSION_MINOR = 0, /* a higher one has more messages, or longer ones; both are skipped politely */
    WIRE_BODY_MAX = 96,     /* id, payload and CRC, in every minor version of this major one */
    WIRE_FRAME_MAX = WIRE_BODY_MAX + 3,
    WIRE_SENSORS_MAX = 2,
    WIRE_NAME_MAX = 16,
    WIRE_MODEL_MAX = 12,
    WIRE_SERIAL_BYTES = 8,
    WIRE_BATTERY_UNKNOWN = 0xFFFF,
};

/* Never reuse a number. 0 is never an id; below 0x40 the board speaks, from 0x40 the host. */
typedef enum WireId {
    WIRE_HELLO = 0x01,
    WIRE_SAMPLE = 0x02,
    WIRE_STATUS = 0x03,
    WIRE_ASK_HELLO = 0x41,
    WIRE_START = 0x42,
    WIRE_STOP = 0x43,
    WIRE_IDENTIFY = 0x44,
    WIRE_BUZZ = 0x45,
} WireId;

/* WireHello.features */
enum { WIRE_HAS_BUTTON = 1, WIRE_HAS_BATTERY = 2, WIRE_HAS_BUZZER = 4, WIRE_HAS_LED = 8 };

/* WireStatus.buttons and .errors */
enum { WIRE_BUTTON_DOWN = 1 };
enum {
    WIRE_ERROR_SENSOR_0 = 1, /* does not answer */
    WIRE_ERROR_SENSOR_1 = 2,
    WIRE_ERROR_OVERRUN = 4, /* samples were dropped on the board since the last status */
};

/* The board introduces itself. Texts are ASCII; the decoder ends them and turns anything unprintable into
 * '?'. */
typedef struct WireHello {
    uint8_t version_major, version_minor;
    uint8_t firmware[3];               /* major, minor, patch */
    uint8_t features;                  /* WIRE_HAS_… */
    uint8_t sensors;                   /* how many: 1 or 2 */
    uint16_t gyro_range_ddps;          /* what 32768 counts mean, in tenths of a degree per second */
    uint16_t accel_range_mg;           /* what 32768 counts mean, in thousandths of standard gravity */
    uint16_t rate_hz;                  /* of each sensor: in answer to START the rate that was granted */
    uint8_t serial[WIRE_SERIAL_BYTES]; /* all zero where the board has none */
    char board[WIRE_NAME_MAX + 1];
    char sensor_model[WIRE_MODEL_MAX + 1];
} WireHello;

typedef struct WireSample {
    uint8_t sensor; /* 0 chest or wrist, 1 pelvis */
    uint16_t
        sequence; /* counts this sensor's samples, wraps; a sample that could not be sent keeps its number */
    uint32_t time_us; /* when it was measured, by the board's clock; wraps after 71.6 minutes */
    int16_t gyro[3];  /* raw counts; see the hello's ranges */
    int16_t accel[3];
} WireSample;

/* Sent when something changes and at least once a second while streaming. */
typedef struct WireStatus {
    uint8_t buttons;           /* WIRE_BUTTON_… */
    uint8_t presses;           /* counts button presses, wraps: a lost status loses no press */
    uint16_t battery_permille; /* 0…1000, or WIRE_BATTERY_UNKNOWN */
    uint8_t errors;            /* WIRE_ERROR_… */
} WireStatus;

/* Host to board. */
typedef struct WireAskHello {
    uint8_t version_major, version_minor;
} WireAskHello;

typedef struct WireStart {
    uint16_t rate_hz; /* wished for; 0 = the board's own choice */
} WireStart;

typedef struct WireIdentify {
    uint16_t duration_ms; /* blink the LED */
} WireIdentify;

typedef struct WireBuzz {
    uint16_t duration_ms;
} WireBuzz;

typedef struct WireMessage {
    uint8_t id; /* WireId; says which of the union */
    union {
        WireHello hello;
        WireSample sample;
        WireStatus status;
        WireAskHello ask_hello;
        WireStart start;
        WireIdentify identify;
        WireBuzz buzz;
    } as;
} WireMessage;

/* Writes one frame and returns its length, at most WIRE_FRAME_MAX; 0 where `message->id` is not known or
 * `capacity` is too small. */
size_t wire_encode(const WireMessage *message, uint8_t *out, size_t capacity);

/* Frames any body of `length` bytes (id and payload, without the CRC, at most WIRE_BODY_MAX - 2): what
 * wire_encode is made of, and what a later version's message looks like. 0 where it does not fit. */
size_t wire_frame(const uint8_t *body, size_t length, uint8_t *out, size_t capacity);

/* A value: start with wire_decoder_init. Counters wrap. */
typedef struct WireDecoder {
    uint8_t body[WIRE_BODY_MAX];
    uint8_t length;
    uint8_t block_left; /* bytes to come until the next COBS code */
    bool zero_is_due;   /* the block that is being read stands for a zero at its end */
    bool skipping;      /* until the next 0x00: the start, or an over-long frame */
    uint32_t good;
    uint32_t bad_crc;   /* checksum */
    uint32_t bad_shape; /* stuffing broken, or shorter than its id demands */
    uint32_t too_long;
    uint32_t unknown; /* whole, but of an id that this version does not know: not an error */
} WireDecoder;

void wire_decoder_init(WireDecoder *decoder);

/* Takes one byte; true when it completed a message. */
bool wire_decoder_feed(WireDecoder *decoder, uint8_t byte, WireMessage *out);

/* Takes bytes up to and including the one that completes a message, else all; *complete says which. Returns
 * how many it took. */
size_t wire_decoder_run(WireDecoder *decoder, const uint8_t *bytes, size_t count, WireMessage *out,
                        bool *complete);

/* Frames that were lost to noise: CRC, shape and length together. */
uint32_t wire_decoder_bad(const WireDecoder *decoder);

/* CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, not reflected, no final inversion; "123456789" gives
 * 0x29B1. */
uint16_t wire_crc16(const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
