/* What the LED says: told apart at a glance from three metres. */
#ifndef LIGHT_H
#define LIGHT_H

#include <stdbool.h>
#include <stdint.h>

typedef enum Light {
    LIGHT_CONNECTED, /* ready: a short flash every two seconds */
    LIGHT_PLAYING,   /* on */
    LIGHT_TROUBLE,   /* a sensor does not answer: blinks four times a second */
    LIGHT_IDENTIFY,  /* "it is me": flickers, twelve times a second */
} Light;

bool light_is_on(Light light, uint16_t now_ms);

#endif
