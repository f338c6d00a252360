#include "app/play_screens.h"

#include "session/range_error.h"
#include "ui/screens.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *play_words(PlayView *view, const char *format, ...) {
    enum { SLOTS = sizeof view->text / sizeof view->text[0] };
    char *slot = view->text[view->text_count % SLOTS];
    view->text_count++;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(slot, sizeof view->text[0], format, arguments);
    va_end(arguments);
    return slot;
}

void status_of_input(const SourceStatus *source, UiStatus *status) {
    switch (source->kind) {
    case INPUT_KEYBOARD: status->input = UI_INPUT_KEYBOARD, status->input_words = "Keyboard"; return;
    case INPUT_CONTROLLER: status->input = UI_INPUT_CONTROLLER, status->input_words = "Controller"; return;
    case INPUT_DEMO: status->input = UI_INPUT_DEMO, status->input_words = "Demo"; return;
    case INPUT_SENSOR: break;
    }
    switch (source->state) {
    case SOURCE_LOOKING:
        status->input = UI_INPUT_SENSOR_LOOKING, status->input_words = "Looking for a sensor";
        return;
    case SOURCE_LOST: status->input = UI_INPUT_SENSOR_LOST, status->input_words = "Sensor lost"; return;
    case SOURCE_READY:
    case SOURCE_ENDED: break;
    }
    status->input = UI_INPUT_SENSOR;
    status->input_words = source->trouble[0] != '\0' ? "Sensor sends too much" : "Sensor ready";
}

UiStatus play_status(const Play *play) {
    const PlayConfig *config = play_config(play);
    UiStatus status = { .player = config->player.name, .emblem = config->player.emblem };
    status_of_input(play_source_status(play), &status);
    return status;
}

static const char *text_of(const Play *play, const char *key, const char *inner) {
    return content_text(play_config(play)->content, flow_item(play_flow(play))->spec->id, key, inner);
}

/* lines.<group>.<key>.caption of the exercise's texts. */
static const char *line_of(const Play *play, const char *group, const char *key) {
    json_t *lines =
        json_object_get(json_object_get(json_object_get(play_config(play)->content->texts, "exercises"),
                                        flow_item(play_flow(play))->spec->id),
                        "lines");
    const char *caption =
        json_string_value(json_object_get(json_object_get(json_object_get(lines, group), key), "caption"));
    return caption != NULL ? caption : "";
}

float play_coach_m_of(const ExerciseSpec *spec, double place, double lift) {
    if (spec->signal != SIGNAL_BRIDGE) return (float)place;
    float up = (float)fmin(1, fmax(0, lift));
    return 0.5f * up + 0.5f * (float)fmax(0, place) * up;
}

float play_coach_m(const Flow *flow) {
    const Recogniser *r = &flow->tracker.recogniser;
    if (r->spec == NULL) return 0;
    double place = tracker_place(
        &flow->tracker, flow->playing_at_all ? flow->run.asked : flow_item(flow)->spec->first_side, 0);
    bool bridge = r->spec->signal == SIGNAL_BRIDGE;
    return play_coach_m_of(r->spec, place, bridge ? recogniser_lift(r) : 0);
}

static Side shown_side(const Flow *flow) {
    return flow->playing_at_all ? flow->run.asked : flow_item(flow)->spec->first_side;
}

/* The movement as it is shown before it is asked for: out, back, under, in an ordinary repetition's time. */
static float shown_m(const Flow *flow, const UiContext *ui, const CoachExercise *coach) {
    float low = 0, high = 1;
    if (coach != NULL) coach_range(coach, &low, &high);
    if (ui->reduced_motion) return high;
    float phase =
        fmodf(ui->shown_s, (float)flow_item(flow)->spec->rep_s) / (float)flow_item(flow)->spec->rep_s;
    if (low >= 0) return high * (0.5f - 0.5f * cosf(2 * (float)PI * phase));
    float wave = sinf(2 * (float)PI * phase);
    return wave > 0 ? high * wave : -low * wave;
}

static UiIcon kit_icon(const char *exercise) {
    if (strcmp(exercise, "foam_roll") == 0) return ICON_ROLLER;
    if (strcmp(exercise, "pull_apart") == 0) return ICON_BAND;
    if (strcmp(exercise, "bench_extension") == 0) return ICON_BENCH;
    return ICON_MAT;
}

