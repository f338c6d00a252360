/* Lines of text out of a stream, and the numbers on them. A line with a byte that is neither printable nor a
 * tab, or that is too long, is dropped: so noise, a boot loader's message and the wrong baud rate make none.
 * A value. */
#ifndef DECODERS_LINE_H
#define DECODERS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LINE_MOST = 160, LINE_NUMBERS = 14, LINE_SURE = 5, LINE_ROUGH = 50 };

typedef struct Line {
    char text[LINE_MOST + 1];
    uint8_t length;
    bool spoilt;    /* until its end */
    bool damaged;   /* a line was refused since the last good one */
    uint8_t score;  /* of good lines against refused ones; LINE_SURE is sure */
    uint8_t smooth; /* good ones since one was refused; stays at its limit */
    uint32_t bad;   /* refused, once something good was seen */
} Line;

/* True when line->text is a whole line, without its end, until the next call. */
bool line_feed(Line *line, uint8_t byte);
/* What its reader made of it. */
void line_good(Line *line);
void line_refuse(Line *line);
bool line_sure(const Line *line);
/* One was refused lately. */
bool line_rough(const Line *line);

/* Exactly `wanted` numbers after `prefix`, parted by commas, semicolons, tabs or blanks, and nothing else. */
bool line_numbers(const char *text, const char *prefix, double *out, size_t wanted);
/* All numbers of a line, at most `capacity`. Each may have a name before it ("ax:", "pitch="), and one name
 * may stand before all. 0 where anything else stands there. */
size_t line_any_numbers(const char *text, double *out, size_t capacity);

#endif
