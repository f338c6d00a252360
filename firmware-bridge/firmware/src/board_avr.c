/* ATmega328P (Uno, Nano, Pro Mini) by its registers: Timer 1 sets the pace, its interrupt starts the reading
 * of the sensors, which the I2C's interrupts carry through. On a 32U4 it is the same with the UART on pins 0
 * and 1; through the Arduino core that board uses its USB port instead (board_arduino.cpp).
 *
 * Pins: SDA and SCL as printed on the board, LED 13, button between 4 and ground, buzzer or motor on 5. */
#if defined(__AVR_ATmega328P__) || (defined(__AVR_ATmega32U4__) && !defined(ARDUINO))
#ifndef BACKBEAT_ARDUINO_API

#include "board.h"
#include "protocol/wire.h"

#include <avr/boot.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <string.h>
#include <util/atomic.h>
#include <util/delay.h>
#include <util/twi.h>

#ifdef __AVR_ATmega328P__
#define NAME           "ATmega328P"
#define UART_STATUS    UCSR0A
#define UART_CONTROL   UCSR0B
#define UART_FRAME     UCSR0C
#define UART_DATA      UDR0
#define UART_DIVIDER   UBRR0
#define UART_RX_vect   USART_RX_vect
#define UART_TX_vect   USART_UDRE_vect
#define BUS_DIRECTION  DDRC
#define BUS_PULL_UP    PORTC
#define BUS_INPUT      PINC
#define SDA_BIT        4
#define SCL_BIT        5
#define LED_DIRECTION  DDRB
#define LED_PORT       PORTB
#define LED_BIT        5
#define BUZZ_DIRECTION DDRD
#define BUZZ_PORT      PORTD
#define BUZZ_BIT       5
#else
#define NAME           "ATmega32U4"
#define UART_STATUS    UCSR1A
#define UART_CONTROL   UCSR1B
#define UART_FRAME     UCSR1C
#define UART_DATA      UDR1
#define UART_DIVIDER   UBRR1
#define UART_RX_vect   USART1_RX_vect
#define UART_TX_vect   USART1_UDRE_vect
#define BUS_DIRECTION  DDRD
#define BUS_PULL_UP    PORTD
#define BUS_INPUT      PIND
#define SDA_BIT        1
#define SCL_BIT        0
#define LED_DIRECTION  DDRC
#define LED_PORT       PORTC
#define LED_BIT        7
#define BUZZ_DIRECTION DDRC
#define BUZZ_PORT      PORTC
#define BUZZ_BIT       6
#endif
#define BUTTON_BIT 4 /* of port D on both */

/* ---- Time: Timer 1 runs at an eighth of the clock ---- */

enum { TICKS_PER_US = F_CPU / 8000000L };
_Static_assert(TICKS_PER_US == 1 || TICKS_PER_US == 2, "8 or 16 MHz");

static volatile uint32_t overflows;

static uint32_t micros_masked(void) {
    uint16_t ticks = TCNT1;
    uint32_t passed = overflows;
    if ((TIFR1 & _BV(TOV1)) && ticks < 0x8000) passed++;
    return passed * (65536UL / TICKS_PER_US) + ticks / TICKS_PER_US;
}

uint32_t board_micros(void) {
    uint32_t now_us = 0;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
        now_us = micros_masked();
    }
    return now_us;
}

ISR(TIMER1_OVF_vect) {
    overflows++;
}

/* Wakes the processor. */
ISR(TIMER1_COMPB_vect) {
    OCR1B += 1000 * TICKS_PER_US;
}

/* Interrupts other than ours (the Arduino core's clock) wake it too. */
void board_rest(void) {
    set_sleep_mode(SLEEP_MODE_IDLE);
    sleep_mode();
}

/* ---- I2C ---- */

enum {
    TWI_GO = _BV(TWINT) | _BV(TWEN) | _BV(TWIE),
    TWI_RUNNING = 0xFF, /* beside BoardAnswer */
};

/* One transfer; the interrupt changes it until `state` is an answer. */
static struct {
    volatile uint8_t state;
    uint8_t address;
    const uint8_t *out;
    uint8_t out_left;
    uint8_t *in;
    uint8_t in_left;
    bool reads; /* since the last start */
} twi;

/* The sampler: which burst is being read, of which tick. */
static struct {
    BoardBurst bursts[BOARD_BURSTS_MAX];
    uint8_t count;
    volatile uint8_t at; /* the burst being read, `count` when all are, SAMPLER_IDLE */
    BoardTick tick;
    uint16_t period_ticks;
    volatile uint8_t missed; /* ticks that began no reading, since the last were taken */
} sampler;

enum { SAMPLER_IDLE = 0xFF };

static void twi_start(uint8_t address, const uint8_t *out, uint8_t out_count, uint8_t *in, uint8_t in_count,
                      uint8_t also) {
    twi.address = address;
    twi.out = out;
    twi.out_left = out_count;
    twi.in = in;
    twi.in_left = in_count;
    twi.reads = out_count == 0;
    twi.state = TWI_RUNNING;
    TWCR = TWI_GO | _BV(TWSTA) | also;
}

