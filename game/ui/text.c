#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = 512 };
#define SMALLEST    24.0f
#define LARGE_UP_TO 48.0f /* what is larger can be read anyway */
#define ELLIPSIS    "\xE2\x80\xA6"

float ui_width(const UiContext *ui, const char *words, float size, FontWeight weight) {
    return words[0] != '\0' ? ui->measure.width(ui->measure.self, words, size, weight) : 0;
}

/* The longest beginning of whole characters that fits with an ellipsis. */
static void cut(const UiContext *ui, char *words, float width, float size, FontWeight weight) {
    size_t length = strlen(words);
    while (length > 0) {
        length--;
        while (length > 0 && ((unsigned char)words[length] & 0xC0) == 0x80) length--;
        while (length > 0 && words[length - 1] == ' ') length--;
        (void)snprintf(words + length, LINE_MAX_BYTES - length, ELLIPSIS);
        if (ui_width(ui, words, size, weight) <= width) return;
        words[length] = '\0';
    }
}

static bool is_colour(Colour a, Colour b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static bool is_left_out(const UiContext *ui, TextStyle style) {
    if (!ui->large_text || style.keep || style.weight != FONT_MEDIUM || style.size > UI_TEXT_SMALL)
        return false;
    return is_colour(style.colour, COLOUR_PAPER_DIM) || is_colour(style.colour, COLOUR_DUSK);
}

float ui_text_size(const UiContext *ui, float width, TextStyle style, const char *words) {
    float larger = style.size * 1.2f;
    if (ui->large_text && style.size <= LARGE_UP_TO && ui_width(ui, words, larger, style.weight) <= width)
        return larger;
    float wide = ui_width(ui, words, style.size, style.weight);
    if (wide <= width) return style.size;
    float smallest = fminf(style.size, SMALLEST);
    return floorf(fmaxf(style.size * width / wide, smallest));
}

float ui_text(const UiContext *ui, DrawList *list, float x, float y, float width, TextStyle style,
              const char *words) {
    if (words == NULL || words[0] == '\0' || is_left_out(ui, style)) return 0;
    float size = ui_text_size(ui, width, style, words), wide = ui_width(ui, words, size, style.weight);
    char line[LINE_MAX_BYTES];
    (void)snprintf(line, sizeof line - 4, "%s", words);
    if (wide > width) {
        cut(ui, line, width, size, style.weight);
        wide = ui_width(ui, line, size, style.weight);
    }
    draw_text(list, x, y, size, style.weight, style.align, style.colour, line);
    return wide;
}

int ui_paragraph(const UiContext *ui, DrawList *list, float x, float y, float width, float line_height,
                 int lines_max, TextStyle style, const char *words) {
    if (is_left_out(ui, style)) return 0;
    int lines = 0;
    const char *at = words != NULL ? words : "";
    while (*at != '\0' && lines < lines_max) {
        char line[LINE_MAX_BYTES] = "";
        size_t taken = 0;
        const char *end = at;
        for (const char *p = at;; p++) { /* add word after word while they fit */
            if (*p != ' ' && *p != '\0') continue;
            size_t length = (size_t)(p - at);
            if (length > sizeof line - 8) break;
            (void)snprintf(line, sizeof line, "%.*s", (int)length, at);
            if (taken > 0 && ui_width(ui, line, style.size, style.weight) > width) break;
            taken = length;
            end = p;
            if (*p == '\0') break;
        }
        if (taken == 0) break;
        bool last = lines == lines_max - 1;
        (void)snprintf(line, sizeof line, "%.*s", last ? (int)sizeof line - 8 : (int)taken, at);
        if (last && *end != '\0') {
            cut(ui, line, width, style.size, style.weight);
            draw_text(list, x, y + (float)lines * line_height, style.size, style.weight, style.align,
                      style.colour, line);
        } else {
            (void)ui_text(ui, list, x, y + (float)lines * line_height, width, style, line);
        }
        lines++;
        at = *end == ' ' ? end + 1 : end;
    }
    return lines;
}
