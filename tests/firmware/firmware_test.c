/* The firmware's portable part on a board that is not there: drivers, commands, faults and their mending. */
#include "bridge.h"
#include "fake_board.h"
#include "light.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { HEARD_MAX = 4096 };

/* What the board said since it was last heard. */
typedef struct Heard {
    WireMessage items[HEARD_MAX];
    int count;
} Heard;

static Heard heard;
static WireDecoder decoder;
static Bridge bridge;

static void begin(void) {
    wire_decoder_init(&decoder);
    bridge_begin(&bridge);
}

static void listen(void) {
    heard.count = 0;
    for (int i = 0; i < fake.said_count; i++) {
        WireMessage m;
        if (!wire_decoder_feed(&decoder, fake.said[i], &m)) continue;
        assert_true(heard.count < HEARD_MAX);
        heard.items[heard.count++] = m;
    }
    fake.said_count = 0;
    assert_int_equal(wire_decoder_bad(&decoder), 0);
}

/* In steps of a quarter of a millisecond. */
static void run_ms(int ms) {
    for (int i = 0; i < 4 * ms; i++) {
        fake.now_us += 250;
        bridge_poll(&bridge);
    }
    listen();
}

static void ask(WireMessage m) {
    uint8_t frame[WIRE_FRAME_MAX];
    fake_ask(frame, wire_encode(&m, frame, sizeof frame));
}

static int count_of(uint8_t id) {
    int count = 0;
    for (int i = 0; i < heard.count; i++) count += heard.items[i].id == id;
    return count;
}

static const WireMessage *last_of(uint8_t id) {
    for (int i = heard.count - 1; i >= 0; i--) {
        if (heard.items[i].id == id) return &heard.items[i];
    }
    fail_msg("nothing of id %d was said", id);
    return NULL;
}

static const WireStatus *status(void) {
    return &last_of(WIRE_STATUS)->as.status;
}

static void start(uint16_t rate_hz) {
    ask((WireMessage){ .id = WIRE_START, .as.start.rate_hz = rate_hz });
}

static void put_mpu(FakeChip *chip) {
    const uint8_t burst[14] = {
        0x10, 0x00, 0xF0, 0x00, 0x00, 0x01, 0, 0, 0x7F, 0xFF, 0x80, 0x00, 0xFF, 0xFE
    };
    memcpy(chip->reg[0] + 0x3B, burst, sizeof burst);
}

static FakeChip *add_mpu(uint8_t address) {
    FakeChip *chip = fake_add_chip(address, 0x75, 0x68);
    put_mpu(chip);
    return chip;
}

/* One sensor, set up and started. */
static void stream_at_200_hz(void) {
    fake_reset();
    add_mpu(0x68);
    begin();
    run_ms(600);
    start(200);
}

/* ---- Drivers ---- */

static void check_model(const char *model, int gyro_ddps, int accel_mg) {
    begin();
    run_ms(600);
    assert_int_equal(count_of(WIRE_HELLO), 1);
    const WireHello *hello = &last_of(WIRE_HELLO)->as.hello;
    assert_string_equal(hello->sensor_model, model);
    assert_int_equal(hello->gyro_range_ddps, gyro_ddps);
    assert_int_equal(hello->accel_range_mg, accel_mg);
    assert_int_equal(hello->sensors, 1);
    assert_int_equal(count_of(WIRE_SAMPLE), 0);
    start(200);
    run_ms(100);
    assert_in_range(count_of(WIRE_SAMPLE), 18, 20);
    const WireSample *sample = &last_of(WIRE_SAMPLE)->as.sample;
    const int16_t gyro[3] = { 32767, -32768, -2 }, accel[3] = { 4096, -4096, 1 };
    assert_memory_equal(sample->gyro, gyro, sizeof gyro);
    assert_memory_equal(sample->accel, accel, sizeof accel);
}

