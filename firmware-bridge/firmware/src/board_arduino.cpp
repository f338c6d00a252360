// Any board whose Arduino core has Wire and Serial, among them the Leonardo and Pro Micro (by their USB port), ESP32, SAMD, nRF52, RP2040,
// Teensy. Sampling is done from loop() (board_polled.c), a few hundred microseconds late at times. An ATmega328P has board_avr.c instead.
//
// Pins: SDA and SCL as printed on the board, the board's own LED, button between 4 and ground, buzzer or motor on 5; other pins by
// defining BACKBEAT_LED_PIN, BACKBEAT_BUTTON_PIN, BACKBEAT_BUZZER_PIN.
#if defined(ARDUINO) && (!defined(__AVR_ATmega328P__) || defined(BACKBEAT_ARDUINO_API))

#include <Arduino.h>
#include <Wire.h>
#include <string.h>

#include "board.h"
#include "protocol/wire.h"

#ifndef BACKBEAT_BUTTON_PIN
#define BACKBEAT_BUTTON_PIN 4
#endif
#ifndef BACKBEAT_BUZZER_PIN
#define BACKBEAT_BUZZER_PIN 5
#endif
#if !defined(BACKBEAT_LED_PIN) && defined(LED_BUILTIN)
#define BACKBEAT_LED_PIN LED_BUILTIN
#endif

namespace {

// A core that never says how much it takes is taken to take all.
bool room_is_known;

// Not every core's Wire has a time limit or can let go of its pins; no macro says which.
template <typename W> auto limit_time(W &wire, int) -> decltype(wire.setWireTimeout(BOARD_I2C_LIMIT_US, true), void()) {
    wire.setWireTimeout(BOARD_I2C_LIMIT_US, true);
}
template <typename W> void limit_time(W &, long) {}

template <typename W> auto timed_out(W &wire, int) -> decltype(wire.getWireTimeoutFlag(), bool()) {
    bool was = wire.getWireTimeoutFlag();
    wire.clearWireTimeoutFlag();
    return was;
}
template <typename W> bool timed_out(W &, long) { return false; }

template <typename W> auto let_go(W &wire, int) -> decltype(wire.end(), void()) { wire.end(); }
template <typename W> void let_go(W &, long) {}

void bus_begin() {
    Wire.begin();
    Wire.setClock(BOARD_I2C_HZ);
    limit_time(Wire, 0);
}

void line_low(uint8_t pin, bool low) {
    if (low) {
        digitalWrite(pin, LOW);
        pinMode(pin, OUTPUT);
    } else {
        pinMode(pin, INPUT_PULLUP);
    }
    delayMicroseconds(5);
}

} // namespace

void board_begin(void) {
    Serial.begin(BOARD_BAUD);
#ifdef BACKBEAT_LED_PIN
    pinMode(BACKBEAT_LED_PIN, OUTPUT);
#endif
    pinMode(BACKBEAT_BUTTON_PIN, INPUT_PULLUP);
    pinMode(BACKBEAT_BUZZER_PIN, OUTPUT);
#ifdef ARDUINO_ARCH_AVR
    room_is_known = true;
#endif
    board_i2c_recover();
}

uint8_t board_features(void) {
#ifdef BACKBEAT_LED_PIN
    return WIRE_HAS_BUTTON | WIRE_HAS_BUZZER | WIRE_HAS_LED;
#else
    return WIRE_HAS_BUTTON | WIRE_HAS_BUZZER;
#endif
}

void board_identity(char name[BOARD_NAME_SIZE], uint8_t serial[BOARD_SERIAL_SIZE]) {
    memset(serial, 0, BOARD_SERIAL_SIZE); // the USB port's number tells them apart
#ifdef USB_PRODUCT
    strncpy(name, USB_PRODUCT, BOARD_NAME_SIZE - 1);
#else
    strncpy(name, "Arduino", BOARD_NAME_SIZE - 1);
#endif
    name[BOARD_NAME_SIZE - 1] = '\0';
}

uint32_t board_micros(void) {
    return micros();
}

void board_rest(void) {
    yield();
}

BoardAnswer board_i2c(uint8_t address, const uint8_t *out, uint8_t out_count, uint8_t *in, uint8_t in_count) {
    Wire.beginTransmission(address);
    Wire.write(out, out_count);
    uint8_t result = Wire.endTransmission(in_count == 0);
    if (result == 0 && in_count > 0) {
        uint8_t got = Wire.requestFrom(address, in_count);
        for (uint8_t i = 0; i < got; i++) in[i] = static_cast<uint8_t>(Wire.read());
        if (got != in_count) result = 4;
    }
    if (timed_out(Wire, 0) || result == 5) return BOARD_STUCK;
    return result == 0 ? BOARD_OK : BOARD_NO_ANSWER;
}

void board_i2c_recover(void) {
#if defined(SDA) || defined(PIN_WIRE_SDA)
    let_go(Wire, 0);
    line_low(SDA, false);
    line_low(SCL, false);
    for (uint8_t pulse = 0; pulse < 9 && digitalRead(SDA) == LOW; pulse++) {
        line_low(SCL, true);
        line_low(SCL, false);
    }
    line_low(SCL, true);
    line_low(SDA, true);
    line_low(SCL, false);
    line_low(SDA, false);
#endif
    bus_begin();
}

size_t board_serial_room(void) {
    int room = Serial.availableForWrite();
    if (room > 0) room_is_known = true;
    return room_is_known ? static_cast<size_t>(room > 0 ? room : 0) : WIRE_FRAME_MAX;
}

void board_serial_write(const uint8_t *bytes, size_t count) {
    Serial.write(bytes, count);
}

int board_serial_read(void) {
    return Serial.available() > 0 ? Serial.read() : -1;
}

void board_led(bool on) {
#ifdef BACKBEAT_LED_PIN
    digitalWrite(BACKBEAT_LED_PIN, on ? HIGH : LOW);
#else
    (void)on;
#endif
}

void board_buzzer(bool on) {
    digitalWrite(BACKBEAT_BUZZER_PIN, on ? HIGH : LOW);
}

bool board_button(void) {
    return digitalRead(BACKBEAT_BUTTON_PIN) == LOW;
}

#endif
