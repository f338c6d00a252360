#include "app/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct OptionRow {
    const char *name, *value, *help;
    unsigned bit;
} OptionRow;

static const OptionRow rows[] = {
    { "routine", "ID", "the routine to play", TAKES_ROUTINE },
    { "exercise", "ID", "one exercise", TAKES_EXERCISE },
    { "level", "N", "1 to 5", TAKES_LEVEL },
    { "player", "NAME", "who plays", TAKES_PLAYER },
    { "input", "WHAT",
      "auto, keyboard, serial[:PORT], controller, stick, replay:FILE, demo[:skilful|:clumsy|:restless|:idle]",
      TAKES_INPUT },
    { "headless", NULL, "without window and sound card", TAKES_HEADLESS },
    { "json", NULL, "results as JSON on standard output", TAKES_JSON },
    { "seed", "N", "0 to 4294967295: the same seed plays the same", TAKES_SEED },
    { "fast", NULL, "as fast as the machine can, with the same result", TAKES_FAST },
    { "screenshots", "DIR", "write a picture of every screen there", TAKES_SCREENSHOTS },
    { "fullscreen", NULL, "fill the screen", TAKES_FULLSCREEN },
    { "set-up", NULL, "store a faster rate in a bought sensor (WitMotion: 100 Hz, 115200 baud), after asking",
      TAKES_SET_UP },
    { "yes", NULL, "do not ask", TAKES_YES },
    { "help", NULL, "this text", ~0U },
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

static void list_options(char *out, size_t size, unsigned takes) {
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < ROW_COUNT && used < size; i++) {
        if (!(rows[i].bit & takes)) continue;
        int wrote = snprintf(out + used, size - used, "%s--%s", used ? ", " : "", rows[i].name);
        if (wrote > 0) used += (size_t)wrote;
    }
}

void options_print(unsigned takes) {
    for (int i = 0; i < ROW_COUNT; i++) {
        if (!(rows[i].bit & takes)) continue;
        char left[40];
        (void)snprintf(left, sizeof left, "--%s%s%s", rows[i].name, rows[i].value ? " " : "",
                       rows[i].value ? rows[i].value : "");
        (void)printf("  %-20s %s\n", left, rows[i].help);
    }
}

static bool whole_number(const char *text, unsigned long low, unsigned long high, unsigned long *out) {
    char *end = NULL;
    if (text[0] < '0' || text[0] > '9') return false;
    *out = strtoul(text, &end, 10);
    return *end == '\0' && *out >= low && *out <= high;
}

static Result take(Options *out, const OptionRow *row, const char *value, Error *error) {
    unsigned long number = 0;
    switch (row->bit) {
    case TAKES_ROUTINE: out->routine = value; break;
    case TAKES_EXERCISE: out->exercise = value; break;
    case TAKES_PLAYER: out->player = value; break;
    case TAKES_INPUT: out->input = value; break;
    case TAKES_SCREENSHOTS: out->screenshots = value; break;
    case TAKES_HEADLESS: out->headless = true; break;
    case TAKES_JSON: out->json = true; break;
    case TAKES_FAST: out->fast = true; break;
    case TAKES_FULLSCREEN: out->fullscreen = true; break;
    case TAKES_SET_UP: out->set_up = true; break;
    case TAKES_YES: out->yes = true; break;
    case TAKES_LEVEL:
        if (!whole_number(value, 1, 5, &number))
            return error_set(error, RESULT_BAD_USAGE, "--level takes a whole number from 1 to 5, not \"%s\".",
                             value);
        out->level = (int)number;
        break;
    case TAKES_SEED:
        if (!whole_number(value, 0, 4294967295UL, &number))
            return error_set(error, RESULT_BAD_USAGE,
                             "--seed takes a whole number from 0 to 4294967295, not \"%s\".", value);
        out->seed = (uint32_t)number;
        out->has_seed = true;
        break;
    default: out->help = true; break;
    }
    return RESULT_OK;
}

Result options_parse(Options *out, const char *command, unsigned takes, int argc, char **argv, Error *error) {
    struct option known[ROW_COUNT + 1] = { 0 };
    int row_of[ROW_COUNT];
    int count = 0;
    for (int i = 0; i < ROW_COUNT; i++) {
        if (!(rows[i].bit & takes)) continue;
        row_of[count] = i;
        known[count++] = (struct option){ .name = rows[i].name,
                                          .has_arg = rows[i].value ? required_argument : no_argument };
    }
    *out = (Options){ 0 };
    opterr = 0;
    optind = 1;
    for (;;) {
        int index = 0;
        int found = getopt_long(argc, argv, ":", known, &index);
        if (found == -1) break;
        if (found == ':')
            return error_set(error, RESULT_BAD_USAGE, "%s needs a value; see \"backbeat %s --help\".",
                             argv[optind - 1], command);
        if (found == '?') {
            char list[300];
            list_options(list, sizeof list, takes);
            return error_set(error, RESULT_BAD_USAGE, "%s does not take %s; its options are %s.", command,
                             argv[optind - 1], list);
        }
        Result result = take(out, &rows[row_of[index]], optarg, error);
        if (result != RESULT_OK) return result;
    }
    out->argument_count = argc - optind;
    out->arguments = argv + optind;
    return RESULT_OK;
}

int exit_code(Result result) {
    if (result == RESULT_OK) return EXIT_OK;
    return result == RESULT_BAD_USAGE ? EXIT_USAGE : EXIT_FAILED;
}