static void mpu_family_is_read(void **state) {
    (void)state;
    const struct {
        uint8_t who;
        const char *model;
    } family[] = { { 0x68, "MPU-6050" }, { 0x70, "MPU-6500" }, { 0x71, "MPU-9250" }, { 0x72, "MPU-6050" } };
    for (size_t i = 0; i < sizeof family / sizeof family[0]; i++) {
        fake_reset();
        FakeChip *chip = fake_add_chip(i % 2 == 0 ? 0x68 : 0x69, 0x75, family[i].who);
        put_mpu(chip);
        check_model(family[i].model, 10000, 8000);
        assert_int_equal(chip->written[0], 0x6B80); /* reset first */
        assert_int_equal(chip->reg[0][0x6B], 0x01);
        assert_int_equal(chip->reg[0][0x1B], 0x10);
        assert_int_equal(chip->reg[0][0x1C], 0x10);
    }
}

/* Gyro first, little end first. */
static void put_little(FakeChip *chip, uint8_t at) {
    const uint8_t burst[12] = { 0xFF, 0x7F, 0x00, 0x80, 0xFE, 0xFF, 0x00, 0x10, 0x00, 0xF0, 0x01, 0x00 };
    memcpy(chip->reg[0] + at, burst, sizeof burst);
}

static void lsm_family_is_read(void **state) {
    (void)state;
    const struct {
        uint8_t who, filter;
        const char *model;
    } family[] = { { 0x69, 0xC0, "LSM6DS3" }, { 0x6A, 0xC0, "LSM6DS3TR-C" }, { 0x6C, 0x20, "LSM6DSOX" } };
    for (size_t i = 0; i < sizeof family / sizeof family[0]; i++) {
        fake_reset();
        FakeChip *chip = fake_add_chip(0x6A, 0x0F, family[i].who);
        put_little(chip, 0x22);
        check_model(family[i].model, 11469, 7995);
        assert_int_equal(chip->reg[0][0x11], 0x78);
        assert_int_equal(chip->reg[0][0x17], family[i].filter);
    }
}

static void bmi160_is_read(void **state) {
    (void)state;
    fake_reset();
    FakeChip *chip = fake_add_chip(0x69, 0x00, 0xD1);
    chip->reg[0][0x03] = 0x14;
    put_little(chip, 0x0C);
    check_model("BMI160", 10000, 8000);
    assert_int_equal(chip->reg[0][0x41], 0x08);
    assert_int_equal(chip->reg[0][0x43], 0x01);
}

static void icm20948_is_read_even_from_another_bank(void **state) {
    (void)state;
    fake_reset();
    FakeChip *chip = fake_add_chip(0x69, 0x00, 0xEA);
    chip->bank_register = 0x7F;
    chip->bank = 2;
    const uint8_t burst[12] = { 0x10, 0x00, 0xF0, 0x00, 0x00, 0x01, 0x7F, 0xFF, 0x80, 0x00, 0xFF, 0xFE };
    memcpy(chip->reg[0] + 0x2D, burst, sizeof burst);
    check_model("ICM-20948", 10000, 8000);
    assert_int_equal(chip->bank, 0);
    assert_int_equal(chip->reg[2][0x01], 0x15);
    assert_int_equal(chip->reg[2][0x14], 0x15);
}

static void strangers_are_left_alone(void **state) {
    (void)state;
    fake_reset();
    FakeChip *clock = fake_add_chip(0x68, 0x75, 0x11); /* a real-time clock lives there too */
    begin();
    run_ms(1000);
    assert_string_equal(last_of(WIRE_HELLO)->as.hello.sensor_model, "");
    for (int i = 0; i < clock->writes; i++) assert_int_equal(clock->written[i], 0x7F00);
    assert_int_equal(bridge.sensors.sensor[0].state, SENSOR_MISSING);
}

