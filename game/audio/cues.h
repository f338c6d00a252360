/* What is heard when: turns the events of the flow and of the game into earcons, spoken lines, music and the
 * movement tone. It holds no sound itself; what it asks for goes to a CueSink, which is the sound engine, or
 * a test that listens. */
#ifndef AUDIO_CUES_H
#define AUDIO_CUES_H

#include "audio/audio.h"
#include "session/flow.h"

/* Where the cues go. Ids that do not exist are let pass in silence. */
typedef struct CueSink {
    void *self;
    void (*piece)(void *self, const char *id);
    void (*earcon)(void *self, const char *id, int step);
    void (*say)(void *self, const char *id, float max_delay_s); /* 0: never dropped */
    void (*hush)(void *self);
    void (*combo)(void *self, int combo);
    void (*tune)(void *self, int level); /* which tune the harp's strings play */
    void (*breath)(void *self, float phase, float period_s);
    void (*tone)(void *self, const MovementTone *tone);
} CueSink;

/* What was said lately, so that corrections and praise stay rare. A value; zeroed is ready. */
typedef struct Cues {
    int reps_since_fix, reps_since_praise;
    int praise;     /* rotates */
    int turns_told; /* of this set: the first ones are spelled out */
    char place[16]; /* where the sensor was asked for last */
    float breath_s; /* since the inhale began */
    float breath_period_s;
} Cues;

/* Once a tick, with that tick's events. `best` is what the player's best was before this result (-1: none).
 */
void cues_tick(Cues *cues, const Flow *flow, const FlowEvents *events, const Events *game_events,
               int32_t best, const CueSink *sink);

/* Says a whole number as it is spoken: 0…9999. */
void cues_say_number(const CueSink *sink, int number);

#endif
