/* What was measured over time, exercise by exercise: the range, and how often. A change within the error of
 * measurement is not called one. */
#include "app/pages.h"
#include "platform/files.h"
#include "session/range_error.h"

#include <math.h>
#include <stdlib.h>

enum { HISTORY = 256, DAYS_A_WEEK = 7 };

/* What a single day's mean may be off by, where nothing more is known of it. */
static double least_change_deg(void) {
    return range_least_change_deg(0, 1);
}

static void press(Shell *shell, UiAction action) {
    int step = action == UI_RIGHT || action == UI_DOWN ? 1 : action == UI_LEFT || action == UI_UP ? -1 : 0;
    if (step != 0) shell_move(shell, &shell->progress_exercise, step, shell->content->game_count);
    if (action == UI_BACK || action == UI_CHOOSE) {
        shell_earcon(shell, "back");
        shell_go(shell, PAGE_MAP);
    }
}

static void fill_series(Shell *shell, const StoredResult *newest_first, size_t count, ProgressModel *model) {
    const StoredResult *measured[PROGRESS_POINTS];
    int points = 0;
    for (size_t i = 0; i < count && points < PROGRESS_POINTS; i++) {
        if (newest_first[i].rom_deg > 0) measured[points++] = &newest_first[i];
    }
    if (points == 0) return;
    ProgressSeries *series = &model->series[0];
    for (int i = 0; i < points; i++) series->points[i] = (float)measured[points - 1 - i]->rom_deg;
    double first_deg = measured[points - 1]->rom_deg, now_deg = measured[0]->rom_deg;
    double least_deg = least_change_deg(), change_deg = now_deg - first_deg;
    bool same = fabs(change_deg) < least_deg;
    model->series_count = 1;
    series->count = points;
    series->value = shell_words(shell, "%d\xC2\xB0", (int)lround(now_deg));
    series->band_low = (float)(first_deg - least_deg);
    series->band_high = (float)(first_deg + least_deg);
    series->label = "now";
    series->verdict = points < 2 ? "The first measure"
                      : same     ? "About the same"
                                 : shell_words(shell, "%d\xC2\xB0 %s", (int)lround(fabs(change_deg)),
                                           change_deg > 0 ? "more" : "less");
    series->note = points < 2 ? "" : same ? "Too small to tell yet." : "More than the error.";
    model->from = shell_day_words(shell, measured[points - 1]->day);
    if (measured[0]->day != measured[points - 1]->day) model->to = shell_day_words(shell, measured[0]->day);
}

static void fill_weeks(Shell *shell, ProgressModel *model) {
    bool trained[PROGRESS_WEEKS * DAYS_A_WEEK] = { false };
    int64_t today = clock_today();
    int streak = store_streak(shell->store, shell->player.id, today);
    store_days(shell->store, shell->player.id, today, trained, PROGRESS_WEEKS * DAYS_A_WEEK);
    for (int i = 0; i < PROGRESS_WEEKS * DAYS_A_WEEK; i++)
        model->minutes[i / DAYS_A_WEEK] += (float)trained[i];
    model->streak = streak == 0 ? "Day one" : streak == 1 ? "1 day" : shell_words(shell, "%d days", streak);
}

static void draw(Shell *shell, const UiContext *ui) {
    const char *exercise = shell->content->levels[shell->progress_exercise].game->exercise;
    StoredResult *history = calloc(HISTORY, sizeof *history);
    ProgressModel model = {
        .status = shell_status(shell, true),
        .title = "Progress",
        .exercise = content_text(shell->content, exercise, "name", NULL),
        .measure = "Range",
        .band = shell_words(shell, "no real change (%d\xC2\xB0)", (int)lround(least_change_deg())),
        .minutes_label = "Days a week",
        .empty = "Nothing is measured here yet. One set is enough to begin.",
    };
    if (history != NULL)
        fill_series(shell, history,
                    store_history(shell->store, shell->player.id, exercise, shell_input(shell)->kind, history,
                                  HISTORY),
                    &model);
    fill_weeks(shell, &model);
    ui_progress_draw(&model, ui, shell->list);
    free(history);
}

static void enter(Shell *shell) {
    (void)shell;
}

const Page page_progress = { .enter = enter, .press = press, .idle = shell_idle_below_map, .draw = draw };
