/* Between a run and what is kept of it: its result in the store, its replay in a file. */
#ifndef APP_KEPT_H
#define APP_KEPT_H

#include "app/content.h"
#include "session/replay.h"
#include "store/store.h"

/* The run as it stands now, done today. Routine, input and replay are the caller's to fill in. */
StoredResult kept_result(const Run *run);

/* Reads a replay, plays it again and refuses it where its score does not come out. *run (large) is left as
 * the replay ends. */
MUST_CHECK Result kept_replay_run(const Content *content, const char *path, Run *run, Error *error);

#endif
