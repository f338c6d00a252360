/* A score is its replay: what the run was, every tick's input, and the score it claims. Running it again must
 * give that score.
 *
 * File: "BBRP", version, a header of named numbers, the inputs packed by differences and deflated (zlib), and
 * a CRC-32 over everything before it; little-endian, written byte by byte. Version 1 knew no staircase; it is
 * read as one at its start. One changed byte anywhere is refused. All lengths are checked before they are
 * used. */
#ifndef SESSION_REPLAY_H
#define SESSION_REPLAY_H

#include "session/run.h"

#include <stddef.h>
#include <stdint.h>

enum { REPLAY_VERSION = 2, REPLAY_TICKS_MAX = 60 * 60 * 60 };

/* Grows while a run is played; owned. */
typedef struct ReplayTrack {
    SimInput *inputs;
    size_t count, capacity;
} ReplayTrack;

typedef struct Replay {
    RunConfig config;
    Level level; /* as it was played */
    int32_t score, stars;
    ReplayTrack track;
} Replay;

/* False when memory is out or the run is absurdly long; the run goes on without its replay. */
bool replay_track_push(ReplayTrack *track, const SimInput *in);
void replay_track_free(ReplayTrack *track);

/* *bytes is the caller's to free. */
MUST_CHECK Result replay_encode(const Replay *replay, uint8_t **bytes, size_t *size, Error *error);

/* `name` is for messages. Free the track. */
MUST_CHECK Result replay_decode(Replay *out, const uint8_t *bytes, size_t size, const char *name,
                                Error *error);

/* Plays it again. *run (large: keep it off small stacks) holds the outcome. */
void replay_run(const Replay *replay, Run *run);

/* Plays it again and refuses a score that does not come out, or a level that is not the one in `levels`
 * (NULL: not compared). */
MUST_CHECK Result replay_verify(const Replay *replay, const LevelSet *levels, Run *run, const char *name,
                                Error *error);

#endif
