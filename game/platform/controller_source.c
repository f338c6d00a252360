#include "platform/controller_source.h"

#include "platform/controller_motion.h"
#include "platform/controllers.h"
#include "platform/pads.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NOTES_MAX = 4096, /* two seconds of a thousand samples a second */
    BATCH = 64,
    READY_MAX = 2048, /* samples that nobody has read yet */
    STICK_USED = 20000,
    BUZZ_LEAST_MS = 80, /* a motor hardly turns in less */
    BUZZ_WEAK = 0x4000,
    BUZZ_STRONG = 0xA000,
    NOBODY = -1
};
#define SCAN_PERIOD_S 0.5
#define SILENCE_S     0.5
#define RATE_WINDOW_S 0.5
#define IN_PLAY_S     1.0 /* cues come with every tick of a play */

/* What the watch has seen. */
typedef struct Note {
    SDL_JoystickID id;
    bool touched; /* a button or the stick; else a reading */
    uint8_t sensor;
    MotionReading reading;
} Note;

typedef struct Controller {
    double (*clock_s)(void);

    pthread_mutex_t lock; /* of the notes */
    Note notes[NOTES_MAX];
    size_t first, count;
    uint32_t dropped;

    /* The driving thread's own. */
    Pads pads;
    double scanned_s;
    SDL_JoystickID chosen; /* NOBODY: none */
    Pad last;              /* the one chosen last; `known` */
    bool known;
    bool elsewhere; /* a controller without motion was touched last */
    bool cued;
    double cued_s;
    ControllerMotion motion[CLOCK_MAP_SENSORS];
    ImuSample ready[READY_MAX];
    size_t ready_first, ready_count;
    double sample_s; /* when the last one came; -INFINITY: none of the chosen one's */
    bool ever_ready;
    float rate_hz;
    uint32_t window_samples;
    double window_start_s;
    uint32_t lost, bad; /* of those chosen before, and what found no place */
} Controller;

/* ---- The watch: any thread ---- */

static bool note_reading(Note *note, const SDL_ControllerSensorEvent *event) {
    switch (event->sensor) {
    case SDL_SENSOR_GYRO: note->reading.part = MOTION_GYRO; break;
    case SDL_SENSOR_ACCEL: note->reading.part = MOTION_ACCEL; break;
#if SDL_VERSION_ATLEAST(2, 26, 0)
    /* A pair of Joy-Cons that is one controller: the right one is the first, the left one on the hips. */
    case SDL_SENSOR_GYRO_L: note->sensor = SENSOR_PELVIS, note->reading.part = MOTION_GYRO; break;
    case SDL_SENSOR_ACCEL_L: note->sensor = SENSOR_PELVIS, note->reading.part = MOTION_ACCEL; break;
#endif
    default: return false;
    }
    note->id = event->which;
    memcpy(note->reading.value, event->data, sizeof note->reading.value);
#if SDL_VERSION_ATLEAST(2, 26, 0)
    note->reading.device_us = event->timestamp_us;
#endif
    return true;
}

static bool note_event(Note *note, const SDL_Event *event) {
    switch (event->type) {
    case SDL_CONTROLLERSENSORUPDATE: return note_reading(note, &event->csensor);
    case SDL_CONTROLLERBUTTONDOWN:
        note->touched = true;
        note->id = event->cbutton.which;
        return true;
    case SDL_CONTROLLERAXISMOTION:
        note->touched = true;
        note->id = event->caxis.which;
        return abs(event->caxis.value) > STICK_USED;
    default: return false;
    }
}

/* The newest matter: where nobody has looked for long, the oldest give way. */
static int SDLCALL watch(void *self, SDL_Event *event) {
    Controller *c = self;
    Note note = { .sensor = SENSOR_MAIN };
    if (!note_event(&note, event)) return 0;
    note.reading.arrival_s = c->clock_s();
    (void)pthread_mutex_lock(&c->lock);
    if (c->count == NOTES_MAX) {
        c->first = (c->first + 1) % NOTES_MAX;
        c->count--;
        c->dropped++;
    }
    c->notes[(c->first + c->count++) % NOTES_MAX] = note;
    (void)pthread_mutex_unlock(&c->lock);
    return 0;
}

static size_t take_notes(Controller *c, Note out[BATCH]) {
    (void)pthread_mutex_lock(&c->lock);
    size_t taken = c->count < BATCH ? c->count : BATCH;
    for (size_t i = 0; i < taken; i++) out[i] = c->notes[(c->first + i) % NOTES_MAX];
    c->first = (c->first + taken) % NOTES_MAX;
    c->count -= taken;
    (void)pthread_mutex_unlock(&c->lock);
    return taken;
}

