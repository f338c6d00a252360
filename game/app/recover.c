#include "app/recover.h"

#include "app/say.h"
#include "session/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "RUN EXERCISE", as the play loop wrote it. */
static bool parse(const char *value, long long *run_id, char exercise[32]) {
    return sscanf(value, "%lld %31s", run_id, exercise) == 2 &&
           *run_id > 0; /* NOLINT(cert-err34-c): the count and the range are checked */
}

static Result keep(Store *store, const Content *content, int64_t run_id, const char *path, Run *run,
                   Error *error) {
    char *bytes = NULL;
    size_t size = 0;
    Replay replay = { 0 };
    Result result = files_read(path, &bytes, &size, error);
    if (result == RESULT_OK) result = replay_decode(&replay, (const uint8_t *)bytes, size, path, error);
    if (result == RESULT_OK)
        result =
            replay_verify(&replay, content_levels(content, replay.config.game->exercise), run, path, error);
    free(bytes);
    if (result == RESULT_OK && run->reps > 0) {
        StoredResult stored = {
            .at_s = clock_unix_s(),
            .day = clock_today(),
            .level = replay.config.level,
            .score = run->score,
            .stars = run->stars,
            .reps = run->reps,
            .left = run->left,
            .right = run->right,
            .partials = run->partials,
            .breaths = run->breaths,
            .hold_s = run->hold_ms / 1000.0,
            .rom_deg = (double)run->rom_sum_cdeg / (100.0 * run->reps),
            .seed = replay.config.seed,
        };
        char kept[FILES_PATH_MAX];
        (void)snprintf(stored.exercise, sizeof stored.exercise, "%s", replay.config.game->exercise);
        (void)snprintf(stored.replay, sizeof stored.replay, "%s-%lld-%d-recovered.bbr", stored.exercise,
                       (long long)stored.at_s, (int)getpid());
        (void)snprintf(kept, sizeof kept, "%s/%s", store_replay_folder(store), stored.replay);
        if (rename(path, kept) != 0) stored.replay[0] = '\0';
        result = store_add_result(store, run_id, &stored, error);
    }
    replay_track_free(&replay.track);
    return result;
}

void recover_unfinished(Store *store, const Content *content) {
    char value[96], exercise[32], path[FILES_PATH_MAX];
    long long run_id = 0;
    Error error = { 0 };
    store_setting(store, "unfinished", "", value, sizeof value);
    if (value[0] == '\0' || !store_is_durable(store)) return;
    Run *run = malloc(sizeof *run);
    (void)snprintf(path, sizeof path, "%s/unfinished.bbr", store_replay_folder(store));
    if (run != NULL && parse(value, &run_id, exercise) &&
        keep(store, content, run_id, path, run, &error) == RESULT_OK && run->reps > 0)
        say_line("backbeat: the last time ended early; %d repetitions of %s were kept.", (int)run->reps,
                 exercise);
    free(run);
    if (store_keep_setting(store, "unfinished", "", &error) != RESULT_OK)
        say_line("backbeat: %s", error.text);
}
