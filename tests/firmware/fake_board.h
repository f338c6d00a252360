/* A board that is not there: chips as register files on its bus, a line that is two buffers, and a clock that
 * the test moves. */
#ifndef TESTS_FAKE_BOARD_H
#define TESTS_FAKE_BOARD_H

#include "board.h"

#include <stdbool.h>
#include <stdint.h>

enum { FAKE_CHIPS_MAX = 2, FAKE_BANKS = 4, FAKE_LINE_SIZE = 1 << 16 };

typedef struct FakeChip {
    uint8_t address;
    bool answers;
    uint8_t reg[FAKE_BANKS][256];
    uint8_t bank_register; /* bits 5 and 4 of what is written there choose the bank; 0: there are none */
    uint8_t bank;
    uint16_t written[64]; /* register and value, in their order */
    int writes;
} FakeChip;

typedef struct FakeBoard {
    uint32_t now_us;
    FakeChip chips[FAKE_CHIPS_MAX];
    int chip_count;
    int held_for; /* pulses that free the bus; 0 when it is free */
    int recoveries;
    bool led, buzzer, button;
    int room; /* bytes that the line takes now; -1: all */
    uint8_t said[FAKE_LINE_SIZE], asked[FAKE_LINE_SIZE];
    int said_count, asked_count, asked_at;
    /* sampling */
    BoardBurst bursts[BOARD_BURSTS_MAX];
    uint8_t burst_count;
    uint32_t period_us, next_us;
} FakeBoard;

extern FakeBoard fake; /* board.h has one board */

void fake_reset(void);
FakeChip *fake_add_chip(uint8_t address, uint8_t who_register, uint8_t who);
/* What the host says. */
void fake_ask(const uint8_t *bytes, size_t count);

#endif
