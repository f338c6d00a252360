/* The game controllers that SDL knows, opened, with what a motion source asks of them. All calls from the one
 * thread that SDL was started on. */
#ifndef PLATFORM_PADS_H
#define PLATFORM_PADS_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

enum { PADS_MAX = 8 };

typedef struct Pad {
    SDL_GameController *handle;
    SDL_JoystickID id;
    bool motion;   /* a gyroscope and an accelerometer */
    bool counted;  /* SDL makes its readings' time stamps, by counting them (Nintendo's) */
    char name[48]; /* printable: a device chooses its own name */
    SDL_JoystickGUID guid;
    char serial[64]; /* empty while unknown */
} Pad;

typedef struct Pads {
    Pad list[PADS_MAX];
    size_t count;
} Pads;

/* Forgets those that are gone, opens new ones. */
void pads_scan(Pads *pads);
void pads_close(Pads *pads);
/* NULL where it is not among them; valid until the next scan. */
Pad *pads_find(Pads *pads, SDL_JoystickID id);
/* The same thing plugged in again: by its serial number, else by its kind. */
bool pad_is_same(const Pad *a, const Pad *b);
void pad_enable_motion(const Pad *pad, bool on);
/* 0 while unknown. */
double pad_rate_hz(const Pad *pad);

#endif
