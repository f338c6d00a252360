/* All that is read from files at the start: the games' levels, the routines, the coaching texts. Checked at
 * the door; immutable after. */
#ifndef APP_CONTENT_H
#define APP_CONTENT_H

#include "platform/files.h"
#include "session/level.h"
#include "session/routine.h"

#include <jansson.h>

enum { CONTENT_GAMES_MAX = 32, CONTENT_ROUTINES_MAX = 32 };

typedef struct Content {
    char assets[FILES_PATH_MAX];
    int game_count;
    LevelSet levels[CONTENT_GAMES_MAX];
    int routine_count;
    Routine routines[CONTENT_ROUTINES_MAX]; /* quick_five first, then by file name */
    json_t *texts;                          /* exercises.<language>.json; owned */
} Content;

/* `data_folder`'s routines/ is read too, if it is there: players write their own. */
MUST_CHECK Result content_load(Content *out, const char *data_folder, Error *error);
void content_free(Content *content);

/* NULL where there is none. */
const LevelSet *content_levels(const Content *content, const char *exercise);
const Routine *content_routine(const Content *content, const char *id);

/* A text of an exercise by its keys, e.g. ("cat_cow", "card", "kit"); "" where there is none. `inner` may be
 * NULL. */
const char *content_text(const Content *content, const char *exercise, const char *key, const char *inner);
/* Words that belong to no exercise: common.group.key; "" where there are none. */
const char *content_common(const Content *content, const char *group, const char *key);

/* "a, b, c" for messages. */
void content_routine_ids(const Content *content, char *out, size_t size);
void content_exercise_ids(const Content *content, char *out, size_t size);

#endif
