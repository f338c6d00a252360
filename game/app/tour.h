/* A headless player's pictures of every screen: menus as they would be seen, each stage once it has settled,
 * each game at its start, middle and end. Does nothing where no pictures are asked for. */
#ifndef APP_TOUR_H
#define APP_TOUR_H

#include "app/shell.h"

void tour_before_play(Shell *shell);
/* After each tick. */
void tour_of_play(Shell *shell);
void tour_after_play(Shell *shell);

#endif
