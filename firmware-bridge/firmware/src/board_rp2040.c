/* RP2040 (Raspberry Pi Pico) by its registers, without an SDK: shows how little a board file is. UART 0 on
 * GP0 and GP1, I2C 0 on GP4 and GP5, button between GP14 and ground, buzzer or motor on GP15, LED on GP25.
 * Polled: everything happens between two calls. Built by CMakeLists.txt for RAM; on a Pico with its USB port
 * use the Arduino sketch. */
#ifdef BACKBEAT_RP2040

#include "board.h"
#include "protocol/wire.h"

#include <string.h>

#define REG(address) (*(volatile uint32_t *)(address))
#define CLEAR        0x3000u /* the alias that clears the bits written */

enum {
    RESETS = 0x4000C000,
    RESET_DONE = RESETS + 8,
    CLK_REF_CTRL = 0x40008030,
    CLK_SYS_CTRL = 0x4000803C,
    CLK_PERI_CTRL = 0x40008048,
    XOSC_CTRL = 0x40024000,
    XOSC_STATUS = 0x40024004,
    XOSC_STARTUP = 0x4002400C,
    WATCHDOG_TICK = 0x4005802C,
    TIMER_RAW_LOW = 0x40054028,
    IO_BANK = 0x40014000,
    PADS = 0x4001C000,
    UART = 0x40034000,
    I2C = 0x40044000,
    CRYSTAL_MHZ = 12,
    /* subsystems in RESETS */
    USED = 1 << 3 | 1 << 5 | 1 << 8 | 1 << 21 | 1 << 22,
    FUNCTION_UART = 2,
    FUNCTION_I2C = 3,
    FUNCTION_SIO = 5,
    PIN_TX = 0,
    PIN_RX = 1,
    PIN_SDA = 4,
    PIN_SCL = 5,
    PIN_BUTTON = 14,
    PIN_BUZZER = 15,
    PIN_LED = 25,
    PAD_PULL_UP = 0x5A, /* input, 4 mA, Schmitt trigger */
};

/* The processor's own pins port. */
#define SIO_IN     REG(0xD0000004u)
#define SIO_SET    REG(0xD0000014u)
#define SIO_CLEAR  REG(0xD0000018u)
#define SIO_DRIVE  REG(0xD0000024u)
#define SIO_LET_GO REG(0xD0000028u)

static void pin_function(uint32_t pin, uint32_t function) {
    REG(IO_BANK + 8 * pin + 4) = function;
}

uint32_t board_micros(void) {
    return REG(TIMER_RAW_LOW);
}

static void wait_us(uint32_t us) {
    uint32_t began_us = board_micros();
    while (board_micros() - began_us <= us) {
    }
}

/* ---- The line ---- */

enum { UART_FLAGS = UART + 0x18, UART_EMPTY = 1 << 4, UART_FULL = 1 << 5, TX_SIZE = 256 };

static uint8_t tx[TX_SIZE];
static uint8_t tx_head, tx_tail; /* they wrap by themselves */

static void drain(void) {
    while (tx_tail != tx_head && !(REG(UART_FLAGS) & UART_FULL)) REG(UART) = tx[tx_tail++];
}

size_t board_serial_room(void) {
    drain();
    return (uint8_t)(tx_tail - tx_head - 1);
}

void board_serial_write(const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) tx[tx_head++] = bytes[i];
    drain();
}

int board_serial_read(void) {
    return REG(UART_FLAGS) & UART_EMPTY ? -1 : (int)(REG(UART) & 0xFF);
}

void board_rest(void) {
    drain();
}

/* ---- I2C ---- */

enum {
    I2C_TARGET = I2C + 0x04,
    I2C_DATA = I2C + 0x10,
    I2C_HIGH = I2C + 0x1C,
    I2C_LOW = I2C + 0x20,
    I2C_EVENTS = I2C + 0x34,
    I2C_CLEAR_ABORT = I2C + 0x54,
    I2C_ENABLE = I2C + 0x6C,
    I2C_STATUS = I2C + 0x70,
    I2C_RECEIVED = I2C + 0x78,
    EVENT_ABORT = 1 << 6,
    STATUS_BUSY = 1 << 5,
    CMD_READ = 1 << 8,
    CMD_STOP = 1 << 9,
    CMD_RESTART = 1 << 10,
};

BoardAnswer board_i2c(uint8_t address, const uint8_t *out, uint8_t out_count, uint8_t *in, uint8_t in_count) {
    uint32_t began_us = board_micros();
    REG(I2C_ENABLE) = 0;
    REG(I2C_TARGET) = address;
    REG(I2C_ENABLE) = 1;
    (void)REG(I2C_CLEAR_ABORT);
    /* At most 2 + 14 commands: they fit into the 16 that the controller holds. */
    for (uint8_t i = 0; i < out_count; i++)
        REG(I2C_DATA) = out[i] | (i + 1 == out_count && in_count == 0 ? CMD_STOP : 0u);
    for (uint8_t i = 0; i < in_count; i++)
        REG(I2C_DATA) =
            CMD_READ | (i == 0 && out_count > 0 ? CMD_RESTART : 0u) | (i + 1 == in_count ? CMD_STOP : 0u);
    uint8_t got = 0;
    do {
        drain();
        if (REG(I2C_EVENTS) & EVENT_ABORT) return BOARD_NO_ANSWER;
        while (got < in_count && REG(I2C_RECEIVED) > 0) in[got++] = (uint8_t)REG(I2C_DATA);
        if (board_micros() - began_us > BOARD_I2C_LIMIT_US) return BOARD_STUCK;
    } while (got < in_count || REG(I2C_STATUS) & STATUS_BUSY || board_micros() - began_us < 5);
    return BOARD_OK;
}

