#include "sheet.h"

#include "ui/hud.h"
#include "ui/screens.h"

#include <stdio.h>

UiContext sheet_context(const Sheet *sheet) {
    return (UiContext){ .measure = screen_text_measure(sheet->screen),
                        .coach = &sheet->coach,
                        .shown_s = 10,
                        .device = UI_DEVICE_KEYBOARD,
                        .sensor = true,
                        .large_text = sheet->large_text,
                        .high_contrast = sheet->high_contrast };
}

static const UiStatus mara = {
    .player = "Mara", .emblem = 0, .input = UI_INPUT_SENSOR, .input_words = "Sensor ready"
};
static const UiStatus only_mara = { .player = "Mara", .emblem = 0 };

static void under(Sheet *sheet) {
    draw_scene(sheet->list, "menu/hour3", 0, 0, 1);
}

static void days(UiDay *out) {
    for (int i = 0; i < STREAK_DAYS; i++) out[i] = UI_DAY_TRAINED;
    out[2] = UI_DAY_MISSED;
    out[10] = UI_DAY_REST;
}

static void sheet_menus(Sheet *sheet, const UiContext *ui) {
    TitleModel title = { .status = { .input_words = "Sensor ready" },
                         .subtitle = "A day on the coast for your upper back",
                         .press = "Press any key or button",
                         .tap = "or double-tap the sensor",
                         .lamps = 8 };
    ui_title_draw(&title, ui, sheet->list);
    sheet_write(sheet, "title");

    PlayersModel players = {
        .status = { .input_words = "Sensor ready" },
        .title = "Who plays?",
        .count = 3,
        .new_player = "New player",
        .new_player_note = "or just a guest",
        .cards = { { .name = "Mara", .emblem = 0, .streak = "12 days", .last = "yesterday" },
                   { .name = "Jonas", .emblem = 1, .streak = "3 days", .last = "today" },
                   { .name = "Ines", .emblem = 2, .rest = true, .streak = "Rest day", .last = "Sunday" } },
        .timer = { .words = "Mara starts in", .seconds = 9, .gone = 0.25f },
    };
    ui_players_draw(&players, ui, sheet->list);
    sheet_write(sheet, "players");
    players.count = 7;
    for (int i = 3; i < 7; i++)
        players.cards[i] = (PlayerCard){ .name = "Theo", .emblem = i, .streak = "1 day", .last = "3 Nov" };
    players.focus = 7;
    players.timer.seconds = -1;
    ui_players_draw(&players, ui, sheet->list);
    sheet_write(sheet, "players-many");

    NameModel name = { .title = "New player",
                       .label = "Name",
                       .name = "The",
                       .wheel = { "k", "l", "m", "n", "o", "p", "q", "r", "s" },
                       .emblem_label = "Emblem",
                       .emblem = 5,
                       .done = "Done",
                       .note = "Or type it." };
    for (int focus = 0; focus < 3; focus++) {
        static const char *const names[] = { "name-wheel", "name-emblem", "name-done" };
        name.focus = (NameFocus)focus;
        ui_name_draw(&name, ui, sheet->list);
        sheet_write(sheet, names[focus]);
    }

    MapModel map = {
        .status = only_mara,
        .routine = "Full eight",
        .minutes = "21 min",
        .more_routines = true,
        .place_count = 8,
        .places = { { "stone_garden", 3, true },
                    { "tidewing", 2, true },
                    { "lighthouse", 2, true },
                    { "skyharp", 3, true },
                    { "bridgewright", 1, true },
                    { "deep_bell", 0, true },
                    { "windmill", 0, true },
                    { "lantern_dragon", 0, true } },
        .focus = MAP_FOCUS_PLACE,
        .place = 2,
        .name = "Lighthouse",
        .line = "Table-top twist, 8 a side",
        .level = "Level 3 of 5",
        .best = "842",
        .best_label = "your best",
        .level_now = 3,
        .level_most = 5,
        .streak = "12 days",
        .start = "Start all",
        .minute = "One minute",
        .buttons = { ICON_TROPHY, ICON_CHART, ICON_GEAR, ICON_SENSOR },
        .timer = { .words = "Lighthouse in", .seconds = 14, .gone = 0.3f },
    };
    days(map.days);
    map.days[13] = UI_DAY_TO_COME;
    ui_map_draw(&map, ui, sheet->list);
    sheet_write(sheet, "map");
    static const MapFocus focuses[] = { MAP_FOCUS_ROUTINE, MAP_FOCUS_START, MAP_FOCUS_MINUTE,
                                        MAP_FOCUS_BUTTON };
    static const char *const names[] = { "map-routine", "map-start", "map-minute", "map-button" };
    for (int i = 0; i < 4; i++) {
        for (int p = 5; p < 8; p++) map.places[p].asked = false;
        map.focus = focuses[i];
        map.routine = "Quick five";
        map.button = 2;
        map.timer.seconds = -1;
        ui_map_draw(&map, ui, sheet->list);
        sheet_write(sheet, names[i]);
    }

    BoardsModel boards = {
        .title = "Household",
        .tabs = { { .icon = ICON_SENSOR, .words = "Sensor" },
                  { .icon = ICON_CONTROLLER, .words = "Controller" },
                  { .icon = ICON_KEYBOARD, .words = "Keyboard" } },
        .game = "lighthouse",
        .name = "Lighthouse",
        .line = "table-top twist",
        .page = "4 of 11",
        .row_count = 4,
        .focus = 1,
        .note = "Fair for all: reach is a share of your own range.",
        .rows = { { .rank = 1,
                    .emblem = 1,
                    .stars = 3,
                    .name = "Jonas",
                    .level = "level 4",
                    .day = "Tue",
                    .score = "861" },
                  { .rank = 2,
                    .emblem = 0,
                    .stars = 3,
                    .name = "Mara",
                    .level = "level 3",
                    .day = "today",
                    .score = "842",
                    .action = "race it" },
                  { .rank = 3,
                    .emblem = 2,
                    .stars = 2,
                    .name = "Ines",
                    .level = "level 3",
                    .day = "Sun",
                    .score = "790" },
                  { .rank = 4,
                    .emblem = 3,
                    .stars = 2,
                    .name = "Theo",
                    .level = "level 1",
                    .day = "3 Nov",
                    .score = "655" } },
    };
    static const char *const board_names[] = { "boards-tabs", "boards-heading", "boards" };
    for (int i = 0; i < 3; i++) {
        boards.focus = i == 2 ? 1 : i - 2;
        ui_boards_draw(&boards, ui, sheet->list);
        sheet_write(sheet, board_names[i]);
    }
    boards.row_count = 0;
    boards.focus = -1;
    boards.game = NULL;
    boards.name = "Full eight";
    boards.line = "the whole routine";
    boards.empty = "Nobody has played this here yet. The first score is yours.";
    ui_boards_draw(&boards, ui, sheet->list);
    sheet_write(sheet, "boards-empty");

    SettingsModel settings = {
        .title = "Settings",
        .count = 10,
        .focus = 8,
        .help = "Position: on the mat. Every game can be played from a chair too.",
        .rows = { { .name = "Music", .value = "60 %", .kind = SETTING_BAR, .share = 0.6f },
                  { .name = "Voice", .value = "On", .kind = SETTING_SWITCH, .on = true },
                  { .name = "Language", .value = "English" },
                  { .name = "Text size", .value = "Large" },
                  { .name = "Colours", .value = "High contrast" },
                  { .name = "Screen edge", .value = "5 %" },
                  { .name = "Less motion", .value = "Off", .kind = SETTING_SWITCH },
                  { .name = "Input", .value = "Sensor" },
                  { .name = "Position", .value = "On the mat" },
                  { .name = "Arms", .value = "Both" } },
    };
    ui_settings_draw(&settings, ui, sheet->list);
    sheet_write(sheet, "settings");
    settings.focus = 0;
    ui_settings_draw(&settings, ui, sheet->list);
    sheet_write(sheet, "settings-bar");

    MessageModel message = { .title = "Scores are not kept",
                             .headline = "This run will not be stored.",
                             .line = "The folder for your data can't be written. Playing goes on; the result "
                                     "is shown, then forgotten. Free some space or choose another folder.",
                             .trouble = true,
                             .hour = 6,
                             .choice_count = 2,
                             .choices = { { .icon = ICON_PLAY, .words = "Play anyway" },
                                          { .icon = ICON_HOME, .words = "Back to the map" } } };
    ui_message_draw(&message, ui, sheet->list);
    sheet_write(sheet, "message");
}

