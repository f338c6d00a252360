/* How a person does an exercise: one calm stroke after the other, with their own pace, range, steadiness and
 * small failings; and what they do besides. Poses only. It keeps what it really did, for tests and for
 * recordings with their truth; nothing that plays may look at that. */
#ifndef INPUT_PERFORMER_H
#define INPUT_PERFORMER_H

#include "input/body.h"
#include "input/demo.h"
#include "input/source.h"

/* How well somebody does it. */
typedef struct PerformerSkill {
    double reach_mean; /* of the asked share of the own range */
    double reach_spread;
    double pace_mean; /* 1 = the exercise's own; larger is slower */
    double pace_spread;
    double jerk; /* how much a stroke trembles on its way, share of the stroke */
    double partial_chance;
    double partial_reach;     /* the largest share of the own range that a partial one reaches */
    double hesitation_chance; /* of a stop on the way */
    double pause_s;           /* mean rest between repetitions */
    double fidget_chance;     /* between repetitions: a shift of weight, a cough, a scratch */
    double wander_deg;        /* how far the posture strays in the course of a set */
    double first_reach; /* the first repetition's share of the later ones'; grows over four. 0: no growth */
} PerformerSkill;

extern const PerformerSkill performer_skills[]; /* by DemoStyle */

/* One stroke of the pose: from here to there, smoothly, in a time. */
typedef struct PoseStroke {
    BodyPose to;
    double seconds;
} PoseStroke;

/* A repetition that was done to its end, in shares of the own measure. */
typedef struct Performed {
    Side side;
    double reach, under; /* both positive */
    double end_s;        /* since the performer began */
} Performed;

typedef enum FidgetKind { FIDGET_NONE, FIDGET_SHIFT, FIDGET_COUGH, FIDGET_SCRATCH, FIDGET_ADJUST } FidgetKind;

typedef struct Fidget {
    FidgetKind kind;
    double at_s, seconds, size_deg;
    Vec3 axis; /* unit, body frame */
} Fidget;

enum { PERFORMER_STROKES_MAX = 12 };

typedef struct Performer {
    const ExerciseSpec *spec;
    PerformerSkill skill;
    bool idle;
    Rng rng;
    Cue cue;
    bool one_slow_done;
    BodyPose from, now;
    PoseStroke strokes[PERFORMER_STROKES_MAX]; /* of the repetition under way */
    int stroke_count, stroke;
    double stroke_s; /* since the stroke began */
    double flow;     /* 1 moving as planned, 0 stopped where it is */
    double tremble_phase;
    double breath_phase, breath_period_s;
    double stopped_s; /* how long it has been asked to stop here */
    double t_s;
    Fidget fidget;
    Vec3 wander_s; /* how long the posture takes to stray and come back, for each axis */
    /* what it did */
    Performed under_way, last; /* `last` where done > 0 */
    bool counts;               /* the repetition under way is one of the set */
    int done;                  /* repetitions, partial ones too */
} Performer;

void performer_init(Performer *p, const ExerciseSpec *spec, DemoStyle style, Rng rng);
/* Another exercise, from its start pose. */
void performer_change(Performer *p, const ExerciseSpec *spec);
void performer_cue(Performer *p, const Cue *cue);
/* Something besides the exercise, now; the strokes wait. */
void performer_fidget(Performer *p, FidgetKind kind);
/* Moves on by dt_s and says where the body is. */
BodyPose performer_step(Performer *p, double dt_s);

#endif
