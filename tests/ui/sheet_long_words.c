/* The longest words the texts' limits allow, German-like: nothing may run out of its place. */
#include "sheet.h"

#include "ui/hud.h"
#include "ui/screens.h"

#define NAME24   "Wolfgang-Maximilian Graf" /* 24 characters */
#define CARD24   "Matte und Faszienrolle X"
#define SENTENCE "Rechte Hand hinter den Kopf, öffne den Ellenbogen langsam mit dem Einatmen zum Himmel."
#define UI_STATUS                                                                                            \
    { .player = NAME24, .emblem = 4, .input = UI_INPUT_SENSOR, .input_words = "Sensor verbunden" }

static void menus(Sheet *sheet, const UiContext *ui) {
    PlayersModel players = { .status = { .input_words = "Sensor verbunden" },
                             .title = "Wer spielt heute von euch?",
                             .count = 3,
                             .new_player = "Neue Mitspielerin",
                             .new_player_note = "oder einfach als Gast",
                             .focus = 0,
                             .timer = { .words = NAME24 " beginnt in", .seconds = 19, .gone = 0.2f } };
    for (int i = 0; i < 3; i++)
        players.cards[i] = (PlayerCard){
            .name = NAME24, .emblem = i, .streak = "128 Tage in Folge", .last = "vorgestern Abend"
        };
    ui_players_draw(&players, ui, sheet->list);
    sheet_write(sheet, "long-players");
    MapModel map = { .status = UI_STATUS,
                     .routine = "Aufwärmen auf der Bank und drei",
                     .minutes = "21 min",
                     .more_routines = true,
                     .place_count = 1,
                     .places = { { "lantern_dragon", 2, true } },
                     .focus = MAP_FOCUS_PLACE,
                     .name = "Laternendrache am Meer XX",
                     .line = "Zurückgesetzte Katze-Kamel, 15 Wellen",
                     .level = "Stufe 3 von 5",
                     .best = "1 000",
                     .best_label = "dein bestes Ergebnis",
                     .level_now = 5,
                     .level_most = 5,
                     .streak = "128 Tage in Folge",
                     .start = "Alle beginnen",
                     .minute = "Je eine Minute",
                     .buttons = { ICON_TROPHY, ICON_CHART, ICON_GEAR, ICON_SENSOR },
                     .timer = { .words = "Laternendrache beginnt in", .seconds = 14, .gone = 0.3f } };
    ui_map_draw(&map, ui, sheet->list);
    sheet_write(sheet, "long-map");
    BoardsModel boards = {
        .title = "Haushaltsbestenliste",
        .tabs = { { .icon = ICON_SENSOR, .words = "Sensor" },
                  { .icon = ICON_CONTROLLER, .words = "Controller" },
                  { .icon = ICON_KEYBOARD, .words = "Tastatur" } },
        .game = "lantern_dragon",
        .name = "Zurückgesetzte Katze-Kamel",
        .line = "zurückgesetzte Katze und Kamel auf den Fersen",
        .page = "10 von 11",
        .row_count = 4,
        .focus = 2,
        .note =
            "Gerecht für alle: die Reichweite ist ein Anteil an deinem eigenen Maß, nicht an dem der anderen."
    };
    for (int i = 0; i < 4; i++)
        boards.rows[i] = (BoardRow){ .rank = i + 9,
                                     .emblem = i + 4,
                                     .stars = i,
                                     .name = NAME24,
                                     .level = "Stufe 5 von 5",
                                     .day = "vorgestern früh",
                                     .score = "1 000",
                                     .action = "gegen den Geist" };
    ui_boards_draw(&boards, ui, sheet->list);
    sheet_write(sheet, "long-boards");
    SettingsModel settings = { .title = "Einstellungen", .count = 9, .focus = 2, .help = SENTENCE };
    for (int i = 0; i < 9; i++)
        settings.rows[i] = (SettingRow){ .name = "Bewegungsreduzierung",
                                         .value = "Hoher Kontrast für alle",
                                         .kind = (SettingKind)(i % 3),
                                         .share = 1,
                                         .on = true };
    ui_settings_draw(&settings, ui, sheet->list);
    sheet_write(sheet, "long-settings");
    MessageModel message = { .status = UI_STATUS,
                             .title = "Ergebnisse werden nicht aufbewahrt",
                             .headline = "Dieser Durchgang wird leider nicht gespeichert werden können.",
                             .line = SENTENCE " " SENTENCE " " SENTENCE " " SENTENCE,
                             .trouble = true,
                             .choice_count = 1,
                             .choices = { { ICON_PLAY, "Trotzdem weiterspielen, bitte", UI_BUTTON_PLAIN } } };
    draw_scene(sheet->list, "menu/hour7", 0, 0, 1);
    ui_message_draw(&message, ui, sheet->list);
    sheet_write(sheet, "long-message");
}

