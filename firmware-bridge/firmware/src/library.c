#include "Backbeat.h"
#include "bridge.h"

static Bridge bridge; /* the board's only one */

void backbeat_begin(void) {
    bridge_begin(&bridge);
}

void backbeat_poll(void) {
    bridge_poll(&bridge);
}
