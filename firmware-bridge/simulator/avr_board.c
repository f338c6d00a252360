#include "simulator/avr_board.h"

#include <avr_ioport.h>
#include <avr_twi.h>
#include <avr_uart.h>
#include <sim_avr.h>
#include <sim_elf.h>
#include <stdlib.h>
#include <string.h>

enum {
    CLOCK_HZ = 16000000,
    BYTE_CYCLES = CLOCK_HZ / 10000, /* of a byte to the board: a little slower than the line */
    LINE_SIZE = 512,                /* bytes on their way to the board */
    PORTB_AT = 0x25,
    DDRC_AT = 0x27,
    PORTD_AT = 0x2B,
    TWCR_AT = 0xBC,
    TWINT_BIT = 7,
    LED_BIT = 5,
    BUZZER_BIT = 5,
    BUTTON_BIT = 4,
    SDA_BIT = 4,
    SCL_BIT = 5,
};

struct AvrBoard {
    avr_t *avr;
    Mpu6050 *chips[AVR_BOARD_CHIPS_MAX];
    size_t chip_count;
    AvrBoardByte heard;
    void *listener;
    avr_irq_t *twi_in, *uart_in;
    bool reads; /* which way the transfer under way goes */
    struct {
        void *self;
        avr_io_write_t call;
    } twi_control;   /* simavr's own */
    int pulses_left; /* until the bus is let go */
    bool clock_was_low;
    uint8_t line[LINE_SIZE];
    size_t line_from, line_count;
    avr_cycle_count_t line_next;
    uint16_t stack_low;
    AvrBoardMemory memory;
};

double avr_board_now(const AvrBoard *b) {
    return (double)b->avr->cycle / CLOCK_HZ;
}

/* ---- The bus ---- */

static void answer(AvrBoard *b, uint8_t kind, uint8_t data) {
    avr_raise_irq(b->twi_in, avr_twi_irq_msg(kind, 0, data));
}

static void on_twi(struct avr_irq_t *irq, uint32_t value, void *self) {
    (void)irq;
    AvrBoard *b = self;
    avr_twi_msg_irq_t m = { .u.v = value };
    uint8_t kind = (uint8_t)m.u.twi.msg;
    double now_s = avr_board_now(b);
    bool acknowledged = false;
    if (kind & TWI_COND_STOP) {
        for (size_t i = 0; i < b->chip_count; i++) mpu6050_stop(b->chips[i]);
    }
    if (kind & TWI_COND_START) {
        b->reads = m.u.twi.addr & 1;
        for (size_t i = 0; i < b->chip_count; i++)
            acknowledged |= mpu6050_start(b->chips[i], (uint8_t)(m.u.twi.addr >> 1), b->reads);
        if (acknowledged) answer(b, TWI_COND_ACK, 1);
        return;
    }
    if (kind & TWI_COND_WRITE) {
        for (size_t i = 0; i < b->chip_count; i++)
            acknowledged |= mpu6050_write(b->chips[i], (uint8_t)m.u.twi.data, now_s);
        if (acknowledged) answer(b, TWI_COND_ACK, 1);
    }
    if (kind & TWI_COND_READ) {
        uint8_t byte = 0xFF; /* open drain: a low wins */
        for (size_t i = 0; i < b->chip_count; i++) byte &= mpu6050_read(b->chips[i], now_s);
        answer(b, TWI_COND_READ, byte);
    }
}

/* While somebody holds the bus, nothing that is begun comes to an end. */
static void on_twi_control(avr_t *avr, avr_io_addr_t at, uint8_t value, void *self) {
    AvrBoard *b = self;
    if (b->pulses_left > 0) {
        avr->data[at] = (uint8_t)(value & ~(1u << TWINT_BIT));
        return;
    }
    b->twi_control.call(avr, at, value, b->twi_control.self);
}

static void set_sda(AvrBoard *b, bool high) {
    avr_ioport_external_t pulled = { .name = 'C',
                                     .mask = 1u << SDA_BIT | 1u << SCL_BIT,
                                     .value = (unsigned)high << SDA_BIT | 1u << SCL_BIT };
    avr_ioctl(b->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('C'), &pulled);
    avr_raise_irq(avr_io_getirq(b->avr, AVR_IOCTL_IOPORT_GETIRQ('C'), SDA_BIT), high);
}

/* SCL is driven low by making it an output, and let go by making it an input. */
static void on_bus_direction(struct avr_irq_t *irq, uint32_t value, void *self) {
    (void)irq;
    AvrBoard *b = self;
    bool low = value & 1u << SCL_BIT;
    bool rises = b->clock_was_low && !low;
    b->clock_was_low = low;
    if (rises && b->pulses_left > 0 && --b->pulses_left == 0) set_sda(b, true);
}

void avr_board_hang_bus(AvrBoard *b, int pulses) {
    b->pulses_left = pulses;
    set_sda(b, pulses == 0);
}

bool avr_board_bus_hangs(const AvrBoard *b) {
    return b->pulses_left > 0;
}

/* ---- The line ---- */

static void on_uart(struct avr_irq_t *irq, uint32_t value, void *self) {
    (void)irq;
    AvrBoard *b = self;
    if (b->heard != NULL) b->heard(b->listener, (uint8_t)value);
}

