/* What is seen of a routine being played, and what the keys mean there: each stage and overlay as its screen.
 * Presentation only. */
#ifndef APP_PLAY_VIEW_H
#define APP_PLAY_VIEW_H

#include "app/play.h"
#include "ui/context.h"

typedef struct PlayView {
    Stage stage;
    Overlay overlay;
    int item;
    double stage_began_s, overlay_began_s; /* for what moves in */
    int focus;
    bool outward;     /* the movement is on its way out */
    double word_at_s; /* when the newest word was given */
    Word word;
    bool any_word;
    double now_s;
    char text[16][96]; /* the words of this frame */
    int text_count;
} PlayView;

/* What a key led to. */
typedef struct PlayViewAnswer {
    FlowAction action;
    bool say_again, use_keyboard, boards;
} PlayViewAnswer;

void play_view_init(PlayView *view);

/* One key; what it means depends on the stage and the focus. */
PlayViewAnswer play_view_press(PlayView *view, const Play *play, UiAction press);

/* After each tick: notices what happened in it. */
void play_view_tick(PlayView *view, const Play *play, double now_s);

/* `ahead_s`: how far from the newest sample to the moment the picture will be seen. */
void play_view_draw(PlayView *view, const Play *play, const UiContext *ui, double ahead_s, DrawList *list);

#endif
