#include "light.h"

bool light_is_on(Light light, uint16_t now_ms) {
    switch (light) {
    case LIGHT_PLAYING: return true;
    case LIGHT_TROUBLE: return now_ms % 256 < 128;
    case LIGHT_IDENTIFY: return now_ms % 84 < 42;
    case LIGHT_CONNECTED: break;
    }
    return now_ms % 2048 < 64;
}
