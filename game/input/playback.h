/* Plays a recording as if it were happening now, and the null source that never has anything. */
#ifndef INPUT_PLAYBACK_H
#define INPUT_PLAYBACK_H

#include "input/recording.h"
#include "input/source.h"

/* Takes the recording over (and empties *recording), also on failure. It begins when it is first read. Before
 * the recording's own beginning and after its end the body lies still, as it did in the first and last
 * moment, so that a flow has time around it: playing (CUE_ONE_SLOW or CUE_PLAY) starts the movement. `name`
 * is shown. */
MUST_CHECK Result playback_source_open(Source *out, Recording *recording, const char *name, Error *error);

/* Always SOURCE_LOOKING. */
Source null_source(void);

#endif