static void two_sensors_stream_side_by_side(void **state) {
    (void)state;
    fake_reset();
    add_mpu(0x68);
    add_mpu(0x69);
    begin();
    run_ms(800);
    assert_int_equal(last_of(WIRE_HELLO)->as.hello.sensors, 2);
    start(400);
    run_ms(1000);
    assert_int_equal(last_of(WIRE_HELLO)->as.hello.rate_hz, 200);
    int count[2] = { 0 };
    for (int i = 0; i < heard.count; i++) {
        if (heard.items[i].id != WIRE_SAMPLE) continue;
        const WireSample *sample = &heard.items[i].as.sample;
        assert_int_equal(sample->sequence, count[sample->sensor]++);
    }
    assert_in_range(count[0], 198, 200);
    assert_int_equal(count[0], count[1]);
    assert_int_equal(status()->errors, 0);
}

static void another_kind_of_second_sensor_is_not_taken(void **state) {
    (void)state;
    fake_reset();
    add_mpu(0x68);
    fake_add_chip(0x6A, 0x0F, 0x69);
    begin();
    run_ms(800);
    assert_int_equal(last_of(WIRE_HELLO)->as.hello.sensors, 1);
}

/* ---- Commands ---- */

static void commands_are_obeyed(void **state) {
    (void)state;
    fake_reset();
    add_mpu(0x68);
    begin();
    run_ms(600);
    const WireHello *hello = &last_of(WIRE_HELLO)->as.hello;
    assert_string_equal(hello->board, "Fake board");
    assert_int_equal(hello->serial[7], 8);
    assert_int_equal(hello->version_major, WIRE_VERSION_MAJOR);
    run_ms(100);
    assert_int_equal(heard.count, 0);
    ask((WireMessage){ .id = WIRE_ASK_HELLO, .as.ask_hello.version_major = 1 });
    run_ms(10);
    assert_int_equal(count_of(WIRE_HELLO), 1);
    assert_int_equal(count_of(WIRE_SAMPLE), 0);

    const uint16_t wished[] = { 0, 100, 200, 1, 9999 }, granted[] = { 200, 100, 200, 50, 400 };
    for (int i = 0; i < 5; i++) {
        start(wished[i]);
        run_ms(10);
        assert_int_equal(last_of(WIRE_HELLO)->as.hello.rate_hz, granted[i]);
        run_ms(1000);
        assert_in_range(count_of(WIRE_SAMPLE), granted[i] - 1, granted[i] + 1);
        assert_in_range(count_of(WIRE_STATUS), 1, 2);
    }
    ask((WireMessage){ .id = WIRE_STOP });
    run_ms(1);
    run_ms(2000);
    assert_int_equal(heard.count, 0);
}

static void a_second_start_disturbs_nothing(void **state) {
    (void)state;
    stream_at_200_hz();
    run_ms(100);
    uint16_t next = (uint16_t)(last_of(WIRE_SAMPLE)->as.sample.sequence + 1);
    uint32_t time_us = last_of(WIRE_SAMPLE)->as.sample.time_us;
    for (int round = 0; round < 20; round++) {
        start(200);
        run_ms(13);
        for (int i = 0; i < heard.count; i++) {
            if (heard.items[i].id != WIRE_SAMPLE) continue;
            assert_int_equal(heard.items[i].as.sample.sequence, next++);
            time_us += 5000;
            assert_int_equal(heard.items[i].as.sample.time_us, time_us);
        }
    }
    assert_true(next > 60);
}

static void buzzer_and_light_obey_for_as_long_as_asked(void **state) {
    (void)state;
    fake_reset();
    add_mpu(0x68);
    begin();
    run_ms(600);
    ask((WireMessage){ .id = WIRE_BUZZ, .as.buzz.duration_ms = 40 });
    run_ms(5);
    assert_true(fake.buzzer);
    run_ms(30);
    assert_true(fake.buzzer);
    run_ms(10);
    assert_false(fake.buzzer);
    ask((WireMessage){ .id = WIRE_BUZZ, .as.buzz.duration_ms = 60000 });
    run_ms(1990);
    assert_true(fake.buzzer);
    run_ms(20);
    assert_false(fake.buzzer);
    ask((WireMessage){ .id = WIRE_IDENTIFY, .as.identify.duration_ms = 1000 });
    int changes = 0;
    for (int ms = 0; ms < 1000; ms++) {
        bool before = fake.led;
        run_ms(1);
        changes += before != fake.led;
    }
    assert_in_range(changes, 20, 26);
}

