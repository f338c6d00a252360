#include "input/demo.h"

#include "input/performer.h"
#include "input/person.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RATE_HZ 100.0

typedef struct Demo {
    Performer performer;
    Body body;
    Rng rng;
    bool running;
    double next_s;
} Demo;

bool demo_style_from_name(const char *name, DemoStyle *out) {
    static const char *const names[] = { [DEMO_ORDINARY] = "ordinary",
                                         [DEMO_SKILFUL] = "skilful",
                                         [DEMO_CLUMSY] = "clumsy",
                                         [DEMO_RESTLESS] = "restless",
                                         [DEMO_IDLE] = "idle" };
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
        if (strcmp(name, names[i]) != 0) continue;
        *out = (DemoStyle)i;
        return true;
    }
    return false;
}

static size_t demo_read(void *self, double now_s, ImuSample *out, size_t capacity) {
    Demo *d = self;
    bool began_anew = now_s < d->next_s - 1;
    if (!d->running || began_anew) {
        d->running = true;
        d->next_s = now_s;
    }
    size_t count = 0;
    while (count < capacity && d->next_s <= now_s) {
        BodyPose pose = performer_step(&d->performer, 1 / RATE_HZ);
        out[count] = body_sample(&d->body, &pose, d->next_s, 1 / RATE_HZ);
        if (imu_model_deliver(&d->body.chest.imu, &out[count])) count++;
        d->next_s += 1 / RATE_HZ;
    }
    return count;
}

static void demo_status(void *self, double now_s, SourceStatus *out) {
    (void)self;
    (void)now_s;
    *out = (SourceStatus){
        .state = SOURCE_READY, .kind = INPUT_DEMO, .rate_hz = (float)RATE_HZ, .name = "Demo player"
    };
}

static void demo_cue(void *self, const Cue *cue) {
    Demo *d = self;
    const ExerciseSpec *spec = exercise_spec(cue->exercise);
    if (spec != NULL && spec != d->performer.spec) {
        BodyRange range = person_range(&d->rng, spec);
        d->body.build = person_build(&d->rng, spec);
        performer_change(&d->performer, spec);
        body_change(&d->body, spec, &range);
    }
    performer_cue(&d->performer, cue);
}

Result demo_source_open(Source *out, uint64_t seed, DemoStyle style, Error *error) {
    Demo *d = calloc(1, sizeof *d);
    if (d == NULL) return error_set(error, RESULT_NO_MEMORY, "Not enough memory for the demo player.");
    d->rng = rng_make(seed, 1);
    SensorFaults faults = person_faults(&d->rng, style);
    const ExerciseSpec *spec = &exercise_specs[0];
    BodyRange range = person_range(&d->rng, spec);
    body_init(&d->body, spec, &range, &faults, rng_make(seed, 2));
    d->body.build = person_build(&d->rng, spec);
    performer_init(&d->performer, spec, style, rng_make(seed, 3));
    *out = (Source){ .self = d, .read = demo_read, .status = demo_status, .cue = demo_cue, .close = free };
    return RESULT_OK;
}
