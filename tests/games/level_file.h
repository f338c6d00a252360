/* A game's level file, read as strictly as the tests need: one level into a GameSetup. */
#ifndef TESTS_LEVEL_FILE_H
#define TESTS_LEVEL_FILE_H

#include "core/result.h"
#include "minigames/minigame.h"

typedef struct Level {
    GameSetup setup; /* `fields` points into this Level: do not copy it */
    int32_t fields[MINIGAME_LEVEL_FIELDS_MAX];
    int32_t stars[3];
} Level;

/* Level 1…5 of `game` with the dose of its exercise. */
MUST_CHECK Result level_read(Level *out, const Minigame *game, int32_t level, uint32_t seed, Error *error);

#endif
