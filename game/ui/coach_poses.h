/* From a pose's share m to joints in space; the part of the coach that knows no picture. */
#ifndef UI_COACH_POSES_H
#define UI_COACH_POSES_H

#include "ui/coach.h"

typedef struct CoachPose {
    Vec3 joints[COACH_JOINTS];
    double pelvis_rot, chest_rot; /* radians */
    double roller_x;
    Vec3 head; /* unit direction, skull to crown */
} CoachPose;

void coach_pose(const Coach *coach, const CoachExercise *exercise, double m, CoachPose *out);

/* Right and front of the trunk where it points along c, turned by `rotation` radians. */
void coach_trunk_axes(double facing, Vec3 c, double rotation, Vec3 *right, Vec3 *front);

#endif