static void garbage_is_not_obeyed(void **state) {
    (void)state;
    fake_reset();
    add_mpu(0x68);
    begin();
    run_ms(600);
    uint32_t noise = 1;
    for (int i = 0; i < 20000; i++) {
        noise = noise * 1664525u + 1013904223u;
        uint8_t byte = (uint8_t)(noise >> 24);
        fake_ask(&byte, 1);
    }
    run_ms(500);
    assert_int_equal(count_of(WIRE_SAMPLE), 0);
    start(200);
    run_ms(500);
    assert_true(count_of(WIRE_SAMPLE) > 50);
}

/* ---- The button and the light ---- */

static void a_bouncing_button_counts_once(void **state) {
    (void)state;
    Button button = { 0 };
    for (int press = 1; press <= 300; press++) {
        for (int edge = 0; edge < 2; edge++) {
            bool down = edge == 0;
            for (int i = 0; i < 12; i++) assert_false(button_feed(&button, (i % 3 != 0) == down));
            int changes = 0;
            for (int i = 0; i < 40; i++) changes += button_feed(&button, down);
            assert_int_equal(changes, 1);
            assert_true(button.down == down);
        }
        assert_int_equal(button.presses, (uint8_t)press);
    }
    for (int i = 0; i < 5; i++) assert_false(button_feed(&button, true)); /* a spark */
    assert_false(button_feed(&button, false));
}

static void a_press_is_said_at_once(void **state) {
    (void)state;
    stream_at_200_hz();
    run_ms(1500);
    fake.button = true;
    run_ms(25);
    assert_int_equal(status()->buttons, WIRE_BUTTON_DOWN);
    assert_int_equal(status()->presses, 1);
    fake.button = false;
    run_ms(25);
    assert_int_equal(status()->buttons, 0);
    assert_int_equal(status()->presses, 1);
}

static void lights_are_told_apart(void **state) {
    (void)state;
    int on[4] = { 0 }, changes[4] = { 0 };
    for (int light = 0; light < 4; light++) {
        for (uint16_t ms = 0; ms < 2048; ms++) {
            bool now = light_is_on((Light)light, ms);
            on[light] += now;
            changes[light] += ms > 0 && now != light_is_on((Light)light, (uint16_t)(ms - 1));
        }
    }
    assert_in_range(on[LIGHT_CONNECTED], 40, 100);
    assert_int_equal(on[LIGHT_PLAYING], 2048);
    assert_in_range(changes[LIGHT_TROUBLE], 14, 18);
    assert_in_range(changes[LIGHT_IDENTIFY], 44, 52);
}

/* ---- Faults ---- */

static void a_sensor_pulled_out_and_back_goes_on(void **state) {
    (void)state;
    fake_reset();
    FakeChip *chip = add_mpu(0x68);
    begin();
    run_ms(600);
    start(200);
    run_ms(500);
    assert_true(fake.led);
    uint16_t before = last_of(WIRE_SAMPLE)->as.sample.sequence;
    chip->answers = false;
    run_ms(50);
    assert_int_equal(status()->errors, WIRE_ERROR_SENSOR_0);
    int blinks = 0;
    for (int i = 0; i < 1000; i++) {
        bool was = fake.led;
        run_ms(1);
        blinks += was != fake.led;
        assert_int_equal(count_of(WIRE_SAMPLE), 0);
    }
    assert_in_range(blinks, 6, 9);
    chip->answers = true;
    memset(chip->reg[0] + 0x19, 0, 0x6C - 0x19);
    put_mpu(chip);
    run_ms(400);
    assert_int_equal(status()->errors, 0);
    assert_int_equal(chip->reg[0][0x1B], 0x10);
    assert_true(count_of(WIRE_SAMPLE) > 20);
    assert_true(last_of(WIRE_SAMPLE)->as.sample.sequence > before);
    assert_true(fake.led);
}

