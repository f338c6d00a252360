/* Paints every screen with a realistic model into a folder of PNGs, to be looked at: ui_sheet FOLDER
 * [ASSETS]. */
#include "files.h"
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>

void sheet_write(Sheet *sheet, const char *name) {
    char path[1024];
    Error error = { 0 };
    snprintf(path, sizeof path, "%s/%s%s.png", sheet->folder, sheet->large_text ? "large-" : "", name);
    if (sheet->list->dropped > 0) {
        fprintf(stderr, "%s: %d commands did not fit.\n", name, (int)sheet->list->dropped);
        sheet->failures++;
    }
    screen_present(sheet->screen, sheet->list);
    if (screen_save_png(sheet->screen, path, &error) != RESULT_OK) {
        fprintf(stderr, "%s\n", error.text);
        sheet->failures++;
    }
    draw_clear(sheet->list);
}

int main(int argc, char **argv) {
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: ui_sheet FOLDER [ASSETS]\n");
        return 2;
    }
    const char *assets = argc > 2 ? argv[2] : ASSETS;
    Error error = { 0 };
    Sheet sheet = { .folder = argv[1], .list = calloc(1, sizeof *sheet.list) };
    char path[1024];
    snprintf(path, sizeof path, "%s/coach-poses.json", assets);
    char *poses = test_read_file(path);
    Result result = poses == NULL || sheet.list == NULL
                        ? error_set(&error, RESULT_IO, "%s can't be read.", path)
                        : coach_parse(&sheet.coach, poses, path, &error);
    free(poses);
    if (result == RESULT_OK)
        result = screen_open(&sheet.screen, &(ScreenConfig){ .headless = true, .assets = assets }, &error);
    if (result != RESULT_OK) {
        fprintf(stderr, "%s\n", error.text);
        free(sheet.list);
        return 1;
    }
    sheet_coach(&sheet);
    sheet_screens(&sheet);
    sheet_long_words(&sheet);
    sheet.large_text = true;
    sheet_screens(&sheet);
    screen_close(sheet.screen);
    free(sheet.list);
    return sheet.failures > 0;
}
