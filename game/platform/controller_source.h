/* A game controller's motion sensor as a Source: strapped on or held in the hand, a Joy-Con alone too. Of
 * several controllers the one counts whose button or stick was used last while nobody plays, until then the
 * first that has motion; where that one has none, there is no motion (and the stick plays, elsewhere). In
 * play it stays the one, and after a loss it is waited for, unless another with motion is touched.
 *
 * Threads: open, close and all calls of the Source come from one thread, the one that SDL was started on.
 * SDL calls our event watch wherever events are made; it only puts plain notes into a bounded queue under a
 * lock, and nothing of SDL is called under that lock. Whoever has a window polls SDL's events; without video
 * the source polls and empties the queue itself.
 *
 * What is said of real devices is SDL's own word, and was tested here with made-up events only: its drivers
 * read reports when events are pumped, so a sample may arrive a frame late, and Linux keeps 64 reports for
 * them; a DualShock 4 or DualSense measures 250 times a second or more and stamps by its own clock, a Joy-Con
 * or Switch Pro Controller sends three readings each 15 ms, which SDL since 2.26 stamps by counting those
 * that came, and older versions not at all. */
#ifndef PLATFORM_CONTROLLER_SOURCE_H
#define PLATFORM_CONTROLLER_SOURCE_H

#include "core/result.h"
#include "input/source.h"

#include <stdbool.h>
#include <stddef.h>

/* `clock_s` is the clock that now_s comes from; it is asked on whichever thread events are made, and must not
 * fail. RESULT_NO_DEVICE where SDL knows no controllers at all. Close with out->close(out->self). */
MUST_CHECK Result controller_source_open(Source *out, double (*clock_s)(void), Error *error);

/* A controller that has motion is there and is the one that counts. `source` is one of ours. */
bool controller_source_has_motion(const Source *source);

#endif
