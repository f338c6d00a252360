/* The best run so far, to play beside: where its body was at each tick, and what its repetitions were worth.
 * It comes from the replay that is kept with the score, played again; it is only looked at, and nothing is
 * scored by it. */
#ifndef APP_GHOST_H
#define APP_GHOST_H

#include "app/content.h"
#include "session/replay.h"

typedef struct Ghost {
    ReplayTrack track; /* owned; empty = there is no ghost */
    int32_t score;
    int32_t rep_count;
    RepScore reps[RUN_REPS_MAX];
} Ghost;

/* Takes the place of what was there. A replay that is missing, damaged or of another level's data leaves no
 * ghost: it is no loss worth a word in the middle of a session. */
void ghost_load(Ghost *ghost, const Content *content, const char *path);
void ghost_free(Ghost *ghost);

/* The input at a tick of the run; NULL without a ghost, and after its end. */
const SimInput *ghost_at(const Ghost *ghost, int32_t tick);

#endif
