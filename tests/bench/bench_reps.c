/* How well the live recogniser counts repetitions of exercises it was never told about: bench_reps [-v]
 * INDEX.csv. The index is CSV with the columns file (relative to the index) and true_reps; other columns are
 * ignored. Every recording of two repetitions or more is a set and is counted in one causal pass; what is
 * counted in a recording of none is false. -v prints a line per recording. Ends with one JSON line. */
#include "exercises/recogniser.h"
#include "input/recording.h"
#include "platform/files.h"
#include "platform/recording_file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_MAX = 1024, LATE_MAX = 65536 };

typedef struct Score {
    int sets, exact, within_1, off_sum;
    int idle_reps;
    double idle_s;
    double late_s[LATE_MAX]; /* how long after its end each repetition was told */
    int late_count;
    int64_t samples;
    double busy_s;
} Score;

typedef struct Bench {
    bool verbose;
    char folder[FILES_PATH_MAX];
    Recogniser recogniser;
    Score score;
} Bench;

/* One field, without its quotes; *at is moved behind it and its comma. False at the end of the line. */
static bool next_field(const char **at, char out[FIELD_MAX]) {
    const char *p = *at;
    size_t used = 0;
    if (*p == '\0' || *p == '\n' || *p == '\r') return false;
    bool quoted = *p == '"';
    if (quoted) p++;
    while (*p != '\0') {
        if (quoted && *p == '"' && p[1] != '"') {
            quoted = false;
            p++;
            continue;
        }
        if (!quoted && (*p == ',' || *p == '\n' || *p == '\r')) break;
        if (quoted && *p == '"') p++; /* two quotes stand for one */
        if (used + 1 < FIELD_MAX) out[used++] = *p;
        p++;
    }
    out[used] = '\0';
    *at = *p == ',' ? p + 1 : p;
    return true;
}

static int find_column(const char *line, const char *name) {
    char field[FIELD_MAX];
    for (int i = 0; next_field(&line, field); i++) {
        if (strcmp(field, name) == 0) return i;
    }
    return -1;
}

