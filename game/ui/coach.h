/* The coach: one friendly figure that shows a movement, and mirrors the player's. It is posed from
 * assets/coach-poses.json (3-D key poses in body heights, see "conventions" there) by forward kinematics and
 * drawn as about forty flat shapes.
 *
 * m is the measured movement as a share of the own range: 0 start, 1 own end, negative the other way. It is
 * clamped, five hundredths past the outer poses. Values: parse once, then share freely. */
#ifndef UI_COACH_H
#define UI_COACH_H

#include "core/result.h"
#include "core/side.h"
#include "core/vec.h"
#include "view/draw.h"

enum {
    COACH_EXERCISES_MAX = 12,
    COACH_KEYS_MAX = 6,
    COACH_PINS_MAX = 4,
    COACH_SPINE = 4,
    COACH_OUTLINE_MAX = 8
};

typedef enum CoachLimb { COACH_ARM_R, COACH_ARM_L, COACH_LEG_R, COACH_LEG_L, COACH_LIMBS } CoachLimb;

/* Joints of the posed figure; a limb has four: root (shoulder, hip), middle (elbow, knee), end (wrist,
 * ankle), tip. */
typedef enum CoachJoint {
    COACH_PELVIS,
    COACH_SPINE_1,
    COACH_SPINE_2,
    COACH_SPINE_3,
    COACH_NECK,
    COACH_SKULL,
    COACH_HEAD,
    COACH_LIMB_JOINTS, /* + 4 * limb + 0…3 */
    COACH_JOINTS = COACH_LIMB_JOINTS + 4 * COACH_LIMBS,
} CoachJoint;

typedef struct CoachKey {
    double m;
    Vec3 anchor_at;
    double spine_deg[COACH_SPINE];
    Vec3 neck, head; /* unit directions */
    double pelvis_rot_deg, chest_rot_deg, scap, roller_x;
    double girdle[2];
    Vec3 limb[COACH_LIMBS][3]; /* unit directions of its three bones */
} CoachKey;

typedef struct CoachPin {
    CoachLimb limb;
    bool elbow; /* aims the upper arm only */
    Vec3 at;
    double m_low, m_high;
} CoachPin;

typedef struct CoachExercise {
    char id[32];
    double facing, yaw_deg, pitch_deg;
    CoachJoint anchor;
    bool mat, roller, band, bench, stool;
    int pin_count, key_count;
    CoachPin pins[COACH_PINS_MAX];
    CoachKey keys[COACH_KEYS_MAX];
    Side moves;               /* which of its sides the poses show moving; SIDE_NONE where both do */
    double mat_low, mat_high; /* x of the mat's ends */
    double left, right, top,
        bottom; /* of the drawn figure over all poses, body heights; y up from the ground line */
} CoachExercise;

typedef struct CoachOutline {
    double at, half; /* share of the trunk from the pelvis up; half of its width */
} CoachOutline;

typedef struct CoachBall {
    double front, up, r;
} CoachBall;

typedef struct Coach {
    double spine, neck, head, shoulder, hip;
    double bones[2][3]; /* arm, leg: upper, lower, end */
    double radii[2][3][2];
    double neck_radii[2];
    int width_count, depth_count;
    CoachOutline width[COACH_OUTLINE_MAX], depth[COACH_OUTLINE_MAX];
    CoachBall brow, jaw, hair, bun;
    int exercise_count;
    CoachExercise exercises[COACH_EXERCISES_MAX];
} Coach;

/* Where the figure goes: `x` is its middle over the whole movement, `ground_y` the ground under it, `height`
 * picture units a body height. */
typedef struct CoachPlace {
    float x, ground_y, height;
    Colour mat; /* alpha 0 = its own */
} CoachPlace;

/* `text` is the file's contents, `name` what to call it in errors. Keeps nothing of `text`. */
MUST_CHECK Result coach_parse(Coach *coach, const char *text, const char *name, Error *error);

/* NULL where there is none. */
const CoachExercise *coach_exercise(const Coach *coach, const char *id);

/* The largest place within the box that holds the whole movement. */
CoachPlace coach_fit(const Coach *coach, const char *exercise, float x, float y, float w, float h);

/* `breath` -1 out … +1 in; SIDE_NONE draws the poses as they are. Unknown exercises draw nothing. */
void coach_draw(const Coach *coach, const char *exercise, float m, float breath, Side side, CoachPlace place,
                DrawList *list);

/* Where a joint is drawn at m. */
Point coach_joint(const Coach *coach, const char *exercise, float m, Side side, CoachPlace place,
                  CoachJoint joint);
/* The joint whose way shows the movement best (an elbow, a hand, the middle of the back). */
CoachJoint coach_leading_joint(const CoachExercise *exercise);
/* m at its ends. */
void coach_range(const CoachExercise *exercise, float *low, float *high);

#endif
