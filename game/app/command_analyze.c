#include "app/commands.h"
#include "app/options.h"
#include "app/say.h"
#include "exercises/recogniser.h"
#include "platform/recording_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double thousandths(double value) {
    return round(value * 1000) / 1000;
}

static void append_moves(json_t *events, const Recogniser *r, const Moves *moves, double start_s) {
    static const char *const sides[] = { "none", "right", "left" };
    for (int i = 0; i < moves->count; i++) {
        const Move *move = &moves->items[i];
        /* A turn has no end of its own: it is told when it is seen. */
        double at_s = move->end_s > 0 ? move->end_s : move->t_s;
        json_t *event = json_pack("{s:f, s:s, s:s, s:f}", "t_s", thousandths(at_s - start_s), "kind",
                                  move_kind_name(move->kind), "side", sides[move->side], "rom_deg",
                                  thousandths(move->rom_deg));
        if (move->kind == MOVE_REP && move->hips_deg >= 0) {
            (void)json_object_set_new(event, "hips_deg", json_real(thousandths(move->hips_deg)));
            (void)json_object_set_new(event, "hips_flat", json_real(thousandths(move->hips_flat)));
            (void)json_object_set_new(event, "thoracic_deg",
                                      json_real(thousandths(recogniser_thoracic_deg(r, move))));
        }
        json_array_append_new(events, event);
    }
}

/* The usual step between samples, and how many are missing by it. */
static double usual_step_s(const Recording *recording, int *lost) {
    double sum_s = 0;
    size_t count = 0;
    *lost = 0;
    double length_s = recording->samples[recording->count - 1].t_s - recording->samples[0].t_s;
    double mean_s = recording->count > 1 ? length_s / (double)(recording->count - 1) : 0;
    for (size_t i = 1; i < recording->count; i++) {
        double step_s = recording->samples[i].t_s - recording->samples[i - 1].t_s;
        if (step_s > 1.6 * mean_s) continue;
        sum_s += step_s;
        count++;
    }
    double usual_s = count > 0 ? sum_s / (double)count : 0;
    for (size_t i = 1; i < recording->count && usual_s > 0; i++) {
        double step_s = recording->samples[i].t_s - recording->samples[i - 1].t_s;
        if (step_s > 1.6 * usual_s) *lost += (int)fmin(1e6, round(step_s / usual_s) - 1);
    }
    return usual_s;
}

static json_t *analysis(const ExerciseSpec *spec, const Recording *recording, Recogniser *r) {
    json_t *events = json_array();
    Moves moves = { 0 };
    double start_s = recording->samples[0].t_s;
    recogniser_init(r, spec, NULL);
    for (size_t i = 0; i < recording->count; i++) {
        moves.count = 0;
        (void)recogniser_feed(r, &recording->samples[i], &moves);
        append_moves(events, r, &moves, start_s);
    }
    moves.count = 0;
    recogniser_finish(r, &moves);
    append_moves(events, r, &moves, start_s);
    int lost = 0;
    double step_s = usual_step_s(recording, &lost);
    return json_pack("{s:s, s:f, s:i, s:i, s:i, s:i, s:f, s:f, s:i, s:f, s:i, s:o}", "exercise", spec->id,
                     "duration_s", thousandths(recording->samples[recording->count - 1].t_s - start_s),
                     "reps", r->reps, "left", r->left, "right", r->right, "partials", r->partials, "rom_deg",
                     thousandths(recogniser_rom_deg(r)), "hold_s", thousandths(r->hold_s), "breaths",
                     r->breaths_done, "rate_hz", step_s > 0 ? thousandths(1 / step_s) : 0.0, "lost", lost,
                     "events", events);
}

int command_analyze(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result == RESULT_OK && (options.exercise == NULL || options.argument_count != 1))
        result =
            error_set(&error, RESULT_BAD_USAGE,
                      "analyze needs an exercise and one file: backbeat analyze --exercise cat_cow FILE.csv");
    const ExerciseSpec *spec = result == RESULT_OK ? exercise_spec(options.exercise) : NULL;
    if (result == RESULT_OK && spec == NULL) {
        char ids[256];
        exercise_spec_ids(ids, sizeof ids, true);
        result = error_set(&error, RESULT_BAD_USAGE, "There is no exercise \"%s\"; there are %s.",
                           options.exercise, ids);
    }
    Recording recording = { 0 };
    if (result == RESULT_OK) result = recording_load(&recording, options.arguments[0], &error);
    Recogniser *recogniser = malloc(sizeof *recogniser);
    if (result == RESULT_OK && recogniser == NULL)
        result = error_set(&error, RESULT_NO_MEMORY, "Not enough memory.");
    if (result == RESULT_OK && spec != NULL && recogniser != NULL)
        print_document(analysis(spec, &recording, recogniser));
    free(recogniser);
    recording_free(&recording);
    return result == RESULT_OK ? EXIT_OK : say_failure(result, &error);
}