/* "8 a side", of the dose that is played. */
static const char *dose_words(PlayView *view, const Play *play) {
    const Dose *dose = &flow_item(play_flow(play))->dose;
    if (dose->seconds > 0) return play_words(view, "%d\xC2\xA0s", (int)dose->seconds);
    if (dose->each_side) return play_words(view, "%d a side", (int)dose->reps);
    if (strcmp(flow_item(play_flow(play))->spec->id, "cat_cow") == 0)
        return play_words(view, "%d breaths", (int)dose->reps);
    return play_words(view, flow_item(play_flow(play))->spec->alternates ? "%d in all" : "%d times",
                      (int)dose->reps);
}

void play_screen_howto(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    const FlowItem *item = flow_item(flow);
    HowtoModel model = {
        .status = play_status(play),
        .title = text_of(play, "name", NULL),
        .exercise = item->spec->id,
        .game = item->levels->game->id,
        .dose = dose_words(view, play),
        .dose_note = text_of(play, "card", "dose_note"),
        .rows = { { .icon = kit_icon(item->spec->id),
                    .title = text_of(play, "card", "kit"),
                    .line = text_of(play, "card", "pose") },
                  { .icon = ICON_SENSOR, .title = "Sensor", .line = text_of(play, "card", "sensor") } },
        .in = text_of(play, "breath", "in"),
        .out = text_of(play, "breath", "out"),
        .caption = play_caption(play),
        .coach_m = shown_m(flow, ui, coach_exercise(ui->coach, item->spec->id)),
        .breath = sinf(ui->shown_s),
        .side = item->spec->first_side,
        .timer = { .words = "Starts in",
                   .seconds = play_caption(play) != NULL ? -1 : flow_timer_s(flow),
                   .gone = flow_timer_share(flow) },
    };
    InputKind body = play_input(play)->body;
    if (body == INPUT_KEYBOARD || body == INPUT_CONTROLLER) {
        model.rows[1] = (HowtoRow){ .icon = body == INPUT_KEYBOARD ? ICON_KEYBOARD : ICON_CONTROLLER,
                                    .title = body == INPUT_KEYBOARD ? "Arrow keys" : "Stick",
                                    .line = item->spec->first_side != SIDE_NONE ? "up, and to your side"
                                                                                : "up and down" };
    }
    ui_howto_draw(&model, ui, list);
}

void play_screen_calibrate(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    const FlowItem *item = flow_item(flow);
    const Recogniser *r = &flow->tracker.recogniser;
    double now_deg = r->signal.value_deg;
    bool bridge = item->spec->signal == SIGNAL_BRIDGE;
    bool done = flow->measured_s >= 0;
    double reached_deg = done ? flow->own.range_deg : recogniser_reached_deg(r);
    double under_deg = done ? flow->own.under_deg : recogniser_under_deg(r);
    if (!flow->still_done) reached_deg = under_deg = 0;
    float m = flow->still_done && !done ? play_coach_m(flow) : 0;
    if (flow->still_done && !done && ui->shown_s < 60 && fabsf(m) < 0.05f)
        m = shown_m(flow, ui, coach_exercise(ui->coach, item->spec->id));
    int left_s = (int)ceilf(2 * (1 - flow_still_share(flow)));
    CalibrateModel model = {
        .status = play_status(play),
        .title = "Your own range",
        .exercise = item->spec->id,
        .game = item->levels->game->id,
        .still_step = flow->still_done ? "Held still" : "Hold still in the start pose",
        .slow_step = done               ? "Measured"
                     : flow->still_done ? "One slow one, to where it is comfortable"
                                        : "One slow one",
        .slow = flow->still_done,
        .done = done,
        .coach_m = m,
        .side = item->spec->first_side,
        .still = flow_still_share(flow),
        .still_words = "Still",
        .still_note = left_s > 1 ? "two more seconds" : "one more second",
        .value =
            play_words(view, "%d\xC2\xB0",
                       (int)lround(done ? reached_deg + (item->spec->pattern == PATTERN_SWING ? under_deg : 0)
                                        : fabs(now_deg))),
        .value_note = done ? "your own measure" : "so far",
        .note = "Comfortable is right. No need for more.",
        .low_deg = (float)(item->spec->under_deg > 0 ? -1.4 * item->spec->under_deg
                                                     : -0.15 * item->spec->typical_deg),
        .high_deg = (float)(1.5 * item->spec->typical_deg),
        .reached_low_deg = (float)-under_deg,
        .reached_high_deg = (float)fmax(0, reached_deg),
        .now_deg = (float)(done     ? 0
                           : bridge ? fabs(now_deg)
                                    : now_deg),
    };
    ui_calibrate_draw(&model, ui, list);
}