size_t avr_board_send(AvrBoard *b, const uint8_t *bytes, size_t count) {
    size_t taken = 0;
    while (taken < count && b->line_count < LINE_SIZE)
        b->line[(b->line_from + b->line_count++) % LINE_SIZE] = bytes[taken++];
    return taken;
}

static void feed_line(AvrBoard *b) {
    if (b->line_count == 0 || b->avr->cycle < b->line_next) return;
    b->line_next = b->avr->cycle + BYTE_CYCLES;
    avr_raise_irq(b->uart_in, b->line[b->line_from]);
    b->line_from = (b->line_from + 1) % LINE_SIZE;
    b->line_count--;
}

/* ---- The board ---- */

/* Writing to the port makes simavr ask the outside again, so it is told there too. */
void avr_board_press(AvrBoard *b, bool down) {
    avr_ioport_external_t pulled = { .name = 'D',
                                     .mask = 1u << BUTTON_BIT,
                                     .value = (unsigned)!down << BUTTON_BIT };
    avr_ioctl(b->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('D'), &pulled);
    avr_raise_irq(avr_io_getirq(b->avr, AVR_IOCTL_IOPORT_GETIRQ('D'), BUTTON_BIT), !down);
}

bool avr_board_led(const AvrBoard *b) {
    return b->avr->data[PORTB_AT] >> LED_BIT & 1;
}

bool avr_board_buzzer(const AvrBoard *b) {
    return b->avr->data[PORTD_AT] >> BUZZER_BIT & 1;
}

AvrBoardMemory avr_board_memory(const AvrBoard *b) {
    AvrBoardMemory memory = b->memory;
    memory.stack = (unsigned)(b->avr->ramend - b->stack_low);
    return memory;
}

static void no_sleep(avr_t *avr, avr_cycle_count_t cycles) {
    (void)avr, (void)cycles;
}

static void no_words(avr_t *avr, const int level, const char *format, va_list arguments) {
    (void)avr, (void)level, (void)format, (void)arguments;
}

static void connect_parts(AvrBoard *b) {
    avr_t *avr = b->avr;
    avr->sleep = no_sleep;
    avr->log = LOG_NONE;
    uint32_t flags = 0; /* neither waits nor prints */
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
    b->uart_in = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), on_uart, b);
    b->twi_in = avr_io_getirq(avr, AVR_IOCTL_TWI_GETIRQ(0), TWI_IRQ_INPUT);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_TWI_GETIRQ(0), TWI_IRQ_OUTPUT), on_twi, b);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('C'), IOPORT_IRQ_DIRECTION_ALL),
                            on_bus_direction, b);
    avr_io_addr_t control = AVR_DATA_TO_IO(TWCR_AT);
    b->twi_control.self = avr->io[control].w.param;
    b->twi_control.call = avr->io[control].w.c;
    avr->io[control].w.param = b;
    avr->io[control].w.c = on_twi_control;
}

static void pull_up(AvrBoard *b) {
    set_sda(b, true);
    avr_board_press(b, false);
}

void avr_board_reset(AvrBoard *b) {
    avr_reset(b->avr);
    b->line_count = 0;
    pull_up(b);
}

Result avr_board_open(AvrBoard **out, const char *elf_path, Mpu6050 *const chips[], size_t chip_count,
                      AvrBoardByte heard, void *listener, Error *error) {
    *out = NULL;
    avr_global_logger_set(no_words);
    elf_firmware_t firmware = { 0 };
    if (elf_read_firmware(elf_path, &firmware) != 0)
        return error_set(error, RESULT_BAD_DATA, "%s is not a firmware in ELF form.", elf_path);
    AvrBoard *b = calloc(1, sizeof *b);
    avr_t *avr = avr_make_mcu_by_name("atmega328p");
    if (b == NULL || avr == NULL || avr_init(avr) != 0) {
        free(b);
        free(avr);
        return error_set(error, RESULT_NO_MEMORY, "simavr can't make an ATmega328P.");
    }
    firmware.frequency = CLOCK_HZ;
    avr_load_firmware(avr, &firmware);
    b->avr = avr;
    b->chip_count = chip_count < AVR_BOARD_CHIPS_MAX ? chip_count : AVR_BOARD_CHIPS_MAX;
    for (size_t i = 0; i < b->chip_count; i++) b->chips[i] = chips[i];
    b->heard = heard;
    b->listener = listener;
    b->stack_low = avr->ramend;
    b->memory =
        (AvrBoardMemory){ .flash = firmware.flashsize, .variables = firmware.datasize + firmware.bsssize };
    connect_parts(b);
    pull_up(b);
    *out = b;
    return RESULT_OK;
}

void avr_board_close(AvrBoard *b) {
    if (b == NULL) return;
    avr_terminate(b->avr);
    free(b->avr);
    free(b);
}

static void watch_stack(AvrBoard *b) {
    uint16_t pointer = (uint16_t)(b->avr->data[R_SPL] | b->avr->data[R_SPH] << 8);
    /* Before the start-up code has set it, it is zero. */
    if (pointer > b->avr->ramend / 2 && pointer < b->stack_low) b->stack_low = pointer;
}

bool avr_board_run(AvrBoard *b, double until_s) {
    avr_cycle_count_t until = (avr_cycle_count_t)(until_s * CLOCK_HZ);
    while (b->avr->cycle < until) {
        feed_line(b);
        int state = avr_run(b->avr);
        if (state == cpu_Done || state == cpu_Crashed) return false;
        watch_stack(b);
    }
    return true;
}
