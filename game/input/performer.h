/* How a person does an exercise: one calm stroke after the other, with their own pace, range, steadiness and
 * small failings. Poses only. */
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
    double pause_s; /* mean rest between repetitions */
} PerformerSkill;

extern const PerformerSkill performer_skills[]; /* by DemoStyle */

/* One stroke of the pose: from here to there, smoothly, in a time. */
typedef struct PoseStroke {
    BodyPose to;
    double seconds;
} PoseStroke;

enum { PERFORMER_STROKES_MAX = 8 };

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
    double tremble_phase;
    double breath_phase, breath_period_s;
    double stopped_s; /* how long it has been asked to stop here */
} Performer;

void performer_init(Performer *p, const ExerciseSpec *spec, DemoStyle style, Rng rng);
/* Another exercise, from its start pose. */
void performer_change(Performer *p, const ExerciseSpec *spec);
void performer_cue(Performer *p, const Cue *cue);
/* Moves on by dt_s and says where the body is. */
BodyPose performer_step(Performer *p, double dt_s);

#endif
