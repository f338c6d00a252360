#include "app/commands.h"
#include "app/kept.h"
#include "app/options.h"
#include "app/say.h"

#include <stdio.h>
#include <stdlib.h>

int command_verify(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Content *content = calloc(1, sizeof *content);
    Run *run = malloc(sizeof *run);
    char folder[FILES_PATH_MAX];
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result == RESULT_OK && options.argument_count == 0)
        result = error_set(&error, RESULT_BAD_USAGE, "verify needs at least one replay file.");
    if (result == RESULT_OK && (content == NULL || run == NULL))
        result = error_set(&error, RESULT_NO_MEMORY, "Not enough memory.");
    if (result == RESULT_OK) result = files_data_folder(folder, &error);
    if (result == RESULT_OK) result = content_load(content, folder, &error);
    int code = result == RESULT_OK ? EXIT_OK : say_failure(result, &error);
    for (int i = 0; result == RESULT_OK && run != NULL && i < options.argument_count; i++) {
        const char *path = options.arguments[i];
        Result verified = kept_replay_run(content, path, run, &error);
        if (verified != RESULT_OK)
            code = say_failure(verified, &error);
        else
            (void)printf("%s: %s, level %d, %d points, %d stars\n", path, run->config.game->exercise,
                         (int)run->config.level, (int)run->score, (int)run->stars);
    }
    if (content != NULL) content_free(content);
    free(content);
    free(run);
    return code;
}