static void sheet_prepare(Sheet *sheet, const UiContext *ui) {
    HowtoModel howto = {
        .status = mara,
        .title = "Table-top twist",
        .exercise = "table_top_twist",
        .game = "lighthouse",
        .dose = "8 a side",
        .dose_note = "right first",
        .rows = { { .icon = ICON_MAT, .title = "Mat", .line = "on knees and forearms" },
                  { .icon = ICON_SENSOR, .title = "Sensor", .line = "on the chest strap" } },
        .in = "In: elbow to the sky",
        .out = "Out: elbow under",
        .caption = "Right hand behind your head. Open the elbow as you breathe in.",
        .coach_m = 0.9f,
        .side = SIDE_RIGHT,
        .timer = { .words = "Starts in", .seconds = 6, .gone = 0.4f },
    };
    ui_howto_draw(&howto, ui, sheet->list);
    sheet_write(sheet, "howto");
    static const char *const games[] = { "stone_garden", "tidewing",  "lighthouse", "skyharp",
                                         "bridgewright", "deep_bell", "windmill",   "lantern_dragon" };
    static const char *const exercises[] = { "foam_roll",          "cat_cow",
                                             "table_top_twist",    "pull_apart",
                                             "thoracic_bridge",    "bench_extension",
                                             "quadruped_rotation", "rocked_back_cat_camel" };
    for (int i = 0; i < 8; i++) {
        char name[64];
        howto.title = howto.exercise = exercises[i];
        howto.game = games[i];
        howto.side = SIDE_LEFT;
        snprintf(name, sizeof name, "howto-%s", exercises[i]);
        ui_howto_draw(&howto, ui, sheet->list);
        sheet_write(sheet, name);
    }
    CalibrateModel calibrate = {
        .status = mara,
        .title = "Your own range",
        .exercise = "table_top_twist",
        .game = "lighthouse",
        .still_step = "Hold still, hand behind your head",
        .slow_step = "One slow turn",
        .side = SIDE_RIGHT,
        .still = 0.62f,
        .still_words = "Still",
        .still_note = "one more second",
        .value = "52°",
        .value_note = "so far",
        .note = "Comfortable is right. No need for more.",
        .low_deg = -40,
        .high_deg = 90,
        .reached_low_deg = -30,
        .reached_high_deg = 52,
        .now_deg = 52,
    };
    ui_calibrate_draw(&calibrate, ui, sheet->list);
    sheet_write(sheet, "calibrate-still");
    calibrate.slow = true;
    calibrate.coach_m = 0.8f;
    calibrate.still_step = "Held still";
    calibrate.slow_step = "One slow turn, to where it is comfortable";
    ui_calibrate_draw(&calibrate, ui, sheet->list);
    sheet_write(sheet, "calibrate");
    GetSetModel set = { .status = mara,
                        .title = "Get set",
                        .exercise = "table_top_twist",
                        .side = SIDE_RIGHT,
                        .found = true,
                        .pose = "Start pose found",
                        .count = 3,
                        .count_gone = 0.33f,
                        .caption = "Eight to the right, then eight to the left." };
    under(sheet);
    ui_get_set_draw(&set, ui, sheet->list);
    sheet_write(sheet, "get-set");
    set.found = false;
    set.still = 0.4f;
    set.count = 0;
    set.exercise = "thoracic_bridge";
    set.pose = "Sit, hands behind you";
    set.caption = "Put both hands down behind you, then hold still.";
    under(sheet);
    ui_get_set_draw(&set, ui, sheet->list);
    sheet_write(sheet, "get-set-missing");
}

