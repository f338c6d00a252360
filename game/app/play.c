#include "app/play.h"

#include "app/kept.h"
#include "session/staircase.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHECKPOINT        "unfinished" /* the setting that names the run under way */
#define CAPTION_LINES_MAX 16

/* A counted repetition is felt as one click, the end of the dose as a long one. */
enum { CLICK_MS = 40, FINISHED_MS = 300 };

struct Play {
    PlayConfig config;
    InputChoice *input;
    Flow flow;
    Cues cues;
    FlowEvents events;
    Events game_events;
    SourceStatus status;
    double now_s;
    double voice_until_s; /* when what has been asked for will have been said */
    int caption_count;    /* lines asked for, the one being said first */
    struct {
        const char *caption;
        double until_s;
    } captions[CAPTION_LINES_MAX];
    int64_t run_id; /* in the store; 0 before the first result */
    int32_t best;
    Ghost ghost;
    double last_rom_deg[ROUTINE_ITEMS_MAX];
    bool unseen_result; /* kept on disk as a checkpoint, not yet as a result */
    Error trouble;
};

const char *input_kind_name(InputKind kind) {
    static const char *const names[] = { [INPUT_SENSOR] = "sensor",
                                         [INPUT_CONTROLLER] = "controller",
                                         [INPUT_KEYBOARD] = "keyboard",
                                         [INPUT_DEMO] = "demo" };
    return names[kind];
}

/* ---- the ear ---- */

static void sink_piece(void *self, const char *id) {
    const Play *p = self;
    if (p->config.heard) audio_piece(p->config.audio, id);
}

static void sink_earcon(void *self, const char *id, int step) {
    const Play *p = self;
    if (p->config.heard) audio_earcon(p->config.audio, id, step);
}

/* The voice's own clock runs in session time, so that the flow waits as long for words that nobody hears. */
static void sink_say(void *self, const char *id, float max_delay_s) {
    Play *p = self;
    if (p->config.audio == NULL) return;
    float seconds = audio_line_seconds(p->config.audio, id);
    if (seconds <= 0) return;
    double begins_s = fmax(p->voice_until_s, p->now_s);
    if (max_delay_s > 0 && begins_s - p->now_s > (double)max_delay_s) return;
    p->voice_until_s = begins_s + (double)seconds;
    if (p->caption_count < CAPTION_LINES_MAX) {
        p->captions[p->caption_count].caption = audio_line_caption(p->config.audio, id);
        p->captions[p->caption_count++].until_s = p->voice_until_s;
    }
    if (p->config.heard) (void)audio_say(p->config.audio, id, max_delay_s);
}

static void sink_hush(void *self) {
    Play *p = self;
    p->voice_until_s = p->now_s;
    p->caption_count = 0;
    if (p->config.heard) audio_hush(p->config.audio);
}

static void sink_combo(void *self, int combo) {
    const Play *p = self;
    if (p->config.heard) audio_combo(p->config.audio, combo);
}

static void sink_tune(void *self, int level) {
    const Play *p = self;
    if (p->config.heard) audio_tune(p->config.audio, level);
}

static void sink_breath(void *self, float phase, float period_s) {
    const Play *p = self;
    if (p->config.heard) audio_breath(p->config.audio, phase, period_s);
}

static void sink_tone(void *self, const MovementTone *tone) {
    const Play *p = self;
    if (p->config.heard) audio_tone(p->config.audio, tone);
}

static CueSink sink_of(Play *p) {
    return (CueSink){ .self = p,
                      .piece = sink_piece,
                      .earcon = sink_earcon,
                      .say = sink_say,
                      .hush = sink_hush,
                      .combo = sink_combo,
                      .tune = sink_tune,
                      .breath = sink_breath,
                      .tone = sink_tone };
}

static void age_captions(Play *p) {
    while (p->caption_count > 0 && p->captions[0].until_s <= p->now_s) {
        p->caption_count--;
        memmove(&p->captions[0], &p->captions[1], (size_t)p->caption_count * sizeof p->captions[0]);
    }
}

const char *play_caption(const Play *play) {
    return play->caption_count > 0 ? play->captions[0].caption : NULL;
}

/* ---- beginning ---- */

/* The demo player and a recording are nobody: nothing of them is learnt for tomorrow, so that the same plays
 * the same today and then. */
