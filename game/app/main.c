/* backbeat: the command line. Results go to standard output, words to standard error. */
#include "app/commands.h"
#include "app/options.h"

#include <stdio.h>
#include <string.h>

static const Command open_command = { .name = "",
                                      .usage = "",
                                      .help = "open the game",
                                      .takes = TAKES_INPUT | TAKES_FULLSCREEN,
                                      .run = command_open };

static const Command commands[] = {
    { .name = "play",
      .usage = "--routine ID | --exercise ID",
      .help = "play without the menus",
      .takes = TAKES_ROUTINE | TAKES_EXERCISE | TAKES_LEVEL | TAKES_PLAYER | TAKES_INPUT | TAKES_HEADLESS |
               TAKES_JSON | TAKES_SEED | TAKES_FAST | TAKES_SCREENSHOTS | TAKES_FULLSCREEN,
      .run = command_play },
    { .name = "analyze",
      .usage = "--exercise ID|generic FILE.csv",
      .help = "what the recogniser sees in a recording, as JSON",
      .takes = TAKES_EXERCISE,
      .run = command_analyze },
    { .name = "record",
      .usage = "OUT.csv",
      .help = "write an input's samples to a recording until interrupted",
      .takes = TAKES_INPUT | TAKES_EXERCISE | TAKES_SEED | TAKES_FAST,
      .run = command_record },
    { .name = "devices",
      .usage = "[PORT…]",
      .help = "the sensors and ports there are",
      .takes = TAKES_JSON | TAKES_SET_UP | TAKES_YES,
      .run = command_devices },
    { .name = "doctor",
      .usage = "[PORT…]",
      .help = "find what is wrong with the sensor, sound, display or scores",
      .takes = 0,
      .run = command_doctor },
    { .name = "scores",
      .usage = "",
      .help = "all results, newest first",
      .takes = TAKES_JSON,
      .run = command_scores },
    { .name = "verify",
      .usage = "FILE…",
      .help = "play replays again and compare their scores",
      .takes = 0,
      .run = command_verify },
    { .name = "export",
      .usage = "FILE",
      .help = "write players and results to a file",
      .takes = 0,
      .run = command_export },
    { .name = "import",
      .usage = "FILE",
      .help = "read players and results from such a file",
      .takes = 0,
      .run = command_import },
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_usage(FILE *to) {
    (void)fprintf(to,
                  "Backbeat %s: a day on the coast for your upper back.\n\n  backbeat                     "
                  "open the game\n",
                  BACKBEAT_VERSION);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        char left[64];
        (void)snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].usage);
        (void)fprintf(to, "  backbeat %-19s %s%s%s\n", left,
                      strlen(left) > 19 ? "\n                               " : "", commands[i].help, "");
    }
    (void)fprintf(to, "\nbackbeat COMMAND --help tells a command's options.\n");
}

static int run(const Command *command, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") != 0) continue;
        (void)printf("backbeat %s%s%s\n  %s\n\n", command->name, command->name[0] ? " " : "", command->usage,
                     command->help);
        options_print(command->takes);
        return EXIT_OK;
    }
    return command->run(command, argc, argv);
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        print_usage(stdout);
        return EXIT_OK;
    }
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        (void)printf("%s\n", BACKBEAT_VERSION);
        return EXIT_OK;
    }
    if (argc < 2 || argv[1][0] == '-') return run(&open_command, argc, argv);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) return run(&commands[i], argc - 1, argv + 1);
    }
    (void)fprintf(stderr, "backbeat: there is no command \"%s\"; there are", argv[1]);
    for (int i = 0; i < COMMAND_COUNT; i++) (void)fprintf(stderr, "%s %s", i ? "," : "", commands[i].name);
    (void)fprintf(stderr, ".\n");
    return EXIT_USAGE;
}
