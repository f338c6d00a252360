/* What the control thread asks of the rendering thread: a ring of small commands without locks. When it is
 * full (nobody renders) new ones are dropped, which is harmless: then nobody hears. One thread pushes, one
 * takes. */
#ifndef AUDIO_COMMANDS_H
#define AUDIO_COMMANDS_H

#include "audio/audio.h"

#include <stdatomic.h>

enum { COMMANDS_MAX = 256 };

typedef enum CommandKind {
    COMMAND_PIECE,
    COMMAND_EARCON,
    COMMAND_SAY,
    COMMAND_HUSH,
    COMMAND_TONE,
    COMMAND_BREATH,
    COMMAND_COMBO,
    COMMAND_TUNE,
    COMMAND_VOLUMES
} CommandKind;

typedef struct Command {
    CommandKind kind;
    int index;  /* of the piece, the earcon, the line; -1: none */
    int number; /* a step, a combo, a tune */
    bool awaited;
    float a, b; /* a delay; a phase and a period */
    MovementTone tone;
    AudioVolumes volumes;
} Command;

typedef struct CommandRing {
    _Alignas(64)
        atomic_size_t pushed; /* each on its own cache line: written by one thread, read by the other */
    _Alignas(64) atomic_size_t taken;
    Command slots[COMMANDS_MAX];
} CommandRing;

void commands_init(CommandRing *ring);
/* False where it was full. */
bool commands_push(CommandRing *ring, const Command *command);
/* False where it was empty. */
bool commands_take(CommandRing *ring, Command *out);

#endif
