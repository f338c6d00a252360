/* Plays replays again and prints what came out, one line a file:
 *
 *     replay_scores FILE.bbr…
 *     EXERCISE LEVEL SCORE STARS REPS TICKS SUM DIGEST
 *
 * SUM adds up the totals of all repetitions, DIGEST mixes every event of every tick (FNV-1a over named
 * fields, never memory). Builds of different compilers are compared by it. */
#include "session/replay.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define FNV_START 14695981039346656037U
#define FNV_PRIME 1099511628211U

static uint64_t mix(uint64_t digest, int64_t value) {
    for (int byte = 0; byte < 8; byte++) digest = (digest ^ ((uint64_t)value >> 8 * byte & 0xFF)) * FNV_PRIME;
    return digest;
}

static uint64_t mix_events(uint64_t digest, int32_t tick, const Events *events) {
    for (int i = 0; i < events->count; i++) {
        const Event *e = &events->items[i];
        digest = mix(digest, tick);
        digest = mix(digest, (int64_t)e->kind);
        digest = mix(digest, e->a);
        digest = mix(digest, e->b);
        digest = mix(digest, e->x);
        digest = mix(digest, e->y);
    }
    return digest;
}

static bool read_file(const char *path, uint8_t **bytes, size_t *size) {
    FILE *file = fopen(path, "rb");
    *bytes = NULL;
    *size = 0;
    if (file == NULL) return false;
    size_t capacity = 1U << 16;
    bool ok = true;
    while (ok && !feof(file)) {
        capacity *= 2;
        uint8_t *grown = realloc(*bytes, capacity);
        ok = grown != NULL;
        if (!ok) break;
        *bytes = grown;
        *size += fread(grown + *size, 1, capacity - *size, file);
        ok = !ferror(file);
    }
    (void)fclose(file);
    return ok;
}

static void print_run(const Replay *replay, Run *run) {
    Events events;
    uint64_t digest = FNV_START;
    run_init(run, &replay->config, &replay->level);
    for (size_t i = 0; i < replay->track.count; i++) {
        run_step(run, &replay->track.inputs[i], &events);
        digest = mix_events(digest, (int32_t)i, &events);
    }
    (void)printf("%s %d %d %d %d %d %d %016" PRIx64 "\n", replay->config.game->exercise,
                 (int)replay->config.level, (int)run->score, (int)run->stars, (int)run->reps, (int)run->tick,
                 (int)run->sum_total, digest);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        (void)fprintf(stderr, "usage: replay_scores FILE.bbr...\n");
        return 2;
    }
    Run *run = malloc(sizeof *run);
    bool good = run != NULL;
    for (int i = 1; i < argc && good; i++) {
        uint8_t *bytes = NULL;
        size_t size = 0;
        Error error = { 0 };
        Replay replay = { 0 };
        good = read_file(argv[i], &bytes, &size);
        if (!good) (void)fprintf(stderr, "replay_scores: %s can't be read.\n", argv[i]);
        if (good && replay_decode(&replay, bytes, size, argv[i], &error) != RESULT_OK) {
            (void)fprintf(stderr, "replay_scores: %s\n", error.text);
            good = false;
        }
        if (good) print_run(&replay, run);
        replay_track_free(&replay.track);
        free(bytes);
    }
    free(run);
    return good ? 0 : 1;
}
