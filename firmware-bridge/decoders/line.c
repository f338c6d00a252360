#include "decoders/line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MOST 1e9

static void begin(Line *l) {
    l->length = 0;
    l->spoilt = false;
}

bool line_feed(Line *l, uint8_t byte) {
    if (byte == '\n' || byte == '\r') {
        bool spoilt = l->spoilt, whole = l->length > 0 && !spoilt;
        l->text[l->length] = '\0';
        if (spoilt) line_refuse(l);
        begin(l);
        return whole;
    }
    bool printable = byte == '\t' || (byte >= 0x20 && byte < 0x7F);
    if (!printable || l->length == LINE_MOST) l->spoilt = true;
    if (!l->spoilt) l->text[l->length++] = (char)byte;
    return false;
}

void line_good(Line *l) {
    if (l->score < 2 * LINE_SURE) l->score++;
    if (l->smooth < LINE_ROUGH) l->smooth++;
    l->damaged = false;
}

void line_refuse(Line *l) {
    if (l->bad > 0 || l->score > 0) l->bad++;
    if (l->score > 0 && l->score < LINE_SURE) l->score--;
    l->smooth = 0;
    l->damaged = true;
}

bool line_sure(const Line *line) {
    return line->score >= LINE_SURE;
}

bool line_rough(const Line *line) {
    return line->smooth < LINE_ROUGH;
}

static bool parts(char c) {
    return c == ',' || c == ';' || c == '\t' || c == ' ';
}

static const char *skip_parts(const char *at) {
    while (parts(*at)) at++;
    return at;
}

/* A decimal number and what follows it; not "nan", not hexadecimal, not one that nothing measures. */
static const char *take_number(const char *at, double *out) {
    size_t span = strspn(at, "+-.0123456789eE");
    char *end = NULL;
    *out = strtod(at, &end);
    bool whole = span > 0 && end == at + span && (end[0] == '\0' || parts(end[0]));
    return whole && fabs(*out) < NUMBER_MOST ? end : NULL;
}

bool line_numbers(const char *text, const char *prefix, double *out, size_t wanted) {
    size_t length = strlen(prefix);
    if (strncmp(text, prefix, length) != 0) return false;
    const char *at = skip_parts(text + length);
    for (size_t i = 0; i < wanted; i++) {
        at = take_number(at, &out[i]);
        if (at == NULL) return false;
        at = skip_parts(at);
    }
    return *at == '\0';
}

static const char *skip_name(const char *at) {
    size_t span = strcspn(at, ":=");
    bool name = span > 0 && at[span] != '\0' && (at[0] < '0' || at[0] > '9') && at[0] != '-' &&
                strcspn(at, ",;\t") > span;
    return name ? skip_parts(at + span + 1) : at;
}

size_t line_any_numbers(const char *text, double *out, size_t capacity) {
    size_t count = 0;
    const char *at = skip_parts(text);
    while (*at != '\0' && count < capacity) {
        at = take_number(skip_name(at), &out[count]);
        if (at == NULL) return 0;
        count++;
        at = skip_parts(at);
    }
    return *at == '\0' ? count : 0;
}