/* ---- Which controller ---- */

static void forget(Controller *c) {
    const Pad *pad = pads_find(&c->pads, c->chosen);
    if (pad != NULL) pad_enable_motion(pad, false);
    for (size_t i = 0; i < CLOCK_MAP_SENSORS; i++) {
        c->lost += c->motion[i].lost;
        c->bad += c->motion[i].bad;
        c->motion[i].lost = c->motion[i].bad = 0;
    }
    c->chosen = NOBODY;
    c->sample_s = -INFINITY;
    c->rate_hz = 0;
}

static void choose(Controller *c, const Pad *pad) {
    if (pad->id == c->chosen) return;
    forget(c);
    c->chosen = pad->id;
    c->last = *pad;
    c->known = true;
    for (size_t i = 0; i < CLOCK_MAP_SENSORS; i++)
        controller_motion_init(&c->motion[i], i == 0 ? SENSOR_MAIN : SENSOR_PELVIS, pad_rate_hz(pad),
                               pad->counted);
    c->window_samples = 0;
    pad_enable_motion(pad, true);
}

static bool in_play(const Controller *c, double now_s) {
    return now_s - c->cued_s < IN_PLAY_S;
}

/* Nobody is chosen: the one that was, or the first of all. */
static void look_for_one(Controller *c) {
    for (size_t i = 0; i < c->pads.count && !c->elsewhere; i++) {
        const Pad *pad = &c->pads.list[i];
        if (!pad->motion || (c->known && !pad_is_same(pad, &c->last))) continue;
        choose(c, pad);
        return;
    }
}

static void scan(Controller *c) {
    pads_scan(&c->pads);
    if (c->chosen != NOBODY && pads_find(&c->pads, c->chosen) == NULL) forget(c);
    if (c->chosen == NOBODY) look_for_one(c);
}

static void touch(Controller *c, SDL_JoystickID id, double now_s) {
    if (pads_find(&c->pads, id) == NULL) scan(c);
    const Pad *pad = pads_find(&c->pads, id);
    bool playing = in_play(c, now_s);
    if (pad == NULL || (playing && (c->chosen != NOBODY || !pad->motion))) return;
    c->elsewhere = !pad->motion;
    if (pad->motion)
        choose(c, pad);
    else
        forget(c);
}

/* ---- Samples ---- */

/* Samples in at least half a second, of the time that they came. */
static void measure_rate(Controller *c, double arrival_s) {
    if (c->window_samples == 0 || arrival_s - c->sample_s > SILENCE_S) {
        c->window_samples = 1;
        c->window_start_s = arrival_s;
        return;
    }
    double span_s = arrival_s - c->window_start_s;
    if (span_s >= RATE_WINDOW_S) {
        c->rate_hz = (float)((double)c->window_samples / span_s);
        c->window_samples = 0;
        c->window_start_s = arrival_s;
    }
    c->window_samples++;
}

static void put(Controller *c, const ImuSample *sample, double arrival_s) {
    if (c->ready_count == READY_MAX) {
        c->ready_first = (c->ready_first + 1) % READY_MAX;
        c->ready_count--;
        c->lost++;
    }
    c->ready[(c->ready_first + c->ready_count++) % READY_MAX] = *sample;
    if (sample->sensor != SENSOR_MAIN) return;
    measure_rate(c, arrival_s);
    c->sample_s = arrival_s;
    c->ever_ready = true;
}

static void take_reading(Controller *c, const Note *note) {
    ImuSample samples[MOTION_WAITING_MAX];
    Pad *pad = pads_find(&c->pads, note->id);
    if (pad != NULL && note->reading.part == MOTION_ACCEL) pad->motion = true; /* whatever SDL said of it */
    if (c->chosen == NOBODY) look_for_one(c);
    if (note->id != c->chosen) return;
    size_t count = controller_motion_feed(&c->motion[note->sensor], &note->reading, samples);
    for (size_t i = 0; i < count; i++) put(c, &samples[i], note->reading.arrival_s);
}

/* Where no window polls, nobody else wants the events either. */
static void pump(void) {
    if (SDL_WasInit(SDL_INIT_VIDEO) != 0) return;
    SDL_GameControllerUpdate();
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
}

