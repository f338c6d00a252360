/* The firmware, whatever the board: reads the sensors at an even pace, speaks the wire protocol
 * (PROTOCOL.md), obeys its commands, and says with its LED how it is. A value; the board is behind board.h.
 */
#ifndef BRIDGE_H
#define BRIDGE_H

#include "button.h"
#include "sensors.h"

enum {
    BRIDGE_VERSION_MAJOR = 1,
    BRIDGE_VERSION_MINOR = 0,
    BRIDGE_VERSION_PATCH = 0,
    BRIDGE_RATE_HZ = 200, /* where the host leaves it to us */
    BRIDGE_RATE_MIN_HZ = 50,
    BRIDGE_RATE_SUM_MAX_HZ = 400, /* of both sensors: what 115200 baud carry */
    BRIDGE_STATUS_MS = 1000,
    BRIDGE_BUZZ_MAX_MS = 2000,
};

typedef struct Bridge {
    Sensors sensors;
    WireDecoder decoder;
    Button button;
    uint32_t ms_at_us; /* where `now_ms` began */
    uint16_t now_ms;   /* wraps */
    uint16_t status_at_ms, identify_at_ms, identify_ms, buzz_at_ms, buzz_ms;
    uint16_t rate_hz;
    uint16_t sequence[SENSORS_MAX];
    uint8_t slots[SENSORS_MAX]; /* whose the bursts are */
    uint8_t bursts;             /* that are being read; 0 while sampling stands still */
    bool streaming, introduced, hello_due, status_due, overrun;
} Bridge;

void bridge_begin(Bridge *bridge);

/* As often as possible; rests in between by itself. */
void bridge_poll(Bridge *bridge);

#endif
