/* How long a frame of each game takes: bench_frame [ASSETS [GAME]]. A scripted body plays to the middle of
 * the set; from there on every tick is drawn and painted, at two sizes, beside a full-screen clear for scale:
 * once by our own canvas into memory, and once through OpenGL, which is the graphics card's, or the
 * processor's where there is none. Ends with one JSON line. */
#include "platform/screen.h"
#include "player.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAMES = 240, WARM_FRAMES = 10, LEVEL = 3, GAMES_MAX = 16, SIZES = 2, PAINTERS = 2 };

static const char *const painters[PAINTERS] = { "software", "opengl" };

static const struct { int width, height; } sizes[SIZES] = { { 1280, 720 }, { 1920, 1080 } };

typedef struct FrameTimes {
    double median_ms, p99_ms;
} FrameTimes;

typedef struct Bench {
    Screen *screen;
    DrawList *list;
    Play *play;
    const char *only; /* one game's id, or NULL */
    int32_t dropped;
} Bench;

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Two colours by turns, so that no painter can leave out what has not changed. */
static void clear_frame(Bench *bench, int frame) {
    draw_rect(bench->list, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, 0, frame % 2 == 0 ? COLOUR_INK : COLOUR_INK_DEEP);
}

/* The tick, too: it is part of what a frame must do. */
static void game_frame(Bench *bench, int frame) {
    (void)frame;
    play_tick(bench->play);
    GameView view = play_view(bench->play);
    bench->play->game->draw(bench->play->state, &view, bench->list);
}

static FrameTimes measure(Bench *bench, void (*frame)(Bench *, int)) {
    double times[FRAMES];
    for (int i = -WARM_FRAMES; i < FRAMES; i++) {
        double start = now_ms();
        draw_clear(bench->list);
        frame(bench, i);
        screen_present(bench->screen, bench->list);
        screen_finish(bench->screen);
        if (i >= 0) times[i] = now_ms() - start;
        bench->dropped += bench->list->dropped;
    }
    qsort(times, FRAMES, sizeof *times, by_size);
    return (FrameTimes){ .median_ms = times[FRAMES / 2], .p99_ms = times[FRAMES * 99 / 100] };
}

/* Plays to the middle of the set; a dry run tells how long the set takes. */
static Result play_to_middle(Play *play, const char *exercise, Error *error) {
    Result result = play_open(play, exercise, LEVEL, PLAY_GOOD, 7, error);
    if (result != RESULT_OK) return result;
    play_run(play, 600);
    int32_t whole = play->tick;
    result = play_open(play, exercise, LEVEL, PLAY_GOOD, 7, error);
    while (result == RESULT_OK && play->tick < whole / 2) play_tick(play);
    return result;
}

static Result bench_size(Bench *bench, const char *assets, int painter, int size, FrameTimes *clear,
                         FrameTimes *games, Error *error) {
    ScreenConfig config = {
        .headless = painter == 0,
        .any_card = true,
        .width = sizes[size].width,
        .height = sizes[size].height,
        .assets = assets,
    };
    Result result = screen_open(&bench->screen, &config, error);
    if (result != RESULT_OK) return result;
    *clear = measure(bench, clear_frame);
    for (int g = 0; result == RESULT_OK && minigames[g] != NULL && g < GAMES_MAX; g++) {
        if (bench->only != NULL && strcmp(bench->only, minigames[g]->id) != 0) continue;
        result = play_to_middle(bench->play, minigames[g]->exercise, error);
        if (result == RESULT_OK) games[g] = measure(bench, game_frame);
    }
    screen_close(bench->screen);
    bench->screen = NULL;
    return result;
}

/* A game that was not asked for has no times. */
static bool measured(const FrameTimes *times) {
    return times->median_ms > 0;
}

static void print_words(int painter, int size, FrameTimes clear, const FrameTimes *games) {
    printf("%s, %d x %d, %d frames each\n", painters[painter], sizes[size].width, sizes[size].height, FRAMES);
    printf("  %-14s median %6.2f ms   99th %6.2f ms\n", "clear", clear.median_ms, clear.p99_ms);
    for (int g = 0; minigames[g] != NULL && g < GAMES_MAX; g++) {
        if (measured(&games[g]))
            printf("  %-14s median %6.2f ms   99th %6.2f ms\n", minigames[g]->id, games[g].median_ms,
                   games[g].p99_ms);
    }
}

/* All that one painter did. */
typedef struct Results {
    bool done[SIZES];
    FrameTimes clear[SIZES], games[SIZES][GAMES_MAX];
} Results;

static void print_size(const Results *results, int size) {
    printf(",\"%dx%d\":{\"clear\":{\"median_ms\":%.3f,\"p99_ms\":%.3f}", sizes[size].width,
           sizes[size].height, results->clear[size].median_ms, results->clear[size].p99_ms);
    for (int g = 0; minigames[g] != NULL && g < GAMES_MAX; g++) {
        if (measured(&results->games[size][g]))
            printf(",\"%s\":{\"median_ms\":%.3f,\"p99_ms\":%.3f}", minigames[g]->id,
                   results->games[size][g].median_ms, results->games[size][g].p99_ms);
    }
    printf("}");
}

static void print_json(const Results results[PAINTERS], int32_t dropped) {
    printf("{\"bench\":\"frame\",\"frames\":%d,\"dropped\":%d", FRAMES, (int)dropped);
    for (int painter = 0; painter < PAINTERS; painter++) {
        printf(",\"%s\":{\"painter\":\"%s\"", painters[painter], painters[painter]);
        for (int size = 0; size < SIZES; size++) {
            if (results[painter].done[size]) print_size(&results[painter], size);
        }
        printf("}");
    }
    printf("}\n");
}

int main(int argc, char **argv) {
    const char *assets = argc > 1 ? argv[1] : ASSETS;
    Error error = { "" };
    Bench bench = { .only = argc > 2 ? argv[2] : NULL,
                    .list = calloc(1, sizeof(DrawList)),
                    .play = calloc(1, sizeof(Play)) };
    static Results results[PAINTERS];
    Result result = RESULT_OK;
    (void)SDL_setenv("SDL_VIDEODRIVER", "offscreen", 0);
    if (bench.list == NULL || bench.play == NULL)
        result = error_set(&error, RESULT_NO_MEMORY, "There is not enough memory for a frame.");
    for (int i = 0; result == RESULT_OK && i < PAINTERS * SIZES; i++) {
        int painter = i / SIZES, size = i % SIZES;
        Results *now = &results[painter];
        result = bench_size(&bench, assets, painter, size, &now->clear[size], now->games[size], &error);
        /* A machine without OpenGL is no failure of the game. */
        if (result == RESULT_NO_DEVICE && painter > 0) {
            fprintf(stderr, "%s is left out: %s\n", painters[painter], error.text);
            result = RESULT_OK;
            continue;
        }
        now->done[size] = result == RESULT_OK;
        if (result == RESULT_OK) print_words(painter, size, now->clear[size], now->games[size]);
    }
    if (result == RESULT_OK)
        print_json(results, bench.dropped);
    else
        fprintf(stderr, "%s\n", error.text);
    free(bench.play);
    free(bench.list);
    return result == RESULT_OK ? 0 : 1;
}
