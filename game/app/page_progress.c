/* What was measured over time, exercise by exercise: the range, and how often. A change within the error of
 * measurement is not called one. */
#include "app/pages.h"
#include "platform/files.h"
#include "session/range_error.h"

#include <math.h>

enum { DAYS_A_WEEK = 7 };

/* How a set spreads is not kept with its result: this is what sets of eight usually do. */
#define USUAL_SPREAD_DEG 5.0
#define USUAL_REPS       8

static void press(Shell *shell, UiAction action) {
    int step = action == UI_RIGHT || action == UI_DOWN ? 1 : action == UI_LEFT || action == UI_UP ? -1 : 0;
    if (step != 0) shell_move(shell, &shell->progress_exercise, step, shell->content->game_count);
    if (action == UI_BACK || action == UI_CHOOSE) {
        shell_earcon(shell, "back");
        shell_go(shell, PAGE_MAP);
    }
}

/* Bodies that are measured: a sensor's, else a strapped-on controller's. Keys and sticks move made-up ones.
 */
static int measured_of(Shell *shell, const char *exercise, StoredResult newest_first[PROGRESS_POINTS]) {
    static const InputKind kinds[] = { INPUT_SENSOR, INPUT_CONTROLLER };
    bool demo = shell_input(shell)->kind == INPUT_DEMO;
    size_t count = 0;
    for (int i = 0; i < 2 && count == 0; i++)
        count = store_measured(shell->store, shell->player.id, exercise, demo ? INPUT_DEMO : kinds[i],
                               newest_first, PROGRESS_POINTS);
    return (int)count;
}

static void fill_series(Shell *shell, const char *exercise, ProgressModel *model) {
    StoredResult measured[PROGRESS_POINTS];
    int points = measured_of(shell, exercise, measured);
    if (points == 0) return;
    ProgressSeries *series = &model->series[0];
    for (int i = 0; i < points; i++) series->points[i] = (float)measured[points - 1 - i].rom_deg;
    double first_deg = measured[points - 1].rom_deg, now_deg = measured[0].rom_deg;
    double least_deg = range_least_change_deg(USUAL_SPREAD_DEG, USUAL_REPS), change_deg = now_deg - first_deg;
    bool same = fabs(change_deg) < least_deg;
    model->series_count = 1;
    model->band = shell_words(shell, "no real change (%d\xC2\xB0)", (int)ceil(least_deg));
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
    model->from = shell_day_words(shell, measured[points - 1].day);
    if (measured[0].day != measured[points - 1].day) model->to = shell_day_words(shell, measured[0].day);
}

static void fill_weeks(Shell *shell, ProgressModel *model) {
    bool trained[PROGRESS_WEEKS * DAYS_A_WEEK] = { false };
    int64_t today = clock_today();
    int streak = store_streak(shell->store, shell->player.id, today);
    store_days(shell->store, shell->player.id, today, trained, PROGRESS_WEEKS * DAYS_A_WEEK);
    for (int i = 0; i < PROGRESS_WEEKS * DAYS_A_WEEK; i++) model->weeks[i / DAYS_A_WEEK] += (float)trained[i];
    model->streak = shell_streak_words(shell, streak);
}

static void draw(Shell *shell, const UiContext *ui) {
    const char *exercise = shell->content->levels[shell->progress_exercise].game->exercise;
    ProgressModel model = {
        .status = shell_status(shell, true),
        .title = "Progress",
        .exercise = content_text(shell->content, exercise, "name", NULL),
        .measure = "Range",
        .weeks_label = "Days a week",
        .empty = "Nothing is measured here yet. A sensor measures; one set is enough to begin.",
    };
    fill_series(shell, exercise, &model);
    fill_weeks(shell, &model);
    ui_progress_draw(&model, ui, shell->list);
}

const Page page_progress = { .press = press, .idle = shell_idle_below_map, .draw = draw };
