/* What the firmware needs of a board, and all it knows of one. One file a family: board_avr.c (bare
 * ATmega328P and 32U4), board_arduino.cpp (whatever has Wire and Serial), board_rp2040.c; the last two sample
 * by board_polled.c; the tests have a false one. None of these calls waits for longer than
 * BOARD_I2C_LIMIT_US. */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BOARD_BAUD = 115200,
    BOARD_I2C_HZ = 400000,
    BOARD_I2C_LIMIT_US = 3000, /* of one transfer: 14 bytes take 0.4 ms */
    BOARD_BURST_MAX = 14,
    BOARD_BURSTS_MAX = 2,
    BOARD_NAME_SIZE = 17,
    BOARD_SERIAL_SIZE = 8,
};

void board_begin(void);

/* WIRE_HAS_… */
uint8_t board_features(void);
/* Texts end with a zero; a board without a number leaves `serial` zero. */
void board_identity(char name[BOARD_NAME_SIZE], uint8_t serial[BOARD_SERIAL_SIZE]);

/* Wraps after 71.6 minutes. */
uint32_t board_micros(void);
/* Sleeps until something happens, a millisecond at most; or does not sleep. */
void board_rest(void);

typedef enum BoardAnswer {
    BOARD_OK,
    BOARD_NO_ANSWER, /* nobody acknowledged */
    BOARD_STUCK,     /* nothing came to an end: somebody holds the bus */
} BoardAnswer;

/* Writes, then reads without letting go of the bus; either count may be 0. Not while a burst is being read:
 * call it right after board_sampling_take, or with sampling stopped. */
BoardAnswer board_i2c(uint8_t address, const uint8_t *out, uint8_t out_count, uint8_t *in, uint8_t in_count);
/* Clocks out whoever holds the bus (nine pulses at most, then a stop) and begins afresh. */
void board_i2c_recover(void);

typedef struct BoardBurst {
    uint8_t address, first_register, length;
} BoardBurst;

/* One tick's readings. */
typedef struct BoardTick {
    uint32_t time_us[BOARD_BURSTS_MAX]; /* when that burst began */
    BoardAnswer answer[BOARD_BURSTS_MAX];
    uint8_t bytes[BOARD_BURSTS_MAX][BOARD_BURST_MAX];
    uint8_t missed; /* ticks that passed unread since the last was taken */
} BoardTick;

/* Reads all bursts at each tick, by itself where the board can. */
void board_sampling_start(uint32_t period_us, const BoardBurst *bursts, uint8_t count);
void board_sampling_stop(void);
/* True when a tick's readings are there. What is not taken is kept, and later ticks are missed. */
bool board_sampling_take(BoardTick *out);

/* Bytes that a write would take at once. */
size_t board_serial_room(void);
void board_serial_write(const uint8_t *bytes, size_t count);
/* -1 where there is none. */
int board_serial_read(void);

void board_led(bool on);
void board_buzzer(bool on);
bool board_button(void);

#ifdef __cplusplus
}
#endif

#endif
