/* What every screen may use besides its own model. */
#ifndef UI_CONTEXT_H
#define UI_CONTEXT_H

#include "ui/action.h"
#include "ui/coach.h"
#include "view/draw.h"

#include <stdbool.h>

typedef struct UiContext {
    TextMeasure measure;
    const Coach *coach;
    float time_s;        /* runs on; breathing light and the like */
    float shown_s;       /* since this screen opened */
    UiDevice device;     /* used last: hints show its caps only */
    bool sensor;         /* one is connected: its taps are shown beside them */
    bool reduced_motion; /* nothing breathes, slides or grows */
    bool large_text;     /* secondary lines drop out, the others grow by a fifth where there is room */
    bool high_contrast;  /* plates are opaque */
} UiContext;

#endif