/* Empty where the line has no such column. */
static void column(const char *line, int wanted, char out[FIELD_MAX]) {
    out[0] = '\0';
    for (int i = 0; i <= wanted; i++) {
        if (next_field(&line, out)) continue;
        out[0] = '\0';
        return;
    }
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static Result count_recording(Bench *bench, const char *path, int *reps, double *length_s, Error *error) {
    Recording recording;
    Result result = recording_load(&recording, path, error);
    if (result != RESULT_OK) return result;
    Recogniser *r = &bench->recogniser;
    Score *score = &bench->score;
    Moves moves = { 0 };
    recogniser_init(r, exercise_spec("generic"), NULL);
    double start_s = clock_now_s();
    for (size_t i = 0; i < recording.count; i++) {
        moves.count = 0;
        (void)recogniser_feed(r, &recording.samples[i], &moves);
        for (int m = 0; m < moves.count; m++) {
            if (moves.items[m].kind == MOVE_REP && score->late_count < LATE_MAX)
                score->late_s[score->late_count++] = moves.items[m].t_s - moves.items[m].end_s;
        }
    }
    score->busy_s += clock_now_s() - start_s;
    score->samples += (int64_t)recording.count;
    moves.count = 0;
    recogniser_finish(r, &moves);
    *reps = r->reps;
    *length_s = recording.samples[recording.count - 1].t_s - recording.samples[0].t_s;
    recording_free(&recording);
    return RESULT_OK;
}

static Result bench_row(Bench *bench, const char *file, int truth, Error *error) {
    char path[FILES_PATH_MAX + FIELD_MAX];
    (void)snprintf(path, sizeof path, "%s%s", bench->folder, file);
    int reps = 0, late_before = bench->score.late_count;
    double length_s = 0;
    Result result = count_recording(bench, path, &reps, &length_s, error);
    if (result != RESULT_OK) return result;
    Score *score = &bench->score;
    if (truth == 0) {
        score->idle_reps += reps;
        score->idle_s += length_s;
        score->late_count = late_before;
    } else {
        int off = abs(reps - truth);
        score->sets++;
        score->exact += off == 0;
        score->within_1 += off <= 1;
        score->off_sum += off;
    }
    if (bench->verbose) printf("%s: %d of %d\n", file, reps, truth);
    return RESULT_OK;
}

static Result bench_index(Bench *bench, const char *index, Error *error) {
    char *text = NULL;
    Result result = files_read(index, &text, NULL, error);
    if (result != RESULT_OK) return result;
    const char *slash = strrchr(index, '/');
    (void)snprintf(bench->folder, sizeof bench->folder, "%.*s", slash != NULL ? (int)(slash - index) + 1 : 0,
                   index);
    int file_column = find_column(text, "file"), reps_column = find_column(text, "true_reps");
    if (file_column < 0 || reps_column < 0)
        result = error_set(error, RESULT_BAD_DATA,
                           "%s is not an index: its first line needs the columns file and true_reps.", index);
    int line_number = 1;
    const char *line = strchr(text, '\n');
    while (result == RESULT_OK && line != NULL && *++line != '\0') {
        char file[FIELD_MAX], reps[FIELD_MAX], *end = NULL;
        line_number++;
        column(line, file_column, file);
        column(line, reps_column, reps);
        line = strchr(line, '\n');
        if (file[0] == '\0' || reps[0] == '\0') continue; /* nobody has counted it */
        long truth = strtol(reps, &end, 10);
        if (*end != '\0' || truth < 0 || truth > 100000)
            result = error_set(error, RESULT_BAD_DATA, "%s, line %d: true_reps is \"%s\", not a count.",
                               index, line_number, reps);
        else if (truth != 1)
            result = bench_row(bench, file, (int)truth, error);
    }
    if (result == RESULT_OK && bench->score.sets == 0)
        result =
            error_set(error, RESULT_BAD_DATA, "%s lists no recording of two repetitions or more.", index);
    free(text);
    return result;
}

static void print_json(Score *score) {
    printf("{\"bench\":\"reps\",\"sets\":%d,\"exact\":%d,\"within_1\":%d,\"mae\":%.4f,", score->sets,
           score->exact, score->within_1, (double)score->off_sum / score->sets);
    if (score->idle_s > 0)
        printf("\"false_reps_per_minute_idle\":%.4f,", score->idle_reps * 60 / score->idle_s);
    else
        printf("\"false_reps_per_minute_idle\":null,");
    qsort(score->late_s, (size_t)score->late_count, sizeof *score->late_s, by_size);
    if (score->late_count > 0)
        printf("\"median_announce_s\":%.3f,", score->late_s[score->late_count / 2]);
    else
        printf("\"median_announce_s\":null,");
    printf("\"us_per_sample\":%.2f}\n", score->busy_s * 1e6 / (double)score->samples);
}

int main(int argc, char **argv) {
    Error error = { "" };
    Bench *bench = calloc(1, sizeof *bench);
    const char *index = NULL;
    bool usage = false;
    Result result = RESULT_OK;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) {
            if (bench != NULL) bench->verbose = true;
        } else if (index == NULL && argv[i][0] != '-') {
            index = argv[i];
        } else {
            usage = true;
        }
    }
    if (bench == NULL)
        result = error_set(&error, RESULT_NO_MEMORY, "There is not enough memory for the benchmark.");
    else if (usage || index == NULL)
        result = error_set(&error, RESULT_BAD_USAGE, "bench_reps needs one index: bench_reps [-v] INDEX.csv");
    else
        result = bench_index(bench, index, &error);
    if (result == RESULT_OK && bench != NULL)
        print_json(&bench->score);
    else
        fprintf(stderr, "%s\n", error.text);
    free(bench);
    return result == RESULT_OK ? 0 : 1;
}
