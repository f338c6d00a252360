/* Bodies for tests: a performer on a simulated body whose samples go through the live recogniser, and what it
 * really did. */
#ifndef TESTS_BODIES_H
#define TESTS_BODIES_H

#include "exercises/recogniser.h"
#include "input/demo.h"
#include "session/level.h"

/* What a body did, as nobody downstream may know it. */
typedef struct BodyTruth {
    int reps; /* planned and finished */
    double seconds;
} BodyTruth;

/* Two still seconds, then `seconds` of the exercise in this style, right side only; every sample goes to `r`,
 * which is initialised here. */
BodyTruth bodies_perform(const char *exercise, DemoStyle style, uint64_t seed, double seconds, Recogniser *r);

/* The level data of the game of an exercise, from assets/. */
void bodies_levels(const char *exercise, LevelSet *out);
/* A file's text; the test fails where it can't be read. Free it. */
char *bodies_read(const char *path);

#endif
