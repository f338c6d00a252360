/* Every screen as a function of a plain model: what it says and where the focus is. The words are chosen
 * already and borrowed for the call; NULL or empty leaves its part out. A screen draws a whole picture unless
 * it says that it lies over one. Nothing here reacts to a key: the flow changes the models. */
#ifndef UI_SCREENS_H
#define UI_SCREENS_H

#include "ui/widgets.h"

/* Something that begins by itself. */
typedef struct UiTimer {
    const char *words; /* "Starts in" */
    int seconds;       /* -1 = none */
    float gone;        /* 0…1 */
} UiTimer;

typedef struct UiChoice {
    UiIcon icon;
    const char *words;
    UiButtonKind kind;
} UiChoice;

/* ---- Title ---- */

enum { TITLE_LAMPS = 12 /* one for each thoracic vertebra */ };

typedef struct TitleModel {
    UiStatus status;
    const char *subtitle, *press, *tap;
    int lamps; /* lit so far */
} TitleModel;
void ui_title_draw(const TitleModel *model, const UiContext *ui, DrawList *list);

/* ---- Players ---- */

enum { PLAYERS_MAX = 16 };

typedef struct PlayerCard {
    const char *name;
    int emblem;
    bool rest; /* a planned rest day: a moon instead of the lantern */
    const char *streak, *last;
} PlayerCard;

typedef struct PlayersModel {
    UiStatus status;
    const char *title;
    int count;
    PlayerCard cards[PLAYERS_MAX];
    const char *new_player, *new_player_note;
    int focus; /* count = the card for a new player */
    UiTimer timer;
} PlayersModel;
void ui_players_draw(const PlayersModel *model, const UiContext *ui, DrawList *list);

/* ---- A new player ---- */

enum { NAME_WHEEL = 9 };
typedef enum NameFocus { NAME_FOCUS_WHEEL, NAME_FOCUS_EMBLEM, NAME_FOCUS_DONE } NameFocus;

typedef struct NameModel {
    UiStatus status;
    const char *title, *label;     /* "New player", "Name" */
    const char *name;              /* so far */
    const char *wheel[NAME_WHEEL]; /* the middle one is chosen next */
    const char *emblem_label;
    int emblem;
    const char *done;
    const char *note; /* "Or type it." */
    NameFocus focus;
} NameModel;
void ui_name_draw(const NameModel *model, const UiContext *ui, DrawList *list);

/* ---- Map ---- */

enum { MAP_PLACES = 8, STREAK_DAYS = 14, MAP_BUTTONS = 4 };
typedef enum MapFocus {
    MAP_FOCUS_ROUTINE,
    MAP_FOCUS_PLACE,
    MAP_FOCUS_START,
    MAP_FOCUS_MINUTE,
    MAP_FOCUS_BUTTON
} MapFocus;

typedef struct MapPlace {
    const char *game; /* id */
    int stars;
    bool asked; /* part of the routine; others are faint */
} MapPlace;

typedef struct MapModel {
    UiStatus status;
    const char *routine, *minutes;
    bool more_routines; /* left and right change it */
    int place_count;
    MapPlace places[MAP_PLACES];
    MapFocus focus;
    int place, button; /* which of them; `place` is also what the plate below tells of */
    const char *name, *line, *level, *best, *best_label;
    int level_now, level_most;
    const char *streak;
    UiDay days[STREAK_DAYS]; /* the last one today */
    bool trained_today;
    const char *start, *minute;
    bool minute_on;
    UiIcon buttons[MAP_BUTTONS]; /* ICON_NONE leaves one out */
    UiTimer timer;
} MapModel;
void ui_map_draw(const MapModel *model, const UiContext *ui, DrawList *list);

/* ---- How-to ---- */

enum { HOWTO_ROWS = 2 };

typedef struct HowtoRow {
    UiIcon icon;
    const char *title, *line;
} HowtoRow;

typedef struct HowtoModel {
    UiStatus status;
    const char *title, *exercise, *game; /* words, id, id */
    const char *dose, *dose_note;
    HowtoRow rows[HOWTO_ROWS];
    const char *in, *out; /* "In: elbow to the sky" */
    const char *caption;
    float coach_m, breath;
    Side side;
    UiTimer timer;
} HowtoModel;
void ui_howto_draw(const HowtoModel *model, const UiContext *ui, DrawList *list);

/* ---- Calibrate ---- */

