/* A scripted body and the bookkeeping of a session, both crude: enough to play a game from its start to its
 * end without either. The same style and seed give the same input. */
#ifndef TESTS_PLAYER_H
#define TESTS_PLAYER_H

#include "level_file.h"
#include "minigames/minigame.h"

typedef enum PlayStyle {
    PLAY_GOOD,    /* the own range, evenly, in the middle of the window */
    PLAY_HASTY,   /* the same in a third of the time, unevenly */
    PLAY_SHALLOW, /* half of the range: every repetition is a partial one */
    PLAY_IDLE,    /* a body that breathes and does not move */
} PlayStyle;

typedef struct Play {
    const Minigame *game;
    Level level;
    PlayStyle style;
    _Alignas(16) unsigned char state[MINIGAME_STATE_MAX];
    Events events; /* of the last tick */
    SimInput in;   /* of the last tick */
    Side asked;
    int32_t tick, reps, reps_side, partials;
    int32_t cycle_tick; /* since the movement's last start */
    int32_t cycles;
    bool over;
    /* All ticks so far: */
    int32_t event_counts[EVENT_KIND_COUNT];
    int32_t event_last_a[EVENT_KIND_COUNT];
    int32_t form_sum, form_count;
    int32_t asked_still_ticks;
    uint64_t digest; /* of events, forms and stillness */
} Play;

MUST_CHECK Result play_open(Play *play, const char *exercise, int32_t level, PlayStyle style, uint32_t seed,
                            Error *error);
/* One tick; sets `over` when the dose is done. May be called on after that, as a session lets an ending play.
 */
void play_tick(Play *play);
/* Until it is over, or for at most max_s seconds. */
void play_run(Play *play, int32_t max_s);
/* Mean form of the repetitions that ended so far. */
int32_t play_form(const Play *play);
/* What a frame would know now. */
GameView play_view(const Play *play);

#endif
