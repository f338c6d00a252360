/* simulate_exercises DIR [SETS [SEED]]: writes SETS recordings of each exercise by ordinary people and as
 * many by restless ones, with their truth in the first lines, for bench_exercises and for looking at. */
#include "input/simulated_set.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool write_set(const char *path, const ExerciseSpec *spec, DemoStyle style, uint64_t seed) {
    Recording recording;
    SetTruth truth;
    Error error;
    if (simulated_set_make(&recording, &truth, spec, style, seed, false, &error) != RESULT_OK) {
        (void)fprintf(stderr, "simulate_exercises: %s\n", error.text);
        return false;
    }
    FILE *file = fopen(path, "w");
    bool good = file != NULL && simulated_set_write(&recording, &truth, file);
    if (file != NULL) good = fclose(file) == 0 && good;
    if (!good) (void)fprintf(stderr, "simulate_exercises: %s can't be written: %s.\n", path, strerror(errno));
    recording_free(&recording);
    return good;
}

int main(int argc, char **argv) {
    static const struct {
        DemoStyle style;
        const char *name;
    } styles[] = { { DEMO_ORDINARY, "ordinary" }, { DEMO_RESTLESS, "restless" } };
    long sets = argc > 2 ? strtol(argv[2], NULL, 10) : 10,
         first_seed = argc > 3 ? strtol(argv[3], NULL, 10) : 1;
    if (argc < 2 || sets < 1 || sets > 100000 || first_seed < 0) {
        (void)fprintf(stderr, "usage: simulate_exercises DIR [SETS [SEED]], an existing folder\n");
        return 2;
    }
    for (const ExerciseSpec *spec = exercise_specs; spec->id != NULL; spec++) {
        for (size_t i = 0; spec->signal != SIGNAL_FREE && i < sizeof styles / sizeof *styles; i++) {
            for (long k = 0; k < sets; k++) {
                char path[1024];
                (void)snprintf(path, sizeof path, "%s/%s-%s-%03ld.csv", argv[1], styles[i].name, spec->id, k);
                if (!write_set(path, spec, styles[i].style, (uint64_t)(first_seed + k))) return 1;
            }
        }
    }
    return 0;
}