static void sheet_stops(Sheet *sheet, const UiContext *ui) {
    PauseModel pause = {
        .status = mara,
        .title = "Paused",
        .choice_count = 5,
        .done = 0.75f,
        .count = "6",
        .count_of = "of 8",
        .side_label = "To the",
        .side = "right",
        .score = "512",
        .score_label = "points",
        .rest = "Rest as long as you like.",
        .rest_note = "You go on where you were.",
        .choices = { { ICON_PLAY, "Go on", UI_BUTTON_PLAIN },
                     { ICON_HAND, "That hurts", UI_BUTTON_HURTS },
                     { ICON_SKIP, "Skip this one", UI_BUTTON_PLAIN },
                     { ICON_AGAIN, "Start again", UI_BUTTON_PLAIN },
                     { ICON_HOME, "Back to the map", UI_BUTTON_PLAIN } },
    };
    under(sheet);
    ui_pause_draw(&pause, ui, sheet->list);
    sheet_write(sheet, "pause");
    HurtsModel hurts = {
        .status = mara,
        .title = "We stop here",
        .headline = "Good that you said so.",
        .line = "It costs nothing.",
        .less = "Next time I ask for less",
        .before = "50°",
        .after = "45°",
        .before_share = 0.83f,
        .after_share = 0.75f,
        .start = "start",
        .advice = "If it stays, ask someone who knows your back.",
        .choice_count = 3,
        .caption = "Breathe. Lie as you like.",
        .timer = { .words = "Skips in", .seconds = 16, .gone = 0.2f },
        .choices = { { ICON_SKIP, "Skip this one", UI_BUTTON_PLAIN },
                     { ICON_PLAY, "Gentler, go on", UI_BUTTON_PLAIN },
                     { ICON_HOME, "Stop for today", UI_BUTTON_PLAIN } },
    };
    under(sheet);
    ui_hurts_draw(&hurts, ui, sheet->list);
    sheet_write(sheet, "hurts");
    LostModel lost = {
        .status = mara,
        .title = "Sensor lost",
        .headline = "Paused, nothing is lost.",
        .line = "No signal for 4 seconds.",
        .steps = { "Is the plug in, at both ends?", "Is the small light on?", "Battery: charge or swap it." },
        .looking = "Looking. It goes on by itself.",
        .choice_count = 4,
        .choices = { { ICON_AGAIN, "Look again", UI_BUTTON_PLAIN },
                     { ICON_KEYBOARD, "Use the keyboard", UI_BUTTON_PLAIN },
                     { ICON_SENSOR, "Sensor doctor", UI_BUTTON_PLAIN },
                     { ICON_HOME, "Back to the map", UI_BUTTON_PLAIN } },
    };
    lost.status.input = UI_INPUT_SENSOR_LOST;
    lost.status.input_words = "Sensor lost";
    under(sheet);
    ui_lost_draw(&lost, ui, sheet->list);
    sheet_write(sheet, "lost");
}