static bool learns(const Play *p) {
    return p->input->kind != INPUT_DEMO && !p->input->recorded;
}

static Result make_item(const Play *p, const RoutineItem *from, FlowItem *item, Error *error) {
    const PlayConfig *c = &p->config;
    *item = (FlowItem){
        .spec = exercise_spec(from->exercise),
        .levels = content_levels(c->content, from->exercise),
        .level = c->level,
        .dose = c->minute ? from->minute : from->dose,
        .ease = 1,
        .learns_as_it_goes = p->input->recorded,
    };
    if (item->spec == NULL || item->levels == NULL)
        return error_set(error, RESULT_BAD_USAGE, "%s has no mini-game in this version.", from->exercise);
    if (item->level == 0)
        item->level = learns(p) ? store_open_level(c->store, c->player.id, from->exercise) : 1;
    if (learns(p)) {
        int32_t stair =
            store_staircase(c->store, c->player.id, from->exercise, p->input->body, STAIRCASE_START);
        item->stair = stair < STAIRCASE_LOW ? STAIRCASE_LOW : stair > STAIRCASE_HIGH ? STAIRCASE_HIGH : stair;
    }
    OwnRange kept;
    if (learns(p) && store_range(c->store, c->player.id, from->exercise, p->input->body, &kept)) {
        item->own = (OwnMeasure){ .range_deg = kept.range_deg,
                                  .under_deg = kept.under_deg,
                                  .lift_deg = kept.lift_deg,
                                  .seat = { .up = { kept.up[0], kept.up[1], kept.up[2] },
                                            .axis = { kept.axis[0], kept.axis[1], kept.axis[2] } } };
        if (kept.ease >= 0.5 && kept.ease <= 1) item->ease = kept.ease;
    }
    return RESULT_OK;
}

Result play_begin(Play **out, const PlayConfig *config, InputChoice *choice, Error *error) {
    FlowItem items[ROUTINE_ITEMS_MAX];
    *out = NULL;
    Play *p = calloc(1, sizeof *p);
    if (p == NULL) return error_set(error, RESULT_NO_MEMORY, "Not enough memory to play.");
    p->config = *config;
    p->input = choice;
    Result result = RESULT_OK;
    for (int i = 0; i < config->routine.count && result == RESULT_OK; i++) {
        StoredResult last;
        result = make_item(p, &config->routine.items[i], &items[i], error);
        if (store_last(config->store, config->player.id, config->routine.items[i].exercise, choice->kind, 0,
                       &last))
            p->last_rom_deg[i] = last.rom_deg;
    }
    if (result != RESULT_OK) {
        free(p);
        return result;
    }
    int first = config->first, count = config->routine.count;
    if (config->routine.any_one) {
        items[0] = items[first];
        p->config.routine.items[0] = p->config.routine.items[first];
        p->last_rom_deg[0] = p->last_rom_deg[first];
        first = 0;
        count = 1;
    }
    flow_init(&p->flow, &p->config.routine, items, count, first, config->seed);
    *out = p;
    return RESULT_OK;
}

void play_end(Play *play) {
    if (play == NULL) return;
    flow_free(&play->flow);
    ghost_free(&play->ghost);
    free(play);
}

/* ---- keeping ---- */

static void note_trouble(Play *p, Result result, const Error *error) {
    if (result != RESULT_OK && p->trouble.text[0] == '\0') p->trouble = *error;
}

static void begin_stored_run(Play *p) {
    Error error = { 0 };
    if (p->run_id != 0) return;
    note_trouble(p,
                 store_begin_run(p->config.store, p->config.player.id, p->config.routine.id, p->input->kind,
                                 clock_unix_s(), clock_today(), &p->run_id, &error),
                 &error);
}

/* Writes the newest run's replay; the path is empty where there is no place for it. */
static void write_replay(Play *p, const char *name, char *path, size_t size) {
    Error error = { 0 };
    uint8_t *bytes = NULL;
    size_t length = 0;
    const char *folder = store_replay_folder(p->config.store);
    path[0] = '\0';
    if (folder[0] == '\0') return;
    char full[FILES_PATH_MAX];
    (void)snprintf(full, sizeof full, "%s/%s", folder, name);
    Replay replay = flow_replay(&p->flow);
    Result result = replay_encode(&replay, &bytes, &length, &error);
    if (result == RESULT_OK) result = files_write(full, bytes, length, &error);
    free(bytes);
    note_trouble(p, result, &error);
    if (result == RESULT_OK) (void)snprintf(path, size, "%s", full);
}

