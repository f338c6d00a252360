/* What lies over the game while it is played: fills the model of ui/hud.h. */
#include "app/play_screens.h"
#include "ui/hud.h"

#include <math.h>
#include <string.h>

/* The caption of a phase, in the order of a repetition. */
static const char *phase_of(const Play *play, size_t index) {
    json_t *lines =
        json_object_get(json_object_get(json_object_get(play_config(play)->content->texts, "exercises"),
                                        flow_item(play_flow(play))->spec->id),
                        "lines");
    const char *caption =
        json_string_value(json_object_get(json_array_get(json_object_get(lines, "phase"), index), "caption"));
    return caption != NULL ? caption : "";
}

static HudTarget target_band(double target, double low, double high) {
    double width = 0.12;
    return target > 0 ? (HudTarget){ (float)target, (float)fmin(high, target + width) }
                      : (HudTarget){ (float)fmax(low, target - width), (float)target };
}

static void fill_gauge(PlayView *view, const Flow *flow, HudModel *hud) {
    const ExerciseSpec *spec = flow_item(flow)->spec;
    const Run *run = &flow->run;
    bool swing = spec->pattern == PATTERN_SWING,
         opening = spec->pattern == PATTERN_OPENING && spec->under_deg > 0;
    hud->gauge_low = swing ? -1 : opening ? -0.5f : 0;
    hud->gauge_high = 1;
    hud->rest = 0;
    hud->place = (float)tracker_place(&flow->tracker, run->asked, 0);
    hud->targets[hud->target_count++] =
        target_band((double)run->setup.target / 1000, (double)hud->gauge_low, 1);
    if (run->setup.under > 0)
        hud->targets[hud->target_count++] =
            target_band(-(double)run->setup.under / 1000, (double)hud->gauge_low, 1);
    double deg = (double)flow->input.angle_cdeg / 100;
    hud->value = swing ? play_words(view, "%+d\xC2\xB0", (int)lround(deg))
                       : play_words(view, "%d\xC2\xB0", (int)lround(deg));
}

static void fill_cue(const PlayView *view, const Play *play, const Flow *flow, HudModel *hud) {
    const char *exercise = flow_item(flow)->spec->id;
    bool still = run_asks_stillness(&flow->run);
    float share = fminf(1, fmaxf(0, fabsf(hud->place)));
    if (strcmp(exercise, "foam_roll") == 0) {
        hud->cue = still ? HUD_CUE_STAY : HUD_CUE_NONE;
        hud->cue_words = still ? "stay on the stone" : phase_of(play, view->outward ? 0 : 1);
        hud->ring = HUD_RING_HOLD;
        hud->ring_share = (float)run_progress(&flow->run) / 1000;
        return;
    }
    hud->cue_words = phase_of(play, view->outward ? 0 : 1);
    if (flow_item(flow)->spec->pattern == PATTERN_HOLD) {
        /* It is the breath out that sinks. */
        hud->cue = HUD_CUE_OUT;
        hud->cue_words = phase_of(play, 1);
        hud->ring = HUD_RING_HOLD;
        hud->ring_share = (float)run_progress(&flow->run) / 1000;
        return;
    }
    bool out_first = strcmp(exercise, "pull_apart") == 0;
    hud->ring = view->outward != out_first ? HUD_RING_IN : HUD_RING_OUT;
    hud->ring_share = view->outward ? share : 1 - share;
    hud->cue = hud->ring == HUD_RING_IN ? HUD_CUE_IN : HUD_CUE_OUT;
    if (out_first) hud->cue = view->outward ? HUD_CUE_APART : HUD_CUE_IN;
    if (strcmp(exercise, "thoracic_bridge") == 0) {
        bool up = hud->coach_m > 0.45f;
        hud->cue = HUD_CUE_REACH;
        hud->cue_words = phase_of(play, view->outward ? (up ? 1 : 0) : (up ? 2 : 3));
        hud->ring = HUD_RING_HOLD;
        hud->ring_share = fminf(1, fmaxf(0, hud->coach_m));
    }
}

static void fill_ghost(const Play *play, const Flow *flow, HudModel *hud) {
    const SimInput *then = ghost_at(play_ghost(play), flow->run.tick);
    if (then == NULL) return;
    hud->ghost = true;
    hud->ghost_place = (float)then->place / 1000;
    hud->ghost_m =
        play_coach_m_of(flow_item(flow)->spec, (double)then->place / 1000, (double)then->lift / 1000);
}

static void fill_word(const PlayView *view, HudModel *hud) {
    static const char *const words[] = { "Partial", "Good", "Great", "Perfect" };
    hud->word = HUD_WORD_NONE;
    if (!view->any_word) return;
    hud->word = (HudWord)view->word;
    hud->word_text = words[view->word];
    hud->word_age_s = (float)(view->now_s - view->word_at_s);
}

void play_screen_hud(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    const Flow *flow = play_flow(play);
    const Run *run = &flow->run;
    bool sided = run->setup.reps_a_side > 0;
    HudModel hud = {
        .done = sided ? (int)(run->asked == SIDE_LEFT ? run->left : run->right) : (int)run->reps,
        .goal = sided ? (int)run->setup.reps_a_side : (int)run->setup.reps,
        .seconds = (int)(run->tick / TICK_HZ),
        .seconds_goal = (int)run->setup.seconds,
        .side = run->asked,
        .side_word = run->asked == SIDE_RIGHT ? "right" : "left",
        .score = (int)run->score,
        .combo = (int)run->combo,
        .exercise = flow_item(flow)->spec->id,
        .coach_m = play_coach_m(flow),
        .breath = 0,
        .caption = NULL,
    };
    if (hud.seconds > hud.seconds_goal) hud.seconds = hud.seconds_goal;
    fill_word(view, &hud);
    if (!ui->reduced_motion) fill_ghost(play, flow, &hud);
    fill_gauge(view, flow, &hud);
    fill_cue(view, play, flow, &hud);
    hud_draw(&hud, ui, list);
}