static void line_low(uint32_t pin, bool low) {
    if (low)
        SIO_DRIVE = 1u << pin;
    else
        SIO_LET_GO = 1u << pin;
    wait_us(5);
}

void board_i2c_recover(void) {
    REG(I2C_ENABLE) = 0;
    SIO_CLEAR = 1u << PIN_SDA | 1u << PIN_SCL;
    SIO_LET_GO = 1u << PIN_SDA | 1u << PIN_SCL;
    pin_function(PIN_SDA, FUNCTION_SIO);
    pin_function(PIN_SCL, FUNCTION_SIO);
    for (int pulse = 0; pulse < 9 && !(SIO_IN & 1u << PIN_SDA); pulse++) {
        line_low(PIN_SCL, true);
        line_low(PIN_SCL, false);
    }
    line_low(PIN_SCL, true);
    line_low(PIN_SDA, true);
    line_low(PIN_SCL, false);
    line_low(PIN_SDA, false);
    pin_function(PIN_SDA, FUNCTION_I2C);
    pin_function(PIN_SCL, FUNCTION_I2C);
    REG(I2C) = 1 << 0 | 2 << 1 | 1 << 5 | 1 << 6; /* master, fast, restarts, no slave */
    REG(I2C_HIGH) = 12;
    REG(I2C_LOW) = 18;
    REG(I2C_ENABLE) = 1;
}

/* ---- The rest ---- */

uint8_t board_features(void) {
    return WIRE_HAS_BUTTON | WIRE_HAS_BUZZER | WIRE_HAS_LED;
}

void board_identity(char name[BOARD_NAME_SIZE], uint8_t serial[BOARD_SERIAL_SIZE]) {
    memcpy(name, "RP2040", sizeof "RP2040");
    memset(serial, 0, BOARD_SERIAL_SIZE);
}

static void pin_set(uint32_t pin, bool on) {
    if (on)
        SIO_SET = 1u << pin;
    else
        SIO_CLEAR = 1u << pin;
}

void board_led(bool on) {
    pin_set(PIN_LED, on);
}

void board_buzzer(bool on) {
    pin_set(PIN_BUZZER, on);
}

bool board_button(void) {
    return !(SIO_IN & 1u << PIN_BUTTON);
}

void board_begin(void) {
    REG(XOSC_STARTUP) = 47;
    REG(XOSC_CTRL) = 0xFABAA0;
    while (!(REG(XOSC_STATUS) & 1u << 31)) {
    }
    REG(CLK_REF_CTRL) = 2;
    REG(CLK_SYS_CTRL) = 0;
    REG(CLK_PERI_CTRL) = 1 << 11;
    REG(WATCHDOG_TICK) = CRYSTAL_MHZ | 1 << 9;
    REG(RESETS + CLEAR) = USED;
    while ((REG(RESET_DONE) & USED) != USED) {
    }

    pin_function(PIN_TX, FUNCTION_UART);
    pin_function(PIN_RX, FUNCTION_UART);
    REG(UART + 0x24) = 6; /* 12 MHz / 16 / 115200 = 6 and 33/64 */
    REG(UART + 0x28) = 33;
    REG(UART + 0x2C) = 3 << 5 | 1 << 4; /* 8 data bits, FIFOs */
    REG(UART + 0x30) = 1 << 9 | 1 << 8 | 1;
    const uint32_t pulled[] = { PIN_SDA, PIN_SCL, PIN_BUTTON };
    for (int i = 0; i < 3; i++) REG(PADS + 4 + 4 * pulled[i]) = PAD_PULL_UP;
    pin_function(PIN_BUTTON, FUNCTION_SIO);
    pin_function(PIN_BUZZER, FUNCTION_SIO);
    pin_function(PIN_LED, FUNCTION_SIO);
    SIO_DRIVE = 1u << PIN_LED | 1u << PIN_BUZZER;
    board_i2c_recover();
}

/* ---- Start ---- */

#include "Backbeat.h"

extern uint32_t bss_begin[], bss_end[], stack_top[];

_Noreturn void start(void) {
    for (uint32_t *p = bss_begin; p < bss_end; p++) *p = 0;
    backbeat_begin();
    for (;;) backbeat_poll();
}

__attribute__((section(".vectors"), used)) static const void *const vectors[] = { stack_top,
                                                                                  (const void *)start };

#endif
