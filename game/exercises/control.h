/* How well a movement was controlled: the smoothness (motion/smoothness.h) of its way out and of its way
 * back, of the speed as it is seen about the axis. Causal; a value. */
#ifndef EXERCISES_CONTROL_H
#define EXERCISES_CONTROL_H

#include <stdint.h>

enum { CONTROL_TRACE_MAX = 1024, CONTROL_TRACE_HZ = 50 };

/* The speed of the last twenty seconds. */
typedef struct Control {
    int64_t count; /* points ever kept */
    double next_s;
    float speed_dps[CONTROL_TRACE_MAX];
} Control;

/* A gap repeats the last speed, so that an index stays a time. */
void control_feed(Control *control, double t_s, double rate_dps);
/* 0 of one that stops and starts, 1 of a calm one; what lies further back than the trace is left out. Out and
 * back are judged apart: the rest between them is no lack of smoothness. */
double control_of(const Control *control, double start_s, double top_s, double end_s);

#endif
