/* One mini-game: a file of rules and picture, a row in the list, a data file. Step changes the state and says
 * what happened; draw cannot change anything. Integers only in step: a replay gives the same score on every
 * compiler. Drawing may use floats.
 *
 * The common rules (repetitions, scoring, stars, sides, the end of the dose) are the session's; a game has
 * its own things in the world and judges `form`: what this exercise is about beyond reach, control and tempo.
 */
#ifndef MINIGAMES_MINIGAME_H
#define MINIGAMES_MINIGAME_H

#include "core/side.h"
#include "minigames/events.h"
#include "minigames/sim_input.h"
#include "view/draw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MINIGAME_STATE_MAX = 96 * 1024, MINIGAME_LEVEL_FIELDS_MAX = 16, MINIGAME_LEVELS = 5 };

/* A number of a game's own in its level data; the loader refuses what is outside low…high with file and line.
 */
typedef struct LevelField {
    const char *name;
    int32_t low, high;
} LevelField;

/* What the session tells a game at its start. */
typedef struct GameSetup {
    uint32_t seed;
    int32_t level;       /* 1…5 */
    int32_t reps;        /* counted repetitions asked for, over both sides; 0 where seconds are asked */
    int32_t reps_a_side; /* 0 where sides do not matter or alternate */
    int32_t seconds;     /* timed dose: how long; else 0 */
    int32_t hold_s;      /* seconds of stillness asked for in all; else 0 */
    int32_t target;      /* thousandths of the own range asked for */
    int32_t under;       /* the same the other way (cat; threading under); 0 where nothing is asked */
    int32_t tempo_min_ms, tempo_max_ms; /* window of one repetition */
    const int32_t *fields; /* the game's own level numbers, in the order of its LevelField list; live as long
                              as the level */
} GameSetup;

/* What the session knows before a step: the asked side and the dose so far. */
typedef struct GameTick {
    SimInput in;
    Side asked;        /* SIDE_NONE where sides do not matter */
    int32_t tick;      /* since the game began */
    int32_t reps_done; /* counted so far, before this tick */
} GameTick;

/* For the eye: what the frame may know beyond the game's state. All of it is presentation. */
typedef struct GameView {
    float time_s; /* runs on, for drift and sway */
    float place;  /* newest place as a share of the own range, finer than the tick's */
    float lift;
    float angle_deg;
    Side asked;
    int32_t combo;
    bool reduced_motion;
    bool high_contrast; /* scenery recedes, what moves has an edge */
} GameView;

typedef struct Minigame {
    const char *id;           /* in replays and scores: never rename */
    const char *name;         /* of the game, English */
    const char *done;         /* its result in a few words, English */
    int hour;                 /* of the day on the coast, 1…8: whose sky its screens have */
    const char *exercise;     /* id of the exercise that drives it */
    const char *data_path;    /* below assets/ */
    const LevelField *fields; /* MINIGAME_LEVEL_FIELDS_MAX at most, ends with a NULL name */
    size_t state_size;
    void (*init)(void *state, const GameSetup *setup);
    void (*step)(void *state, const GameTick *tick, Events *out);
    /* 0…1000, for the repetition that ended in the step just made; what this game is about. Of a hold, which
     * has no repetitions: of the step itself, 0 outside the zone. */
    int32_t (*form)(const void *state);
    /* True while the game asks the player to stop where they are and keep still. */
    bool (*asks_stillness)(const void *state);
    /* Of a hold: the places that are paid, thousandths of the own range, so that the ear is told the same as
     * the eye. NULL in games that have no zone. */
    void (*zone)(const void *state, int32_t *low, int32_t *high);
    void (*draw)(const void *state, const GameView *view, DrawList *out);
} Minigame;

/* All games, in the order of the day; ends with NULL. Of several games for one exercise the first is played.
 */
extern const Minigame *const minigames[];

/* NULL where there is none. */
const Minigame *minigame_for_exercise(const char *exercise);

#endif
