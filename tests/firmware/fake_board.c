#include "fake_board.h"

#include "protocol/wire.h"

#include <string.h>

FakeBoard fake;

void fake_reset(void) {
    memset(&fake, 0, sizeof fake);
    fake.room = -1;
}

FakeChip *fake_add_chip(uint8_t address, uint8_t who_register, uint8_t who) {
    FakeChip *chip = &fake.chips[fake.chip_count++];
    chip->address = address;
    chip->answers = true;
    chip->reg[0][who_register] = who;
    return chip;
}

void fake_ask(const uint8_t *bytes, size_t count) {
    memcpy(fake.asked + fake.asked_count, bytes, count);
    fake.asked_count += (int)count;
}

void board_begin(void) {}

uint8_t board_features(void) {
    return WIRE_HAS_BUTTON | WIRE_HAS_LED;
}

void board_identity(char name[BOARD_NAME_SIZE], uint8_t serial[BOARD_SERIAL_SIZE]) {
    memcpy(name, "Fake board", sizeof "Fake board");
    for (int i = 0; i < BOARD_SERIAL_SIZE; i++) serial[i] = (uint8_t)(i + 1);
}

uint32_t board_micros(void) {
    return fake.now_us;
}

void board_rest(void) {}

static FakeChip *chip_at(uint8_t address) {
    for (int i = 0; i < fake.chip_count; i++) {
        if (fake.chips[i].answers && fake.chips[i].address == address) return &fake.chips[i];
    }
    return NULL;
}

static void write_register(FakeChip *chip, uint8_t at, uint8_t value) {
    if (chip->writes < 64) chip->written[chip->writes++] = (uint16_t)(at << 8 | value);
    if (chip->bank_register != 0 && at == chip->bank_register)
        chip->bank = value >> 4 & 3;
    else
        chip->reg[chip->bank][at] = value;
}

BoardAnswer board_i2c(uint8_t address, const uint8_t *out, uint8_t out_count, uint8_t *in, uint8_t in_count) {
    if (fake.held_for > 0) return BOARD_STUCK;
    FakeChip *chip = chip_at(address);
    if (chip == NULL) return BOARD_NO_ANSWER;
    for (uint8_t i = 1; i < out_count; i++) write_register(chip, (uint8_t)(out[0] + i - 1), out[i]);
    for (uint8_t i = 0; i < in_count; i++) in[i] = chip->reg[chip->bank][(uint8_t)(out[0] + i)];
    return BOARD_OK;
}

void board_i2c_recover(void) {
    fake.recoveries++;
    fake.held_for = fake.held_for > 9 ? fake.held_for - 9 : 0;
}

void board_sampling_start(uint32_t period_us, const BoardBurst *bursts, uint8_t count) {
    memcpy(fake.bursts, bursts, count * sizeof *bursts);
    fake.burst_count = count;
    fake.period_us = period_us;
    fake.next_us = fake.now_us + period_us;
}

void board_sampling_stop(void) {
    fake.burst_count = 0;
}

bool board_sampling_take(BoardTick *out) {
    if (fake.burst_count == 0 || (int32_t)(fake.now_us - fake.next_us) < 0) return false;
    memset(out, 0, sizeof *out);
    while ((int32_t)(fake.now_us - fake.next_us) >= (int32_t)fake.period_us) {
        out->missed++;
        fake.next_us += fake.period_us;
    }
    for (uint8_t i = 0; i < fake.burst_count; i++) {
        const BoardBurst *burst = &fake.bursts[i];
        out->time_us[i] = fake.next_us;
        out->answer[i] = board_i2c(burst->address, &burst->first_register, 1, out->bytes[i], burst->length);
    }
    fake.next_us += fake.period_us;
    return true;
}

size_t board_serial_room(void) {
    return fake.room < 0 ? (size_t)(FAKE_LINE_SIZE - fake.said_count) : (size_t)fake.room;
}

void board_serial_write(const uint8_t *bytes, size_t count) {
    memcpy(fake.said + fake.said_count, bytes, count);
    fake.said_count += (int)count;
    if (fake.room >= 0) fake.room -= (int)count;
}

int board_serial_read(void) {
    return fake.asked_at < fake.asked_count ? fake.asked[fake.asked_at++] : -1;
}

void board_led(bool on) {
    fake.led = on;
}

void board_buzzer(bool on) {
    fake.buzzer = on;
}

bool board_button(void) {
    return fake.button;
}
