/* The player's own right and left, as seen by the player. */
#ifndef CORE_SIDE_H
#define CORE_SIDE_H

typedef enum Side { SIDE_NONE = 0, SIDE_RIGHT = 1, SIDE_LEFT = 2 } Side;

static inline Side side_other(Side side) {
    return side == SIDE_RIGHT ? SIDE_LEFT : side == SIDE_LEFT ? SIDE_RIGHT : SIDE_NONE;
}

#endif