static void flow(Sheet *sheet, const UiContext *ui) {
    HowtoModel howto = { .status = UI_STATUS,
                         .title = "Zurückgesetzte Katze-Kamel",
                         .exercise = "thoracic_bridge",
                         .game = "bridgewright",
                         .dose = "10–15 je Seite",
                         .dose_note = "rechts zuerst",
                         .rows = { { ICON_MAT, CARD24, CARD24 }, { ICON_SENSOR, CARD24, CARD24 } },
                         .in = "Ein: Ellenbogen zum Himmel",
                         .out = "Aus: Ellenbogen darunter X",
                         .caption = SENTENCE " " SENTENCE,
                         .coach_m = 1,
                         .side = SIDE_RIGHT,
                         .timer = { .words = "Beginnt von selbst in", .seconds = 16, .gone = 0.9f } };
    ui_howto_draw(&howto, ui, sheet->list);
    sheet_write(sheet, "long-howto");
    CalibrateModel calibrate = { .status = UI_STATUS,
                                 .title = "Dein eigenes Maß heute",
                                 .exercise = "pull_apart",
                                 .game = "skyharp",
                                 .still_step = "Bleib ganz ruhig, die Arme auf Schulterhöhe",
                                 .slow_step = "Einmal langsam öffnen",
                                 .still_words = "Ruhig",
                                 .still_note = "noch eine Sekunde lang",
                                 .still = 0.3f };
    ui_calibrate_draw(&calibrate, ui, sheet->list);
    sheet_write(sheet, "long-calibrate-still");
    calibrate.slow = true;
    calibrate.slow_step = "Einmal langsam öffnen, nur bis es angenehm ist";
    calibrate.value = "112°";
    calibrate.value_note = "bis hierher gemessen";
    calibrate.note = "Angenehm ist genau richtig. Mehr braucht es nicht.";
    calibrate.high_deg = 120;
    calibrate.reached_high_deg = calibrate.now_deg = 112;
    ui_calibrate_draw(&calibrate, ui, sheet->list);
    sheet_write(sheet, "long-calibrate");
    GetSetModel set = { .status = UI_STATUS,
                        .title = "Macht euch bereit",
                        .exercise = "bench_extension",
                        .pose = "Beide Unterarme auf die Bank legen",
                        .caption = SENTENCE,
                        .still = 0.5f };
    draw_scene(sheet->list, "menu/hour6", 0, 0, 1);
    ui_get_set_draw(&set, ui, sheet->list);
    sheet_write(sheet, "long-get-set");
    PauseModel pause = { .status = UI_STATUS,
                         .title = "Angehalten für jetzt",
                         .choice_count = 5,
                         .focus = 4,
                         .done = 0.4f,
                         .count = "120",
                         .count_of = "von 120 s",
                         .side_label = "Auf die Seite",
                         .side = "rechts",
                         .score = "1 000",
                         .score_label = "Punkte",
                         .rest = "Ruh dich aus, so lange du magst.",
                         .rest_note = "Du machst weiter, wo du warst." };
    for (int i = 0; i < 5; i++)
        pause.choices[i] =
            (UiChoice){ ICON_HOME, "Zurück zur Übersichtskarte", i == 1 ? UI_BUTTON_HURTS : UI_BUTTON_PLAIN };
    draw_scene(sheet->list, "menu/hour4", 0, 0, 1);
    ui_pause_draw(&pause, ui, sheet->list);
    sheet_write(sheet, "long-pause");
    HurtsModel hurts = { .status = UI_STATUS,
                         .title = "Wir hören hier auf",
                         .headline = "Gut, dass du es gesagt hast.",
                         .line = "Es kostet nichts, weder Punkte noch Sterne, und morgen geht es weiter.",
                         .less = "Nächstes Mal verlange ich weniger",
                         .before = "112°",
                         .after = "101°",
                         .before_share = 1,
                         .after_share = 0.9f,
                         .start = "Anfang",
                         .advice = "Wenn es bleibt, frag jemanden, der deinen Rücken kennt.",
                         .choice_count = 3,
                         .focus = 1,
                         .caption = "Atme. Lieg, wie du magst, ganz ohne Eile.",
                         .timer = { .words = "Überspringt in", .seconds = 16 } };
    for (int i = 0; i < 3; i++)
        hurts.choices[i] = (UiChoice){ ICON_SKIP, "Diese Übung überspringen", UI_BUTTON_PLAIN };
    draw_scene(sheet->list, "menu/hour5", 0, 0, 1);
    ui_hurts_draw(&hurts, ui, sheet->list);
    sheet_write(sheet, "long-hurts");
    LostModel lost = { .status = UI_STATUS,
                       .title = "Sensor verloren gegangen",
                       .headline = "Angehalten, nichts ist verloren.",
                       .line = "Seit 104 Sekunden kein Signal.",
                       .steps = { "Steckt das Kabel an beiden Enden?", "Leuchtet das kleine Licht auf ihm?",
                                  "Akku: laden oder gegen einen vollen tauschen." },
                       .looking = "Ich suche weiter. Es geht von selbst los.",
                       .choice_count = 1,
                       .choices = { { ICON_AGAIN, "Noch einmal suchen", UI_BUTTON_PLAIN } } };
    ui_lost_draw(&lost, ui, sheet->list);
    sheet_write(sheet, "long-lost");
    ResultModel result = {
        .status = UI_STATUS,
        .title = "Der Laternendrache leuchtet nun",
        .stars = 2,
        .score = 1000,
        .best = "Bestes Ergebnis",
        .ghost = "+137 vor dem Geist",
        .bar_count = 4,
        .bars = { { "Reichweite", 100 }, { "Kontrolle", 100 }, { "Tempo", 100 }, { "Ausführung", 100 } },
        .advice = "Certaines sont revenues tôt. Laisse chacune aller jusqu’à ce que le son se pose.",
        .each = "Jede Wiederholung",
        .ghost_label = "Geist",
        .right = "rechts",
        .left = "links",
        .rep_count = 30,
        .choices = { { ICON_AGAIN, "Noch einmal", UI_BUTTON_PLAIN },
                     { ICON_TROPHY, "Bestenliste", UI_BUTTON_PLAIN } },
        .choice_count = 2,
        .next = "Weiter: Laternendrache",
        .timer = { .seconds = 12 },
        .focus = 2
    };
    for (int i = 0; i < 30; i++)
        result.reps[i] = (ResultRep){ .value = 100 - i,
                                      .parts = { 100, 100 - i, 100 - 3 * i, 50 + i },
                                      .ghost = 70,
                                      .word = i % 4,
                                      .side = i < 15 ? SIDE_RIGHT : SIDE_LEFT };
    draw_scene(sheet->list, "menu/hour8", 0, 0, 1);
    ui_result_draw(&result, ui, sheet->list);
    sheet_write(sheet, "long-result");
    SummaryModel summary = {
        .status = UI_STATUS,
        .title = "Der Tag ist nun zu Ende",
        .grade = "A+",
        .score = 8000,
        .of = "von 8 000",
        .place_count = 3,
        .places = { { "deep_bell", 1, true }, { "windmill", 3, true }, { "lantern_dragon", 2, true } },
        .trend = "Drehung nach rechts",
        .value = "112°",
        .last = "letztes Mal 111°",
        .verdict = "Innerhalb von 6°: etwa gleich",
        .point_count = 12,
        .points = { 80, 90, 100, 85, 105, 101, 99, 98, 97, 110, 111, 112 },
        .band_low = 90,
        .band_high = 102,
        .streak = "128 Tage in Folge",
        .streak_note = "Morgen darf ein Ruhetag sein, wenn du magst.",
        .choices = { { ICON_TROPHY, "Bestenliste", UI_BUTTON_PLAIN },
                     { ICON_CHART, "Fortschritt", UI_BUTTON_PLAIN } },
        .choice_count = 2,
        .next = "Gute Nacht",
        .timer = { .seconds = 20 },
        .focus = 1
    };
    ui_summary_draw(&summary, ui, sheet->list);
    sheet_write(sheet, "long-summary");
    HudModel hud = { .done = 14,
                     .goal = 15,
                     .side = SIDE_RIGHT,
                     .side_word = "rechts",
                     .score = 1000,
                     .word = HUD_WORD_PERFECT,
                     .word_text = "Ausgezeichnet",
                     .word_age_s = 1,
                     .combo = 15,
                     .gauge_low = -1,
                     .gauge_high = 1,
                     .place = -1.2f,
                     .target_count = 2,
                     .targets = { { 0.85f, 0.95f }, { -0.95f, -0.85f } },
                     .value = "−112°",
                     .exercise = "rocked_back_cat_camel",
                     .coach_m = -1,
                     .ring = HUD_RING_HOLD,
                     .ring_share = 1,
                     .cue = HUD_CUE_ROUND,
                     .cue_words = "runde jeden Wirbel einzeln ab",
                     .caption = SENTENCE };
    draw_scene(sheet->list, "menu/hour8", 0, 0, 1);
    hud_draw(&hud, ui, sheet->list);
    sheet_write(sheet, "long-hud");
}

void sheet_long_words(Sheet *sheet) {
    UiContext ui = sheet_context(sheet);
    menus(sheet, &ui);
    flow(sheet, &ui);
    ui.device = UI_DEVICE_CONTROLLER;
    ui.high_contrast = true;
    PauseModel pause = {
        .status = { .player = "Mara", .input = UI_INPUT_CONTROLLER, .input_words = "Controller" },
        .title = "Paused",
        .choice_count = 1,
        .choices = { { ICON_PLAY, "Go on", UI_BUTTON_PLAIN } },
        .count = "6",
        .count_of = "of 8",
        .score = "512",
        .score_label = "points",
        .rest = "Rest as long as you like."
    };
    draw_scene(sheet->list, "menu/hour4", 0, 0, 1);
    ui_pause_draw(&pause, &ui, sheet->list);
    sheet_write(sheet, "controller-high-contrast");
}
