/* Between the coach's parser and its picture: how much room an exercise takes. */
#ifndef UI_COACH_DRAW_H
#define UI_COACH_DRAW_H

#include "ui/coach.h"

/* Fills in the mat's ends and the drawn extents over all poses. */
void coach_measure(const Coach *coach, CoachExercise *exercise);

#endif
