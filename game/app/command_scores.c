#include "app/commands.h"
#include "app/options.h"
#include "app/play.h"
#include "app/say.h"
#include "platform/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RESULTS_MAX = 10000 };

static void day_text(int64_t day, char out[16]) {
    time_t seconds = (time_t)(day * 86400);
    struct tm date;
    (void)gmtime_r(&seconds, &date);
    (void)strftime(out, 16, "%Y-%m-%d", &date);
}

static json_t *result_document(const StoredResult *r, const char *folder) {
    char day[16], path[FILES_PATH_MAX + 300];
    day_text(r->day, day);
    (void)snprintf(path, sizeof path, "%s%s%s", r->replay[0] ? folder : "", r->replay[0] ? "/" : "",
                   r->replay);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:f, s:i, s:f, s:I, s:s}",
                     "day", day, "player", r->player_name, "routine", r->routine, "exercise", r->exercise,
                     "input", input_kind_name(r->input), "level", r->level, "score", r->score, "stars",
                     r->stars, "reps", r->reps, "left", r->left, "right", r->right, "partials", r->partials,
                     "hold_s", r->hold_s, "breaths", r->breaths, "rom_deg", r->rom_deg, "seed",
                     (json_int_t)r->seed, "replay", path);
}

int command_scores(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    Store *store = household_open();
    StoredResult *results = calloc(RESULTS_MAX, sizeof *results);
    if (store == NULL || results == NULL) {
        store_close(store);
        free(results);
        return EXIT_FAILED;
    }
    size_t count = store_all_results(store, results, RESULTS_MAX);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        const StoredResult *r = &results[i];
        char day[16];
        day_text(r->day, day);
        json_array_append_new(list, result_document(r, store_replay_folder(store)));
        if (!options.json)
            (void)printf("%s  %-16s %-22s %-10s level %d  %4d  %.*s\n", day, r->player_name, r->exercise,
                         input_kind_name(r->input), r->level, r->score, r->stars, "***");
    }
    if (options.json) {
        print_document(json_pack("{s:o}", "results", list));
    } else {
        json_decref(list);
        if (count == 0) (void)printf("No results yet: play a routine first.\n");
    }
    bool durable = store_is_durable(store);
    store_close(store);
    free(results);
    return durable ? EXIT_OK : EXIT_FAILED;
}

int command_export(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    char *json = NULL;
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result == RESULT_OK && options.argument_count != 1)
        result = error_set(&error, RESULT_BAD_USAGE, "export needs the name of one file to write.");
    if (result != RESULT_OK) return say_failure(result, &error);
    Store *store = household_open();
    if (store == NULL || !store_is_durable(store)) result = RESULT_IO;
    if (result == RESULT_OK) result = store_export(store, &json, &error);
    size_t length = 0;
    while (json != NULL && json[length] != '\0') length++;
    if (result == RESULT_OK) result = files_write(options.arguments[0], json, length, &error);
    free(json);
    store_close(store);
    if (result != RESULT_OK && error.text[0] == '\0') return EXIT_FAILED;
    return result == RESULT_OK ? EXIT_OK : say_failure(result, &error);
}

int command_import(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    char *json = NULL;
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result == RESULT_OK && options.argument_count != 1)
        result = error_set(&error, RESULT_BAD_USAGE, "import needs the name of one file to read.");
    if (result == RESULT_OK) result = files_read(options.arguments[0], &json, NULL, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    Store *store = household_open();
    if (store == NULL || !store_is_durable(store)) result = RESULT_IO;
    if (result == RESULT_OK) result = store_import(store, json, options.arguments[0], &error);
    free(json);
    store_close(store);
    if (result != RESULT_OK && error.text[0] == '\0') return EXIT_FAILED;
    return result == RESULT_OK ? EXIT_OK : say_failure(result, &error);
}