static void burst_start(uint8_t also) {
    uint8_t i = sampler.at;
    const BoardBurst *burst = &sampler.bursts[i];
    sampler.tick.time_us[i] = micros_masked();
    twi_start(burst->address, &burst->first_register, 1, sampler.tick.bytes[i], burst->length, also);
}

static void twi_end(BoardAnswer answer) {
    twi.state = answer;
    if (sampler.at < sampler.count) {
        sampler.tick.answer[sampler.at++] = answer;
        if (sampler.at < sampler.count) {
            burst_start(_BV(TWSTO)); /* a stop, and straight on */
            return;
        }
    }
    TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
}

static void twi_acknowledge(void) {
    TWCR = TWI_GO | (twi.in_left > 1 ? _BV(TWEA) : 0);
}

ISR(TWI_vect) {
    switch (TW_STATUS) {
    case TW_START:
    case TW_REP_START:
        TWDR = (uint8_t)(twi.address << 1 | (twi.reads ? TW_READ : TW_WRITE));
        TWCR = TWI_GO;
        break;
    case TW_MT_SLA_ACK:
    case TW_MT_DATA_ACK:
        if (twi.out_left > 0) {
            twi.out_left--;
            TWDR = *twi.out++;
            TWCR = TWI_GO;
        } else if (twi.in_left > 0) {
            twi.reads = true;
            TWCR = TWI_GO | _BV(TWSTA);
        } else {
            twi_end(BOARD_OK);
        }
        break;
    case TW_MR_DATA_ACK:
        *twi.in++ = TWDR;
        twi.in_left--;
        twi_acknowledge();
        break;
    case TW_MR_SLA_ACK: twi_acknowledge(); break;
    case TW_MR_DATA_NACK:
        *twi.in++ = TWDR;
        twi_end(BOARD_OK);
        break;
    default: twi_end(BOARD_NO_ANSWER); break;
    }
}

static void bus_begin(void) {
    TWBR = (F_CPU / BOARD_I2C_HZ - 16) / 2;
    TWSR = 0;
    TWCR = _BV(TWEN);
}

BoardAnswer board_i2c(uint8_t address, const uint8_t *out, uint8_t out_count, uint8_t *in, uint8_t in_count) {
    uint32_t began_us = board_micros();
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
        twi_start(address, out, out_count, in, in_count, 0);
    }
    while (twi.state == TWI_RUNNING) {
        if (board_micros() - began_us < BOARD_I2C_LIMIT_US) continue;
        TWCR = 0;
        twi.state = BOARD_STUCK;
    }
    return twi.state;
}

/* A line is low where it is driven, and else let go: the pull-ups raise it. */
static void line_low(uint8_t bit, bool low) {
    if (low) {
        BUS_PULL_UP &= (uint8_t)~_BV(bit);
        BUS_DIRECTION |= _BV(bit);
    } else {
        BUS_DIRECTION &= (uint8_t)~_BV(bit);
        BUS_PULL_UP |= _BV(bit);
    }
    _delay_us(5);
}

void board_i2c_recover(void) {
    TWCR = 0;
    line_low(SDA_BIT, false);
    line_low(SCL_BIT, false);
    for (uint8_t pulse = 0; pulse < 9 && !(BUS_INPUT & _BV(SDA_BIT)); pulse++) {
        line_low(SCL_BIT, true);
        line_low(SCL_BIT, false);
    }
    line_low(SCL_BIT, true);
    line_low(SDA_BIT, true);
    line_low(SCL_BIT, false);
    line_low(SDA_BIT, false);
    bus_begin();
}

/* ---- Sampling ---- */

ISR(TIMER1_COMPA_vect) {
    OCR1A += sampler.period_ticks;
    if (sampler.at == SAMPLER_IDLE && twi.state != TWI_RUNNING) {
        sampler.at = 0;
        burst_start(0);
    } else if (sampler.missed < UINT8_MAX) {
        sampler.missed++;
    }
}

void board_sampling_start(uint32_t period_us, const BoardBurst *bursts, uint8_t count) {
    board_sampling_stop();
    memcpy(sampler.bursts, bursts, count * sizeof *bursts);
    sampler.count = count;
    sampler.missed = 0;
    sampler.period_ticks = (uint16_t)(period_us * TICKS_PER_US);
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
        OCR1A = TCNT1 + sampler.period_ticks;
        TIFR1 = _BV(OCF1A);
        TIMSK1 |= _BV(OCIE1A);
    }
}

/* A burst that is under way is let come to its end, or is cut off. */
void board_sampling_stop(void) {
    TIMSK1 &= (uint8_t)~_BV(OCIE1A);
    uint32_t began_us = board_micros();
    while (sampler.at < sampler.count && board_micros() - began_us < BOARD_I2C_LIMIT_US) {
    }
    if (sampler.at < sampler.count) {
        TWCR = 0;
        twi.state = BOARD_STUCK;
        board_i2c_recover();
    }
    sampler.at = SAMPLER_IDLE;
}

