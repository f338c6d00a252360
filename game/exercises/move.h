/* What a body has done: the events of the recogniser. */
#ifndef EXERCISES_MOVE_H
#define EXERCISES_MOVE_H

#include "core/side.h"

typedef enum MoveKind {
    MOVE_NONE,
    MOVE_REP,
    MOVE_PARTIAL,
    MOVE_TOP,
    MOVE_UNDER,
    MOVE_HOLD_START,
    MOVE_HOLD_END,
    MOVE_BREATH,
} MoveKind;

/* "rep", "partial", … as `analyze` prints them. */
const char *move_kind_name(MoveKind kind);

typedef struct Move {
    MoveKind kind;
    double t_s;            /* when it was noticed */
    double end_s;          /* when it ended in the body */
    double start_s, top_s; /* repetitions and partials: when it began, and turned */
    Side side;
    double rom_deg;             /* lowest to highest */
    double peak_deg, under_deg; /* from the start, both ways, positive */
    double lift_deg;
    double tempo_s, return_s;   /* length; way back */
    double hips_deg, hips_flat; /* how far the hips turned meanwhile, and how flat that is, 0…1; -1 without a
                                   sensor on the pelvis */
    double control;             /* smoothness 0…1, from SPARC; 1 = as smooth as one calm stroke */
} Move;

enum { MOVES_MAX = 8 };

typedef struct Moves {
    int count;
    Move items[MOVES_MAX];
} Moves;

#endif
