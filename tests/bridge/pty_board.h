/* A board on a pseudo-terminal, played by a thread: says hello, starts and stops, streams at its rate, and
 * can misbehave. For tests and benchmarks of whatever reads a serial port. It ends the program where the
 * system gives it no pseudo-terminal. Switches may be thrown from any thread. */
#ifndef TESTS_PTY_BOARD_H
#define TESTS_PTY_BOARD_H

#include "motion/sample.h"
#include "protocol/wire.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PTY_BOARD_SENT_MAX = 1 << 16, PTY_BOARD_GYRO_DDPS = 20000, PTY_BOARD_ACCEL_MG = 8000 };

typedef struct PtyBoard {
    int master, slave;
    char link[96]; /* the name under which the host finds it */
    pthread_t thread;
    bool runs;
    WireHello hello; /* change it before pty_board_switch_on */
    /* What it measures, played round and round; NULL: rests. Borrowed. */
    const ImuSample *motion;
    size_t motion_count;
    atomic_bool stop;
    atomic_bool mute;      /* says nothing at all */
    atomic_bool noisy;     /* rubbish between the frames */
    atomic_bool deaf_once; /* misses the first START */
    atomic_uint skip;      /* leave out so many samples, once */
    atomic_uint presses;   /* of its button */
    atomic_uint sent, buzzed_ms, buzzes, stops, starts, asked;
    uint32_t boot_us;
    /* CLOCK_MONOTONIC at which each sample's frame went onto the wire, by its place since the board was
     * switched on; read an entry once its sample has arrived. */
    _Atomic double sent_s[PTY_BOARD_SENT_MAX];
} PtyBoard;

double pty_now_s(void);
void pty_sleep_ms(int ms);

/* Opens the pseudo-terminal and links `link` to it; nobody speaks yet. Fills in an ordinary hello of
 * `sensors` sensors at `rate_hz`. */
void pty_board_plug_in(PtyBoard *board, const char *link, uint8_t sensors, uint16_t rate_hz);
void pty_board_switch_on(PtyBoard *board);
/* Hangs up and takes the link away. */
void pty_board_unplug(PtyBoard *board);

/* Writes as much of these bytes as the host takes; -1 where it is gone. */
long pty_board_write(const PtyBoard *board, const uint8_t *bytes, size_t count);

#endif
