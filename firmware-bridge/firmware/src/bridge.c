#include "bridge.h"

#include "light.h"

#include <string.h>

enum { BYTES_A_POLL = 32, TIMER_OFF = 0 };

void bridge_begin(Bridge *b) {
    memset(b, 0, sizeof *b);
    board_begin();
    wire_decoder_init(&b->decoder);
    sensors_init(&b->sensors, b->now_ms);
    b->rate_hz = BRIDGE_RATE_HZ;
    b->ms_at_us = board_micros();
}

static uint8_t sensors_told(const Bridge *b) {
    uint8_t known = sensors_known(&b->sensors);
    return known > 0 ? known : 1;
}

/* ---- What is said ---- */

static bool say(const WireMessage *message) {
    uint8_t frame[WIRE_FRAME_MAX];
    size_t length = wire_encode(message, frame, sizeof frame);
    if (board_serial_room() < length) return false;
    board_serial_write(frame, length);
    return true;
}

static bool say_hello(const Bridge *b) {
    WireMessage m = { .id = WIRE_HELLO };
    WireHello *hello = &m.as.hello;
    const IMU_FLASH ImuDriver *driver = b->sensors.sensor[0].driver;
    if (driver == NULL) driver = &imu_mpu6050;
    hello->version_major = WIRE_VERSION_MAJOR;
    hello->version_minor = WIRE_VERSION_MINOR;
    hello->firmware[0] = BRIDGE_VERSION_MAJOR;
    hello->firmware[1] = BRIDGE_VERSION_MINOR;
    hello->firmware[2] = BRIDGE_VERSION_PATCH;
    hello->features = board_features();
    hello->sensors = sensors_told(b);
    hello->gyro_range_ddps = driver->gyro_range_ddps;
    hello->accel_range_mg = driver->accel_range_mg;
    hello->rate_hz = b->rate_hz;
    board_identity(hello->board, hello->serial);
    memcpy(hello->sensor_model, b->sensors.model, sizeof hello->sensor_model);
    return say(&m);
}

static uint8_t errors(const Bridge *b) {
    uint8_t found = b->overrun ? WIRE_ERROR_OVERRUN : 0;
    for (uint8_t i = 0; i < sensors_told(b); i++) {
        if (!sensors_ready(&b->sensors, i)) found |= (uint8_t)(WIRE_ERROR_SENSOR_0 << i);
    }
    return found;
}

static bool say_status(Bridge *b) {
    WireMessage m = { .id = WIRE_STATUS };
    m.as.status.buttons = b->button.down ? WIRE_BUTTON_DOWN : 0;
    m.as.status.presses = b->button.presses;
    m.as.status.battery_permille = WIRE_BATTERY_UNKNOWN;
    m.as.status.errors = errors(b);
    if (!say(&m)) return false;
    b->overrun = false;
    b->status_at_ms = b->now_ms;
    return true;
}

static void say_what_is_due(Bridge *b) {
    if (b->streaming && (uint16_t)(b->now_ms - b->status_at_ms) >= BRIDGE_STATUS_MS) b->status_due = true;
    if (!b->introduced) return;
    if (b->hello_due) b->hello_due = !say_hello(b);
    if (b->status_due && !b->hello_due) b->status_due = !say_status(b);
}

/* ---- Sampling ---- */

/* Reads what is there to be read, at the rate that is asked for. */
static void sampling_begin(Bridge *b) {
    BoardBurst bursts[BOARD_BURSTS_MAX];
    if (b->bursts > 0) board_sampling_stop();
    b->bursts = 0;
    for (uint8_t i = 0; b->streaming && i < SENSORS_MAX; i++) {
        const Sensor *sensor = &b->sensors.sensor[i];
        if (!sensors_ready(&b->sensors, i)) continue;
        b->slots[b->bursts] = i;
        bursts[b->bursts++] = (BoardBurst){ .address = sensor->address,
                                            .first_register = sensor->driver->burst_register,
                                            .length = sensor->driver->burst_length };
    }
    if (b->bursts > 0) board_sampling_start(1000000UL / b->rate_hz, bursts, b->bursts);
}

static void grant_rate(Bridge *b, uint16_t wished_hz) {
    uint16_t most_hz = (uint16_t)(BRIDGE_RATE_SUM_MAX_HZ / sensors_told(b));
    if (wished_hz == 0) wished_hz = BRIDGE_RATE_HZ;
    b->rate_hz = wished_hz < BRIDGE_RATE_MIN_HZ ? BRIDGE_RATE_MIN_HZ
                 : wished_hz > most_hz          ? most_hz
                                                : wished_hz;
}

/* A chip that is pulled out while it is read leaves all lines high. */
static bool floats(const uint8_t *bytes, uint8_t count) {
    uint8_t i = 0;
    while (i < count && bytes[i] == 0xFF) i++;
    return i == count;
}

