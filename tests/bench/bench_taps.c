/* How often exercise is taken for knocks: bench_taps [FILE.csv …]. Counts them over simulated sets of
 * all exercises by restless people, and over the recordings that are named; in none of them did anybody tap.
 * Ends with one JSON line. */
#include "input/simulated_set.h"
#include "input/taps.h"
#include "platform/recording_file.h"

#include <stdio.h>

enum { SETS = 40 };

typedef struct Tally {
    int taps;
    double hours;
} Tally;

static void count(Tally *tally, const Recording *recording) {
    Taps taps;
    taps_init(&taps);
    for (size_t i = 0; i < recording->count; i++) {
        if (recording->samples[i].sensor == SENSOR_MAIN)
            tally->taps += taps_feed(&taps, &recording->samples[i]) > 0;
    }
    tally->hours += (recording->samples[recording->count - 1].t_s - recording->samples[0].t_s) / 3600;
}

static Result count_file(Tally *tally, const char *path, Error *error) {
    Recording recording;
    Result result = recording_load(&recording, path, error);
    if (result != RESULT_OK) return result;
    count(tally, &recording);
    recording_free(&recording);
    return RESULT_OK;
}

int main(int argc, char **argv) {
    Tally simulated = { 0 }, recorded = { 0 };
    Error error = { 0 };
    Result result = RESULT_OK;
    for (const ExerciseSpec *spec = exercise_specs; spec->id != NULL; spec++) {
        for (uint64_t seed = 1; spec->signal != SIGNAL_FREE && seed <= SETS && result == RESULT_OK; seed++) {
            Recording recording;
            SetTruth truth;
            result = simulated_set_make(&recording, &truth, spec, DEMO_RESTLESS, seed, false, &error);
            if (result != RESULT_OK) break;
            count(&simulated, &recording);
            recording_free(&recording);
        }
    }
    for (int i = 1; i < argc && result == RESULT_OK; i++) result = count_file(&recorded, argv[i], &error);
    if (result != RESULT_OK) {
        (void)fprintf(stderr, "bench_taps: %s\n", error.text);
        return 1;
    }
    printf("{\"simulated_hours\": %.2f, \"simulated_taps\": %d, \"recorded_hours\": %.2f, \"recorded_taps\": "
           "%d}\n",
           simulated.hours, simulated.taps, recorded.hours, recorded.taps);
    return 0;
}
