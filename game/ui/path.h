/* Small pictures written as SVG path data ("M-9 1v-14a3.6 3.6 0 0 1 7.2 0Z"), drawn with the draw list's
 * shapes: the commands M L H V C Q S T A Z and their relative forms. For the program's own constants, not for
 * files. */
#ifndef UI_PATH_H
#define UI_PATH_H

#include "view/draw.h"

/* The path's origin goes to x, y; every part of it is filled as a polygon of its own. */
void path_fill(DrawList *list, const char *path, float x, float y, float scale, Colour colour);
/* `width` in picture units, whatever the scale. */
void path_stroke(DrawList *list, const char *path, float x, float y, float scale, float width, Colour colour);
void path_stroke_dashed(DrawList *list, const char *path, float x, float y, float scale, float width,
                        float dash, float gap, Colour colour);

#endif
