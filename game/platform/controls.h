/* Keys and pads to actions. Reads SDL's events; the only place that takes them off the queue. */
#ifndef PLATFORM_CONTROLS_H
#define PLATFORM_CONTROLS_H

#include "platform/screen.h"

#include <SDL.h>

enum { CONTROLS_PADS_MAX = 4 };

typedef struct Controls {
    SDL_GameController *pads[CONTROLS_PADS_MAX]; /* NULL = free place */
    UiDevice device;
    bool typing;
    UiAction stick;         /* direction the stick holds now */
    uint32_t stick_next_ms; /* when it counts again */
} Controls;

/* Zeroed `controls` are ready; pads are opened as SDL reports them. */
void controls_close(Controls *controls);

/* Takes one event in; `now_ms` is SDL's tick count. */
void controls_event(Controls *controls, const SDL_Event *event, ScreenInput *out);
/* After the events of a frame: held keys and sticks. */
void controls_held(Controls *controls, uint32_t now_ms, ScreenInput *out);

#endif
