/* Lines of text of which each is an orientation: what the formats of that kind share; they tell how one is
 * read. */
#ifndef DECODERS_ORIENTED_LINE_H
#define DECODERS_ORIENTED_LINE_H

#include "decoders/line.h"
#include "decoders/oriented.h"

/* The state of such a decoder. */
typedef struct OrientedLine {
    Line line;
    Oriented oriented;
} OrientedLine;

/* False where the line is none of this format. */
typedef bool (*OrientedLineRead)(const char *text, Quat *out);

/* These three stand in a DecoderFormat as they are. */
void oriented_line_init(void *state);
uint32_t oriented_line_bad(const void *state);
bool oriented_line_promising(const void *state);

/* `leaps`: too few decimals make it leap by themselves, and nothing is held against that. */
bool oriented_line_feed(OrientedLine *d, const DecoderFormat *format, const char *model,
                        OrientedLineRead read, bool leaps, uint8_t byte, double now_s, WireMessage *out);

#endif