static void sheet_results(Sheet *sheet, const UiContext *ui) {
    ResultModel result = {
        .status = mara,
        .title = "Lighthouse lit",
        .stars = 3,
        .score = 842,
        .best = "Best yet",
        .ghost = "+37 on ghost",
        .bar_count = 4,
        .bars = { { "Reach", 91 }, { "Control", 84 }, { "Tempo", 78 }, { "Form", 88 } },
        .advice = "Give each one more time. A slow breath sets the pace.",
        .each = "Each turn",
        .ghost_label = "ghost",
        .right = "right",
        .left = "left",
        .rep_count = 16,
        .choices = { { .icon = ICON_AGAIN, .words = "Again" }, { .icon = ICON_TROPHY, .words = "Boards" } },
        .choice_count = 2,
        .next = "Next: Skyharp",
        .timer = { .seconds = 9, .gone = 0.2f },
        .focus = 2,
    };
    static const int values[] = { 55, 68, 75, 82, 90, 80, 93, 96, 50, 61, 72, 66, 82, 88, 80, 92 },
                     words[] = { 0, 2, 2, 2, 3, 2, 3, 3, 0, 1, 2, 1, 2, 3, 2, 3 };
    for (int i = 0; i < 16; i++)
        result.reps[i] = (ResultRep){ .value = values[i],
                                      .parts = { values[i] + 4, values[i] - 7, values[i] + (i % 3) * 2,
                                                 values[i] - i % 4 },
                                      .ghost = values[i] + (i % 5) * 3 - 6,
                                      .word = words[i],
                                      .side = i < 8 ? SIDE_RIGHT : SIDE_LEFT };
    under(sheet);
    ui_result_draw(&result, ui, sheet->list);
    sheet_write(sheet, "result");
    result.focus = 0;
    result.best = NULL;
    result.stars = 1;
    result.rep_count = 0;
    result.note = "74 of 90 seconds still, 9 slow breaths.";
    result.title = "The bell is down";
    under(sheet);
    ui_result_draw(&result, ui, sheet->list);
    sheet_write(sheet, "result-hold");
    result.rep_count = 15;
    for (int i = 0; i < 15; i++) result.reps[i].side = SIDE_NONE, result.reps[i].ghost = -1;
    under(sheet);
    ui_result_draw(&result, ui, sheet->list);
    sheet_write(sheet, "result-one-side");

    SummaryModel summary = {
        .status = only_mara,
        .title = "The day is done",
        .grade = "A",
        .score = 6410,
        .of = "of 8 000",
        .place_count = 8,
        .places = { { "stone_garden", 3, true },
                    { "tidewing", 2, true },
                    { "lighthouse", 3, true },
                    { "skyharp", 3, true },
                    { "bridgewright", 2, true },
                    { "deep_bell", 1, true },
                    { "windmill", 2, true },
                    { "lantern_dragon", 3, true } },
        .trend = "Turn to the right",
        .value = "58°",
        .last = "last time 55°",
        .verdict = "Within 6°: about the same",
        .point_count = 8,
        .points = { 50, 49, 52, 51, 54, 53, 55, 58 },
        .band_low = 49,
        .band_high = 61,
        .streak = "13 days",
        .streak_note = "Tomorrow may be a rest day.",
        .trained_today = true,
        .choices = { { .icon = ICON_TROPHY, .words = "Boards" },
                     { .icon = ICON_CHART, .words = "Progress" } },
        .choice_count = 2,
        .next = "Good night",
        .timer = { .seconds = 20, .gone = 0.5f },
        .focus = 2,
    };
    days(summary.days);
    summary.days[2] = UI_DAY_TRAINED;
    summary.days[5] = UI_DAY_REST;
    summary.days[10] = UI_DAY_TRAINED;
    ui_summary_draw(&summary, ui, sheet->list);
    sheet_write(sheet, "summary");
}

