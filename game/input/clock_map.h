/* Places a board's wrapping microsecond clock on the program's seconds. A sample can arrive late but never
 * early, so the truth lies on the lower envelope of (arrival - board time): the least delay seen wins at
 * once, and may rise again only as fast as the two clocks drift apart, which is learnt (as Cristian 1989
 * bounds a remote clock, and Moon, Skelly and Towsley 1999 fit skew to the lower envelope).
 *
 * A value; no pointers, no heap. One map for all sensors of a board, since they share its clock. */
#ifndef INPUT_CLOCK_MAP_H
#define INPUT_CLOCK_MAP_H

#include <stdbool.h>
#include <stdint.h>

enum { CLOCK_MAP_SENSORS = 2, CLOCK_MAP_WINDOWS = 16 };

typedef struct ClockMap {
    bool running;
    uint32_t last_us;                                         /* as the board said it */
    double device_s;                                          /* unwrapped */
    double offset_s;                                          /* program = device + offset */
    double skew;                                              /* seconds that the offset gains a second */
    double window_start_s, window_least_s, window_least_at_s; /* of the present window, device time */
    double least_s[CLOCK_MAP_WINDOWS], least_at_s[CLOCK_MAP_WINDOWS]; /* of the windows before */
    uint32_t windows;                                                 /* closed since the start */
    double last_s[CLOCK_MAP_SENSORS];
    bool seen[CLOCK_MAP_SENSORS];
    uint32_t restarts; /* times that the board's clock was found to have begun again (a reset) */
} ClockMap;

void clock_map_init(ClockMap *map);

/* The program's time of a sample that the board stamped `device_us` and that arrived at `arrival_s`; never
 * later than its arrival, except where that would step back, and always later than the sensor's last.
 * `sensor` is below CLOCK_MAP_SENSORS. */
double clock_map_feed(ClockMap *map, unsigned sensor, uint32_t device_us, double arrival_s);

#endif