static void keep_result(Play *p, FlowResult *result) {
    Error error = { 0 };
    char name[128];
    begin_stored_run(p);
    (void)snprintf(name, sizeof name, "%s-%lld-%d-%lld-%d.bbr", flow_item(&p->flow)->spec->id,
                   (long long)clock_unix_s(), (int)getpid(), (long long)p->run_id, p->flow.result_count);
    write_replay(p, name, result->replay_path, sizeof result->replay_path);
    StoredResult stored = kept_result(&p->flow.run);
    stored.input = p->input->kind;
    if (p->input->kind == INPUT_CONTROLLER && p->input->body != INPUT_SENSOR)
        stored.rom_deg =
            0; /* the stick's body is made up: its range is nobody's, and no match for motion's */
    (void)snprintf(stored.routine, sizeof stored.routine, "%s", p->config.routine.id);
    if (result->replay_path[0] != '\0') (void)snprintf(stored.replay, sizeof stored.replay, "%s", name);
    if (p->run_id != 0)
        note_trouble(p, store_add_result(p->config.store, p->run_id, &stored, &error), &error);
    result->stored_id = stored.id;
    if (learns(p))
        note_trouble(p,
                     store_keep_staircase(p->config.store, p->config.player.id, flow_item(&p->flow)->spec->id,
                                          p->input->body, flow_item(&p->flow)->stair, &error),
                     &error);
    note_trouble(p, store_keep_setting(p->config.store, CHECKPOINT, "", &error), &error);
}

/* After each repetition the run so far goes to disk: whoever kills the program loses the repetition under way
 * and no more. */
static void keep_checkpoint(Play *p) {
    char path[512], value[640];
    Error error = { 0 };
    begin_stored_run(p);
    write_replay(p, "unfinished.bbr", path, sizeof path);
    if (path[0] == '\0') return;
    (void)snprintf(value, sizeof value, "%lld %s", (long long)p->run_id, flow_item(&p->flow)->spec->id);
    note_trouble(p, store_keep_setting(p->config.store, CHECKPOINT, value, &error), &error);
}

static void keep_range(Play *p) {
    Error error = { 0 };
    const FlowItem *item = flow_item(&p->flow);
    if (!learns(p)) return;
    const Seat *seat = &item->own.seat;
    OwnRange range = { .range_deg = item->own.range_deg,
                       .under_deg = item->own.under_deg,
                       .lift_deg = item->own.lift_deg,
                       .up = { seat->up.x, seat->up.y, seat->up.z },
                       .axis = { seat->axis.x, seat->axis.y, seat->axis.z },
                       .ease = item->ease };
    note_trouble(p,
                 store_keep_range(p->config.store, p->config.player.id, item->spec->id, p->input->body,
                                  &range, &error),
                 &error);
}

