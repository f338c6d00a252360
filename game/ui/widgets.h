/* The parts all screens are made of, so that they look and behave alike: plates, buttons, the focus, chips,
 * hints, timers, captions. All places are picture units. Words that do not fit are set smaller, at worst cut
 * with an ellipsis; never past their width. */
#ifndef UI_WIDGETS_H
#define UI_WIDGETS_H

#include "ui/context.h"
#include "ui/icons.h"

#define UI_LEFT_EDGE  64.0f
#define UI_RIGHT_EDGE 1216.0f
#define UI_RADIUS     28.0f
#define UI_TEXT_SMALL 28.0f /* nothing is smaller */
#define COLOUR_BAR    COLOUR(0x2A3552)
#define COLOUR_DUSK   COLOUR(0x4A3F66) /* secondary words on paper */

typedef struct Box {
    float x, y, w, h;
} Box;

/* ---- Words ---- */

typedef struct TextStyle {
    float size;
    FontWeight weight;
    TextAlign align;
    Colour colour;
    bool keep; /* stays where large text leaves secondary lines out */
} TextStyle;

/* With large text, secondary lines (28 units, medium, dim) are left out, and all others grow by a fifth where
 * their width allows it.
 *
 * One line, set smaller (to 24 at the least) where it is wider than `width`, then cut. Returns how wide it
 * became. */
float ui_text(const UiContext *ui, DrawList *list, float x, float y, float width, TextStyle style,
              const char *words);
/* The size ui_text would choose. */
float ui_text_size(const UiContext *ui, float width, TextStyle style, const char *words);
/* Words broken into lines of `width`, the first base line at y; at most `lines_max`, the last one cut.
 * Returns how many there are. */
int ui_paragraph(const UiContext *ui, DrawList *list, float x, float y, float width, float line_height,
                 int lines_max, TextStyle style, const char *words);
float ui_width(const UiContext *ui, const char *words, float size, FontWeight weight);

/* ---- Plates and the frame of a screen ---- */

void ui_plate(const UiContext *ui, DrawList *list, Box box, float alpha);
/* Dims the whole picture. */
void ui_dim(DrawList *list, float alpha);
typedef enum UiInputState {
    UI_INPUT_SENSOR,
    UI_INPUT_SENSOR_LOOKING,
    UI_INPUT_SENSOR_LOST,
    UI_INPUT_CONTROLLER,
    UI_INPUT_KEYBOARD,
    UI_INPUT_DEMO
} UiInputState;

/* Who plays and by what; NULL and empty leave a chip out. */
typedef struct UiStatus {
    const char *player;
    int emblem;
    UiInputState input;
    const char *input_words; /* "Sensor ready"; NULL = no chip */
} UiStatus;

/* The ground of words: ink at this alpha, opaque with high contrast. */
Colour ui_ink(const UiContext *ui, float alpha);
/* A shade behind what stands at the head of a screen; likewise. */
void ui_head_shade(const UiContext *ui, DrawList *list);

/* The top of a screen: its shade, the chips at the right (`status` may be NULL) and the words, which stop
 * before them. */
void ui_heading(const UiContext *ui, DrawList *list, const char *words, const UiStatus *status);
void ui_rule(DrawList *list, float x, float y, float w);
void ui_bar(DrawList *list, Box box, float share, Colour colour);

/* ---- Focus and buttons ---- */

typedef enum UiMark { UI_MARK_LEFT, UI_MARK_TOP } UiMark;

/* The light, the ring and the paper under whatever has the focus; `radius` is the paper's. */
void ui_focus(const UiContext *ui, DrawList *list, Box box, float radius, UiMark mark);

typedef enum UiButtonKind { UI_BUTTON_PLAIN, UI_BUTTON_PRIMARY, UI_BUTTON_HURTS } UiButtonKind;

typedef struct UiButton {
    UiIcon icon;
    const char *words;
    UiButtonKind kind;
    float size; /* of the words; 0 = 34 */
} UiButton;

void ui_button(const UiContext *ui, DrawList *list, Box box, UiButton button, bool focused);
/* A button of the foot that goes on by itself: primary, with its timer inside. `seconds` < 0: no timer. */
void ui_next_button(const UiContext *ui, DrawList *list, Box box, const char *words, int seconds, float gone,
                    bool focused);
/* A round button of the heading. */
void ui_round_button(const UiContext *ui, DrawList *list, float x, float y, UiIcon icon, bool focused);

/* ---- Chips ---- */

/* Returns the left edge of what was drawn. */
float ui_status(const UiContext *ui, DrawList *list, const UiStatus *status);
/* One chip whose right edge is `right`; returns its left edge. */
float ui_chip(const UiContext *ui, DrawList *list, float right, UiIcon icon, Colour colour,
              const char *words);

/* ---- The foot ---- */

typedef enum UiHintKey {
    UI_KEY_MOVE,
    UI_KEY_SIDEWAYS,
    UI_KEY_CHOOSE,
    UI_KEY_BACK,
    UI_KEY_PAUSE,
    UI_KEY_HURTS,
    UI_KEY_SAY_AGAIN,
    UI_KEY_SAY_AGAIN_UP
} UiHintKey;

typedef struct UiHint {
    UiHintKey key;
    const char *words;
    bool no_sensor; /* the sensor has no gesture for it here */
} UiHint;

/* The shade of the foot and what each key does, from the left; returns where the next thing may begin. */
float ui_hints(const UiContext *ui, DrawList *list, const UiHint *hints, int count);
/* "Starts in" and a ring with the seconds, at the right of the foot. `gone` 0…1. */
void ui_timer(const UiContext *ui, DrawList *list, const char *words, int seconds, float gone);

/* ---- Others ---- */

/* A ring of a share that is done, from 12 o'clock. */
void ui_ring(DrawList *list, float x, float y, float radius, float width, float share, Colour colour);
/* What is being said; on two lines where it is too long for one and the box is 70 units high. */
void ui_caption(const UiContext *ui, DrawList *list, Box box, float size, const char *words);
void ui_number_disc(const UiContext *ui, DrawList *list, float x, float y, float radius, int number);
void ui_stars(DrawList *list, float x, float y, float radius, float pitch, int earned);
/* A game's emblem in its own hour's sky. `game` is its id. */
void ui_place(DrawList *list, const char *game, float x, float y, float radius, float alpha);
/* Days, the last one today: trained, rest, missed. */
typedef enum UiDay { UI_DAY_MISSED, UI_DAY_TRAINED, UI_DAY_REST, UI_DAY_TO_COME } UiDay;
void ui_day(DrawList *list, float x, float y, float radius, UiDay day, bool today);
/* The hour (1…8) of the game with this id; 1 where there is none. */
int ui_hour(const char *id);
/* "menu/hour3" for it. */
const char *ui_hour_scene(int hour);
/* 842 → "842", 6410 → "6 410" with a thin space. */
void ui_thousands(int value, char *out, size_t size);

#endif