void play_screen_backdrop(const Flow *flow, DrawList *list) {
    char scene[64];
    (void)snprintf(scene, sizeof scene, "%s/scene", flow_item(flow)->levels->game->id);
    draw_scene(list, scene, 0, 0, 1);
}

void play_screen_get_set(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    int count = flow->counted > 0 ? 4 - flow->counted : 0;
    const char *pose = flow->pose_found
                           ? "Start pose found"
                           : line_of(play, "get_set", flow->pose_missing_told ? "missing" : "pose");
    (void)view;
    GetSetModel model = {
        .status = play_status(play),
        .title = "Get set",
        .exercise = flow_item(flow)->spec->id,
        .coach_m = play_coach_m(flow),
        .breath = sinf(ui->time_s),
        .side = shown_side(flow),
        .found = flow->pose_found,
        .still = flow_still_share(flow),
        .pose = pose,
        .count = count,
        .count_gone = (float)(flow->pose_s / 3),
        .caption = play_caption(play),
    };
    ui_get_set_draw(&model, ui, list);
}

void play_screen_pause(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    const Run *run = &flow->run;
    PauseModel model = {
        .status = play_status(play),
        .title = "Paused",
        .choice_count = 5,
        .focus = view->focus,
        .choices = { { ICON_PLAY, "Go on", UI_BUTTON_PLAIN },
                     { ICON_HAND, "That hurts", UI_BUTTON_HURTS },
                     { ICON_SKIP, "Skip this one", UI_BUTTON_PLAIN },
                     { ICON_AGAIN, "Start again", UI_BUTTON_PLAIN },
                     { ICON_HOME, "Back to the map", UI_BUTTON_PLAIN } },
        .rest = "Rest as long as you like.",
        .rest_note = "You go on where you were.",
    };
    if (flow->playing_at_all) {
        bool timed = run->setup.seconds > 0;
        bool sided = run->setup.reps_a_side > 0;
        int done = sided ? (run->asked == SIDE_LEFT ? run->left : run->right) : (int)run->reps;
        int goal = sided ? run->setup.reps_a_side : run->setup.reps;
        model.done = (float)run_progress(run) / 1000;
        model.count = play_words(view, "%d", timed ? (int)(run->tick / TICK_HZ) : done);
        model.count_of = timed ? play_words(view, "of %d\xC2\xA0s", (int)run->setup.seconds)
                               : play_words(view, "of %d", goal);
        model.side_label = run->asked != SIDE_NONE ? "To the" : NULL;
        model.side = run->asked == SIDE_RIGHT ? "right" : run->asked == SIDE_LEFT ? "left" : NULL;
        model.score = play_words(view, "%d", (int)run->score);
        model.score_label = "points";
    }
    ui_pause_draw(&model, ui, list);
}

void play_screen_hurts(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    const FlowItem *item = flow_item(flow);
    double range_deg = item->own.range_deg > 0 ? item->own.range_deg : item->spec->typical_deg;
    double target = (double)item->levels->levels[item->level - 1].target / 1000;
    bool eased = flow->overlay == OVERLAY_HURTS;
    double before = target * (eased ? fmin(1, item->ease / 0.9) : item->ease), after = before * 0.9;
    HurtsModel model = {
        .status = play_status(play),
        .title = "We stop here",
        .headline = "Good that you said so.",
        .line = "It costs nothing.",
        .less = "Next time I ask for less",
        .before = play_words(view, "%d\xC2\xB0", (int)lround(before * range_deg)),
        .after = play_words(view, "%d\xC2\xB0", (int)lround(after * range_deg)),
        .before_share = (float)before,
        .after_share = (float)after,
        .start = "start",
        .advice = "If it stays, ask someone who knows your back.",
        .choice_count = 3,
        .focus = view->focus,
        .choices = { { ICON_SKIP, "Skip this one", UI_BUTTON_PLAIN },
                     { ICON_PLAY, "Gentler, go on", UI_BUTTON_PLAIN },
                     { ICON_HOME, "Stop for today", UI_BUTTON_PLAIN } },
        .caption = play_caption(play),
        .timer = { .words = "Skips in", .seconds = flow_timer_s(flow), .gone = flow_timer_share(flow) },
    };
    ui_hurts_draw(&model, ui, list);
}

