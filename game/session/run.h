/* One exercise played as its mini-game: fixed steps, quantised input in, events and a score out. Everything
 * that counts is integers and comes from the inputs alone, so that the same track gives the same score, bit
 * for bit. No clock, no file, no heap. */
#ifndef SESSION_RUN_H
#define SESSION_RUN_H

#include "session/level.h"
#include "session/routine.h"
#include "session/score.h"

#include <stdalign.h>

enum { RUN_REPS_MAX = 120 };

/* What makes a run what it is, beside its input: stands in the replay. */
typedef struct RunConfig {
    const Minigame *game;
    int32_t level; /* 1…5 */
    uint32_t seed;
    Dose dose;
    int32_t stair; /* session/staircase.h; STAIRCASE_START = the level as it is */
    int32_t ease;  /* thousandths; 1000 = nothing eased ("that hurts" lowers it) */
} RunConfig;

typedef struct Run {
    RunConfig config;
    Level level;
    GameSetup setup;
    int32_t tick;
    bool finished; /* dose done, or out of time: the score stands */
    Side asked;
    int32_t reps, right, left, partials, breaths;
    int32_t hold_ms; /* told holds, and the one under way */
    int32_t holding_ticks;
    bool holding;
    int32_t combo, best_combo;
    int32_t sum_total;
    bool is_hold;     /* no repetitions: scored by the tick */
    int64_t sum_form; /* of a hold's ticks */
    int32_t zone_ticks;
    int64_t rom_sum_cdeg, rom_square_sum_cdeg2;
    int32_t score, stars; /* of what is done so far */
    int32_t rep_count;    /* entries in rep_scores */
    RepScore rep_scores[RUN_REPS_MAX];
    RepScore last;
    int32_t last_tick; /* when the last repetition or partial ended; -1 never */
    alignas(max_align_t) unsigned char state[MINIGAME_STATE_MAX];
} Run;

/* `level` is copied. */
void run_init(Run *run, const RunConfig *config, const Level *level);

/* One tick of 1/60 s; `out` is emptied first. After the end the game's picture goes on, the score does not.
 */
void run_step(Run *run, const SimInput *in, Events *out);

/* Ends it as it stands: no input will come any more. */
void run_stop(Run *run);

/* How much of the dose is done, 0…1000. */
int32_t run_progress(const Run *run);
/* Mean range of the counted repetitions, lowest to highest, or the mean sink of a hold; 0 without any. For
 * the record only. */
double run_rom_deg(const Run *run);
/* … and by how much the single ones differ (standard deviation). */
double run_rom_spread_deg(const Run *run);
bool run_asks_stillness(const Run *run);
/* The places that are paid in a hold, thousandths; false where the game has no zone. */
bool run_zone(const Run *run, int32_t *low, int32_t *high);
void run_draw(const Run *run, const GameView *view, DrawList *out);

#endif