typedef struct CalibrateModel {
    UiStatus status;
    const char *title, *exercise, *game;
    const char *still_step, *slow_step; /* as they are now: what to do, or what is done */
    bool slow;                          /* the second step */
    bool done;                          /* both are */
    float coach_m, breath;
    Side side;
    float still; /* share of the stillness asked for */
    const char *still_words, *still_note;
    const char *value, *value_note, *note;            /* "52°", "so far" */
    float low_deg, high_deg;                          /* the gauge's ends */
    float reached_low_deg, reached_high_deg, now_deg; /* 0 = the start pose */
} CalibrateModel;
void ui_calibrate_draw(const CalibrateModel *model, const UiContext *ui, DrawList *list);

/* ---- Get set, over the game's picture ---- */

typedef struct GetSetModel {
    UiStatus status;
    const char *title, *exercise;
    float coach_m, breath;
    Side side;
    bool found;
    float still;      /* share of the start pose's second */
    const char *pose; /* "Start pose found", or what is missing */
    int count;        /* 3, 2, 1; 0 = not yet */
    float count_gone; /* of the three seconds */
    const char *caption;
} GetSetModel;
void ui_get_set_draw(const GetSetModel *model, const UiContext *ui, DrawList *list);

/* ---- Pause, hurts, lost: over the game's picture ---- */

enum { CHOICES_MAX = 5 };

typedef struct PauseModel {
    UiStatus status;
    const char *title;
    int choice_count, focus;
    UiChoice choices[CHOICES_MAX];
    float done;                    /* share of the dose */
    const char *count, *count_of;  /* "6", "of 8" */
    const char *side_label, *side; /* "To the", "right" */
    const char *score, *score_label;
    const char *rest, *rest_note;
} PauseModel;
void ui_pause_draw(const PauseModel *model, const UiContext *ui, DrawList *list);

typedef struct HurtsModel {
    UiStatus status;
    const char *title, *headline, *line;
    const char *less;           /* "Next time I ask for less" */
    const char *before, *after; /* "50°", "45°" */
    float before_share, after_share;
    const char *start, *advice;
    int choice_count, focus;
    UiChoice choices[CHOICES_MAX];
    const char *caption;
    UiTimer timer;
} HurtsModel;
void ui_hurts_draw(const HurtsModel *model, const UiContext *ui, DrawList *list);

enum { LOST_STEPS = 3 };

typedef struct LostModel {
    UiStatus status;
    const char *title, *headline, *line;
    const char *steps[LOST_STEPS];
    const char *looking;
    int choice_count, focus;
    UiChoice choices[CHOICES_MAX];
} LostModel;
void ui_lost_draw(const LostModel *model, const UiContext *ui, DrawList *list);

/* ---- Result, over the game's picture ---- */

enum { RESULT_BARS = 4, RESULT_REPS = 40, FOOT_CHOICES = 2 };

typedef struct ResultBar {
    const char *name;
    int value; /* 0…100 */
} ResultBar;

typedef struct ResultRep {
    int value;              /* 0…100 */
    int parts[RESULT_BARS]; /* of it, in the order of the bars, 0…100 */
    int ghost;              /* the same of the best run; -1 = none */
    int word;               /* minigames/events.h */
    Side side;
} ResultRep;

typedef struct ResultModel {
    UiStatus status;
    const char *title;
    int stars, score;
    const char *best;  /* "Best yet"; NULL where it is not */
    const char *ghost; /* "+37 on ghost" */
    int bar_count;
    ResultBar bars[RESULT_BARS];
    const char *advice; /* one sentence on what would have helped most */
    const char *each, *ghost_label, *right, *left;
    int rep_count;
    ResultRep reps[RESULT_REPS];
    const char *note; /* stands where the bars of repetitions would, for a hold */
    UiChoice choices[FOOT_CHOICES];
    int choice_count;
    const char *next;
    UiTimer timer; /* inside the next button; its words are not shown */
    int focus;     /* choices, then next */
} ResultModel;
void ui_result_draw(const ResultModel *model, const UiContext *ui, DrawList *list);

/* ---- Summary ---- */

enum { TREND_POINTS = 12 };

typedef struct SummaryModel {
    UiStatus status;
    const char *title;
    const char *grade; /* one or two letters */
    int score;
    const char *of; /* "of 8 000" */
    int place_count;
    MapPlace places[MAP_PLACES];
    const char *trend, *value, *last, *verdict;
    int point_count;
    float points[TREND_POINTS]; /* degrees, the newest last */
    float band_low, band_high;  /* no real change within; equal = no band */
    const char *streak, *streak_note;
    UiDay days[STREAK_DAYS];
    bool trained_today;
    UiChoice choices[FOOT_CHOICES];
    int choice_count;
    const char *next;
    UiTimer timer;
    int focus;
} SummaryModel;
void ui_summary_draw(const SummaryModel *model, const UiContext *ui, DrawList *list);

