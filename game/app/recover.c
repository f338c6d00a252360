#include "app/recover.h"

#include "app/kept.h"
#include "app/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "RUN EXERCISE", as the play loop wrote it. */
static bool parse(const char *value, long long *run_id, char exercise[32]) {
    return sscanf(value, "%lld %31s", run_id, exercise) == 2 &&
           *run_id > 0; /* NOLINT(cert-err34-c): the count and the range are checked */
}

/* The run becomes a result of its routine, and its file a replay like any other. */
static Result keep(Store *store, int64_t run_id, const char *path, Run *run, Error *error) {
    char kept[FILES_PATH_MAX];
    run_stop(run);
    StoredResult stored = kept_result(run);
    (void)snprintf(stored.replay, sizeof stored.replay, "%s-%lld-%d-recovered.bbr", stored.exercise,
                   (long long)stored.at_s, (int)getpid());
    (void)snprintf(kept, sizeof kept, "%s/%s", store_replay_folder(store), stored.replay);
    if (rename(path, kept) != 0) stored.replay[0] = '\0';
    return store_add_result(store, run_id, &stored, error);
}

void recover_unfinished(Store *store, const Content *content) {
    char value[96], exercise[32], path[FILES_PATH_MAX];
    long long run_id = 0;
    Error error = { 0 };
    store_setting(store, "unfinished", "", value, sizeof value);
    if (value[0] == '\0' || !store_is_durable(store)) return;
    Run *run = malloc(sizeof *run);
    (void)snprintf(path, sizeof path, "%s/unfinished.bbr", store_replay_folder(store));
    bool there = run != NULL && parse(value, &run_id, exercise) &&
                 kept_replay_run(content, path, run, &error) == RESULT_OK;
    if (there && run->reps > 0 && keep(store, run_id, path, run, &error) == RESULT_OK)
        say_line("backbeat: the last time ended early; %d repetitions of %s were kept.", (int)run->reps,
                 exercise);
    free(run);
    if (store_keep_setting(store, "unfinished", "", &error) != RESULT_OK)
        say_line("backbeat: %s", error.text);
}
