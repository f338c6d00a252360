/* The five levels of a game, as its data file has them. What is wrong in it is refused with file, line and
 * reason; inside, it is trusted. */
#ifndef SESSION_LEVEL_H
#define SESSION_LEVEL_H

#include "core/result.h"
#include "minigames/minigame.h"

typedef struct Level {
    int32_t target;                            /* thousandths of the own range: 500…1000 */
    int32_t under;                             /* likewise the other way; 0 where nothing is asked */
    int32_t tempo_min_ms, tempo_max_ms;        /* of one repetition */
    int32_t hold_s;                            /* stillness asked for, 0…120 */
    int32_t stars[3];                          /* rising, 1…1000 */
    int32_t fields[MINIGAME_LEVEL_FIELDS_MAX]; /* the game's own, in the order of its list */
} Level;

typedef struct LevelSet {
    const Minigame *game;
    Level levels[MINIGAME_LEVELS];
} LevelSet;

/* `text` is the file's content, `name` its path for messages. */
MUST_CHECK Result level_set_parse(LevelSet *out, const Minigame *game, const char *text, const char *name,
                                  Error *error);

#endif
