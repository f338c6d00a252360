#include "sheet.h"

#include <stdio.h>

static const char *const ids[] = { "foam_roll",          "cat_cow",
                                   "table_top_twist",    "pull_apart",
                                   "thoracic_bridge",    "bench_extension",
                                   "quadruped_rotation", "rocked_back_cat_camel" };

static void draw_cell(Sheet *sheet, int cell, bool left_side) {
    const CoachExercise *exercise = coach_exercise(&sheet->coach, ids[cell]);
    float x = cell % 2 ? 648.0f : 40.0f, y = 20.0f + 172.0f * (float)(cell >> 1);
    draw_rect(sheet->list, x, y, 592, 164, 18, colour_alpha(COLOUR_INK, 0.72f));
    draw_text(sheet->list, x + 16, y + 28, 20, FONT_BOLD, ALIGN_LEFT, COLOUR_PAPER, ids[cell]);
    for (int key = 0; key < exercise->key_count; key++) {
        float width = 592.0f / (float)exercise->key_count;
        CoachPlace place = { .x = x + ((float)key + 0.5f) * width,
                             .ground_y = y + 130,
                             .height = exercise->band ? 136 : 170 };
        float m = (float)exercise->keys[key].m;
        coach_draw(&sheet->coach, ids[cell], m, 0, left_side ? side_other(exercise->moves) : SIDE_NONE, place,
                   sheet->list);
        char words[32];
        snprintf(words, sizeof words, "%+.2f", (double)m);
        draw_text(sheet->list, place.x, y + 155, 17, FONT_BOLD, ALIGN_CENTRE, COLOUR_GOLD, words);
    }
}

void sheet_coach(Sheet *sheet) {
    for (int page = 0; page < 2; page++) {
        draw_shade(sheet->list, 0, 0, 1280, 720, COLOUR(0x2E3566), COLOUR(0x1B2145));
        for (int cell = 0; cell < 8; cell++) draw_cell(sheet, cell, page == 1);
        sheet_write(sheet, page == 0 ? "coach" : "coach-other-side");
    }
    draw_shade(sheet->list, 0, 0, 1280, 720, COLOUR(0x2E3566), COLOUR(0x1B2145));
    for (int cell = 0; cell < 8; cell++) {
        float x = 60 + (float)(cell % 4) * 290, y = 40 + 330 * (cell < 4 ? 0.0f : 1.0f);
        draw_frame(sheet->list, x, y, 270, 300, 8, 2, COLOUR_PAPER_DIM);
        float low, high;
        coach_range(coach_exercise(&sheet->coach, ids[cell]), &low, &high);
        coach_draw(&sheet->coach, ids[cell], low + (high - low) * 0.3f, 0, SIDE_NONE,
                   coach_fit(&sheet->coach, ids[cell], x, y, 270, 300), sheet->list);
        coach_draw(&sheet->coach, ids[cell], high, 0, SIDE_NONE,
                   coach_fit(&sheet->coach, ids[cell], x, y + 180, 90, 90), sheet->list);
    }
    sheet_write(sheet, "coach-fit");
}
