/* A terminal without modem lines: simulated boards, socat, tests. */
#include "platform/transports.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { WRITE_PATIENCE_MS = 100 };

typedef struct Pty {
    int descriptor;
} Pty;

static TransportState pty_read(void *self, uint8_t *out, size_t capacity, int timeout_ms, size_t *count) {
    Pty *pty = self;
    struct pollfd ready = { .fd = pty->descriptor, .events = POLLIN };
    *count = 0;
    if (poll(&ready, 1, timeout_ms) <= 0) return TRANSPORT_OPEN;
    ssize_t got = read(pty->descriptor, out, capacity);
    if (got > 0) {
        *count = (size_t)got;
        return TRANSPORT_OPEN;
    }
    bool nothing_yet = got < 0 && (errno == EAGAIN || errno == EINTR);
    return nothing_yet && !(ready.revents & (POLLHUP | POLLERR | POLLNVAL)) ? TRANSPORT_OPEN : TRANSPORT_GONE;
}

static TransportState pty_write(void *self, const uint8_t *bytes, size_t count) {
    Pty *pty = self;
    while (count > 0) {
        ssize_t sent = write(pty->descriptor, bytes, count);
        if (sent > 0) {
            bytes += sent;
            count -= (size_t)sent;
            continue;
        }
        if (sent == 0 || (errno != EAGAIN && errno != EINTR)) return TRANSPORT_GONE;
        struct pollfd ready = { .fd = pty->descriptor, .events = POLLOUT };
        if (poll(&ready, 1, WRITE_PATIENCE_MS) == 0) return TRANSPORT_OPEN;
        if (ready.revents & (POLLHUP | POLLERR | POLLNVAL)) return TRANSPORT_GONE;
    }
    return TRANSPORT_OPEN;
}

static bool pty_set_baud(void *self, int baud) {
    static const struct {
        int baud;
        speed_t speed;
    } speeds[] = {
        { 9600, B9600 },     { 19200, B19200 },   { 38400, B38400 },
        { 57600, B57600 },   { 115200, B115200 }, { 230400, B230400 },
#ifdef B460800
        { 460800, B460800 }, { 921600, B921600 },
#endif
    };
    Pty *pty = self;
    struct termios mode;
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (speeds[i].baud != baud) continue;
        return tcgetattr(pty->descriptor, &mode) == 0 && cfsetispeed(&mode, speeds[i].speed) == 0 &&
               cfsetospeed(&mode, speeds[i].speed) == 0 && tcsetattr(pty->descriptor, TCSANOW, &mode) == 0 &&
               tcflush(pty->descriptor, TCIFLUSH) == 0;
    }
    return false;
}

static void pty_close(void *self) {
    Pty *pty = self;
    if (pty == NULL) return;
    close(pty->descriptor);
    free(pty);
}

/* 0, or the errno that says why not. */
static int make_raw(int descriptor) {
    struct termios mode;
    if (tcgetattr(descriptor, &mode) != 0) return ENOTTY;
    cfmakeraw(&mode);
    mode.c_cflag |= CLOCAL | CREAD;
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    (void)cfsetispeed(&mode, B115200);
    (void)cfsetospeed(&mode, B115200);
    if (tcsetattr(descriptor, TCSANOW, &mode) != 0) return errno;
    int dtr = TIOCM_DTR;
    (void)ioctl(descriptor, TIOCMBIS, &dtr); /* a pseudo-terminal has none */
    return 0;
}

Result transport_pty_open(Transport *out, const char *path, Error *error) {
    int descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) return transport_refused(path, errno, error);
    int why = !isatty(descriptor)                         ? ENOTTY
              : flock(descriptor, LOCK_EX | LOCK_NB) != 0 ? EBUSY
                                                          : make_raw(descriptor);
    Pty *pty = why == 0 ? malloc(sizeof *pty) : NULL;
    if (pty == NULL) {
        close(descriptor);
        return why != 0 ? transport_refused(path, why, error)
                        : error_set(error, RESULT_NO_MEMORY, "Out of memory.");
    }
    pty->descriptor = descriptor;
    *out = (Transport){
        .self = pty, .read = pty_read, .write = pty_write, .set_baud = pty_set_baud, .close = pty_close
    };
    return RESULT_OK;
}
