/* The keyboard (or a stick) as a body: keys push, the body follows with its own inertia through its own
 * range, and samples come out. A held key moves through the range at a comfortable pace; letting go brings
 * the body back to its start, except where friction keeps it (the roller). */
#ifndef INPUT_KEYBOARD_H
#define INPUT_KEYBOARD_H

#include "input/source.h"

/* `kind` is INPUT_KEYBOARD or INPUT_CONTROLLER: which board it plays on, and what it is called. */
MUST_CHECK Result keyboard_source_open(Source *out, InputKind kind, Error *error);

#endif
