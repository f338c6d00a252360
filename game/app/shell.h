/* The game with its window: the menus' pages, the routine being played, the devices, the sound and the store,
 * and the loop that moves them. One thread owns it all. */
#ifndef APP_SHELL_H
#define APP_SHELL_H

#include "app/play.h"
#include "app/play_view.h"
#include "app/screenshots.h"
#include "app/sensor_check.h"
#include "platform/screen.h"
#include "platform/sound.h"
#include "ui/screens.h"

typedef enum PageId {
    PAGE_TITLE,
    PAGE_LEAVE,
    PAGE_PLAYERS,
    PAGE_NAME,
    PAGE_MAP,
    PAGE_PLAY,
    PAGE_BOARDS,
    PAGE_SETTINGS,
    PAGE_PROGRESS,
    PAGE_DOCTOR,
    PAGE_COUNT
} PageId;

enum { SHELL_WISHES_MAX = 8 };

/* What the household has set. Kept in the store as it is changed. */
typedef struct Preferences {
    AudioVolumes volumes;
    bool reduced_motion, high_contrast, large_text, fullscreen;
} Preferences;

typedef struct Shell {
    Content *content;
    Store *store;
    Sound *sound;
    Screen *screen;
    DrawList *list;
    Coach coach;
    Preferences preferences;
    Screenshots screenshots;
    bool headless;

    InputChoice named; /* by --input; source.read NULL where nothing was named */
    InputChoice keyboard, sensor;
    InputChoice stick, motion; /* a controller's; motion.source.read NULL where there can be none */
    bool only_controller;      /* by --input */
    bool by_stick;             /* pushed at the beginning of this routine: it plays and not the motion */
    bool stick_rested;         /* it was let go of since the routine began … */
    double stick_rested_s;     /* … last at this time */
    bool attract;              /* the demo player plays for nobody */
    InputChoice attract_input; /* it; source.read NULL while it does not */
    int attract_next;          /* which game it plays next */
    bool only_keyboard;        /* chosen when the sensor was lost */
    UiDevice device;           /* used last */
    bool by_sensor;            /* by a gesture, that is */
    Overlay gestured_over;     /* that was open when gestures were looked at last */

    PageId page, back_from_boards;
    double now_s, page_began_s, touched_s;
    bool over;             /* leave the program */
    bool leave_after_play; /* started by `backbeat play` */

    size_t player_count;
    Player players[PLAYERS_MAX];
    Player player;
    bool has_player;
    int focus; /* of title, leave, players, settings */

    char new_name[STORE_NAME_BYTES];
    int new_emblem, wheel;
    NameFocus name_focus;

    int routine; /* index in content */
    bool minute;
    MapFocus map_focus;
    int place, button;

    int board_place, board_tab, board_focus;
    const char *board_note; /* why a row could not be raced; NULL where nothing was wrong */
    int progress_exercise;  /* index in content */
    SensorCheck check;      /* what the doctor's page has seen */

    Play *play;
    PlayConfig begun; /* what it was begun with … */
    const InputChoice *begun_with;
    PlayView view;
    /* The session's time is play_base_s + play_tick ticks; the wall's less play_zero_s. */
    double play_base_s, play_zero_s;
    int64_t play_tick;
    int wish_count; /* what the player wants of the flow, handed over one a tick */
    FlowAction wishes[SHELL_WISHES_MAX];

    char words[24][96]; /* of this frame */
    int word_count;
    char trouble[400]; /* shown once on the map: what could not be kept */
} Shell;

typedef struct ShellConfig {
    const char *input; /* NULL = auto */
    bool headless, fullscreen;
    const char *screenshots; /* folder, or NULL */
    uint32_t seed;
} ShellConfig;

MUST_CHECK Result shell_open(Shell **out, const ShellConfig *config, Error *error);
/* Takes NULL. */
void shell_close(Shell *shell);

/* Opens the title and runs until the player leaves. */
void shell_run(Shell *shell);

/* Plays one routine and nothing else; `fast`: as fast as the machine can. The finished play stays in
 * shell->play. */
MUST_CHECK Result shell_play(Shell *shell, const PlayConfig *config, bool fast, Error *error);

/* ---- between the shell's parts ---- */

void shell_draw(Shell *shell);
void shell_run_until_over(Shell *shell);
/* The page as it is when it has just been opened. */
void shell_enter(Shell *shell);
/* The sensor that is worn, whether it is there or looked for; NULL where another input was named. */
InputChoice *shell_sensor(Shell *shell);
/* A key or a button, on whatever page is open. */
void shell_press(Shell *shell, UiAction action);
void shell_press_in_play(Shell *shell, UiAction press);
/* What was said with the sensor that is played with, or in the menus with the one that is worn. */
void shell_press_by_sensor(Shell *shell);
/* What moves and is not played with is read all the same: so that it is fresh when it is, and its gestures
 * seen. */
void shell_drain_unused(Shell *shell);
void shell_load_preferences(Shell *shell);
/* The ticks that are due. */
void shell_advance_play(Shell *shell, const HandInput *hand);
/* Plays on at once, unseen, to where the game begins: for a body that makes its own time. */
void shell_skip_to_game(Shell *shell);
/* Seconds until the next one is. */
double shell_until_tick_s(const Shell *shell);

/* ---- for the pages ---- */

void shell_go(Shell *shell, PageId page);
/* Words of this frame. */
const char *shell_words(Shell *shell, const char *format, ...) PRINTF_LIKE(2, 3);
void shell_earcon(const Shell *shell, const char *id);
void shell_say(const Shell *shell, const char *id);
/* Which input a routine begun now would be played with. */
InputChoice *shell_input(Shell *shell);
UiStatus shell_status(Shell *shell, bool with_player);
void shell_reload_players(Shell *shell);
void shell_begin(Shell *shell, const Routine *routine, int first, bool minute);
/* One exercise, as a routine of one. `raced` may be NULL: a result whose replay is the ghost; played at its
 * level where that is open to the player. */
void shell_begin_one(Shell *shell, const RoutineItem *item, const StoredResult *raced);
/* The boards and the progress open at this exercise. */
void shell_look_at(Shell *shell, const char *exercise);
/* Of a page below the map: back to it after three minutes in which nothing was touched. */
void shell_idle_below_map(Shell *shell, double quiet_s);
/* "Day one", "3 days". */
const char *shell_streak_words(Shell *shell, int streak);
/* "today", "yesterday", "3 Oct". */
const char *shell_day_words(Shell *shell, int64_t day);
const Routine *shell_routine(const Shell *shell);
void shell_keep_preferences(Shell *shell);
/* Moves a focus within 0…count-1, with its sound at the edges. */
void shell_move(const Shell *shell, int *focus, int step, int count);

#endif
