/* Files and folders of the machine, and its clocks. */
#ifndef PLATFORM_FILES_H
#define PLATFORM_FILES_H

#include "core/result.h"

#include <stddef.h>
#include <stdint.h>

enum { FILES_PATH_MAX = 4096 };

/* Reads a whole file of at most 64 MiB; *text is the caller's to free, `*size` bytes and a zero byte after
 * them. `size` may be NULL. */
MUST_CHECK Result files_read(const char *path, char **text, size_t *size, Error *error);

/* Writes a whole file beside its place and moves it there, so that nobody ever sees half of it. */
MUST_CHECK Result files_write(const char *path, const void *bytes, size_t size, Error *error);

/* Makes a folder and those above it. */
MUST_CHECK Result files_make_folder(const char *path, Error *error);

/* Names of the files in `folder` that end with `ending`, sorted; *names is freed with files_free_names. */
MUST_CHECK Result files_list(const char *folder, const char *ending, char ***names, size_t *count,
                             Error *error);
void files_free_names(char **names, size_t count);

/* The folder with levels, texts and pictures: $BACKBEAT_ASSETS, else beside the program. */
MUST_CHECK Result files_assets_folder(char out[FILES_PATH_MAX], Error *error);

/* Where what the player does is kept: $BACKBEAT_HOME, else the platform's own place for user data. Not made
 * by this. */
MUST_CHECK Result files_data_folder(char out[FILES_PATH_MAX], Error *error);

/* Seconds on CLOCK_MONOTONIC. */
double clock_now_s(void);
/* Unix time, and today's local date as days since 1970-01-01. */
int64_t clock_unix_s(void);
int64_t clock_today(void);
void clock_sleep_s(double seconds);

#endif
