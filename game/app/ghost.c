#include "app/ghost.h"

#include "platform/files.h"

#include <stdlib.h>
#include <string.h>

void ghost_free(Ghost *ghost) {
    replay_track_free(&ghost->track);
    *ghost = (Ghost){ 0 };
}

void ghost_load(Ghost *ghost, const Content *content, const char *path) {
    char *bytes = NULL;
    size_t size = 0;
    Error error = { 0 };
    Replay replay = { 0 };
    Run *run = calloc(1, sizeof *run);
    ghost_free(ghost);
    Result result = run != NULL ? files_read(path, &bytes, &size, &error) : RESULT_NO_MEMORY;
    if (result == RESULT_OK) result = replay_decode(&replay, (const uint8_t *)bytes, size, path, &error);
    if (result == RESULT_OK)
        result =
            replay_verify(&replay, content_levels(content, replay.config.game->exercise), run, path, &error);
    if (result == RESULT_OK) {
        ghost->track = replay.track;
        ghost->score = run->score;
        ghost->rep_count = run->rep_count;
        memcpy(ghost->reps, run->rep_scores, sizeof ghost->reps);
    } else {
        replay_track_free(&replay.track);
    }
    free(bytes);
    free(run);
}

const SimInput *ghost_at(const Ghost *ghost, int32_t tick) {
    return tick >= 0 && (size_t)tick < ghost->track.count ? &ghost->track.inputs[tick] : NULL;
}
