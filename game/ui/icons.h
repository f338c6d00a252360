/* The signs of the screens: shape first, colour second. All are drawn about their middle; at scale 1 they are
 * about 32 units large. */
#ifndef UI_ICONS_H
#define UI_ICONS_H

#include "view/draw.h"

typedef enum UiIcon {
    ICON_NONE,
    ICON_SENSOR,
    ICON_SENSOR_LOST,
    ICON_CONTROLLER,
    ICON_KEYBOARD,
    ICON_PLAY,
    ICON_SKIP,
    ICON_AGAIN,
    ICON_HOME,
    ICON_HAND, /* raised: that hurts */
    ICON_TROPHY,
    ICON_CHART,
    ICON_GEAR,
    ICON_CLOCK,
    ICON_TICK,
    ICON_SPEAKER,
    ICON_MAT,
    ICON_ROLLER,
    ICON_BAND,
    ICON_BENCH,
    ICON_CHAIR,
    ICON_PLUS,
    ICON_WARNING,
    ICON_NOTHING, /* a dash: nothing there */
    ICON_LANTERN,
    ICON_MOON,
    ICON_IN,  /* breathe in: an arrow up */
    ICON_OUT, /* breathe out: an arrow down */
    ICON_PREVIOUS,
    ICON_NEXT,
    ICON_MORE, /* opens downward */
    ICON_PENCIL,
} UiIcon;

/* `back` shows through where a sign has a hole (a lantern's light). */
void icon_draw(DrawList *list, UiIcon icon, float x, float y, float scale, Colour colour, Colour back);

enum { EMBLEMS = 8 };
/* A player's emblem in a disc: shell, gull, star, wave, buoy, leaf, moon, boat. Numbers past the end begin
 * anew. */
void emblem_draw(DrawList *list, int emblem, float x, float y, float radius);

/* Five points; earned: filled gold, else a line over ink. */
void star_draw(DrawList *list, float x, float y, float radius, bool earned);

#endif
