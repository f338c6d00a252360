/* A push button that bounces: what counts has been so for BUTTON_STEADY_MS. */
#ifndef BUTTON_H
#define BUTTON_H

#include <stdbool.h>
#include <stdint.h>

enum { BUTTON_STEADY_MS = 15 };

typedef struct Button {
    bool down;        /* what counts */
    uint8_t presses;  /* wraps */
    uint8_t other_ms; /* for how long it has read otherwise */
} Button;

/* Once a millisecond with what the pin says; true when something changed. */
bool button_feed(Button *button, bool pressed);

#endif