static void sheet_tables(Sheet *sheet, const UiContext *ui) {
    ProgressModel progress = {
        .status = only_mara,
        .title = "Progress",
        .exercise = "Table-top twist",
        .measure = "Turn",
        .band = "no real change (6°)",
        .series_count = 2,
        .series = { { .label = "right",
                      .value = "58°",
                      .verdict = "Right: 11° more",
                      .note = "More than the error.",
                      .count = 8,
                      .points = { 47, 49, 48, 52, 51, 54, 57, 58 },
                      .band_low = 41,
                      .band_high = 53 },
                    { .label = "left",
                      .value = "48°",
                      .verdict = "Left: 5° more",
                      .note = "Too small to tell yet.",
                      .count = 8,
                      .points = { 43, 44, 42, 45, 46, 45, 47, 48 },
                      .band_low = 37,
                      .band_high = 49 } },
        .from = "1 Oct",
        .to = "today",
        .weeks_label = "Days a week",
        .streak = "13 days in a row",
        .weeks = { 2, 4, 3, 5, 6, 5, 7, 4 },
    };
    ui_progress_draw(&progress, ui, sheet->list);
    sheet_write(sheet, "progress");
    progress.series_count = 1;
    ui_progress_draw(&progress, ui, sheet->list);
    sheet_write(sheet, "progress-one");
    progress.series_count = 0;
    progress.empty = "Nothing is measured here yet. One set is enough to begin.";
    ui_progress_draw(&progress, ui, sheet->list);
    sheet_write(sheet, "progress-empty");

    DoctorModel doctor = {
        .title = "Sensor doctor",
        .chip = "1 of 3 ready",
        .any_ready = true,
        .port_count = 3,
        .wave_count = 96,
        .headline = "Linux keeps this port locked",
        .line = "You are not in the group \"dialout\".",
        .ports = { { DOCTOR_READY, "Backbeat sensor", "ttyACM0, 100 a second" },
                   { DOCTOR_TROUBLE, "USB serial, CH340", "ttyUSB0, not allowed" },
                   { DOCTOR_NOTHING, "Built-in port", "ttyS0, nothing there" } },
        .steps = { "Type this once:", "Log out and in again.", "Plug the sensor in again." },
        .command = "sudo usermod -aG dialout mara",
        .button_count = 2,
        .buttons = { { ICON_NONE, "Copy the line", UI_BUTTON_PRIMARY },
                     { ICON_AGAIN, "Try again", UI_BUTTON_PLAIN } },
        .focus = 1,
    };
    for (int i = 0; i < DOCTOR_WAVE; i++) doctor.wave[i] = (float)((i * 37) % 19 - 9) / 14;
    ui_doctor_draw(&doctor, ui, sheet->list);
    sheet_write(sheet, "doctor");
    doctor.wave_count = 0;
    doctor.focus = 4;
    doctor.command = NULL;
    ui_doctor_draw(&doctor, ui, sheet->list);
    sheet_write(sheet, "doctor-button");
}

