/* When samples were measured, for sensors that send no clock: they measure evenly, and arrive late by what
 * the line, the USB chip and the scheduler add. The even times are laid along the lower edge of the arrivals:
 * a sample that comes early pulls them back at once, late ones push them on only slowly. A value. */
#ifndef DECODERS_PACE_H
#define DECODERS_PACE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Pace {
    bool running;
    double period_s;       /* 0 until known */
    double t_s, arrival_s; /* of the last sample: as it was placed, as it came */
    double window_start_s;
    uint32_t window_count;
    bool window_hurt; /* samples were lost in it: it says nothing of the period */
} Pace;

/* `period_s` where the format tells it, else 0. */
void pace_init(Pace *pace, double period_s);

/* Places a sample. `steps` is how many periods after the last one it was measured, where the format counts
 * them, else 0; `damage` says that bytes were dropped in between, so that some may be missing. Returns how
 * many periods it took the step for (1 without a loss). */
uint32_t pace_feed(Pace *pace, double now_s, uint32_t steps, bool damage);

/* The last sample's time as a board's clock would say it. */
uint32_t pace_time_us(const Pace *pace);
/* 0 while unknown. */
double pace_rate_hz(const Pace *pace);

#endif
