/* bench_exercises DIR: runs the live recogniser over every recording in DIR that carries its truth (as
 * simulate_exercises and `backbeat record --input demo` write it; named STYLE-EXERCISE-NUMBER.csv) and
 * compares. A line for each style and exercise, then one JSON line over all. With -v also a line for each set
 * that is wrong. */
#include "exercises/recogniser.h"
#include "input/simulated_set.h"
#include "median.h"
#include "platform/files.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STYLES_MAX = 2, SPECS_MAX = 8, SETS_MAX = 4096, DELAYS_MAX = 1 << 17 };
static const char *const styles[STYLES_MAX] = { "ordinary", "restless" };

/* Of one style and exercise. */
typedef struct Score {
    int sets, exact, within_1, sides, partials, breaths_within_1, with_hold;
    double rom_errors[SETS_MAX], hold_errors[SETS_MAX];
} Score;

typedef struct Bench {
    bool verbose;
    Score scores[STYLES_MAX][SPECS_MAX];
    double delays_s[DELAYS_MAX];
    int delays;
    double busy_s, samples;
} Bench;

/* How long after the body was back a repetition was told. */
static void note_delay(Bench *b, const SetTruth *truth, double told_s) {
    double nearest_s = 1e9;
    for (int i = 0; i < truth->reps && i < SET_REPS_MAX; i++) {
        if (fabs(told_s - truth->ends_s[i]) < fabs(nearest_s)) nearest_s = told_s - truth->ends_s[i];
    }
    if (fabs(nearest_s) < 1.5 && b->delays < DELAYS_MAX) b->delays_s[b->delays++] = nearest_s;
}

static void recognise(Bench *b, Recogniser *r, const ExerciseSpec *spec, const Recording *recording,
                      const SetTruth *truth) {
    Moves moves;
    double from_s = clock_now_s();
    recogniser_init(r, spec, NULL);
    for (size_t i = 0; i < recording->count; i++) {
        moves.count = 0;
        (void)recogniser_feed(r, &recording->samples[i], &moves);
        for (int k = 0; k < moves.count; k++) {
            if (moves.items[k].kind == MOVE_REP) note_delay(b, truth, moves.items[k].t_s);
        }
    }
    moves.count = 0;
    recogniser_finish(r, &moves);
    b->busy_s += clock_now_s() - from_s;
    b->samples += (double)recording->count;
}

static void compare(Bench *b, Score *t, const ExerciseSpec *spec, const Recogniser *r, const SetTruth *truth,
                    const char *name) {
    if (t->sets == SETS_MAX) return;
    bool holds = spec->still_dps > 0 && truth->hold_s > 0;
    double hold_error_s = fabs(r->hold_s - truth->hold_s);
    bool exact = spec->pattern == PATTERN_HOLD ? hold_error_s < 2 : r->reps == truth->reps;
    bool breaths = spec->pattern != PATTERN_HOLD || abs(r->breaths_done - truth->breaths) <= 1;
    bool sides = r->left == truth->left && r->right == truth->right;
    t->rom_errors[t->sets] = fabs(recogniser_rom_deg(r) - truth->rom_deg);
    if (holds) t->hold_errors[t->with_hold++] = hold_error_s;
    t->sets++;
    t->exact += exact;
    t->within_1 += abs(r->reps - truth->reps) <= 1;
    t->sides += sides;
    t->partials += r->partials == truth->partials;
    t->breaths_within_1 += breaths;
    if (b->verbose && (!exact || !breaths || !sides))
        printf("%s: reps %d of %d, right %d of %d, left %d of %d, partials %d of %d, breaths %d of %d, hold "
               "%.1f of "
               "%.1f s, range %.1f of %.1f deg\n",
               name, r->reps, truth->reps, r->right, truth->right, r->left, truth->left, r->partials,
               truth->partials, r->breaths_done, truth->breaths, r->hold_s, truth->hold_s,
               recogniser_rom_deg(r), truth->rom_deg);
}