/* The readings that will not come any more. */
static void give_up(void) {
    TWCR = 0;
    twi.state = BOARD_STUCK;
    while (sampler.at < sampler.count) sampler.tick.answer[sampler.at++] = BOARD_STUCK;
}

bool board_sampling_take(BoardTick *out) {
    uint8_t at = sampler.at;
    if (at == SAMPLER_IDLE) return false;
    if (at < sampler.count) {
        if (board_micros() - sampler.tick.time_us[at] < BOARD_I2C_LIMIT_US) return false;
        ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
            give_up();
        }
    }
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
        sampler.tick.missed = sampler.missed;
        sampler.missed = 0;
    }
    *out = sampler.tick;
    sampler.at = SAMPLER_IDLE;
    return true;
}

/* ---- The line ---- */

enum { TX_SIZE = 256, RX_SIZE = 64 };

static struct {
    uint8_t bytes[TX_SIZE];
    volatile uint8_t head, tail; /* they wrap by themselves */
} tx;

static struct {
    uint8_t bytes[RX_SIZE];
    volatile uint8_t head, tail;
} rx;

/* What does not fit is lost, and the frame's checksum with it. */
ISR(UART_RX_vect) {
    uint8_t byte = UART_DATA;
    uint8_t next = (uint8_t)((rx.head + 1) % RX_SIZE);
    if (next == rx.tail) return;
    rx.bytes[rx.head] = byte;
    rx.head = next;
}

ISR(UART_TX_vect) {
    UART_DATA = tx.bytes[tx.tail++];
    if (tx.tail == tx.head) UART_CONTROL &= (uint8_t)~_BV(5);
}

size_t board_serial_room(void) {
    return (uint8_t)(tx.tail - tx.head - 1);
}

void board_serial_write(const uint8_t *bytes, size_t count) {
    uint8_t head = tx.head;
    for (uint8_t i = 0; i < count; i++) tx.bytes[head++] = bytes[i];
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
        tx.head = head;
        UART_CONTROL |= _BV(5); /* UDRIE */
    }
}

int board_serial_read(void) {
    uint8_t tail = rx.tail;
    if (tail == rx.head) return -1;
    uint8_t byte = rx.bytes[tail];
    rx.tail = (uint8_t)((tail + 1) % RX_SIZE);
    return byte;
}

/* ---- The rest ---- */

uint8_t board_features(void) {
    return WIRE_HAS_BUTTON | WIRE_HAS_BUZZER | WIRE_HAS_LED;
}

/* Lot, wafer and place on it are in the signature row: the chip's own number. Copies have it blank. */
void board_identity(char name[BOARD_NAME_SIZE], uint8_t serial[BOARD_SERIAL_SIZE]) {
    bool blank = true;
    for (uint8_t i = 0; i < BOARD_SERIAL_SIZE; i++) {
        ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
            serial[i] = boot_signature_byte_get(0x10 + i);
        }
        blank = blank && serial[i] == serial[0];
    }
    if (blank) memset(serial, 0, BOARD_SERIAL_SIZE);
    static const __flash char text[] = NAME;
    for (uint8_t i = 0; i < sizeof text; i++) name[i] = text[i];
}

void board_led(bool on) {
    if (on)
        LED_PORT |= _BV(LED_BIT);
    else
        LED_PORT &= (uint8_t)~_BV(LED_BIT);
}

void board_buzzer(bool on) {
    if (on)
        BUZZ_PORT |= _BV(BUZZ_BIT);
    else
        BUZZ_PORT &= (uint8_t)~_BV(BUZZ_BIT);
}

bool board_button(void) {
    return !(PIND & _BV(BUTTON_BIT));
}

void board_begin(void) {
    LED_DIRECTION |= _BV(LED_BIT);
    BUZZ_DIRECTION |= _BV(BUZZ_BIT);
    PORTD |= _BV(BUTTON_BIT);

    sampler.at = SAMPLER_IDLE;
    TCCR1B = 0; /* the Arduino core has set it going for its own purposes */
    TCCR1A = 0;
    TCNT1 = 0;
    OCR1A = 0;
    OCR1B = 1000 * TICKS_PER_US;
    TIFR1 = _BV(TOV1) | _BV(OCF1A) | _BV(OCF1B);
    TCCR1B = _BV(CS11);
    TIMSK1 = _BV(TOIE1) | _BV(OCIE1B);

    UART_STATUS = _BV(1); /* U2X */
    UART_DIVIDER = (F_CPU / 4 / BOARD_BAUD - 1) / 2;
    UART_FRAME = _BV(2) | _BV(1);            /* 8 data bits, no parity, 1 stop bit */
    UART_CONTROL = _BV(7) | _BV(4) | _BV(3); /* receives by interrupt, sends */
    sei();
    board_i2c_recover();
}

#endif
#endif