static void sheet_hud(Sheet *sheet, const UiContext *ui) {
    HudModel twist = {
        .done = 3,
        .goal = 8,
        .side = SIDE_RIGHT,
        .side_word = "right",
        .score = 262,
        .word = HUD_WORD_GOOD,
        .word_text = "Good",
        .word_age_s = 1,
        .combo = 2,
        .gauge_low = -0.5f,
        .gauge_high = 1,
        .rest = 0,
        .place = 0.6f,
        .target_count = 1,
        .targets = { { 0.73f, 0.95f } },
        .value = "36°",
        .exercise = "table_top_twist",
        .coach_m = 0.6f,
        .ring = HUD_RING_IN,
        .ring_share = 0.7f,
        .cue = HUD_CUE_IN,
        .cue_words = "elbow to the sky",
    };
    draw_scene(sheet->list, "menu/hour3", 0, 0, 1);
    hud_draw(&twist, ui, sheet->list);
    sheet_write(sheet, "hud-twist");
    HudModel cat = twist;
    cat = (HudModel){ .done = 5,
                      .goal = 8,
                      .score = 585,
                      .word = HUD_WORD_PERFECT,
                      .word_text = "Perfect",
                      .word_age_s = 1,
                      .combo = 5,
                      .gauge_low = -1,
                      .gauge_high = 1,
                      .place = 0.8f,
                      .target_count = 2,
                      .targets = { { 0.6f, 0.86f }, { -0.86f, -0.6f } },
                      .value = "+19°",
                      .exercise = "cat_cow",
                      .coach_m = 0.8f,
                      .ring = HUD_RING_OUT,
                      .ring_share = 0.05f,
                      .cue = HUD_CUE_OUT,
                      .cue_words = "breathe out",
                      .caption = "Slowly back, and let the belly hang." };
    draw_scene(sheet->list, "menu/hour2", 0, 0, 1);
    hud_draw(&cat, ui, sheet->list);
    sheet_write(sheet, "hud-cat-cow");
    HudModel stone = { .seconds = 38,
                       .seconds_goal = 60,
                       .score = 1640,
                       .word = HUD_WORD_GREAT,
                       .word_text = "Great",
                       .word_age_s = 1,
                       .combo = 4,
                       .gauge_high = 1,
                       .place = 0.7f,
                       .target_count = 1,
                       .targets = { { 0.62f, 0.82f } },
                       .value = "21°",
                       .exercise = "foam_roll",
                       .coach_m = 0.7f,
                       .ring = HUD_RING_HOLD,
                       .ring_share = 0.6f,
                       .cue = HUD_CUE_STAY,
                       .cue_words = "stay on the stone" };
    draw_scene(sheet->list, "menu/hour1", 0, 0, 1);
    hud_draw(&stone, ui, sheet->list);
    sheet_write(sheet, "hud-foam-roll");
    HudModel bridge = { .done = 6,
                        .goal = 10,
                        .side = SIDE_LEFT,
                        .side_word = "left",
                        .score = 0,
                        .word = HUD_WORD_NONE,
                        .gauge_high = 1,
                        .place = 0,
                        .target_count = 1,
                        .targets = { { 0.8f, 0.95f } },
                        .value = "0°",
                        .exercise = "thoracic_bridge",
                        .coach_m = 1,
                        .cue = HUD_CUE_REACH,
                        .cue_words = "reach across" };
    draw_scene(sheet->list, "menu/hour5", 0, 0, 1);
    hud_draw(&bridge, ui, sheet->list);
    sheet_write(sheet, "hud-bridge");
    HudModel harp = bridge;
    harp.exercise = "pull_apart";
    harp.goal = 15;
    harp.side = SIDE_NONE;
    harp.cue = HUD_CUE_APART;
    harp.coach_m = 0.9f;
    draw_scene(sheet->list, "menu/hour4", 0, 0, 1);
    hud_draw(&harp, ui, sheet->list);
    sheet_write(sheet, "hud-pull-apart");
}

void sheet_screens(Sheet *sheet) {
    UiContext ui = sheet_context(sheet);
    sheet_menus(sheet, &ui);
    sheet_prepare(sheet, &ui);
    sheet_stops(sheet, &ui);
    sheet_results(sheet, &ui);
    sheet_tables(sheet, &ui);
    sheet_hud(sheet, &ui);
}
