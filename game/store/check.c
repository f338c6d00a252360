#include "store/store_private.h"

#include <string.h>

/* Takes one character off *text; 0xFFFFFFFF where it is not UTF-8 (overlong forms and surrogates are not). */
static uint32_t next_character(const char **text) {
    const unsigned char *p = (const unsigned char *)*text;
    int more = p[0] < 0x80                   ? 0
               : p[0] >= 0xC2 && p[0] < 0xE0 ? 1
               : p[0] >= 0xE0 && p[0] < 0xF0 ? 2
               : p[0] >= 0xF0 && p[0] < 0xF5 ? 3
                                             : -1;
    if (more < 0) return UINT32_MAX;
    uint32_t c = more == 0 ? p[0] : p[0] & (0x3Fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80) return UINT32_MAX;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
    *text += more + 1;
    return overlong || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF ? UINT32_MAX : c;
}

/* Controls, line breaks, and the marks that turn the direction of the text around them. */
static bool is_control(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

bool text_is_clean(const char *text, size_t low, size_t high) {
    size_t characters = 0;
    bool visible = low == 0;
    while (*text != '\0') {
        uint32_t c = next_character(&text);
        if (c == UINT32_MAX || is_control(c) || ++characters > high) return false;
        visible = visible || (c != ' ' && c != 0xA0 && c != 0x3000);
    }
    return characters >= low && visible;
}

Result check_name(const char *name, Error *error) {
    if (name != NULL && text_is_clean(name, 1, STORE_NAME_MAX)) return RESULT_OK;
    return error_set(error, RESULT_BAD_USAGE,
                     "A player's name has 1 to %d characters, none of them a control character.",
                     STORE_NAME_MAX);
}

Result check_id(const char *id, const char *what, Error *error) {
    if (id != NULL && strlen(id) < sizeof((StoredResult *)0)->exercise &&
        text_is_clean(id, 1, sizeof((StoredResult *)0)->exercise))
        return RESULT_OK;
    return error_set(error, RESULT_BAD_USAGE,
                     "The id of %s has 1 to 31 bytes, none of them a control character.", what);
}

Result check_input(int64_t input, Error *error) {
    if (input >= INPUT_SENSOR && input <= INPUT_DEMO) return RESULT_OK;
    return error_set(error, RESULT_BAD_USAGE, "There is no kind of input number %lld.", (long long)input);
}

/* A bare file name: nothing that could lead out of the folder. */
static bool is_replay_name(const char *name) {
    size_t length = strlen(name);
    return length < sizeof((StoredResult *)0)->replay && name[0] != '.' && strchr(name, '/') == NULL &&
           strchr(name, '\\') == NULL && text_is_clean(name, 0, length);
}

static bool is_count(int value) {
    return value >= 0 && value <= 1000000;
}

Result check_result(const StoredResult *r, Error *error) {
    Result result = check_id(r->exercise, "an exercise", error);
    if (result != RESULT_OK) return result;
    const char *wrong = r->level < 1 || r->level > 5               ? "level"
                        : r->score < 0 || r->score > 1000          ? "score"
                        : r->stars < 0 || r->stars > 3             ? "stars"
                        : !is_count(r->reps)                       ? "reps"
                        : !is_count(r->left)                       ? "left"
                        : !is_count(r->right)                      ? "right"
                        : !is_count(r->partials)                   ? "partials"
                        : !is_count(r->breaths)                    ? "breaths"
                        : !(r->hold_s >= 0 && r->hold_s <= 86400)  ? "hold_s"
                        : !(r->rom_deg >= 0 && r->rom_deg <= 3600) ? "rom_deg"
                        : !is_replay_name(r->replay)               ? "replay"
                                                                   : NULL;
    return wrong == NULL
               ? RESULT_OK
               : error_set(error, RESULT_BAD_USAGE, "A result's %s is outside what it can be.", wrong);
}

Result check_range(const OwnRange *r, Error *error) {
    bool sane = r->range_deg >= 0 && r->range_deg <= 3600 && r->under_deg >= 0 && r->under_deg <= 3600 &&
                r->lift_deg >= 0 && r->lift_deg <= 3600;
    if (!sane) return error_set(error, RESULT_BAD_USAGE, "An own range is 0 to 3600 degrees.");
    for (int i = 0; i < 3; i++) {
        if (!(r->up[i] >= -1.01 && r->up[i] <= 1.01 && r->axis[i] >= -1.01 && r->axis[i] <= 1.01))
            return error_set(error, RESULT_BAD_USAGE, "A direction's parts are -1 to 1.");
    }
    if (!(r->ease >= 0.5 && r->ease <= 1))
        return error_set(error, RESULT_BAD_USAGE,
                         "A target is eased to 0.5 at the least, and 1 is not eased.");
    return RESULT_OK;
}

Result check_setting(const char *name, const char *value, Error *error) {
    if (name == NULL || !text_is_clean(name, 1, 64))
        return error_set(error, RESULT_BAD_USAGE, "A setting's name has 1 to 64 characters.");
    if (value == NULL || !text_is_clean(value, 0, 1000))
        return error_set(error, RESULT_BAD_USAGE,
                         "The setting %.64s takes at most 1000 characters, none of them a control character.",
                         name);
    return RESULT_OK;
}
