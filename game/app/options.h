/* The command line, read with getopt_long: one table of options, each command takes some of them. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include "core/result.h"

#include <stdbool.h>
#include <stdint.h>

/* Exit codes of the program. */
enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

typedef struct Options {
    const char *routine, *exercise, *player, *input, *screenshots;
    int level; /* 0 = not given */
    uint32_t seed;
    bool has_seed, headless, json, fast, fullscreen, set_up, yes, help;
    int argument_count;
    char **arguments; /* what is not an option */
} Options;

/* Bits of a command: which options it takes. */
enum {
    TAKES_ROUTINE = 1 << 0,
    TAKES_EXERCISE = 1 << 1,
    TAKES_LEVEL = 1 << 2,
    TAKES_PLAYER = 1 << 3,
    TAKES_INPUT = 1 << 4,
    TAKES_HEADLESS = 1 << 5,
    TAKES_JSON = 1 << 6,
    TAKES_SEED = 1 << 7,
    TAKES_FAST = 1 << 8,
    TAKES_SCREENSHOTS = 1 << 9,
    TAKES_FULLSCREEN = 1 << 10,
    TAKES_SET_UP = 1 << 11,
    TAKES_YES = 1 << 12,
};

/* `command` is for messages ("play"). RESULT_BAD_USAGE names the wrong option and lists those there are. */
MUST_CHECK Result options_parse(Options *out, const char *command, unsigned takes, int argc, char **argv,
                                Error *error);

/* Prints the options that a command takes, one a line. */
void options_print(unsigned takes);

/* The exit code for a failure. */
int exit_code(Result result);

#endif
