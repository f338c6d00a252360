#include "simulator/wearer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STILL_S 1.0

static Result add(WearerTrack *track, const Recording *recording, int which, double skip_s, Error *error) {
    track->samples = calloc(recording->count + 1, sizeof *track->samples);
    if (track->samples == NULL)
        return error_set(error, RESULT_NO_MEMORY, "Not enough memory for this recording.");
    double start_s = recording->samples[0].t_s, still_s = 0;
    double sum[3] = { 0 };
    for (size_t i = 0; i < recording->count; i++) {
        ImuSample sample = recording->samples[i];
        sample.t_s -= start_s;
        if (sample.sensor != which) continue;
        if (sample.t_s < STILL_S) {
            for (int k = 0; k < 3; k++) sum[k] += (double)sample.gyro[k];
            still_s++;
        }
        if (sample.t_s < skip_s) continue;
        sample.t_s -= skip_s;
        track->samples[track->count++] = sample;
    }
    for (int k = 0; k < 3; k++) track->rest[k] = still_s > 0 ? sum[k] / still_s : 0;
    while (track->still_count < track->count && track->samples[track->still_count].t_s < STILL_S)
        track->still_count++;
    return RESULT_OK;
}

Result wearer_init(Wearer *out, const Recording *recording, double skip_s, Error *error) {
    *out = (Wearer){ .sensors = 1 };
    for (size_t i = 0; i < recording->count; i++) {
        if (recording->samples[i].sensor == SENSOR_PELVIS) out->sensors = 2;
    }
    Result result = RESULT_OK;
    for (int which = 0; which < out->sensors && result == RESULT_OK; which++) {
        result = add(&out->track[which], recording, which, skip_s, error);
        if (result == RESULT_OK && out->track[which].count < 2)
            result =
                error_set(error, RESULT_BAD_DATA, "The recording has nothing after second %.1f.", skip_s);
    }
    if (result != RESULT_OK) {
        wearer_free(out);
        return result;
    }
    out->length_s = out->track[0].samples[out->track[0].count - 1].t_s;
    return RESULT_OK;
}

void wearer_free(Wearer *wearer) {
    for (int which = 0; which < WEARER_SENSORS_MAX; which++) free(wearer->track[which].samples);
    *wearer = (Wearer){ 0 };
}

/* Board time goes on while the wearer rests. */
static double reach(Wearer *wearer, double t_s) {
    if (!wearer->begun) return 0;
    double gone_s = fmax(0, t_s - wearer->last_s);
    wearer->last_s = fmax(t_s, wearer->last_s);
    wearer->moved_s =
        fmax(wearer->moved_s, fmin(fmin(wearer->allowed_s, wearer->length_s), wearer->moved_s + gone_s));
    return wearer->moved_s;
}

void wearer_move(Wearer *wearer, double now_s, double until_s) {
    if (wearer->begun)
        (void)reach(wearer, now_s);
    else
        wearer->last_s = now_s;
    wearer->begun = true;
    wearer->allowed_s = until_s;
}

bool wearer_rests(const Wearer *wearer) {
    return !wearer->begun || wearer->moved_s >= fmin(wearer->allowed_s, wearer->length_s);
}

/* The first second over and over. */
static const ImuSample *still(const WearerTrack *track, double t_s) {
    size_t step = (size_t)fmax(0, t_s * (double)track->still_count / STILL_S);
    return &track->samples[track->still_count > 0 ? step % track->still_count : 0];
}

void wearer_measure(Wearer *wearer, int which, double t_s, double gyro[3], double accel[3]) {
    WearerTrack *track = &wearer->track[which];
    if (!wearer->begun) {
        const ImuSample *sample = still(track, t_s);
        for (int k = 0; k < 3; k++) {
            gyro[k] = (double)sample->gyro[k];
            accel[k] = (double)sample->accel[k];
        }
        return;
    }
    double at_s = reach(wearer, t_s);
    while (track->at > 0 && track->samples[track->at].t_s > at_s) track->at--;
    while (track->at + 2 < track->count && track->samples[track->at + 1].t_s <= at_s) track->at++;
    const ImuSample *a = &track->samples[track->at], *b = &track->samples[track->at + 1];
    double share = b->t_s > a->t_s ? fmax(0, fmin(1, (at_s - a->t_s) / (b->t_s - a->t_s))) : 1;
    for (int k = 0; k < 3; k++) {
        gyro[k] = (double)a->gyro[k] + share * (double)(b->gyro[k] - a->gyro[k]);
        accel[k] = (double)a->accel[k] + share * (double)(b->accel[k] - a->accel[k]);
        if (wearer_rests(wearer)) gyro[k] = track->rest[k];
    }
}
