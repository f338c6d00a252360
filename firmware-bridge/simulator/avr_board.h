/* An emulated Arduino Uno (simavr): an ATmega328P that runs a firmware file, up to two motion sensors on its
 * I2C bus, its UART, its LED, buzzer and button, and faults to be made on purpose. Time is the chip's own. */
#ifndef SIMULATOR_AVR_BOARD_H
#define SIMULATOR_AVR_BOARD_H

#include "core/result.h"
#include "simulator/mpu6050.h"

#include <stddef.h>

enum { AVR_BOARD_CHIPS_MAX = 2 };

typedef struct AvrBoard AvrBoard;

typedef void (*AvrBoardByte)(void *listener, uint8_t byte);

/* `chips` stay the caller's and must live as long; `heard` is called with each byte that the board sends. */
MUST_CHECK Result avr_board_open(AvrBoard **out, const char *elf_path, Mpu6050 *const chips[],
                                 size_t chip_count, AvrBoardByte heard, void *listener, Error *error);
void avr_board_close(AvrBoard *board);

/* Runs until the chip's clock says `until_s`; false where the program crashed. */
bool avr_board_run(AvrBoard *board, double until_s);
double avr_board_now(const AvrBoard *board);

/* Takes what fits of what the host sends (at the line's pace, behind the scenes); returns how much. */
size_t avr_board_send(AvrBoard *board, const uint8_t *bytes, size_t count);

/* Holds SDA low until the master has clocked it `pulses` times. */
void avr_board_hang_bus(AvrBoard *board, int pulses);
bool avr_board_bus_hangs(const AvrBoard *board);
void avr_board_press(AvrBoard *board, bool down);
void avr_board_reset(AvrBoard *board);
bool avr_board_led(const AvrBoard *board);
bool avr_board_buzzer(const AvrBoard *board);

/* Bytes: the program, its variables, and the most its stack ever took. */
typedef struct AvrBoardMemory {
    unsigned flash, variables, stack;
} AvrBoardMemory;

AvrBoardMemory avr_board_memory(const AvrBoard *board);

#endif
