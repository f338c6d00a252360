/* The program's commands: each parses its own options and returns the exit code. */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

typedef struct Command {
    const char *name;
    const char *usage; /* what follows the name */
    const char *help;
    unsigned takes; /* TAKES_… */
    int (*run)(const struct Command *command, int argc, char **argv);
} Command;

int command_open(const Command *command, int argc, char **argv);
int command_play(const Command *command, int argc, char **argv);
int command_analyze(const Command *command, int argc, char **argv);
int command_record(const Command *command, int argc, char **argv);
int command_devices(const Command *command, int argc, char **argv);
int command_doctor(const Command *command, int argc, char **argv);
int command_scores(const Command *command, int argc, char **argv);
int command_verify(const Command *command, int argc, char **argv);
int command_export(const Command *command, int argc, char **argv);
int command_import(const Command *command, int argc, char **argv);

#endif
