#include "app/commands.h"
#include "app/inputs.h"
#include "app/options.h"
#include "app/say.h"
#include "exercises/spec.h"
#include "input/recording.h"
#include "platform/files.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define STILL_S 3.0  /* before the movement: a recording begins in the start pose */
#define DEMO_S  60.0 /* the demo player would go on for ever */

static volatile sig_atomic_t interrupted; /* the one thing that a signal handler may write */

static void on_interrupt(int signal_number) {
    (void)signal_number;
    interrupted = 1;
}

static Result write_samples(const Source *source, double now_s, double start_s, FILE *file, long *count) {
    ImuSample samples[64];
    char line[160];
    for (size_t n = source->read(source->self, now_s, samples, 64); n > 0;
         n = source->read(source->self, now_s, samples, 64)) {
        for (size_t i = 0; i < n; i++) {
            samples[i].t_s -= start_s;
            recording_format(line, sizeof line, &samples[i]);
            if (fputs(line, file) < 0) return RESULT_IO;
        }
        *count += (long)n;
    }
    return RESULT_OK;
}

static Result record(const InputChoice *choice, const Options *options, FILE *file, long *count) {
    const Source *source = &choice->source;
    bool own = choice->own_time, paced = !(own && options->fast);
    double start_s = own ? 0 : clock_now_s(), now_s = start_s;
    Cue cue = { .phase = CUE_HOLD_STILL, .target = 0.9F, .reps_left = 8 };
    const ExerciseSpec *spec = exercise_spec(options->exercise != NULL ? options->exercise : "cat_cow");
    (void)snprintf(cue.exercise, sizeof cue.exercise, "%s", spec->id);
    cue.side = spec->first_side;
    Result result = RESULT_OK;
    SourceStatus status;
    char said[sizeof status.trouble] = "";
    while (!interrupted && result == RESULT_OK) {
        source->status(source->self, now_s, &status);
        if (strcmp(said, status.trouble) != 0) {
            memcpy(said, status.trouble, sizeof said);
            if (said[0] != '\0') say_line("%s", said);
        }
        if (status.state == SOURCE_ENDED || (choice->kind == INPUT_DEMO && now_s - start_s > DEMO_S)) break;
        if (now_s - start_s > STILL_S) cue.phase = CUE_PLAY;
        if (source->cue != NULL) source->cue(source->self, &cue);
        result = write_samples(source, now_s, start_s, file, count);
        now_s += 1.0 / 60;
        if (paced) clock_sleep_s(own ? 1.0 / 60 : now_s - clock_now_s());
    }
    return result;
}

int command_record(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    InputChoice choice = { 0 };
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result == RESULT_OK && options.argument_count != 1)
        result =
            error_set(&error, RESULT_BAD_USAGE,
                      "record needs the name of one file to write: backbeat record --input serial OUT.csv");
    if (result == RESULT_OK && options.exercise != NULL && exercise_spec(options.exercise) == NULL) {
        char ids[256];
        exercise_spec_ids(ids, sizeof ids, false);
        result = error_set(&error, RESULT_BAD_USAGE, "There is no exercise \"%s\"; there are %s.",
                           options.exercise, ids);
    }
    if (result == RESULT_OK) {
        const char *what =
            options.input != NULL && strcmp(options.input, "auto") != 0 ? options.input : "serial";
        result = input_open(&choice, what, options.seed, &error);
    }
    if (result != RESULT_OK) return say_failure(result, &error);
    const char *path = options.arguments[0];
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        result = error_set(&error, RESULT_IO, "%s can't be written: %s.", path, strerror(errno));
    } else {
        long count = 0;
        (void)signal(SIGINT, on_interrupt);
        (void)signal(SIGTERM, on_interrupt);
        say_line("Recording to %s; Ctrl-C ends it.", path);
        bool good =
            fputs(RECORDING_HEADER, file) >= 0 && record(&choice, &options, file, &count) == RESULT_OK;
        good = fclose(file) == 0 && good;
        if (!good)
            result =
                error_set(&error, RESULT_IO, "%s could not be written to its end: is the disk full?", path);
        if (good) say_line("%ld samples in %s.", count, path);
    }
    input_close(&choice);
    return result == RESULT_OK ? EXIT_OK : say_failure(result, &error);
}
