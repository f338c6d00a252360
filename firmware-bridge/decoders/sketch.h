/* What the numbers on a sketch's lines mean, guessed from themselves: which column is the time, which three
 * are acceleration (their length stays near one gravity in some unit), which three are rates, or that four
 * are a quaternion. The unit of the rates is a convention at first, and put right by the first movement:
 * gravity must turn as fast as the rates say. A value. */
#ifndef DECODERS_SKETCH_H
#define DECODERS_SKETCH_H

#include "core/vec.h"
#include "decoders/line.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct SketchColumns {
    /* while looking */
    size_t columns;
    uint32_t lines;
    double first_s, last_s;                             /* when these lines came */
    double first0, last0;                               /* of column 0 */
    bool rises;                                         /* column 0 did with every line */
    double length[LINE_NUMBERS], length2[LINE_NUMBERS]; /* sums: of three columns from here, and squared */
    double four[2];                                     /* farthest from 1: of four columns from 0, from 1 */
    /* once known */
    bool known, is_quaternion, real_last;
    int time_at, accel_at, rate_at, four_at; /* columns; -1 none */
    double time_s;                           /* of a unit of the time column */
    double per_g, per_dps;                   /* counts or units */
    /* whether gravity turns as the rates say */
    double window_s, turned_deg[2]; /* by the rates, by gravity: summed over windows */
    Vec3 window_up, up, turning;    /* of this window: at its start, now; degrees by the rates */
} SketchColumns;

typedef struct SketchReading {
    bool has_time;
    double t_s;       /* by the sketch's clock */
    Quat orientation; /* where is_quaternion */
    double rate_dps[3], accel_g[3];
} SketchReading;

void sketch_columns_init(SketchColumns *columns);
/* Another line of `count` numbers that came at `now_s`. True once it knows what they mean. */
bool sketch_columns_look(SketchColumns *columns, const double *numbers, size_t count, double now_s);
/* False where the line is not like the others, or says what can't be. */
bool sketch_columns_read(const SketchColumns *columns, const double *numbers, size_t count,
                         SketchReading *out);
/* Holds a reading against gravity; true where the unit of the rates had to be changed. */
bool sketch_columns_check(SketchColumns *columns, const SketchReading *reading, double dt_s);
/* "acceleration in g, rates in °/s (guessed)" */
void sketch_columns_note(const SketchColumns *columns, char *out, size_t size);

#endif
