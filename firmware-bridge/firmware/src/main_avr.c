/* The whole program, where there is no Arduino core to call setup() and loop(). */
#if defined(__AVR__) && !defined(ARDUINO)

#include "Backbeat.h"

int main(void) {
    backbeat_begin();
    for (;;) backbeat_poll();
}

#endif
