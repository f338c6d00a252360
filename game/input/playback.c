#include "input/playback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IDLE_RATE_HZ 50.0
#define STILL_S      2.0 /* of its beginning, repeated while the flow waits */

typedef struct Playback {
    Recording recording;
    char name[48];
    bool started, moving;
    double next_s;   /* when the next idle sample is due */
    double offset_s; /* program time less recording time, once moving */
    size_t at;
    size_t idle;        /* position in the still beginning */
    size_t still_count; /* samples of the still beginning */
} Playback;

static ImuSample at_rest(const Playback *p, double t_s) {
    ImuSample sample;
    if (p->at < p->recording.count) {
        sample = p->recording.samples[p->idle % p->still_count];
    } else {
        sample = p->recording.samples[p->recording.count - 1];
        /* The end, held: what the gyro says of a body that does not turn is its bias, as in the beginning. */
        memcpy(sample.gyro, p->recording.samples[0].gyro, sizeof sample.gyro);
    }
    sample.t_s = t_s;
    return sample;
}

static size_t playback_read(void *self, double now_s, ImuSample *out, size_t capacity) {
    Playback *p = self;
    size_t count = 0;
    if (!p->started) {
        p->started = true;
        p->next_s = now_s;
    }
    while (count < capacity) {
        if (p->moving && p->at < p->recording.count) {
            ImuSample sample = p->recording.samples[p->at];
            sample.t_s += p->offset_s;
            if (sample.t_s > now_s) break;
            p->at++;
            p->next_s = sample.t_s + 1 / IDLE_RATE_HZ;
            out[count++] = sample;
        } else {
            if (p->next_s > now_s) break;
            out[count++] = at_rest(p, p->next_s);
            p->idle++;
            p->next_s += 1 / IDLE_RATE_HZ;
        }
    }
    return count;
}

static void playback_status(void *self, double now_s, SourceStatus *out) {
    const Playback *p = self;
    (void)now_s;
    *out = (SourceStatus){ .state = p->at < p->recording.count ? SOURCE_READY : SOURCE_ENDED,
                           .kind = INPUT_SENSOR,
                           .rate_hz = (float)IDLE_RATE_HZ };
    memcpy(out->name, p->name, sizeof out->name);
}

static void playback_cue(void *self, const Cue *cue) {
    Playback *p = self;
    bool move = cue->phase == CUE_ONE_SLOW || cue->phase == CUE_PLAY;
    if (!move || p->moving) return;
    p->moving = true;
    p->offset_s = p->next_s - p->recording.samples[0].t_s;
}

static void playback_close(void *self) {
    Playback *p = self;
    if (p == NULL) return;
    recording_free(&p->recording);
    free(p);
}

Result playback_source_open(Source *out, Recording *recording, const char *name, Error *error) {
    Playback *p = calloc(1, sizeof *p);
    if (p == NULL) {
        recording_free(recording);
        return error_set(error, RESULT_NO_MEMORY, "Not enough memory for this recording.");
    }
    p->recording = *recording;
    *recording = (Recording){ 0 };
    (void)snprintf(p->name, sizeof p->name, "%s", name);
    double first_s = p->recording.samples[0].t_s;
    while (p->still_count < p->recording.count &&
           p->recording.samples[p->still_count].t_s - first_s < STILL_S)
        p->still_count++;
    *out = (Source){ .self = p,
                     .read = playback_read,
                     .status = playback_status,
                     .cue = playback_cue,
                     .close = playback_close };
    return RESULT_OK;
}

static size_t null_read(void *self, double now_s, ImuSample *out, size_t capacity) {
    (void)self, (void)now_s, (void)out, (void)capacity;
    return 0;
}

static void null_status(void *self, double now_s, SourceStatus *out) {
    (void)self, (void)now_s;
    *out = (SourceStatus){ .state = SOURCE_LOOKING,
                           .kind = INPUT_SENSOR,
                           .name = "No sensor",
                           .trouble = "No input is connected; choose the keyboard or plug in a sensor." };
}

static void null_close(void *self) {
    (void)self;
}

Source null_source(void) {
    return (Source){ .read = null_read, .status = null_status, .close = null_close };
}