/* False where the file can't be used; one without truth is passed over. */
static bool run_file(Bench *b, Recogniser *r, const char *folder, const char *name) {
    char path[1024];
    int style = -1, index = -1;
    for (int i = 0; i < STYLES_MAX; i++) {
        if (strncmp(name, styles[i], strlen(styles[i])) == 0) style = i;
    }
    for (int i = 0; i < SPECS_MAX; i++) {
        if (strstr(name, exercise_specs[i].id) != NULL) index = i;
    }
    if (style < 0 || index < 0) return true;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = NULL;
    Recording recording = { 0 };
    SetTruth truth;
    Error error = { 0 };
    Result result = files_read(path, &text, NULL, &error);
    bool has_truth = result == RESULT_OK && simulated_set_read_truth(&truth, text);
    if (result == RESULT_OK) result = recording_parse(&recording, text, path, &error);
    free(text);
    if (result != RESULT_OK) {
        (void)fprintf(stderr, "bench_exercises: %s\n", error.text);
        return false;
    }
    if (has_truth) {
        recognise(b, r, &exercise_specs[index], &recording, &truth);
        compare(b, &b->scores[style][index], &exercise_specs[index], r, &truth, name);
    }
    recording_free(&recording);
    return true;
}

static void print_style(Bench *b, int style, char *json, size_t size) {
    int sets = 0, exact = 0, within = 0, sides = 0, partials = 0;
    double rom_sum = 0;
    int rows = 0;
    for (int i = 0; i < SPECS_MAX; i++) {
        Score *t = &b->scores[style][i];
        if (t->sets == 0) continue;
        double rom = bench_median(t->rom_errors, t->sets), held = bench_median(t->hold_errors, t->with_hold);
        printf("%-9s %-22s %4d sets  exact %5.1f %%  within 1 %5.1f %%  sides %5.1f %%  partials %5.1f %%  "
               "range "
               "%4.2f deg  hold %4.2f s  breaths within 1 %5.1f %%\n",
               styles[style], exercise_specs[i].id, t->sets, 100.0 * t->exact / t->sets,
               100.0 * t->within_1 / t->sets, 100.0 * t->sides / t->sets, 100.0 * t->partials / t->sets, rom,
               held, 100.0 * t->breaths_within_1 / t->sets);
        sets += t->sets;
        exact += t->exact;
        within += t->within_1;
        sides += t->sides;
        partials += t->partials;
        rom_sum += rom;
        rows++;
    }
    (void)snprintf(json, size,
                   "\"%s\": {\"sets\": %d, \"exact\": %d, \"within_1\": %d, \"sides\": %d, \"partials\": %d, "
                   "\"mean_of_median_rom_error_deg\": %.3f}",
                   styles[style], sets, exact, within, sides, partials, rows > 0 ? rom_sum / rows : 0);
}

static int run_folder(Bench *b, Recogniser *r, const char *folder) {
    struct dirent **names = NULL;
    int count = scandir(folder, &names, NULL, alphasort);
    if (count < 0) {
        (void)fprintf(stderr, "bench_exercises: the folder %s can't be read: %s.\n", folder, strerror(errno));
        return 1;
    }
    bool good = true;
    for (int i = 0; i < count; i++) {
        const char *dot = strrchr(names[i]->d_name, '.');
        if (good && dot != NULL && strcmp(dot, ".csv") == 0) good = run_file(b, r, folder, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    if (!good) return 1;
    char json[STYLES_MAX][256];
    for (int i = 0; i < STYLES_MAX; i++) print_style(b, i, json[i], sizeof json[i]);
    printf("{%s, %s, \"median_announce_s\": %.3f, \"ns_per_sample\": %.0f}\n", json[0], json[1],
           bench_median(b->delays_s, b->delays), b->samples > 0 ? 1e9 * b->busy_s / b->samples : 0);
    return 0;
}

int main(int argc, char **argv) {
    bool verbose = argc == 3 && strcmp(argv[1], "-v") == 0;
    if (argc != 2 && !verbose) {
        (void)fprintf(stderr, "usage: bench_exercises [-v] DIR\n");
        return 2;
    }
    Bench *b = calloc(1, sizeof *b);
    Recogniser *r = malloc(sizeof *r);
    int code = 1;
    if (b != NULL && r != NULL) {
        b->verbose = verbose;
        code = run_folder(b, r, argv[argc - 1]);
    }
    free(r);
    free(b);
    return code;
}
