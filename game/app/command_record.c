#include "app/commands.h"
#include "app/inputs.h"
#include "app/options.h"
#include "app/say.h"
#include "exercises/spec.h"
#include "input/simulated_set.h"
#include "platform/files.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define STILL_S 3.0 /* before the movement: a recording begins in the start pose */

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
        if (status.state == SOURCE_ENDED) break;
        if (now_s - start_s > STILL_S) cue.phase = CUE_PLAY;
        if (source->cue != NULL) source->cue(source->self, &cue);
        result = write_samples(source, now_s, start_s, file, count);
        now_s += 1.0 / 60;
        if (paced) clock_sleep_s(own ? 1.0 / 60 : now_s - clock_now_s());
    }
    return result;
}

static Result begin_file(FILE **out, const char *path, Error *error) {
    *out = fopen(path, "w");
    return *out != NULL ? RESULT_OK
                        : error_set(error, RESULT_IO, "%s can't be written: %s.", path, strerror(errno));
}

static Result end_file(FILE *file, bool good, const char *path, Error *error) {
    good = fclose(file) == 0 && good;
    return good ? RESULT_OK
                : error_set(error, RESULT_IO, "%s could not be written to its end: is the disk full?", path);
}

/* The demo player does one set, at once, and the file says what was really done. */
static Result record_demo(DemoStyle style, const Options *options, long *count, Error *error) {
    Recording recording;
    SetTruth truth;
    FILE *file = NULL;
    const ExerciseSpec *spec = exercise_spec(options->exercise != NULL ? options->exercise : "cat_cow");
    Result result = simulated_set_make(&recording, &truth, spec, style, options->seed, false, error);
    if (result == RESULT_OK) result = begin_file(&file, options->arguments[0], error);
    if (file != NULL) {
        bool good = simulated_set_write(&recording, &truth, file);
        result = end_file(file, good, options->arguments[0], error);
    }
    *count = (long)recording.count;
    recording_free(&recording);
    return result;
}

static Result record_source(const char *what, const Options *options, long *count, Error *error) {
    InputChoice choice = { 0 };
    FILE *file = NULL;
    Result result = input_open(&choice, what, options->seed, error);
    if (result == RESULT_OK) result = begin_file(&file, options->arguments[0], error);
    if (file != NULL) {
        (void)signal(SIGINT, on_interrupt);
        (void)signal(SIGTERM, on_interrupt);
        say_line("Recording to %s; Ctrl-C ends it.", options->arguments[0]);
        bool good = fputs(RECORDING_HEADER, file) >= 0 && record(&choice, options, file, count) == RESULT_OK;
        result = end_file(file, good, options->arguments[0], error);
    }
    input_close(&choice);
    return result;
}

static Result check_options(const Options *options, Error *error) {
    if (options->argument_count != 1)
        return error_set(
            error, RESULT_BAD_USAGE,
            "record needs the name of one file to write: backbeat record --input serial OUT.csv");
    if (options->exercise == NULL || exercise_spec(options->exercise) != NULL) return RESULT_OK;
    char ids[256];
    exercise_spec_ids(ids, sizeof ids, false);
    return error_set(error, RESULT_BAD_USAGE, "There is no exercise \"%s\"; there are %s.", options->exercise,
                     ids);
}

int command_record(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result == RESULT_OK) result = check_options(&options, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    const char *what = options.input != NULL && strcmp(options.input, "auto") != 0 ? options.input : "serial";
    long count = 0;
    DemoStyle style;
    result = input_is_demo(what, &style) ? record_demo(style, &options, &count, &error)
                                         : record_source(what, &options, &count, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    say_line("%ld samples in %s.", count, options.arguments[0]);
    return EXIT_OK;
}
