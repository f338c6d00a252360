/* Where samples come from: serial port, controller, keyboard, recording, demo player, nothing. All alike
 * behind a few functions.
 *
 * A source is driven from one thread; one that has a thread of its own hides it. Time is handed in: `now_s`
 * is the session's clock, which runs faster than the wall when the session does; sources tied to a device map
 * their own clock to it. */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "core/result.h"
#include "core/side.h"
#include "motion/sample.h"

#include <stddef.h>

/* Of 64 samples each: all that a device's ring holds. */
enum { SOURCE_READS_MAX = 32 };

/* Which board a score belongs to. Stored: never renumber. */
typedef enum InputKind {
    INPUT_SENSOR = 0,
    INPUT_CONTROLLER = 1,
    INPUT_KEYBOARD = 2,
    INPUT_DEMO = 3
} InputKind;

typedef enum SourceState {
    SOURCE_LOOKING, /* no device yet; goes on by itself */
    SOURCE_READY,   /* samples are coming */
    SOURCE_LOST,    /* was ready, is silent now; goes on by itself when it is back */
    SOURCE_ENDED,   /* a recording is over: nothing will come any more */
} SourceState;

typedef struct SourceStatus {
    SourceState state;
    InputKind kind;
    float rate_hz;         /* measured; 0 while unknown */
    uint32_t lost_samples; /* numbered, but never arrived */
    uint32_t bad_frames;   /* dropped by their checksum or shape */
    uint32_t presses;      /* of the device's own button since the source was opened; wraps */
    char name[48];         /* what to call it on screen: "USB serial", "Keyboard" */
    char trouble[160];     /* one sentence with the remedy while not READY or flooded; else empty */
} SourceStatus;

/* What the player is asked to do now: all that a person could see or hear in the room. A real sensor ignores
 * it; the keyboard and the demo player need it to know which body they are moving. */
typedef enum CuePhase { CUE_REST, CUE_HOLD_STILL, CUE_ONE_SLOW, CUE_PLAY } CuePhase;

typedef struct Cue {
    CuePhase phase;
    char exercise[32]; /* id; empty in menus */
    Side side;         /* the side asked for now */
    float target;      /* share of the own range that is asked for */
    float stop_here;   /* 1 while the screen asks to stop and keep still here (a stone, a held top), else 0 */
    float reps_left;
} Cue;

/* Keys and sticks of the frame, for the sources that are moved by hand. */
typedef struct HandInput {
    float forward;  /* -1…+1: toward the own end, or back */
    float sideways; /* -1 left … +1 right */
} HandInput;

typedef struct Source {
    void *self;
    /* Fills at most `capacity` samples that are due by `now_s`, oldest first; returns how many. Call until it
     * returns 0, but at most SOURCE_READS_MAX times a frame: a device that floods must not hold it. */
    size_t (*read)(void *self, double now_s, ImuSample *out, size_t capacity);
    void (*status)(void *self, double now_s, SourceStatus *out);
    void (*cue)(void *self, const Cue *cue);          /* may be NULL */
    void (*hand)(void *self, const HandInput *input); /* may be NULL */
    /* A click that the skin feels, where the device can; a wish that never waits. May be NULL. */
    void (*buzz)(void *self, uint16_t duration_ms);
    void (*close)(void *self); /* frees self; takes NULL */
} Source;

#endif