static void a_sensor_pulled_out_while_idle_is_noticed(void **state) {
    (void)state;
    fake_reset();
    FakeChip *chip = add_mpu(0x68);
    begin();
    run_ms(600);
    chip->answers = false;
    run_ms(1000);
    assert_int_equal(status()->errors, WIRE_ERROR_SENSOR_0);
    chip->answers = true;
    run_ms(1000);
    assert_int_equal(status()->errors, 0);
}

static void a_chip_that_lost_its_settings_is_set_up_again(void **state) {
    (void)state;
    fake_reset();
    FakeChip *chip = add_mpu(0x68);
    begin();
    run_ms(600);
    start(200);
    run_ms(100);
    chip->reg[0][0x6B] = 0x40; /* asleep, as after a brown-out */
    chip->reg[0][0x1B] = 0;
    run_ms(1000);
    assert_int_equal(chip->reg[0][0x6B], 0x01);
    assert_int_equal(chip->reg[0][0x1B], 0x10);
    assert_int_equal(status()->errors, 0);
}

static void a_held_bus_is_freed(void **state) {
    (void)state;
    stream_at_200_hz();
    run_ms(500);
    uint16_t before = last_of(WIRE_SAMPLE)->as.sample.sequence;
    fake.held_for = 7;
    run_ms(100);
    assert_int_equal(fake.held_for, 0);
    assert_true(fake.recoveries > 0);
    assert_true(last_of(WIRE_SAMPLE)->as.sample.sequence > before + 15);
    fake.held_for = 1000000; /* for good: it says so, and tries on */
    run_ms(200);
    assert_int_equal(status()->errors, WIRE_ERROR_SENSOR_0);
    fake.held_for = 9;
    run_ms(600);
    assert_int_equal(status()->errors, 0);
    assert_true(count_of(WIRE_SAMPLE) > 20);
}

static void a_floating_bus_is_no_sample(void **state) {
    (void)state;
    fake_reset();
    FakeChip *chip = add_mpu(0x68);
    begin();
    run_ms(600);
    start(200);
    run_ms(50);
    memset(chip->reg[0] + 0x3B, 0xFF, 14);
    run_ms(5);
    run_ms(5);
    for (int i = 0; i < heard.count; i++) assert_int_not_equal(heard.items[i].id, WIRE_SAMPLE);
}

static void the_second_sensor_may_come_and_go(void **state) {
    (void)state;
    fake_reset();
    add_mpu(0x68);
    FakeChip *pelvis = add_mpu(0x69);
    begin();
    run_ms(800);
    start(200);
    run_ms(100);
    pelvis->answers = false;
    run_ms(100);
    assert_int_equal(status()->errors, WIRE_ERROR_SENSOR_1);
    run_ms(500);
    assert_in_range(count_of(WIRE_SAMPLE), 98, 101);
    assert_int_equal(last_of(WIRE_SAMPLE)->as.sample.sensor, 0);
    pelvis->answers = true;
    run_ms(1000);
    assert_int_equal(status()->errors, 0);
    assert_true(count_of(WIRE_SAMPLE) > 300);
}

static void a_sensor_plugged_in_late_is_found(void **state) {
    (void)state;
    fake_reset();
    FakeChip *chip = add_mpu(0x68);
    chip->answers = false;
    begin();
    run_ms(1000);
    assert_int_equal(count_of(WIRE_HELLO), 1);
    start(200);
    run_ms(1100);
    assert_int_equal(status()->errors, WIRE_ERROR_SENSOR_0);
    assert_in_range(count_of(WIRE_STATUS), 1, 3);
    chip->answers = true;
    run_ms(1500);
    assert_string_equal(last_of(WIRE_HELLO)->as.hello.sensor_model, "MPU-6050");
    assert_true(count_of(WIRE_SAMPLE) > 100);
    assert_int_equal(status()->errors, 0);
}

