/* The game's own codec: in the tree it is that very file; tools that pack the library put it here. */
#include "../../../protocol/wire.c" // NOLINT(bugprone-suspicious-include): one codec, no second copy
