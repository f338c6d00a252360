/* A tick's input as small integers: all that a game may know of the body. It is quantised before it reaches
 * the simulation, so that what is recorded is what was played, and the same on every machine. */
#ifndef MINIGAMES_SIM_INPUT_H
#define MINIGAMES_SIM_INPUT_H

#include <stdint.h>

enum { TICK_HZ = 60 };

/* What the recogniser said in this tick. In replays: never renumber. */
typedef enum SimSignal {
    SIM_NOTHING = 0,
    SIM_REP = 1,        /* a counted repetition ended */
    SIM_PARTIAL = 2,    /* a repetition ended that does not count */
    SIM_TOP = 3,        /* the far end was reached and the movement turned */
    SIM_HOLD_START = 4, /* still, away from the start */
    SIM_HOLD_END = 5,   /* `tempo_ms` long */
    SIM_BREATH = 6,     /* a whole breath ended, `tempo_ms` long */
    SIM_UNDER = 7,      /* twists: the under-swing turned */
} SimSignal;

enum { HIPS_UNKNOWN = -1 };

enum {
    SIM_FLAG_STILL = 1, /* the body keeps still at this moment */
    SIM_FLAG_HOLD = 2,  /* within a hold */
};

typedef struct SimInput {
    int16_t place; /* thousandths of the own range: 0 start, 1000 own comfortable end, negative the other way;
                      -2000…2000 */
    int16_t lift;  /* thoracic_bridge: hips, 0 down … 1000 own height; else 0 */
    int16_t angle_cdeg; /* the measured angle in hundredths of a degree, for the eye only */
    uint8_t flags;      /* SIM_FLAG_… */
    uint8_t signal;     /* SimSignal; at most one a tick */
    /* With a signal: */
    uint8_t side;       /* Side that moved */
    int16_t reach;      /* SIM_REP, SIM_PARTIAL: thousandths of the own range reached */
    int16_t under;      /* the same the other way, positive */
    int16_t control;    /* smoothness, 0…1000 */
    int16_t hips;       /* how flat they were, 0…1000; HIPS_UNKNOWN without a second sensor */
    uint16_t tempo_ms;  /* how long the repetition, hold or breath took */
    uint16_t return_ms; /* of which the way back */
    uint16_t rom_cdeg;  /* lowest to highest, for the record only */
} SimInput;

#endif