static void a_full_line_costs_whole_samples_and_shows(void **state) {
    (void)state;
    stream_at_200_hz();
    run_ms(500);
    uint16_t before = last_of(WIRE_SAMPLE)->as.sample.sequence;
    fake.room = 30; /* one sample and no more */
    run_ms(500);
    assert_int_equal(count_of(WIRE_SAMPLE), 1);
    fake.room = -1;
    run_ms(1000);
    int first = -1;
    bool told = false;
    for (int i = 0; i < heard.count; i++) {
        if (first < 0 && heard.items[i].id == WIRE_SAMPLE) first = heard.items[i].as.sample.sequence;
        told = told ||
               (heard.items[i].id == WIRE_STATUS && heard.items[i].as.status.errors == WIRE_ERROR_OVERRUN);
    }
    assert_in_range(first, before + 98, before + 103);
    assert_true(told);
    run_ms(1500);
    assert_int_equal(status()->errors, 0);
}

static void ticks_that_passed_unread_keep_their_numbers(void **state) {
    (void)state;
    stream_at_200_hz();
    run_ms(500);
    uint16_t before = last_of(WIRE_SAMPLE)->as.sample.sequence;
    uint32_t time_us = last_of(WIRE_SAMPLE)->as.sample.time_us;
    fake.now_us += 50000;
    run_ms(20);
    const WireSample *sample = &last_of(WIRE_SAMPLE)->as.sample;
    assert_int_equal(sample->sequence - before, (sample->time_us - time_us) / 5000);
    assert_true(sample->sequence - before > 12);
}

static void clocks_wrap_without_a_gap(void **state) {
    (void)state;
    fake_reset();
    add_mpu(0x68);
    fake.now_us = 0xFFFFFFFFu - 1500000u;
    begin();
    run_ms(600);
    start(200);
    run_ms(2000);
    int count = 0;
    uint32_t time_us = 0;
    for (int i = 0; i < heard.count; i++) {
        if (heard.items[i].id != WIRE_SAMPLE) continue;
        const WireSample *sample = &heard.items[i].as.sample;
        assert_int_equal(sample->sequence, count);
        if (count++ > 0) assert_int_equal(sample->time_us - time_us, 5000);
        time_us = sample->time_us;
    }
    assert_in_range(count, 396, 400);
    assert_true(time_us < 2000000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mpu_family_is_read),
        cmocka_unit_test(lsm_family_is_read),
        cmocka_unit_test(bmi160_is_read),
        cmocka_unit_test(icm20948_is_read_even_from_another_bank),
        cmocka_unit_test(strangers_are_left_alone),
        cmocka_unit_test(two_sensors_stream_side_by_side),
        cmocka_unit_test(another_kind_of_second_sensor_is_not_taken),
        cmocka_unit_test(commands_are_obeyed),
        cmocka_unit_test(a_second_start_disturbs_nothing),
        cmocka_unit_test(buzzer_and_light_obey_for_as_long_as_asked),
        cmocka_unit_test(garbage_is_not_obeyed),
        cmocka_unit_test(a_bouncing_button_counts_once),
        cmocka_unit_test(a_press_is_said_at_once),
        cmocka_unit_test(lights_are_told_apart),
        cmocka_unit_test(a_sensor_pulled_out_and_back_goes_on),
        cmocka_unit_test(a_sensor_pulled_out_while_idle_is_noticed),
        cmocka_unit_test(a_chip_that_lost_its_settings_is_set_up_again),
        cmocka_unit_test(a_held_bus_is_freed),
        cmocka_unit_test(a_floating_bus_is_no_sample),
        cmocka_unit_test(the_second_sensor_may_come_and_go),
        cmocka_unit_test(a_sensor_plugged_in_late_is_found),
        cmocka_unit_test(a_full_line_costs_whole_samples_and_shows),
        cmocka_unit_test(ticks_that_passed_unread_keep_their_numbers),
        cmocka_unit_test(clocks_wrap_without_a_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
