/* Texts that a device or another program chose itself: nothing but printable ASCII of them goes to a terminal
 * or a screen. */
#ifndef PLATFORM_PRINTABLE_H
#define PLATFORM_PRINTABLE_H

#include <stddef.h>

/* Copies as much as fits and turns all else into '?'. `text` may be NULL: empty. */
void copy_printable(char *out, size_t size, const char *text);

#endif
