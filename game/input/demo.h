/* The demo player: a simulated person with a simulated body and an imperfect sensor strapped on some way
 * round. It knows what a person in the room would: which exercise, which side, hold still or begin. It makes
 * samples; what they mean is for others to find out. */
#ifndef INPUT_DEMO_H
#define INPUT_DEMO_H

#include "input/source.h"

typedef enum DemoStyle { DEMO_ORDINARY, DEMO_SKILFUL, DEMO_CLUMSY, DEMO_RESTLESS, DEMO_IDLE } DemoStyle;

/* "ordinary", "skilful", "clumsy", "restless", "idle"; false for anything else. */
bool demo_style_from_name(const char *name, DemoStyle *out);

/* Same seed and style, same cues at the same times: same samples. */
MUST_CHECK Result demo_source_open(Source *out, uint64_t seed, DemoStyle style, Error *error);

#endif
