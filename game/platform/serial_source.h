/* Motion sensors on serial ports, as a Source: those that speak our wire protocol, and others' that are
 * recognised by what they send (firmware-bridge/decoders). A thread of its own looks for
 * them, keeps to the one that answers, and goes on looking by itself after an unplug; samples come over a
 * lock-free ring.
 *
 * Time: samples are placed on CLOCK_MONOTONIC in seconds, so `now_s` handed to read() must be that clock. All
 * functions here are called from the one thread that drives the source. Every byte that comes is taken for
 * hostile. */
#ifndef PLATFORM_SERIAL_SOURCE_H
#define PLATFORM_SERIAL_SOURCE_H

#include "core/result.h"
#include "input/source.h"
#include "platform/transports.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `port` NULL looks on every port, and after an unplug waits for the same sensor by its serial number before
 * it takes another. A named port that does not exist or may not be opened fails at once: RESULT_NO_DEVICE.
 * Close with out->close(out->self). */
MUST_CHECK Result serial_source_open(Source *out, const char *port, Error *error);

typedef struct SerialPortInfo {
    char path[TRANSPORT_PATH_MAX];
    char description[96];
    int usb_vid, usb_pid; /* 0 where it is not a USB device */
    char serial_number[64];
} SerialPortInfo;

/* The machine's serial ports, whatever is behind them; returns how many, at most `capacity`. Opens none. */
size_t serial_ports_list(SerialPortInfo *out, size_t capacity);

/* As with no port named, on the ports that `list` gives, every half second on the source's own thread. */
typedef size_t (*SerialPortsList)(SerialPortInfo *out, size_t capacity);
MUST_CHECK Result serial_source_open_among(Source *out, SerialPortsList list, Error *error);

/* What the board said of itself. `battery_permille` is -1 and texts are empty while unknown. */
typedef struct SerialDevice {
    char port[TRANSPORT_PATH_MAX];
    char board[20], sensor_model[16], firmware[16], serial[20];
    int sensors, rate_hz;
    bool has_button, has_buzzer, has_led;
    bool button_down;
    uint8_t presses; /* counts button presses, wraps */
    int battery_permille;
    int baud;
    char speaks[24];          /* a DecoderFormat's id; empty while unknown */
    char note[96];            /* what was assumed of it; empty where nothing was */
    double age_ms, jitter_ms; /* of samples when they arrive, beyond the quickest: mean, standard deviation */
    bool sensor_fails;        /* the board can't reach one of its sensors */
} SerialDevice;

/* False while no board has answered, and for any other kind of source. */
bool serial_source_device(const Source *source, SerialDevice *out);
/* A wish for the board; lost where it is not there. */
void serial_source_identify(const Source *source, uint16_t duration_ms);

#endif
