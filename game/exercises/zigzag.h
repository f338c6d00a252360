/* A stretch of a signal as a zigzag: its turning points, and between them strokes that go all one way. A
 * stroke that is small beside those around it is a wobble on a larger one, and is taken out. The measure is
 * local, because a set may go on smaller after a rest. */
#ifndef EXERCISES_ZIGZAG_H
#define EXERCISES_ZIGZAG_H

enum { ZIGZAG_MAX = 400 };

typedef struct Zigzag {
    int count;          /* of turning points; strokes are one fewer, or none */
    int at[ZIGZAG_MAX]; /* index of each turning point */
    float value[ZIGZAG_MAX];
} Zigzag;

/* The turning points of values[first…count-1]: reversals by `turn` or more. The last point is as far as the
 * stroke under way has come. */
void zigzag_make(Zigzag *z, const float *values, int first, int count, double turn);

/* Takes out strokes, the smallest first, until each is at least `floor` and `share` of the median of itself
 * and its neighbours. */
void zigzag_smooth(Zigzag *z, double floor, double share);

/* Length of stroke i, positive. */
double zigzag_stroke(const Zigzag *z, int i);
/* The median stroke around stroke i. */
double zigzag_typical(const Zigzag *z, int i);

#endif
