/* Opening what carries bytes: real serial ports through libserialport, pseudo-terminals (and any other
 * terminal that libserialport can't open) through termios. Both give 115200 baud 8N1, raw, DTR asserted, and
 * hold the port for themselves. */
#ifndef PLATFORM_TRANSPORTS_H
#define PLATFORM_TRANSPORTS_H

#include "core/result.h"
#include "input/transport.h"

enum { TRANSPORT_BAUD = 115200, TRANSPORT_PATH_MAX = 256 };

/* Opens whatever `path` names; symbolic links are followed. RESULT_NO_DEVICE with a sentence that tells
 * apart: does not exist, no permission, held by another program, not a serial port. */
MUST_CHECK Result transport_open(Transport *out, const char *path, Error *error);

/* The two behind it; `path` is real. RESULT_BAD_USAGE: not of this kind, try the other. */
MUST_CHECK Result transport_serialport_open(Transport *out, const char *path, Error *error);
MUST_CHECK Result transport_pty_open(Transport *out, const char *path, Error *error);

/* The sentence for an errno that opening `path` gave. */
Result transport_refused(const char *path, int why, Error *error);

#endif
