#include "input/recording.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    COLUMN_T,
    COLUMN_GX,
    COLUMN_AX = 4,
    COLUMN_SENSOR = 7,
    COLUMN_COUNT,
    FIELDS_MAX = 64,
    LINE_MAX_BYTES = 1024
};

static const char *const column_names[COLUMN_COUNT] = { "t_s", "gx", "gy", "gz", "ax", "ay", "az", "sensor" };

typedef struct Parser {
    const char *name;
    int line;
    bool has_header;
    int place[COLUMN_COUNT]; /* field index of a column, -1 without it */
    double last_t_s[2];
    bool seen[2];
    size_t capacity;
} Parser;

static Result wrong(const Parser *p, Error *error, const char *reason) {
    return error_set(error, RESULT_BAD_DATA, "%s, line %d: %s", p->name, p->line, reason);
}

/* Splits in place at commas, and takes blanks off both ends. */
static int split(char *line, char *fields[FIELDS_MAX]) {
    int count = 0;
    for (char *at = line; at != NULL && count < FIELDS_MAX;) {
        char *comma = strchr(at, ',');
        if (comma != NULL) *comma = '\0';
        while (isspace((unsigned char)*at)) at++;
        char *end = at + strlen(at);
        while (end > at && isspace((unsigned char)end[-1])) *--end = '\0';
        fields[count++] = at;
        at = comma != NULL ? comma + 1 : NULL;
    }
    return count;
}

static Result read_header(Parser *p, char *fields[], int count, Error *error) {
    for (int column = 0; column < COLUMN_COUNT; column++) {
        p->place[column] = -1;
        for (int i = 0; i < count; i++) {
            if (strcmp(fields[i], column_names[column]) == 0) p->place[column] = i;
        }
        if (p->place[column] < 0 && column != COLUMN_SENSOR) {
            return error_set(error, RESULT_BAD_DATA,
                             "%s, line %d: the column %s is missing; the header is t_s,gx,gy,gz,ax,ay,az",
                             p->name, p->line, column_names[column]);
        }
    }
    p->has_header = true;
    return RESULT_OK;
}

static Result read_number(const Parser *p, char *fields[], int count, int column, double *out, Error *error) {
    int at = p->place[column];
    if (at >= count)
        return error_set(error, RESULT_BAD_DATA, "%s, line %d: the column %s is missing here", p->name,
                         p->line, column_names[column]);
    char *end = NULL;
    *out = strtod(fields[at], &end);
    if (end == fields[at] || *end != '\0')
        return error_set(error, RESULT_BAD_DATA, "%s, line %d: %s must be a number, not \"%.40s\"", p->name,
                         p->line, column_names[column], fields[at]);
    if (!isfinite(*out))
        return error_set(error, RESULT_BAD_DATA, "%s, line %d: %s is not a finite number", p->name, p->line,
                         column_names[column]);
    return RESULT_OK;
}

static Result read_sample(Parser *p, char *fields[], int count, ImuSample *out, Error *error) {
    double values[COLUMN_COUNT] = { 0 };
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (p->place[column] < 0) continue;
        Result result = read_number(p, fields, count, column, &values[column], error);
        if (result != RESULT_OK) return result;
    }
    double sensor = values[COLUMN_SENSOR];
    if (sensor != SENSOR_MAIN && sensor != SENSOR_PELVIS)
        return wrong(p, error, "sensor must be 0 (chest or wrist) or 1 (pelvis)");
    int which = (int)sensor;
    if (p->seen[which] && values[COLUMN_T] < p->last_t_s[which]) {
        return error_set(error, RESULT_BAD_DATA, "%s, line %d: time goes backwards, from %g to %g s", p->name,
                         p->line, p->last_t_s[which], values[COLUMN_T]);
    }
    p->seen[which] = true;
    p->last_t_s[which] = values[COLUMN_T];
    *out = (ImuSample){ .t_s = values[COLUMN_T], .sensor = (uint8_t)which };
    for (int i = 0; i < 3; i++) {
        out->gyro[i] = (float)values[COLUMN_GX + i];
        out->accel[i] = (float)values[COLUMN_AX + i];
    }
    return RESULT_OK;
}

static Result keep(Recording *recording, Parser *p, const ImuSample *sample, Error *error) {
    if (recording->count == p->capacity) {
        size_t capacity = p->capacity > 0 ? p->capacity * 2 : 4096;
        ImuSample *grown = realloc(recording->samples, capacity * sizeof *grown);
        if (grown == NULL)
            return error_set(error, RESULT_NO_MEMORY, "%s: not enough memory for this recording", p->name);
        recording->samples = grown;
        p->capacity = capacity;
    }
    recording->samples[recording->count++] = *sample;
    return RESULT_OK;
}

static Result read_line(Parser *p, char *line, Recording *out, Error *error) {
    char *fields[FIELDS_MAX];
    int count = split(line, fields);
    if (fields[0][0] == '#' || (count == 1 && fields[0][0] == '\0')) return RESULT_OK;
    if (!p->has_header) return read_header(p, fields, count, error);
    ImuSample sample;
    Result result = read_sample(p, fields, count, &sample, error);
    return result == RESULT_OK ? keep(out, p, &sample, error) : result;
}

Result recording_parse(Recording *out, const char *text, const char *name, Error *error) {
    *out = (Recording){ 0 };
    Parser parser = { .name = name };
    Result result = RESULT_OK;
    for (const char *at = text; *at != '\0' && result == RESULT_OK;) {
        char line[LINE_MAX_BYTES];
        size_t length = strcspn(at, "\n");
        parser.line++;
        if (length >= sizeof line) {
            result = wrong(&parser, error, "the line is too long for a recording");
            break;
        }
        memcpy(line, at, length);
        line[length] = '\0';
        result = read_line(&parser, line, out, error);
        at += length + (at[length] == '\n');
    }
    if (result == RESULT_OK && !parser.has_header)
        result = error_set(error, RESULT_BAD_DATA,
                           "%s, line %d: no header; a recording begins with t_s,gx,gy,gz,ax,ay,az", name,
                           parser.line);
    if (result == RESULT_OK && out->count == 0)
        result =
            error_set(error, RESULT_BAD_DATA, "%s, line %d: no samples after the header", name, parser.line);
    if (result != RESULT_OK) recording_free(out);
    return result;
}

void recording_free(Recording *recording) {
    free(recording->samples);
    *recording = (Recording){ 0 };
}

void recording_format(char *out, size_t size, const ImuSample *sample) {
    (void)snprintf(out, size, "%.6f,%.6f,%.6f,%.6f,%.5f,%.5f,%.5f,%d\n", sample->t_s, (double)sample->gyro[0],
                   (double)sample->gyro[1], (double)sample->gyro[2], (double)sample->accel[0],
                   (double)sample->accel[1], (double)sample->accel[2], sample->sensor);
}
