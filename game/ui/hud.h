/* What lies over every game: repetitions, score, the gauge of the own range, the coach, the cue. Everything
 * it shows is handed in. */
#ifndef UI_HUD_H
#define UI_HUD_H

#include "ui/context.h"

/* How a repetition went; the values are those of minigames/events.h. */
typedef enum HudWord {
    HUD_WORD_PARTIAL = 0,
    HUD_WORD_GOOD = 1,
    HUD_WORD_GREAT = 2,
    HUD_WORD_PERFECT = 3,
    HUD_WORD_NONE
} HudWord;

typedef enum HudRing { HUD_RING_NONE, HUD_RING_IN, HUD_RING_OUT, HUD_RING_HOLD } HudRing;

/* The sign before the cue's words. */
typedef enum HudCue {
    HUD_CUE_NONE,
    HUD_CUE_IN,
    HUD_CUE_OUT,
    HUD_CUE_STAY,
    HUD_CUE_APART,
    HUD_CUE_REACH,
    HUD_CUE_ARCH,
    HUD_CUE_ROUND,
    HUD_CUE_LEVEL
} HudCue;

/* A stretch of the own range, shares. */
typedef struct HudTarget {
    float low, high;
} HudTarget;

typedef struct HudModel {
    /* Repetitions: `goal` 0 shows seconds instead. */
    int done, goal;
    int seconds, seconds_goal;
    Side side;             /* SIDE_NONE leaves the word out */
    const char *side_word; /* "right" */

    int score;
    HudWord word;
    const char *word_text; /* "Good" */
    float word_age_s;      /* since it was given: it comes in 160 ms and goes after `word_stays_s` */
    float word_stays_s;    /* 0 = for ever */
    int combo;             /* shown from 2 */

    /* The gauge: low…high in shares of the own range at its ends (0…1; -1…1 for both ways; -0.5…1 for
     * threading). */
    float gauge_low, gauge_high;
    float rest;        /* where the start pose lies; drawn as a line where it is not the lower end */
    float place;       /* you, now */
    bool ghost;        /* the best run is played beside */
    float ghost_place; /* it, now */
    float ghost_m;     /* its coach figure's */
    int target_count;
    HudTarget targets[2];
    const char *value; /* "36°" */

    const char *exercise;
    float coach_m;
    HudRing ring;
    float ring_share; /* 0…1, clockwise from 12 */
    float breath;     /* -1…1, for the coach's chest */

    HudCue cue;
    const char *cue_words; /* at most four; NULL = no plate */
    const char *caption;   /* the line being said, where captions are asked for; NULL = none */
} HudModel;

void hud_draw(const HudModel *model, const UiContext *ui, DrawList *list);

#endif
