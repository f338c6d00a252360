/* A routine: which exercises, in which order, how many. A text file that a player can write. */
#ifndef SESSION_ROUTINE_H
#define SESSION_ROUTINE_H

#include "core/result.h"

#include <stdbool.h>
#include <stdint.h>

enum { ROUTINE_ITEMS_MAX = 12, ROUTINE_ID_MAX = 32, ROUTINE_NAME_MAX = 64 };

/* How much of an exercise. Repetitions (also a breath is one) or seconds. */
typedef struct Dose {
    int32_t reps; /* a side, where `each_side`; 0 where seconds are asked */
    bool each_side;
    int32_t seconds; /* 0 where repetitions are asked */
} Dose;

typedef struct RoutineItem {
    char exercise[ROUTINE_ID_MAX];
    Dose dose;
    Dose minute; /* the one-minute version */
} RoutineItem;

typedef struct Routine {
    char id[ROUTINE_ID_MAX];
    char name[ROUTINE_NAME_MAX];
    int minutes;  /* about how long, for the map */
    bool any_one; /* one of them is played, not all */
    int count;
    RoutineItem items[ROUTINE_ITEMS_MAX];
} Routine;

/* Refuses what is wrong with file, line and reason; also exercises that do not exist or have no game. */
MUST_CHECK Result routine_parse(Routine *out, const char *text, const char *name, Error *error);

/* The item of an exercise, or -1. */
int routine_find(const Routine *routine, const char *exercise);

#endif