static void say_sample(Bridge *b, uint8_t slot, uint32_t time_us, const uint8_t *bytes) {
    WireMessage m = { .id = WIRE_SAMPLE };
    ImuCounts counts;
    b->sensors.sensor[slot].driver->read(bytes, &counts);
    m.as.sample.sensor = slot;
    m.as.sample.sequence = b->sequence[slot];
    m.as.sample.time_us = time_us;
    memcpy(m.as.sample.gyro, counts.gyro, sizeof counts.gyro);
    memcpy(m.as.sample.accel, counts.accel, sizeof counts.accel);
    if (!say(&m)) b->overrun = true;
}

/* True when readings were taken: the bus is free for a while. What goes before is said first, so that it is
 * samples that a full line costs. */
static bool take_samples(Bridge *b) {
    BoardTick tick;
    if (!board_sampling_take(&tick)) return false;
    for (uint8_t i = 0; i < b->bursts; i++) {
        uint8_t slot = b->slots[i];
        bool may = !b->hello_due && !b->status_due;
        if (floats(tick.bytes[i], b->sensors.sensor[slot].driver->burst_length) && tick.answer[i] == BOARD_OK)
            tick.answer[i] = BOARD_NO_ANSWER;
        if (tick.answer[i] == BOARD_OK && may) say_sample(b, slot, tick.time_us[i], tick.bytes[i]);
        if (tick.answer[i] == BOARD_OK && !may) b->overrun = true;
        b->sequence[slot] = (uint16_t)(b->sequence[slot] + 1 + tick.missed);
        sensors_note(&b->sensors, slot, tick.answer[i], b->now_ms);
    }
    if (tick.missed > 0) b->overrun = true;
    return true;
}

static void tend_sensors(Bridge *b, bool bus_is_free) {
    uint8_t known = sensors_known(&b->sensors);
    if (bus_is_free || b->bursts == 0) sensors_attend(&b->sensors, b->now_ms);
    if (!b->introduced && b->sensors.looked &&
        (sensors_known(&b->sensors) == 0 || sensors_ready(&b->sensors, 0)))
        b->introduced = b->hello_due = true;
    if (sensors_known(&b->sensors) != known) {
        grant_rate(b, b->rate_hz);
        b->hello_due = true;
    }
    if (!b->sensors.changed) return;
    b->sensors.changed = false;
    b->status_due = true;
    sampling_begin(b);
}

/* ---- Commands ---- */

/* Again while streaming at that rate: nothing is disturbed. */
static void start(Bridge *b, uint16_t wished_hz) {
    uint16_t before_hz = b->rate_hz;
    bool streamed = b->streaming;
    grant_rate(b, wished_hz);
    b->streaming = b->hello_due = b->status_due = true;
    if (!streamed || b->rate_hz != before_hz) sampling_begin(b);
}

static void obey(Bridge *b, const WireMessage *m) {
    switch (m->id) {
    case WIRE_ASK_HELLO: b->hello_due = true; break;
    case WIRE_START: start(b, m->as.start.rate_hz); break;
    case WIRE_STOP:
        b->streaming = false;
        sampling_begin(b);
        break;
    case WIRE_IDENTIFY:
        b->identify_at_ms = b->now_ms;
        b->identify_ms = m->as.identify.duration_ms;
        break;
    case WIRE_BUZZ:
        b->buzz_at_ms = b->now_ms;
        b->buzz_ms =
            m->as.buzz.duration_ms < BRIDGE_BUZZ_MAX_MS ? m->as.buzz.duration_ms : BRIDGE_BUZZ_MAX_MS;
        break;
    default: break;
    }
}

static void listen(Bridge *b) {
    for (int i = 0; i < BYTES_A_POLL; i++) {
        int byte = board_serial_read();
        if (byte < 0) return;
        WireMessage message;
        if (wire_decoder_feed(&b->decoder, (uint8_t)byte, &message)) obey(b, &message);
    }
}

/* ---- Each millisecond ---- */

static bool runs(uint16_t *duration_ms, uint16_t since_ms, uint16_t now_ms) {
    if (*duration_ms != TIMER_OFF && (uint16_t)(now_ms - since_ms) >= *duration_ms) *duration_ms = TIMER_OFF;
    return *duration_ms != TIMER_OFF;
}

static void every_millisecond(Bridge *b) {
    if (button_feed(&b->button, board_button())) b->status_due = true;
    board_buzzer(runs(&b->buzz_ms, b->buzz_at_ms, b->now_ms));
    Light light = LIGHT_CONNECTED;
    if (runs(&b->identify_ms, b->identify_at_ms, b->now_ms))
        light = LIGHT_IDENTIFY;
    else if (errors(b) & (WIRE_ERROR_SENSOR_0 | WIRE_ERROR_SENSOR_1))
        light = LIGHT_TROUBLE;
    else if (b->streaming)
        light = LIGHT_PLAYING;
    board_led(light_is_on(light, b->now_ms));
}

static void keep_time(Bridge *b) {
    uint32_t now_us = board_micros();
    while (now_us - b->ms_at_us >= 1000) {
        b->ms_at_us += 1000;
        b->now_ms++;
        every_millisecond(b);
    }
}

void bridge_poll(Bridge *b) {
    listen(b);
    say_what_is_due(b);
    bool bus_is_free = take_samples(b);
    tend_sensors(b, bus_is_free);
    keep_time(b);
    board_rest();
}
