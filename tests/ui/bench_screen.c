/* How long a frame takes without a graphics card: bench_screen [ASSETS]. The list is painted in memory at
 * 1280 x 720; the coach and the in-game display are laid out anew every frame, as in play. Ends with one JSON
 * line. */
#include "files.h"
#include "sheet.h"
#include "ui/hud.h"
#include "ui/screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FRAMES = 200 };

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void game_frame(Sheet *sheet, int frame) {
    UiContext ui = { .measure = screen_text_measure(sheet->screen),
                     .coach = &sheet->coach,
                     .time_s = (float)frame / 60 };
    float t = (float)(frame % 240) / 240;
    draw_scene(sheet->list, "menu/hour3", 0, 0, 1);
    HudModel hud = { .done = frame / 30,
                     .goal = 8,
                     .side = SIDE_RIGHT,
                     .side_word = "right",
                     .score = frame,
                     .word = HUD_WORD_GOOD,
                     .word_text = "Good",
                     .word_age_s = 1,
                     .combo = 2,
                     .gauge_low = -0.5f,
                     .gauge_high = 1,
                     .place = t,
                     .target_count = 1,
                     .targets = { { 0.73f, 0.95f } },
                     .value = "36°",
                     .exercise = "table_top_twist",
                     .coach_m = t,
                     .ring = HUD_RING_IN,
                     .ring_share = t,
                     .cue = HUD_CUE_IN,
                     .cue_words = "elbow to the sky" };
    hud_draw(&hud, &ui, sheet->list);
}

static void menu_frame(Sheet *sheet, int frame) {
    UiContext ui = { .measure = screen_text_measure(sheet->screen),
                     .coach = &sheet->coach,
                     .time_s = (float)frame / 60,
                     .sensor = true };
    TitleModel title = { .status = { .input_words = "Sensor ready" },
                         .subtitle = "A day on the coast for your upper back",
                         .press = "Press any key or button",
                         .tap = "or double-tap the sensor",
                         .lamps = 12 };
    ui_title_draw(&title, &ui, sheet->list);
}

static double median_ms(Sheet *sheet, void (*frame)(Sheet *, int)) {
    static double times[FRAMES];
    for (int i = -5; i < FRAMES; i++) {
        double start = now_ms();
        draw_clear(sheet->list);
        frame(sheet, i < 0 ? 0 : i);
        screen_present(sheet->screen, sheet->list);
        if (i >= 0) times[i] = now_ms() - start;
    }
    qsort(times, FRAMES, sizeof *times, by_size);
    return times[FRAMES / 2];
}

int main(int argc, char **argv) {
    char path[1024];
    const char *assets = argc > 1 ? argv[1] : ASSETS;
    Error error = { 0 };
    static Sheet sheet;
    double start = now_ms();
    snprintf(path, sizeof path, "%s/coach-poses.json", assets);
    char *poses = test_read_file(path);
    sheet.list = calloc(1, sizeof *sheet.list);
    if (poses == NULL || sheet.list == NULL || coach_parse(&sheet.coach, poses, path, &error) != RESULT_OK ||
        screen_open(&sheet.screen, &(ScreenConfig){ .headless = true, .assets = assets }, &error) !=
            RESULT_OK) {
        fprintf(stderr, "%s\n", error.text[0] != '\0' ? error.text : path);
        return 1;
    }
    menu_frame(&sheet, 0);
    screen_present(sheet.screen, sheet.list);
    double first = now_ms() - start;
    double menu = median_ms(&sheet, menu_frame), game = median_ms(&sheet, game_frame);
    printf("first picture %.1f ms, title %.2f ms a frame, game display over a scene %.2f ms a frame (median "
           "of %d)\n",
           first, menu, game, FRAMES);
    printf(
        "{\"bench\":\"screen\",\"first_picture_ms\":%.1f,\"title_frame_ms\":%.3f,\"game_frame_ms\":%.3f}\n",
        first, menu, game);
    screen_close(sheet.screen);
    free(sheet.list);
    free(poses);
    return 0;
}
