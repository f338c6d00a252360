/* What on this machine keeps a sensor from being used, and the exact remedy: programs that take ports, rules
 * that are missing, chips that hold bytes back, USB chips without a port. Looks only at /proc, /sys and the
 * rules' folders; opens no port and changes nothing. Linux; elsewhere it finds nothing. */
#ifndef PLATFORM_PORT_DOCTOR_H
#define PLATFORM_PORT_DOCTOR_H

#include "platform/serial_source.h"

#include <stddef.h>

typedef struct PortFinding {
    const char *id;     /* for tests and scripts: never rename */
    char sentence[400]; /* names the thing and the remedy */
} PortFinding;

/* `root` stands before every path looked at: "" for this machine. Returns how many, at most `capacity`. */
size_t port_doctor_look(const char *root, const SerialPortInfo *ports, size_t count, PortFinding *out,
                        size_t capacity);

/* The first program that holds the port `path` open, other than this one: its name, or false. */
bool port_doctor_holder(const char *root, const char *path, char *name, size_t size);

#endif
