/* Somebody at random, with their body and the sensor they strapped on: sizes, ranges and faults as they are
 * found among people and cheap parts. The restless sort has the worse of everything. */
#ifndef INPUT_PERSON_H
#define INPUT_PERSON_H

#include "input/body.h"
#include "input/demo.h"

SensorFaults person_faults(Rng *rng, DemoStyle style);
BodyRange person_range(Rng *rng, const ExerciseSpec *spec);
BodyBuild person_build(Rng *rng, const ExerciseSpec *spec);

#endif
