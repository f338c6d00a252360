#include "app/commands.h"
#include "app/options.h"
#include "app/say.h"
#include "app/shell.h"

#include <stdio.h>
#include <string.h>

int command_open(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Shell *shell = NULL;
    Result result = options_parse(&options, "", command->takes, argc, argv, &error);
    if (result == RESULT_OK && options.argument_count > 0)
        result = error_set(&error, RESULT_BAD_USAGE, "there is no command \"%s\"; see backbeat --help.",
                           options.arguments[0]);
    if (result == RESULT_OK)
        result = shell_open(
            &shell, &(ShellConfig){ .input = options.input, .fullscreen = options.fullscreen }, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    shell_run(shell);
    shell_close(shell);
    return EXIT_OK;
}

/* An exercise is a routine of one, with the dose it has in a routine. */
static Result routine_of_exercise(const Content *content, const char *exercise, Routine *out, Error *error) {
    for (int i = 0; i < content->routine_count; i++) {
        int at = routine_find(&content->routines[i], exercise);
        if (at < 0) continue;
        *out = (Routine){ .minutes = 3, .count = 1, .items = { content->routines[i].items[at] } };
        (void)snprintf(out->id, sizeof out->id, "%s", exercise);
        (void)snprintf(out->name, sizeof out->name, "%s", content_text(content, exercise, "name", NULL));
        return RESULT_OK;
    }
    char ids[256];
    content_exercise_ids(content, ids, sizeof ids);
    return error_set(error, RESULT_BAD_USAGE, "There is no game for an exercise \"%s\"; there are %s.",
                     exercise, ids);
}

static Result find_routine(const Content *content, const Options *options, Routine *out, Error *error) {
    if (options->exercise != NULL) return routine_of_exercise(content, options->exercise, out, error);
    const Routine *routine = content_routine(content, options->routine);
    if (routine != NULL) {
        *out = *routine;
        return RESULT_OK;
    }
    char ids[512];
    content_routine_ids(content, ids, sizeof ids);
    return error_set(error, RESULT_BAD_USAGE, "There is no routine \"%s\"; there are %s.", options->routine,
                     ids);
}

static void print_results(const Play *play) {
    json_t *document = play_document(play);
    size_t index = 0;
    json_t *exercise = NULL;
    json_array_foreach(json_object_get(document, "exercises"), index, exercise) {
        (void)printf("%-22s level %lld  %4lld points  %.*s\n",
                     json_string_value(json_object_get(exercise, "exercise")),
                     (long long)json_integer_value(json_object_get(exercise, "level")),
                     (long long)json_integer_value(json_object_get(exercise, "score")),
                     (int)json_integer_value(json_object_get(exercise, "stars")), "***");
    }
    (void)printf("%-22s          %4lld points  grade %s\n",
                 json_string_value(json_object_get(document, "routine")),
                 (long long)json_integer_value(json_object_get(document, "score")),
                 json_string_value(json_object_get(document, "grade")));
    json_decref(document);
}

static Result play(const Options *options, const Content *content, Shell *shell, Error *error) {
    PlayConfig config = { .level = options->level,
                          .seed = options->has_seed ? options->seed : (uint32_t)clock_unix_s() };
    Result result = find_routine(content, options, &config.routine, error);
    if (result == RESULT_OK)
        result = store_find_player(shell->store, options->player != NULL ? options->player : "Guest",
                                   &config.player, error);
    if (result == RESULT_OK) result = shell_play(shell, &config, options->fast, error);
    if (result != RESULT_OK) return result;
    if (options->json)
        print_document(play_document(shell->play));
    else
        print_results(shell->play);
    return RESULT_OK;
}

int command_play(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Shell *shell = NULL;
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result == RESULT_OK && (options.routine == NULL) == (options.exercise == NULL))
        result = error_set(&error, RESULT_BAD_USAGE,
                           "play needs a routine or an exercise: backbeat play --routine quick_five");
    if (result == RESULT_OK && options.argument_count > 0)
        result = error_set(&error, RESULT_BAD_USAGE, "play does not take \"%s\"; see backbeat play --help.",
                           options.arguments[0]);
    ShellConfig config = { .input = options.input,
                           .headless = options.headless,
                           .fullscreen = options.fullscreen,
                           .screenshots = options.screenshots,
                           .seed = options.seed };
    if (result == RESULT_OK) result = shell_open(&shell, &config, &error);
    if (result == RESULT_OK) result = play(&options, shell->content, shell, &error);
    shell_close(shell);
    return result == RESULT_OK ? EXIT_OK : say_failure(result, &error);
}