static void look_up_best(Play *p) {
    StoredResult best;
    bool any = store_best(p->config.store, p->config.player.id, flow_item(&p->flow)->spec->id, p->input->kind,
                          &best);
    p->best = any ? best.score : -1;
    ghost_free(&p->ghost);
    const char *replay = p->config.raced[0] != '\0' ? p->config.raced : any ? best.replay : "";
    if (replay[0] == '\0') return;
    char path[FILES_PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", store_replay_folder(p->config.store), replay);
    ghost_load(&p->ghost, p->config.content, path);
}

static void keep_what_happened(Play *p) {
    for (int i = 0; i < p->events.count; i++) {
        const FlowEvent *event = &p->events.items[i];
        if (event->kind == FLOW_STAGE_BEGAN && event->a == STAGE_HOWTO) look_up_best(p);
        if (event->kind == FLOW_RESULT && !p->config.keeps_nothing)
            keep_result(p, &p->flow.results[event->a]);
        if (event->kind == FLOW_MEASURED || event->kind == FLOW_EASED) keep_range(p);
    }
    for (int i = 0; i < p->game_events.count && p->flow.stage == STAGE_GAME; i++) {
        if (p->game_events.items[i].kind == EVENT_REP && p->input->kind != INPUT_DEMO) keep_checkpoint(p);
    }
}

/* ---- the skin ---- */

static void buzz(const Play *p) {
    const Source *source = &p->input->source;
    uint16_t longest_ms = 0;
    for (int i = 0; i < p->game_events.count; i++) {
        EventKind kind = p->game_events.items[i].kind;
        if (kind == EVENT_FINISHED) longest_ms = FINISHED_MS;
        if (kind == EVENT_REP && longest_ms == 0) longest_ms = CLICK_MS;
    }
    if (longest_ms > 0 && source->buzz != NULL) source->buzz(source->self, longest_ms);
}

/* ---- the tick ---- */

void play_hold(const Play *play) {
    Cue cue;
    const Source *source = &play->input->source;
    flow_cue(&play->flow, &cue);
    if (source->cue != NULL) source->cue(source->self, &cue);
}

static void move_samples(Play *p) {
    ImuSample samples[64];
    const Source *source = &p->input->source;
    play_hold(p);
    for (size_t count = 1; count > 0;) {
        count = input_read(p->input, p->now_s, samples, 64);
        flow_feed(&p->flow, samples, count);
    }
    source->status(source->self, p->now_s, &p->status);
}

void play_tick(Play *play, FlowAction action, const HandInput *hand, double now_s) {
    play->now_s = now_s;
    age_captions(play);
    if (hand != NULL && play->input->source.hand != NULL)
        play->input->source.hand(play->input->source.self, hand);
    move_samples(play);
    FlowInput input = { .action = action,
                        .source = play->status.state,
                        .voice_busy = play->voice_until_s > now_s };
    flow_tick(&play->flow, &input, &play->events, &play->game_events);
    buzz(play);
    keep_what_happened(play);
    CueSink sink = sink_of(play);
    cues_tick(&play->cues, &play->flow, &play->events, &play->game_events, play->best, &sink);
}

void play_use(Play *play, InputChoice *choice) {
    play->input = choice;
}

InputChoice *play_input(const Play *play) {
    return play->input;
}

void play_say_again(Play *play) {
    CueSink sink = sink_of(play);
    FlowEvents again = { .count = 1,
                         .items = { { .kind = FLOW_STAGE_BEGAN, .a = (int32_t)play->flow.stage } } };
    Events none = { 0 };
    if (play->flow.stage == STAGE_HOWTO || play->flow.stage == STAGE_CALIBRATE)
        cues_tick(&play->cues, &play->flow, &again, &none, play->best, &sink);
}

bool play_over(const Play *play) {
    return play->flow.stage == STAGE_OVER;
}

const Flow *play_flow(const Play *play) {
    return &play->flow;
}

const PlayConfig *play_config(const Play *play) {
    return &play->config;
}

const SourceStatus *play_source_status(const Play *play) {
    return &play->status;
}

const char *play_trouble(const Play *play) {
    return play->trouble.text;
}

const Ghost *play_ghost(const Play *play) {
    return &play->ghost;
}

int32_t play_best(const Play *play) {
    return play->best;
}

double play_last_rom_deg(const Play *play, const char *exercise) {
    int at = routine_find(&play->config.routine, exercise);
    return at >= 0 ? play->last_rom_deg[at] : 0;
}

static double tenths(double value) {
    return round(value * 10) / 10;
}

json_t *play_document(const Play *play) {
    const Flow *flow = &play->flow;
    json_t *exercises = json_array();
    for (int i = 0; i < flow->result_count; i++) {
        const FlowResult *r = &flow->results[i];
        json_array_append_new(
            exercises,
            json_pack("{s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:f, s:i, s:f, s:s}", "exercise",
                      flow->items[r->item].spec->id, "level", (int)r->level, "score", (int)r->score, "stars",
                      (int)r->stars, "reps", (int)r->reps, "left", (int)r->left, "right", (int)r->right,
                      "partials", (int)r->partials, "hold_s", tenths(r->hold_s), "breaths", (int)r->breaths,
                      "rom_deg", tenths(r->rom_deg), "replay", r->replay_path));
    }
    int32_t sum = flow_score(flow);
    char grade[2] = { score_grade(sum, flow->result_count), '\0' };
    return json_pack("{s:s, s:s, s:s, s:I, s:i, s:s, s:o}", "routine", play->config.routine.id, "player",
                     play->config.player.name, "input", input_kind_name(play->input->kind), "seed",
                     (json_int_t)play->config.seed, "score", (int)sum, "grade", grade, "exercises",
                     exercises);
}
