/* One routine being played: moves samples from the input into the flow, sends cues to the ear, and keeps what
 * is achieved. It owns the time of the session; who calls it owns the wall's. */
#ifndef APP_PLAY_H
#define APP_PLAY_H

#include "app/content.h"
#include "app/ghost.h"
#include "app/inputs.h"
#include "audio/cues.h"
#include "session/flow.h"
#include "store/store.h"

#include <jansson.h>

typedef struct PlayConfig {
    const Content *content; /* borrowed */
    Store *store;           /* borrowed */
    Audio *audio;           /* borrowed; NULL: nobody listens, lines still take their time */
    bool heard;             /* a sound card renders the engine */
    Player player;
    Routine routine;    /* copied */
    int first;          /* item to begin with */
    bool keeps_nothing; /* nothing goes into the store: the demo player plays for nobody */
    bool minute;        /* the one-minute doses */
    int level;          /* 0: each player's own open level; the demo player's is 1 */
    uint32_t seed;
    char raced[256]; /* a replay below the store's folder, whoever's: its body is the ghost; empty: one's own
                        best */
} PlayConfig;

typedef struct Play Play;

/* `choice` is borrowed and stays open. */
MUST_CHECK Result play_begin(Play **out, const PlayConfig *config, InputChoice *choice, Error *error);
/* Takes NULL. */
void play_end(Play *play);

/* One tick of 1/60 s at session time now_s. `hand` may be NULL. */
void play_tick(Play *play, FlowAction action, const HandInput *hand, double now_s);
bool play_over(const Play *play);
const Flow *play_flow(const Play *play);
const PlayConfig *play_config(const Play *play);
const SourceStatus *play_source_status(const Play *play);
/* Another input takes over from here ("use the keyboard"). `choice` is borrowed. */
void play_use(Play *play, InputChoice *choice);
InputChoice *play_input(const Play *play);
/* Keeps the input in play while no ticks come. */
void play_hold(const Play *play);
/* What is being said, or NULL. */
const char *play_caption(const Play *play);
/* The first thing that could not be kept, one sentence; empty where all was. */
const char *play_trouble(const Play *play);
/* The player's best in the exercise under way before this run; -1 where there is none. */
int32_t play_best(const Play *play);
/* The run that is raced, or else the player's best of the exercise under way, to look at; without one it is
 * empty. */
const Ghost *play_ghost(const Play *play);
/* Range of motion of the last time in this exercise; 0 where there is none. */
double play_last_rom_deg(const Play *play, const char *exercise);
/* Says the how-to again. */
void play_say_again(Play *play);

/* The document of `play --json`. A new reference. */
json_t *play_document(const Play *play);
/* "demo", "keyboard", "controller", "sensor". */
const char *input_kind_name(InputKind kind);

#endif
