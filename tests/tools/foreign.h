/* Other makers' sensors, from the sending end: what they would put on the line for a given reading, written
 * after their manuals and apart from the decoders; and what a UART at another baud rate would make of it. */
#ifndef TESTS_TOOLS_FOREIGN_H
#define TESTS_TOOLS_FOREIGN_H

#include "motion/orientation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ForeignKind {
    FOREIGN_WITMOTION,        /* acceleration, rate, angles */
    FOREIGN_WITMOTION_ANGLES, /* angles alone */
    FOREIGN_WITMOTION_QUAT,   /* quaternion alone */
    FOREIGN_WITMOTION_BLE,
    FOREIGN_RVC,
    FOREIGN_XIMU3,
    FOREIGN_XIMU3_QUAT,
    FOREIGN_RAW,
    FOREIGN_QUAT,
    FOREIGN_YPR,
    FOREIGN_TEAPOT,
    FOREIGN_CSV,      /* ms, m/s^2, rad/s */
    FOREIGN_TABS,     /* rates in degrees per second first, then g */
    FOREIGN_ADAFRUIT, /* Raw: m/s^2, degrees per second, microtesla */
    FOREIGN_SPARKFUN, /* i,j,k,real,accuracy */
    FOREIGN_KINDS
} ForeignKind;

enum { FOREIGN_MOST = 128 };

typedef struct Foreign {
    ForeignKind kind;
    Orientation orientation; /* what the sensor's own fusion would say */
    uint8_t counter;
} Foreign;

/* False for a name that is none. */
bool foreign_from_name(const char *name, ForeignKind *out);
const char *foreign_name(ForeignKind kind);
/* The id that `backbeat devices` must tell. */
const char *foreign_format(ForeignKind kind);

void foreign_init(Foreign *foreign, ForeignKind kind);
/* The bytes of one reading; at most FOREIGN_MOST. */
size_t foreign_encode(Foreign *foreign, const ImuSample *sample, uint8_t *out);

/* What a receiver at `hears_baud` makes of bytes sent back to back at `sent_baud`, 8N1; a framing error reads
 * as zero, as terminals have it. At most `capacity`. */
size_t foreign_misheard(const uint8_t *bytes, size_t count, int sent_baud, int hears_baud, uint8_t *out,
                        size_t capacity);

#endif
