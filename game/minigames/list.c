#include "minigames/minigame.h"

#include <string.h>

extern const Minigame minigame_stone_garden, minigame_tidewing, minigame_lighthouse, minigame_skyharp,
    minigame_bridgewright, minigame_deep_bell, minigame_windmill, minigame_lantern_dragon;

const Minigame *const minigames[] = {
    &minigame_stone_garden, &minigame_tidewing,       &minigame_lighthouse,
    &minigame_skyharp,      &minigame_bridgewright,   &minigame_deep_bell,
    &minigame_windmill,     &minigame_lantern_dragon, NULL,
};

const Minigame *minigame_for_exercise(const char *exercise) {
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        if (strcmp((*game)->exercise, exercise) == 0) return *game;
    }
    return NULL;
}
