/* Plays each game with a scripted body and writes pictures of its start, middle and end: game_sheet DIR
 * [LEVEL [EXERCISE|all [contrast|still]]]. */
#include "platform/screen.h"
#include "player.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Sheet {
    Screen *screen;
    const char *folder;
    DrawList *list;
    bool contrast, still; /* high contrast; reduced motion */
} Sheet;

static Result sheet_picture(const Sheet *sheet, const Play *play, const char *moment, Error *error) {
    char path[512];
    GameView view = play_view(play);
    view.high_contrast = sheet->contrast;
    view.reduced_motion = sheet->still;
    draw_clear(sheet->list);
    play->game->draw(play->state, &view, sheet->list);
    screen_present(sheet->screen, sheet->list);
    snprintf(path, sizeof path, "%s/%s-%s.png", sheet->folder, play->game->id, moment);
    printf("%s: %d commands, %d points, %d dropped, %d repetitions, form %d\n", path,
           (int)sheet->list->command_count, (int)sheet->list->point_count, (int)sheet->list->dropped,
           (int)play->reps, (int)play_form(play));
    return screen_save_png(sheet->screen, path, error);
}

static Result sheet_play(const Sheet *sheet, Play *play, const char *exercise, int32_t level, Error *error) {
    Result result = play_open(play, exercise, level, PLAY_GOOD, 7, error);
    /* A dry run tells how long the set takes. */
    if (result == RESULT_OK) play_run(play, 400);
    int32_t whole = play->tick;
    if (result == RESULT_OK) result = play_open(play, exercise, level, PLAY_GOOD, 7, error);
    if (result != RESULT_OK) return result;

    static const struct {
        const char *name;
        int32_t share; /* thousandths of the set */
    } moments[] = {
        { "1-start", 4 }, { "2-early", 180 }, { "3-middle", 452 }, { "4-late", 818 }, { "5-end", 1000 }
    };
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        int32_t until = (int32_t)((int64_t)whole * moments[i].share / 1000);
        if (moments[i].share == 1000) until += 3 * TICK_HZ;
        while (play->tick < until) play_tick(play);
        result = sheet_picture(sheet, play, moments[i].name, error);
        if (result != RESULT_OK) return result;
    }
    return RESULT_OK;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: game_sheet DIR [LEVEL [EXERCISE|all [contrast|still]]]\n");
        return 2;
    }
    long level = argc > 2 ? strtol(argv[2], NULL, 10) : 3;
    if (level < 1 || level > MINIGAME_LEVELS) {
        fprintf(stderr, "levels are 1 to %d\n", MINIGAME_LEVELS);
        return 2;
    }
    Error error = { "" };
    const char *only = argc > 3 && strcmp(argv[3], "all") != 0 ? argv[3] : NULL;
    Sheet sheet = { .folder = argv[1],
                    .list = calloc(1, sizeof(DrawList)),
                    .contrast = argc > 4 && strcmp(argv[4], "contrast") == 0,
                    .still = argc > 4 && strcmp(argv[4], "still") == 0 };
    Play *play = calloc(1, sizeof *play);
    Result result = sheet.list != NULL && play != NULL ? RESULT_OK : RESULT_NO_MEMORY;
    if (result == RESULT_OK)
        result = screen_open(&sheet.screen, &(ScreenConfig){ .headless = true, .assets = ASSETS }, &error);
    for (const Minigame *const *game = minigames; result == RESULT_OK && *game != NULL; game++) {
        if (only != NULL && strcmp(only, (*game)->exercise) != 0) continue;
        result = sheet_play(&sheet, play, (*game)->exercise, (int32_t)level, &error);
    }
    if (result != RESULT_OK) fprintf(stderr, "%s\n", error.text);
    screen_close(sheet.screen);
    free(play);
    free(sheet.list);
    return result == RESULT_OK ? 0 : 1;
}
