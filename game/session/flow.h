/* A session, hands-free: for each exercise of a routine how-to, calibrate, get set, game, result; then the
 * summary. It advances by itself, can be paused at any time, and knows no screen, no sound and no file: what
 * it does, it says as events, and what it needs, it is given. One tick is 1/60 s. Large: keep it on the heap.
 * Not thread-safe. */
#ifndef SESSION_FLOW_H
#define SESSION_FLOW_H

#include "input/source.h"
#include "session/advice.h"
#include "session/replay.h"
#include "session/routine.h"
#include "session/run.h"
#include "session/tracker.h"

typedef enum Stage {
    STAGE_HOWTO,
    STAGE_CALIBRATE,
    STAGE_GET_SET,
    STAGE_GAME,
    STAGE_OUTRO,
    STAGE_RESULT,
    STAGE_SUMMARY,
    STAGE_OVER
} Stage;

/* What lies over the stage and stops it. */
typedef enum Overlay { OVERLAY_NONE, OVERLAY_PAUSE, OVERLAY_HURTS, OVERLAY_LOST } Overlay;

/* What the player wants; the screens turn keys and choices into these. */
typedef enum FlowAction {
    FLOW_NOTHING,
    FLOW_TOUCH, /* any key: a running timer waits */
    FLOW_NEXT,  /* go on to what comes next */
    FLOW_PAUSE,
    FLOW_GO_ON,
    FLOW_HURTS,
    FLOW_GENTLER, /* go on, with less asked */
    FLOW_SKIP,
    FLOW_AGAIN, /* this exercise from its start pose */
    FLOW_STOP,  /* the routine ends here, with its summary if there is anything to sum */
} FlowAction;

typedef enum FlowEventKind {
    FLOW_STAGE_BEGAN,  /* a = Stage */
    FLOW_KEPT_MEASURE, /* the own range of last time is used */
    FLOW_STILL_DONE,   /* calibrate: held still */
    FLOW_SLOW_AGAIN,   /* calibrate: nothing seen yet, said again */
    FLOW_MEASURED,     /* calibrate: a = degrees */
    FLOW_POSE_FOUND,
    FLOW_POSE_MISSING,
    FLOW_ANYWAY,
    FLOW_COUNT, /* a = 3, 2, 1 */
    FLOW_GO,
    FLOW_PAUSED,
    FLOW_RESUMED,
    FLOW_SENSOR_LOST,
    FLOW_SENSOR_BACK,
    FLOW_STRAP_SLIPPED, /* it is made up for; said so that the player can look */
    FLOW_OTHER_MOVE,    /* what moves is not this exercise: the sensor may sit on another part of the body */
    FLOW_HURT,
    FLOW_EASED, /* less is asked from now on: keep it; a = thousandths */
    FLOW_SKIPPED,
    FLOW_RESULT,     /* an exercise is done: keep it now; a = index in results */
    FLOW_TIMER_SOON, /* something begins by itself in three seconds */
} FlowEventKind;

typedef struct FlowEvent {
    FlowEventKind kind;
    int32_t a;
} FlowEvent;

enum { FLOW_EVENTS_MAX = 12 };

typedef struct FlowEvents {
    int count;
    FlowEvent items[FLOW_EVENTS_MAX];
} FlowEvents;

/* One exercise as it will be played. */
typedef struct FlowItem {
    const ExerciseSpec *spec;
    const LevelSet *levels;
    int32_t level;
    Dose dose;
    OwnMeasure own;         /* kept from earlier days; range 0 = not known */
    bool learns_as_it_goes; /* a recording can't be asked for one slow repetition: its first ones teach the
                               range */
    int32_t stair;          /* session/staircase.h; 0 = its start; moved on after each set */
    double ease;            /* 0.5…1 */
} FlowItem;

typedef struct FlowResult {
    int32_t item; /* index */
    int32_t level, score, stars;
    int32_t reps, left, right, partials, breaths;
    double hold_s, rom_deg, rom_spread_deg;
    int64_t stored_id;     /* for whoever stores it; 0 = not stored */
    char replay_path[512]; /* likewise; empty = none */
    int32_t rep_count;
    RepScore reps_scored[RUN_REPS_MAX];
    RepScore mean;
    Advice advice;
} FlowResult;

typedef struct FlowInput {
    FlowAction action;
    SourceState source;
    bool voice_busy; /* something is still being said */
} FlowInput;

typedef struct Flow {
    Routine routine;
    int item_count;
    FlowItem items[ROUTINE_ITEMS_MAX];
    uint32_t seed;
    int item; /* under way */
    Stage stage;
    Overlay overlay;
    double stage_s; /* since the stage began, overlays not counted */
    double overlay_s;
    double quiet_s;    /* since something was said or touched; timers run on it */
    double patience_s; /* calibrate: since movement was asked or asked again */
    bool still_done;   /* calibrate: the first half */
    double measured_s; /* calibrate: since it was measured; -1 before */
    bool pose_found, pose_missing_told;
    double pose_s;       /* since it was found */
    int counted;         /* of the countdown */
    MountDoubt doubt;    /* as it was told */
    bool resuming;       /* get set leads back into a run under way */
    bool playing_at_all; /* a run is under way */
    OwnMeasure own;      /* of this exercise, as known now */
    Tracker tracker;
    SimInput input; /* of the newest tick */
    Run run;
    ReplayTrack track; /* of the run under way, or of the last one */
    int result_count;
    FlowResult results[ROUTINE_ITEMS_MAX];
    bool timer_told;
} Flow;

/* Copies the routine and the items; `levels` in them are borrowed. Begins with the how-to of item `first`. */
void flow_init(Flow *flow, const Routine *routine, const FlowItem *items, int item_count, int first,
               uint32_t seed);
void flow_free(Flow *flow);

void flow_feed(Flow *flow, const ImuSample *samples, size_t count);

/* Empties and fills both event lists. */
void flow_tick(Flow *flow, const FlowInput *input, FlowEvents *events, Events *game_events);

/* What the player is asked to do now. */
void flow_cue(const Flow *flow, Cue *out);
/* Whole seconds until the stage goes on by itself; -1 where no timer runs. */
int flow_timer_s(const Flow *flow);
/* Share of that time gone, 0…1. */
float flow_timer_share(const Flow *flow);
/* Stillness so far toward what is asked (calibrate, get set), 0…1. */
float flow_still_share(const Flow *flow);
const FlowItem *flow_item(const Flow *flow);
/* The routine's points so far. */
int32_t flow_score(const Flow *flow);
/* The replay of the run that just ended; its track is borrowed from the flow. */
Replay flow_replay(const Flow *flow);

#endif
