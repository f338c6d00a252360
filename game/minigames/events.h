/* What happened in a tick. The simulation says so; sounds, spoken words, particles and the screen's own words
 * come from it. A game never plays a sound. */
#ifndef MINIGAMES_EVENTS_H
#define MINIGAMES_EVENTS_H

#include <stdint.h>

typedef enum EventKind {
    EVENT_NONE = 0,
    /* of every game */
    EVENT_REP,     /* a = Word, b = repetitions done (of the side, where there are two) */
    EVENT_PARTIAL, /* a repetition that did not reach far enough to count */
    EVENT_COMBO,   /* a = length of the run of Good or better: 3 or 6 */
    EVENT_HOLD_START,
    EVENT_HOLD_TICK, /* a = whole seconds held; every five seconds */
    EVENT_HOLD_END,  /* a = seconds held */
    EVENT_BREATH,    /* a = breaths done */
    EVENT_SIDE,      /* a = Side that is asked from now on */
    EVENT_HALF,      /* half of the dose (of the side) is done */
    EVENT_LAST,      /* the last repetition (of the side) begins */
    EVENT_TOO_FAST,  /* the repetition was hastier than the window */
    EVENT_FINISHED,  /* the dose is done, or time is up: a = stars */
    /* of single games; x, y in picture units where something can be seen */
    EVENT_STONE_NEAR,  /* Stone Garden: the rake stands over a stone */
    EVENT_RIPPLE,      /* Stone Garden: a stone has melted; a = stones melted */
    EVENT_LIGHT,       /* Tidewing: a light is caught; a = lights caught in this breath */
    EVENT_TURN,        /* Tidewing: the large light at a turn */
    EVENT_BOAT,        /* Lighthouse: a boat is lit; a = its rung 0…9 */
    EVENT_STAR,        /* Lighthouse: a star of the constellation; a = stars so far */
    EVENT_CELL,        /* Lighthouse: a lamp cell recharged; a = cells */
    EVENT_STRING,      /* Skyharp: the asked string sounds; a = its index in the tune, b = control 0…1000 */
    EVENT_STONE_SET,   /* Bridgewright: a stone settles; a = stones set */
    EVENT_STONE_WAITS, /* Bridgewright: the stone waits on its bank */
    EVENT_LANTERNS,    /* Bridgewright: the lantern folk cross */
    EVENT_BELL,        /* Deep Bell: the dive begins */
    EVENT_CHAIN,       /* Deep Bell: deeper by a link; a = links */
    EVENT_BUBBLES,     /* Deep Bell: a breath; a = breaths */
    EVENT_STRANGER,    /* Deep Bell: a quarter of a minute in the zone; a = how many so far */
    EVENT_SAIL,        /* Windmill: the tip passes a quarter of the way; a = 1…4 */
    EVENT_LIFT,        /* Windmill: the balloon rises a pip; a = pips */
    EVENT_HIPS_TURN,   /* Windmill: the hips turned along; a = how much, 1…1000 */
    EVENT_LANTERN, /* Lantern Dragon: a lantern is lit; a = its index from the tail, b = smoothness 0…1000 */
    EVENT_ALL_LIT, /* Lantern Dragon: the last one is, and the village answers; a = lanterns */
    EVENT_KIND_COUNT
} EventKind;

/* How a repetition went. Stored in results: never renumber. */
typedef enum Word { WORD_PARTIAL = 0, WORD_GOOD = 1, WORD_GREAT = 2, WORD_PERFECT = 3 } Word;

typedef struct Event {
    EventKind kind;
    int32_t a, b;
    int16_t x, y;
} Event;

enum { EVENTS_MAX = 24 };

/* The events of one tick; cleared by whoever runs the tick. What does not fit is dropped. */
typedef struct Events {
    int count;
    Event items[EVENTS_MAX];
} Events;

static inline void events_push(Events *events, Event event) {
    if (events->count < EVENTS_MAX) events->items[events->count++] = event;
}

#endif
