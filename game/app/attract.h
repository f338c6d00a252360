/* What the title does when nobody is there: after a minute the demo player plays, one game after the other in
 * the order of the day. Any key, stick, tap or movement of a sensor ends it at once. Nothing of it is kept.
 */
#ifndef APP_ATTRACT_H
#define APP_ATTRACT_H

#include "app/shell.h"

/* On the title, every frame, with the seconds since anything was touched; begins it when it is time. */
void attract_idle(Shell *shell, double quiet_s);

/* Every frame while it plays: true where somebody came, and the title is shown again. Eats their first press.
 */
bool attract_ends(Shell *shell, const ScreenInput *input);

/* It is over by itself, or somebody came: back to the title. */
void attract_end(Shell *shell);

#endif
