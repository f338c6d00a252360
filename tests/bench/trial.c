#include "trial.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_BYTES = 64, RECORD_BYTES = 36, NAMES_MAX = 512, RECORDS_MAX = 50000000 };

static uint32_t read_u32(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static float read_f32(const uint8_t *at) {
    uint32_t bits = read_u32(at);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double read_f64(const uint8_t *at) {
    uint64_t bits = (uint64_t)read_u32(at) | (uint64_t)read_u32(at + 4) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double read_unit16(const uint8_t *at) {
    return (int16_t)((uint16_t)at[0] | (uint16_t)(at[1] << 8)) / 32767.0;
}

static void read_record(Trial *trial, size_t i, const uint8_t *record) {
    ImuSample *sample = &trial->samples[i];
    *sample = (ImuSample){ .t_s = (double)i / trial->rate_hz, .sensor = SENSOR_MAIN };
    for (size_t k = 0; k < 3; k++) {
        sample->gyro[k] = read_f32(record + 4 * k);
        sample->accel[k] = read_f32(record + 12 + 4 * k);
    }
    Quat q = { read_unit16(record + 24), read_unit16(record + 26), read_unit16(record + 28),
               read_unit16(record + 30) };
    trial->reference[i] = quat_unit(q);
    trial->scored[i] = record[32] == 1 && record[33] == 1;
}

static Result read_trial(Trial *trial, FILE *file, const char *path, Error *error) {
    uint8_t header[HEADER_BYTES];
    if (fread(header, 1, sizeof header, file) != sizeof header || memcmp(header, "BRD1", 4) != 0 ||
        read_u32(header + 4) != HEADER_BYTES || read_u32(header + 8) != RECORD_BYTES)
        return error_set(error, RESULT_BAD_DATA, "%s is not a trial: its header is not that of a BRD1 file.",
                         path);
    trial->count = read_u32(header + 12);
    trial->rate_hz = read_f64(header + 16);
    if (trial->count == 0 || trial->count > RECORDS_MAX || !(trial->rate_hz >= 1 && trial->rate_hz <= 100000))
        return error_set(error, RESULT_BAD_DATA, "%s says that it has %u samples at %g Hz, which cannot be.",
                         path, (unsigned)trial->count, trial->rate_hz);
    trial->samples = calloc(trial->count, sizeof *trial->samples);
    trial->reference = calloc(trial->count, sizeof *trial->reference);
    trial->scored = calloc(trial->count, sizeof *trial->scored);
    if (trial->samples == NULL || trial->reference == NULL || trial->scored == NULL)
        return error_set(error, RESULT_NO_MEMORY, "There is not enough memory for %s.", path);
    for (size_t i = 0; i < trial->count; i++) {
        uint8_t record[RECORD_BYTES];
        if (fread(record, 1, sizeof record, file) != sizeof record)
            return error_set(error, RESULT_BAD_DATA, "%s ends after %zu of its %zu samples.", path, i,
                             trial->count);
        read_record(trial, i, record);
    }
    for (size_t i = 0; i < trial->count; i++) {
        if (trial->scored[i]) return RESULT_OK;
    }
    return error_set(error, RESULT_BAD_DATA, "%s has no sample with a reference.", path);
}

static Result load_trial(Trial *trial, const char *folder, const char *name, Error *error) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(trial->name, sizeof trial->name, "%.*s", (int)(strlen(name) - strlen(".bin")), name);
    trial->measured = name[0] >= '0' && name[0] <= '9';
    FILE *file = fopen(path, "rb");
    if (file == NULL) return error_set(error, RESULT_IO, "%s cannot be read: %s.", path, strerror(errno));
    Result result = read_trial(trial, file, path, error);
    fclose(file);
    return result;
}

static int by_name(const void *a, const void *b) {
    return strcmp(a, b);
}

static bool is_trial(const char *name, size_t longest) {
    size_t length = strlen(name);
    return length > 4 && length < longest && strcmp(name + length - 4, ".bin") == 0 &&
           (name[0] == 'S' || (name[0] >= '0' && name[0] <= '9'));
}

Result trials_load(Trials *out, const char *folder, Error *error) {
    *out = (Trials){ .count = 0 };
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return error_set(error, RESULT_IO, "The folder %s cannot be read: %s.", folder, strerror(errno));
    static const size_t longest = sizeof out->trial->name;
    char(*names)[sizeof out->trial->name] = calloc(NAMES_MAX, sizeof *names);
    size_t count = 0;
    for (struct dirent *entry; names != NULL && count < NAMES_MAX && (entry = readdir(directory)) != NULL;) {
        if (is_trial(entry->d_name, longest))
            memcpy(names[count++], entry->d_name, strlen(entry->d_name) + 1);
    }
    closedir(directory);
    out->trial = calloc(count > 0 ? count : 1, sizeof *out->trial);
    Result result = RESULT_OK;
    if (names == NULL || out->trial == NULL)
        result =
            error_set(error, RESULT_NO_MEMORY, "There is not enough memory for the names of the trials.");
    else if (count == 0)
        result =
            error_set(error, RESULT_BAD_DATA, "The folder %s has no trials (NN_*.bin or S*.bin).", folder);
    if (names != NULL) qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; result == RESULT_OK && out->trial != NULL && i < count; i++) {
        out->count++;
        result = load_trial(&out->trial[i], folder, names[i], error);
    }
    free(names);
    return result;
}

void trials_free(Trials *trials) {
    for (size_t i = 0; i < trials->count; i++) {
        free(trials->trial[i].samples);
        free(trials->trial[i].reference);
        free(trials->trial[i].scored);
    }
    free(trials->trial);
    *trials = (Trials){ .count = 0 };
}

/* The estimate at a time between two samples: near enough the same turn, so a straight line will do. */
static Quat between(const Trial *trial, const Quat *estimate, double at) {
    double last = (double)(trial->count - 1);
    at = fmax(0, fmin(at, last));
    size_t i = (size_t)at;
    if (i + 1 >= trial->count) return estimate[i];
    double share = at - (double)i;
    Quat a = estimate[i], b = estimate[i + 1];
    double same = a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z < 0 ? -1 : 1;
    double p = 1 - share, q = share * same;
    return quat_unit((Quat){ p * a.w + q * b.w, p * a.x + q * b.x, p * a.y + q * b.y, p * a.z + q * b.z });
}

static bool is_number(Quat q) {
    return isfinite(q.w) && isfinite(q.x) && isfinite(q.y) && isfinite(q.z);
}

double trial_inclination(const Trial *trial, const Quat *estimate, double shift_s) {
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < trial->count; i++) {
        if (!trial->scored[i]) continue;
        Quat at = estimate[i];
        if (shift_s != 0) at = between(trial, estimate, (double)i + shift_s * trial->rate_hz);
        Quat off = quat_multiply(at, quat_conjugate(trial->reference[i]));
        double error_rad = 2 * acos(fmin(1, sqrt(off.w * off.w + off.z * off.z)));
        /* What is not a number may have become one in quat_unit or fmin. */
        if (!is_number(estimate[i]) || !is_number(at) || !isfinite(error_rad)) error_rad = PI;
        sum += error_rad * error_rad;
        count++;
    }
    return sqrt(sum / (double)count) * RAD2DEG;
}

double trial_heading_drift(const Trial *trial, const Quat *estimate) {
    double t_sum = 0, h_sum = 0, tt_sum = 0, th_sum = 0, heading = 0, before = 0, n = 0;
    for (size_t i = 0; i < trial->count; i++) {
        if (!trial->scored[i]) continue;
        Quat off = quat_multiply(estimate[i], quat_conjugate(trial->reference[i]));
        double now = 2 * atan2(off.z, off.w);
        if (!isfinite(now)) return NAN;
        heading = n > 0 ? heading + remainder(now - before, 2 * PI) : now;
        before = now;
        double t_min = trial->samples[i].t_s / 60;
        t_sum += t_min;
        h_sum += heading;
        tt_sum += t_min * t_min;
        th_sum += t_min * heading;
        n++;
    }
    double spread = n * tt_sum - t_sum * t_sum;
    return spread > 0 ? fabs((n * th_sum - t_sum * h_sum) / spread) * RAD2DEG : 0;
}
