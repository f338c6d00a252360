/* A recording from a file: reading and parsing in one, for whoever is given a path. */
#ifndef PLATFORM_RECORDING_FILE_H
#define PLATFORM_RECORDING_FILE_H

#include "input/recording.h"

/* As recording_parse; the sentence names the file. Free it with recording_free. */
MUST_CHECK Result recording_load(Recording *out, const char *path, Error *error);

#endif
