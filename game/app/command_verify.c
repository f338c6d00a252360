#include "app/commands.h"
#include "app/content.h"
#include "app/options.h"
#include "app/say.h"
#include "platform/files.h"
#include "session/replay.h"

#include <stdio.h>
#include <stdlib.h>

static Result verify(const Content *content, const char *path, Run *run, Error *error) {
    char *bytes = NULL;
    size_t size = 0;
    Replay replay = { 0 };
    Result result = files_read(path, &bytes, &size, error);
    if (result == RESULT_OK) result = replay_decode(&replay, (const uint8_t *)bytes, size, path, error);
    if (result == RESULT_OK)
        result =
            replay_verify(&replay, content_levels(content, replay.config.game->exercise), run, path, error);
    if (result == RESULT_OK)
        (void)printf("%s: %s, level %d, %d points, %d stars\n", path, replay.config.game->exercise,
                     (int)replay.config.level, (int)replay.score, (int)replay.stars);
    replay_track_free(&replay.track);
    free(bytes);
    return result;
}

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
    for (int i = 0; result == RESULT_OK && i < options.argument_count; i++) {
        Result verified = verify(content, options.arguments[i], run, &error);
        if (verified != RESULT_OK) code = say_failure(verified, &error);
    }
    if (content != NULL) content_free(content);
    free(content);
    free(run);
    return code;
}
