/* The models of the screens of a routine being played, filled from its state. */
#ifndef APP_PLAY_SCREENS_H
#define APP_PLAY_SCREENS_H

#include "app/play_view.h"
#include "ui/widgets.h"

void play_screen_howto(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);
void play_screen_calibrate(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);
/* The game's place before the game has begun. */
void play_screen_backdrop(const Flow *flow, DrawList *list);
void play_screen_get_set(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);
void play_screen_hud(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);
void play_screen_pause(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);
void play_screen_hurts(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);
void play_screen_lost(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);
void play_screen_result(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);
void play_screen_summary(PlayView *view, const Play *play, const UiContext *ui, DrawList *list);

/* Words of this frame, kept in the view until the next. */
const char *play_words(PlayView *view, const char *format, ...) PRINTF_LIKE(2, 3);
/* The chip that says what is played with and how it is. */
void status_of_input(const SourceStatus *source, UiStatus *status);
/* The chips at the top right. */
UiStatus play_status(const Play *play);
/* Where the coach stands to mirror the player. */
float play_coach_m(const Flow *flow);
/* The same of any body at a place, shares of its own range. */
float play_coach_m_of(const ExerciseSpec *spec, double place, double lift);

#endif
