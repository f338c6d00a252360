/* What the hips do meanwhile, from a second sensor on the pelvis, strapped on any way round. How far they
 * have turned is read off gravity and can't drift; which way can't be seen, for two sensors share no heading:
 * the exercise says it (in a turn the hips go along, in a wave they go the other way). A value. */
#ifndef EXERCISES_HIPS_H
#define EXERCISES_HIPS_H

#include "motion/orientation.h"

typedef struct Hips {
    Orientation orientation;
    Vec3 up_start;   /* in the start pose, sensor frame */
    double turn_deg; /* from the start pose, any way; 0 or more */
    double peak_deg; /* the most since hips_begin */
} Hips;

void hips_init(Hips *hips);
/* False where the sample was refused. */
bool hips_feed(Hips *hips, const ImuSample *sample);
/* The body is in its start pose now. */
void hips_rebase(Hips *hips);
/* A repetition begins. */
void hips_begin(Hips *hips);

/* Whether such a sensor speaks. */
bool hips_worn(const Hips *hips, double now_s);

/* How flat they were since hips_begin while the chest turned by `chest_deg`: 1 up to a tenth of that, 0 from
 * a half on. */
double hips_flat(const Hips *hips, double chest_deg);

#endif
