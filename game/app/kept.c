#include "app/kept.h"

#include <stdio.h>
#include <stdlib.h>

StoredResult kept_result(const Run *run) {
    StoredResult stored = {
        .at_s = clock_unix_s(),
        .day = clock_today(),
        .level = (int)run->config.level,
        .score = (int)run->score,
        .stars = (int)run->stars,
        .reps = (int)run->reps,
        .left = (int)run->left,
        .right = (int)run->right,
        .partials = (int)run->partials,
        .breaths = (int)run->breaths,
        .hold_s = run->hold_ms / 1000.0,
        .rom_deg = run_rom_deg(run),
        .seed = run->config.seed,
    };
    (void)snprintf(stored.exercise, sizeof stored.exercise, "%s", run->config.game->exercise);
    return stored;
}

Result kept_replay_run(const Content *content, const char *path, Run *run, Error *error) {
    char *bytes = NULL;
    size_t size = 0;
    Replay replay = { 0 };
    Result result = files_read(path, &bytes, &size, error);
    if (result == RESULT_OK) result = replay_decode(&replay, (const uint8_t *)bytes, size, path, error);
    if (result == RESULT_OK)
        result =
            replay_verify(&replay, content_levels(content, replay.config.game->exercise), run, path, error);
    replay_track_free(&replay.track);
    free(bytes);
    return result;
}
