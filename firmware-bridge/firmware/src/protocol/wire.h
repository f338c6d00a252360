/* The game's own codec: in the tree it is that very file; tools that pack the library put it here. */
#include "../../../protocol/wire.h"