void play_screen_lost(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    const SourceStatus *source = play_source_status(play);
    bool motion = source->kind == INPUT_CONTROLLER;
    LostModel model = {
        .status = play_status(play),
        .title = motion ? "Controller lost" : "Sensor lost",
        .headline = "Paused, nothing is lost.",
        .line = play_words(view, "No signal for %d seconds.", (int)flow->overlay_s),
        .steps = { "Is the plug in, at both ends?", "Is the small light on?", "Battery: charge or swap it." },
        .looking = "Looking. It goes on by itself.",
        .choice_count = 3,
        .focus = view->focus,
        .choices = { { ICON_AGAIN, "Look again", UI_BUTTON_PLAIN },
                     { ICON_KEYBOARD, "Use the keyboard", UI_BUTTON_PLAIN },
                     { ICON_HOME, "Back to the map", UI_BUTTON_PLAIN } },
    };
    if (motion) {
        model.steps[0] = "Is it switched on?";
        model.steps[1] = "Is this window in front?";
    }
    if (source->trouble[0] != '\0' && flow->overlay_s > 5) model.line = source->trouble;
    ui_lost_draw(&model, ui, list);
}

/* What the result is called: "Lighthouse lit". */
static const char *result_title(const Minigame *game, int stars) {
    return stars > 0 ? game->done : "Well done for being here";
}

void play_screen_result(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    if (flow->result_count == 0) return;
    const FlowResult *result = &flow->results[flow->result_count - 1];
    const FlowItem *item = &flow->items[result->item];
    const Ghost *ghost = play_ghost(play);
    bool last = flow->item + 1 >= flow->item_count;
    ResultModel model = {
        .status = play_status(play),
        .title = result_title(item->levels->game, (int)result->stars),
        .stars = (int)result->stars,
        .score = (int)result->score,
        .best = play_best(play) >= 0 && result->score > play_best(play) ? "Best yet" : NULL,
        .bar_count = 4,
        .bars = { { "Reach", (int)result->mean.reach / 10 },
                  { "Control", (int)result->mean.control / 10 },
                  { "Tempo", (int)result->mean.tempo / 10 },
                  { "Form", (int)result->mean.form / 10 } },
        .advice = content_common(play_config(play)->content, "advice", advice_key(result->advice)),
        .each = item->dose.each_side ? "Each turn" : "Each one",
        .ghost_label = "ghost",
        .right = "right",
        .left = "left",
        .choices = { { ICON_AGAIN, "Again", UI_BUTTON_PLAIN }, { ICON_TROPHY, "Boards", UI_BUTTON_PLAIN } },
        .choice_count = 2,
        .next =
            last ? "Summary" : play_words(view, "Next: %s", flow->items[flow->item + 1].levels->game->name),
        .timer = { .seconds = flow_timer_s(flow), .gone = flow_timer_share(flow) },
        .focus = view->focus,
    };
    for (int i = 0; i < (int)result->rep_count && i < RESULT_REPS; i++) {
        const RepScore *rep = &result->reps_scored[i];
        model.reps[model.rep_count++] = (ResultRep){
            .value = (int)rep->total / 10,
            .parts = { (int)rep->reach / 10, (int)rep->control / 10, (int)rep->tempo / 10,
                       (int)rep->form / 10 },
            .ghost = i < (int)ghost->rep_count ? (int)ghost->reps[i].total / 10 : -1,
            .word = (int)rep->word,
            .side = rep->side,
        };
    }
    if (result->rep_count == 0) model.note = "Rest is part of it. Come back when you like.";
    if (item->spec->pattern == PATTERN_HOLD) {
        /* A hold has no repetitions: what counts is how much of it was still and in its zone. */
        model.bars[0] = (ResultBar){ "Stillness", (int)result->score / 10 };
        model.bar_count = 1;
        model.note = play_words(view, "%d whole breaths", (int)result->breaths);
    }
    if (ghost->track.count > 0)
        model.ghost = play_words(view, "%+d on ghost", (int)(result->score - ghost->score));
    ui_result_draw(&model, ui, list);
}

