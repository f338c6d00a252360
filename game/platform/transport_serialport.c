/* A real serial port, through libserialport. */
#include "platform/transports.h"

#include <errno.h>
#include <libserialport.h>
#include <stdlib.h>
#ifdef __linux__
#include <linux/serial.h>
#include <sys/ioctl.h>
#endif

enum { WRITE_PATIENCE_MS = 100 };

typedef struct SerialPort {
    struct sp_port *port;
    struct sp_event_set *events;
} SerialPort;

static TransportState serialport_read(void *self, uint8_t *out, size_t capacity, int timeout_ms,
                                      size_t *count) {
    SerialPort *s = self;
    *count = 0;
    if (timeout_ms > 0 && sp_wait(s->events, (unsigned)timeout_ms) != SP_OK) return TRANSPORT_GONE;
    int got = sp_nonblocking_read(s->port, out, capacity);
    if (got > 0) {
        *count = (size_t)got;
        return TRANSPORT_OPEN;
    }
    /* Unplugged, it reads 0 for ever and the wait above returns at once: only this probe fails. */
    if (got < 0 || sp_input_waiting(s->port) < 0) return TRANSPORT_GONE;
    return TRANSPORT_OPEN;
}

static TransportState serialport_write(void *self, const uint8_t *bytes, size_t count) {
    SerialPort *s = self;
    return sp_blocking_write(s->port, bytes, count, WRITE_PATIENCE_MS) < 0 ? TRANSPORT_GONE : TRANSPORT_OPEN;
}

static bool serialport_set_baud(void *self, int baud) {
    SerialPort *s = self;
    return sp_set_baudrate(s->port, baud) == SP_OK && sp_flush(s->port, SP_BUF_INPUT) == SP_OK;
}

static void serialport_close(void *self) {
    SerialPort *s = self;
    if (s == NULL) return;
    sp_free_event_set(s->events);
    if (s->port != NULL) (void)sp_close(s->port);
    sp_free_port(s->port);
    free(s);
}

/* FTDI chips hold bytes back for 16 ms otherwise. A wish: most drivers do not know it. */
static void ask_low_latency(struct sp_port *port) {
#ifdef __linux__
    int descriptor = -1;
    struct serial_struct settings;
    if (sp_get_port_handle(port, &descriptor) != SP_OK || ioctl(descriptor, TIOCGSERIAL, &settings) != 0)
        return;
    settings.flags |= ASYNC_LOW_LATENCY;
    (void)ioctl(descriptor, TIOCSSERIAL, &settings);
#else
    (void)port;
#endif
}

static enum sp_return configure(struct sp_port *port) {
    enum sp_return result = sp_set_baudrate(port, TRANSPORT_BAUD);
    if (result == SP_OK) result = sp_set_bits(port, 8);
    if (result == SP_OK) result = sp_set_parity(port, SP_PARITY_NONE);
    if (result == SP_OK) result = sp_set_stopbits(port, 1);
    if (result == SP_OK) result = sp_set_flowcontrol(port, SP_FLOWCONTROL_NONE);
    /* Boards with their own USB send nothing before the host asserts DTR. */
    if (result == SP_OK) result = sp_set_dtr(port, SP_DTR_ON);
    return result;
}

/* The sentence for libserialport's last failure. Some terminals are not for it: those are left to termios. */
static Result refused(const char *path, enum sp_return result, Error *error) {
    if (result == SP_ERR_MEM) return error_set(error, RESULT_NO_MEMORY, "Out of memory.");
    int why = result == SP_ERR_FAIL ? sp_last_error_code() : ENOTTY;
    if (why == ENOTTY || why == EINVAL || why == 0)
        return error_set(error, RESULT_BAD_USAGE, "%.100s is not a serial port.", path);
    return transport_refused(path, why, error);
}

Result transport_serialport_open(Transport *out, const char *path, Error *error) {
    struct sp_port *port = NULL;
    if (sp_get_port_by_name(path, &port) != SP_OK)
        return error_set(error, RESULT_BAD_USAGE, "%.100s is not a serial port.", path);
    enum sp_return result = sp_open(port, SP_MODE_READ_WRITE);
    if (result != SP_OK) {
        Result why = refused(path, result, error);
        sp_free_port(port);
        return why;
    }
    struct sp_event_set *events = NULL;
    result = configure(port);
    if (result == SP_OK) result = sp_new_event_set(&events);
    if (result == SP_OK) result = sp_add_port_events(events, port, SP_EVENT_RX_READY);
    SerialPort *s = result == SP_OK ? malloc(sizeof *s) : NULL;
    if (s == NULL) {
        Result why = result == SP_OK ? error_set(error, RESULT_NO_MEMORY, "Out of memory.")
                                     : refused(path, result, error);
        sp_free_event_set(events);
        (void)sp_close(port);
        sp_free_port(port);
        return why;
    }
    *s = (SerialPort){ .port = port, .events = events };
    ask_low_latency(port);
    *out = (Transport){ .self = s,
                        .read = serialport_read,
                        .write = serialport_write,
                        .set_baud = serialport_set_baud,
                        .close = serialport_close };
    return RESULT_OK;
}