static void catch_up(Controller *c, double now_s) {
    Note notes[BATCH];
    pump();
    if (c->cued) c->cued_s = now_s;
    c->cued = false;
    if (fabs(now_s - c->scanned_s) >= SCAN_PERIOD_S) {
        scan(c);
        c->scanned_s = now_s;
    }
    for (int batch = 0; batch < NOTES_MAX / BATCH; batch++) {
        size_t count = take_notes(c, notes);
        for (size_t i = 0; i < count; i++) {
            if (notes[i].touched)
                touch(c, notes[i].id, now_s);
            else
                take_reading(c, &notes[i]);
        }
        if (count < BATCH) break;
    }
}

/* ---- The source ---- */

static size_t controller_read(void *self, double now_s, ImuSample *out, size_t capacity) {
    Controller *c = self;
    catch_up(c, now_s);
    size_t count = c->ready_count < capacity ? c->ready_count : capacity;
    for (size_t i = 0; i < count; i++) out[i] = c->ready[(c->ready_first + i) % READY_MAX];
    c->ready_first = (c->ready_first + count) % READY_MAX;
    c->ready_count -= count;
    return count;
}

static const char *trouble(const Controller *c) {
    if (c->chosen == NOBODY && c->known) return "The controller is gone: switch it on again.";
    if (c->chosen == NOBODY && c->pads.count > 0)
        return "This controller tells no motion: see what \"backbeat doctor\" says.";
    if (c->chosen == NOBODY) return "No controller found: switch one on, or plug it in.";
    return "The controller is silent: is this window in front?";
}

static void controller_status(void *self, double now_s, SourceStatus *out) {
    Controller *c = self;
    catch_up(c, now_s);
    bool ready = c->chosen != NOBODY && c->clock_s() - c->sample_s <= SILENCE_S;
    *out = (SourceStatus){
        .state = ready           ? SOURCE_READY
                 : c->ever_ready ? SOURCE_LOST
                                 : SOURCE_LOOKING,
        .kind = INPUT_CONTROLLER,
        .rate_hz = ready ? c->rate_hz : 0,
    };
    (void)pthread_mutex_lock(&c->lock);
    out->lost_samples = c->lost + c->dropped / MOTION_PARTS;
    (void)pthread_mutex_unlock(&c->lock);
    out->bad_frames = c->bad;
    for (size_t i = 0; i < CLOCK_MAP_SENSORS; i++) {
        out->lost_samples += c->motion[i].lost;
        out->bad_frames += c->motion[i].bad;
    }
    (void)snprintf(out->name, sizeof out->name, "%s",
                   c->known && c->last.name[0] != '\0' ? c->last.name : "Controller");
    if (!ready) (void)snprintf(out->trouble, sizeof out->trouble, "%s", trouble(c));
}

static void controller_cue(void *self, const Cue *cue) {
    Controller *c = self;
    c->cued = cue->exercise[0] != '\0';
}

static void controller_buzz(void *self, uint16_t duration_ms) {
    Controller *c = self;
    const Pad *pad = pads_find(&c->pads, c->chosen);
    if (pad == NULL || duration_ms == 0) return;
    unsigned ms = duration_ms < BUZZ_LEAST_MS ? BUZZ_LEAST_MS : duration_ms;
    (void)SDL_GameControllerRumble(pad->handle, BUZZ_WEAK, BUZZ_STRONG, ms);
}

static void controller_close(void *self) {
    Controller *c = self;
    if (c == NULL) return;
    SDL_DelEventWatch(watch, c);
    forget(c);
    pads_close(&c->pads);
    controllers_end();
    (void)pthread_mutex_destroy(&c->lock);
    free(c);
}

Result controller_source_open(Source *out, double (*clock_s)(void), Error *error) {
    Controller *c = calloc(1, sizeof *c);
    if (c == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory.");
    if (!controllers_begin()) {
        free(c);
        return error_set(error, RESULT_NO_DEVICE, "Game controllers can't be used: %s.", SDL_GetError());
    }
    if (pthread_mutex_init(&c->lock, NULL) != 0) {
        controllers_end();
        free(c);
        return error_set(error, RESULT_NO_MEMORY, "Out of memory.");
    }
    c->clock_s = clock_s;
    c->chosen = NOBODY;
    c->cued_s = c->sample_s = -INFINITY;
    SDL_AddEventWatch(watch, c);
    pump();
    scan(c);
    c->scanned_s = clock_s();
    *out = (Source){ .self = c,
                     .read = controller_read,
                     .status = controller_status,
                     .cue = controller_cue,
                     .buzz = controller_buzz,
                     .close = controller_close };
    return RESULT_OK;
}

bool controller_source_has_motion(const Source *source) {
    const Controller *c = source->self;
    return c->chosen != NOBODY;
}