static void fill_days(const Play *play, SummaryModel *model) {
    const PlayConfig *config = play_config(play);
    bool trained[STREAK_DAYS] = { false };
    store_days(config->store, config->player.id, clock_today(), trained, STREAK_DAYS);
    for (int i = 0; i < STREAK_DAYS; i++) model->days[i] = trained[i] ? UI_DAY_TRAINED : UI_DAY_MISSED;
    model->trained_today = trained[STREAK_DAYS - 1];
}

/* The exercise whose range is told: the first that was measured the last time too, else the first that was
 * measured at all. */
static const FlowResult *told_result(const Play *play) {
    const Flow *flow = play_flow(play);
    const FlowResult *first = NULL;
    for (int i = 0; i < flow->result_count; i++) {
        const FlowResult *result = &flow->results[i];
        if (result->rom_deg <= 0) continue;
        if (play_last_rom_deg(play, flow->items[result->item].spec->id) > 0) return result;
        if (first == NULL) first = result;
    }
    return first;
}

/* A change within the error of measurement is not called one. */
static void fill_trend(PlayView *view, const Play *play, SummaryModel *model) {
    const FlowResult *result = told_result(play);
    if (result == NULL) return;
    const char *exercise = play_flow(play)->items[result->item].spec->id;
    double last_deg = play_last_rom_deg(play, exercise);
    double error_deg = range_error_deg(result->rom_spread_deg, result->reps);
    model->trend = content_text(play_config(play)->content, exercise, "name", NULL);
    model->value = play_words(view, "%d\xC2\xB0 \xC2\xB1 %d\xC2\xB0", (int)lround(result->rom_deg),
                              (int)ceil(error_deg));
    model->verdict = "The first measure";
    if (last_deg <= 0) return;
    double change_deg = result->rom_deg - last_deg;
    double least_deg = range_least_change_deg(result->rom_spread_deg, result->reps);
    model->last = play_words(view, "last time %d\xC2\xB0", (int)lround(last_deg));
    model->verdict = fabs(change_deg) < least_deg
                         ? play_words(view, "Within %d\xC2\xB0: about the same", (int)ceil(least_deg))
                         : play_words(view, "%+d\xC2\xB0 on last time", (int)lround(change_deg));
    model->points[0] = (float)last_deg;
    model->points[1] = (float)result->rom_deg;
    model->point_count = 2;
    model->band_low = (float)(last_deg - least_deg);
    model->band_high = (float)(last_deg + least_deg);
}

void play_screen_summary(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    const PlayConfig *config = play_config(play);
    int streak = store_streak(config->store, config->player.id, clock_today());
    SummaryModel model = {
        .status = { .player = config->player.name, .emblem = config->player.emblem },
        .title = flow->result_count >= 5 ? "The day is done" : "Done for now",
        .grade = play_words(view, "%c", score_grade(flow_score(flow), flow->result_count)),
        .score = (int)flow_score(flow),
        .of = play_words(view, "of %d\xC2\xA0%03d", flow->result_count, 0),
        .streak = streak == 0   ? "Day one"
                  : streak == 1 ? "1 day"
                                : play_words(view, "%d days", streak),
        .streak_note = "Tomorrow may be a rest day.",
        .choices = { { ICON_TROPHY, "Boards", UI_BUTTON_PLAIN } },
        .choice_count = 1,
        .next = "Good night",
        .timer = { .seconds = flow_timer_s(flow), .gone = flow_timer_share(flow) },
        .focus = view->focus,
    };
    for (int i = 0; i < flow->result_count && model.place_count < MAP_PLACES; i++)
        model.places[model.place_count++] =
            (MapPlace){ .game = flow->items[flow->results[i].item].levels->game->id,
                        .stars = (int)flow->results[i].stars,
                        .asked = true };
    fill_days(play, &model);
    fill_trend(view, play, &model);
    ui_summary_draw(&model, ui, list);
}
