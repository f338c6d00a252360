/* A line of bytes to a device, whatever carries it: a serial port, a pseudo-terminal. Not thread-safe: one
 * thread uses a Transport. */
#ifndef INPUT_TRANSPORT_H
#define INPUT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum TransportState {
    TRANSPORT_OPEN,
    TRANSPORT_GONE, /* unplugged or hung up: stays so; close it */
} TransportState;

typedef struct Transport {
    void *self;
    /* Waits at most `timeout_ms` for the first byte, then takes what is there, at most `capacity`, without
     * waiting. *count may be 0. */
    TransportState (*read)(void *self, uint8_t *out, size_t capacity, int timeout_ms, size_t *count);
    /* Sends all or, where the other end does not take it for 100 ms, a part: frames bear that. */
    TransportState (*write)(void *self, const uint8_t *bytes, size_t count);
    /* Another baud rate, from now on; false where the line can't do it. What came at the old one is dropped.
     */
    bool (*set_baud)(void *self, int baud);
    void (*close)(void *self); /* frees self; takes NULL */
} Transport;

#endif