/* ---- Boards ---- */

enum { BOARD_TABS = 3, BOARD_ROWS = 4 };

typedef struct BoardRow {
    int rank, emblem, stars; /* stars -1: none to show (a routine's board) */
    const char *name, *level, *day, *score;
    const char *action; /* "race it"; shown where it has the focus */
} BoardRow;

typedef struct BoardsModel {
    const char *title;
    UiChoice tabs[BOARD_TABS];
    int tab;
    const char *game; /* id of the place shown, NULL for a routine */
    const char *name, *line, *page;
    int row_count;
    BoardRow rows[BOARD_ROWS];
    int focus; /* -2 tabs, -1 the heading row, 0… rows */
    const char *empty, *note;
} BoardsModel;
void ui_boards_draw(const BoardsModel *model, const UiContext *ui, DrawList *list);

/* ---- Settings ---- */

enum { SETTINGS_MAX = 10 };
typedef enum SettingKind { SETTING_VALUE, SETTING_BAR, SETTING_SWITCH } SettingKind;

typedef struct SettingRow {
    const char *name, *value;
    SettingKind kind;
    float share; /* SETTING_BAR */
    bool on;     /* SETTING_SWITCH */
} SettingRow;

typedef struct SettingsModel {
    const char *title;
    int count, focus;
    SettingRow rows[SETTINGS_MAX]; /* the left column first */
    const char *help;
} SettingsModel;
void ui_settings_draw(const SettingsModel *model, const UiContext *ui, DrawList *list);

/* ---- Progress ---- */

enum { PROGRESS_POINTS = 12, PROGRESS_WEEKS = 8, PROGRESS_SERIES = 2 };

/* One movement over time; two where it has sides. */
typedef struct ProgressSeries {
    const char *label, *value;  /* "right", "58°" */
    const char *verdict, *note; /* "Right: 11° more", "More than the error." */
    int count;
    float points[PROGRESS_POINTS]; /* degrees, the newest last */
    float band_low, band_high;     /* no real change within */
} ProgressSeries;

typedef struct ProgressModel {
    UiStatus status;
    const char *title, *exercise; /* left and right change the exercise; it has the focus */
    const char *measure, *band;   /* "Turn", "no real change (6°)" */
    int series_count;
    ProgressSeries series[PROGRESS_SERIES];
    const char *from, *to; /* "1 Oct", "today" */
    const char *empty;     /* shown where nothing has been measured yet */
    const char *weeks_label, *streak;
    float weeks[PROGRESS_WEEKS]; /* how much in each, this one last */
} ProgressModel;
void ui_progress_draw(const ProgressModel *model, const UiContext *ui, DrawList *list);

/* ---- Sensor doctor ---- */

enum { DOCTOR_PORTS = 3, DOCTOR_STEPS = 3, DOCTOR_WAVE = 96, DOCTOR_BUTTONS = 2, DOCTOR_LINES = 9 };
typedef enum DoctorState { DOCTOR_READY, DOCTOR_TROUBLE, DOCTOR_NOTHING } DoctorState;

typedef struct DoctorPort {
    DoctorState state;
    const char *name, *line; /* "USB serial, CH340", "ttyUSB0, not allowed" */
} DoctorPort;

typedef struct DoctorModel {
    const char *title, *chip; /* "1 of 3 ready" */
    bool any_ready;
    int port_count;
    DoctorPort ports[DOCTOR_PORTS];
    int wave_count;          /* what the first port says now, under it; 0 = no line */
    float wave[DOCTOR_WAVE]; /* -1…1 */
    const char *headline,
        *line; /* about the port with the focus; the line breaks, without steps up to DOCTOR_LINES */
    const char *steps[DOCTOR_STEPS];
    const char *command; /* under the first step: a line to type; NULL = none */
    int button_count;
    UiChoice buttons[DOCTOR_BUTTONS];
    int focus; /* ports, then buttons */
} DoctorModel;
void ui_doctor_draw(const DoctorModel *model, const UiContext *ui, DrawList *list);

/* ---- A message: what happened, then the one thing to do ---- */

typedef struct MessageModel {
    UiStatus status;
    const char *title, *headline, *line;
    bool trouble; /* a warning sign, else a tick */
    int hour;     /* whose sky; 0 lies over the picture that is there */
    int choice_count, focus;
    UiChoice choices[CHOICES_MAX];
} MessageModel;
void ui_message_draw(const MessageModel *model, const UiContext *ui, DrawList *list);

#endif
