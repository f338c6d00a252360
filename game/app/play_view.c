#include "app/play_view.h"

#include "app/play_screens.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_PLACE 1.1

void play_view_init(PlayView *view) {
    *view = (PlayView){ .stage = STAGE_OVER, .item = -1, .outward = true };
}

/* ---- keys ---- */

static const FlowAction pause_actions[] = { FLOW_GO_ON, FLOW_HURTS, FLOW_SKIP, FLOW_AGAIN, FLOW_STOP };
static const FlowAction hurts_actions[] = { FLOW_SKIP, FLOW_GENTLER, FLOW_STOP };

/* How many things can have the focus, in the order they are drawn. */
static int choice_count(const Flow *flow) {
    if (flow->overlay == OVERLAY_PAUSE) return 5;
    if (flow->overlay != OVERLAY_NONE) return 3;
    if (flow->stage == STAGE_RESULT) return 3;
    if (flow->stage == STAGE_SUMMARY) return 2;
    return 0;
}

static int likeliest(const Flow *flow) {
    if (flow->overlay != OVERLAY_NONE) return 0;
    return choice_count(flow) - 1;
}

static PlayViewAnswer choose(const PlayView *view, const Flow *flow) {
    PlayViewAnswer answer = { .action = FLOW_NEXT };
    if (flow->overlay == OVERLAY_PAUSE) answer.action = pause_actions[view->focus];
    if (flow->overlay == OVERLAY_HURTS) answer.action = hurts_actions[view->focus];
    if (flow->overlay == OVERLAY_LOST) {
        answer.use_keyboard = view->focus == 1;
        answer.action = view->focus == 2 ? FLOW_STOP : FLOW_NOTHING;
    }
    if (flow->overlay != OVERLAY_NONE) return answer;
    if (flow->stage == STAGE_RESULT && view->focus == 0) answer.action = FLOW_AGAIN;
    bool boards = (flow->stage == STAGE_RESULT && view->focus == 1) ||
                  (flow->stage == STAGE_SUMMARY && view->focus == 0);
    if (boards) return (PlayViewAnswer){ .action = FLOW_TOUCH, .boards = true };
    return answer;
}

static FlowAction back(const Flow *flow) {
    if (flow->overlay == OVERLAY_HURTS) return FLOW_SKIP;
    if (flow->overlay == OVERLAY_PAUSE) return FLOW_GO_ON;
    if (flow->overlay == OVERLAY_LOST) return FLOW_STOP;
    bool in_play =
        flow->stage == STAGE_CALIBRATE || flow->stage == STAGE_GET_SET || flow->stage == STAGE_GAME;
    return in_play ? FLOW_PAUSE : flow->stage == STAGE_OUTRO ? FLOW_NEXT : FLOW_STOP;
}

PlayViewAnswer play_view_press(PlayView *view, const Play *play, UiAction press) {
    const Flow *flow = play_flow(play);
    int count = choice_count(flow);
    bool playing = flow->overlay == OVERLAY_NONE && flow->stage == STAGE_GAME;
    switch (press) {
    case UI_UP:
        if (count == 0 && !playing) return (PlayViewAnswer){ .say_again = true };
        /* fall through */
    case UI_LEFT:
        if (view->focus > 0) view->focus--;
        return (PlayViewAnswer){ .action = playing ? FLOW_NOTHING : FLOW_TOUCH };
    case UI_DOWN:
    case UI_RIGHT:
        if (view->focus < count - 1) view->focus++;
        return (PlayViewAnswer){ .action = playing ? FLOW_NOTHING : FLOW_TOUCH };
    case UI_CHOOSE: return choose(view, flow);
    case UI_BACK: return (PlayViewAnswer){ .action = back(flow) };
    case UI_PAUSE:
        return (PlayViewAnswer){ .action = flow->overlay == OVERLAY_PAUSE ? FLOW_GO_ON : FLOW_PAUSE };
    case UI_HURTS: return (PlayViewAnswer){ .action = FLOW_HURTS };
    case UI_SAY_AGAIN: return (PlayViewAnswer){ .say_again = true };
    case UI_NONE:
    case UI_ERASE: break;
    }
    return (PlayViewAnswer){ .action = FLOW_NOTHING };
}

/* ---- what happened ---- */

static void notice_stage(PlayView *view, const Flow *flow) {
    bool stage_new = view->stage != flow->stage || view->item != flow->item;
    bool overlay_new = view->overlay != flow->overlay;
    if (stage_new) {
        view->stage_began_s = view->now_s;
        view->outward = true;
        if (flow->stage == STAGE_GET_SET && !flow->resuming) view->any_word = false;
    }
    if (overlay_new) view->overlay_began_s = view->now_s;
    view->stage = flow->stage;
    view->overlay = flow->overlay;
    view->item = flow->item;
    if (stage_new || overlay_new) view->focus = likeliest(flow);
}

static void notice_signal(PlayView *view, const Flow *flow) {
    if (flow->stage != STAGE_GAME || flow->overlay != OVERLAY_NONE) return;
    if (flow->input.signal == SIM_TOP) view->outward = false;
    if (flow->input.signal != SIM_REP && flow->input.signal != SIM_PARTIAL) return;
    view->outward = true;
    view->any_word = true;
    view->word = flow->run.last.word;
    view->word_at_s = view->now_s;
}

void play_view_tick(PlayView *view, const Play *play, double now_s) {
    view->now_s = now_s;
    notice_stage(view, play_flow(play));
    notice_signal(view, play_flow(play));
}

/* ---- pictures ---- */

static void draw_game(const PlayView *view, const Play *play, const UiContext *ui, double ahead_s,
                      DrawList *list) {
    const Flow *flow = play_flow(play);
    bool moving = flow->overlay == OVERLAY_NONE && flow->stage == STAGE_GAME;
    double place =
        moving ? tracker_place(&flow->tracker, flow->run.asked, ahead_s) : flow->input.place / 1000.0;
    GameView seen = {
        .time_s = (float)fmod(view->now_s, 3600),
        /* Past the own range there is nothing more to see. */
        .place = (float)fmax(-SHOWN_PLACE, fmin(SHOWN_PLACE, place)),
        .lift = (float)(moving ? recogniser_lift(&flow->tracker.recogniser) : flow->input.lift / 1000.0),
        .angle_deg = (float)flow->input.angle_cdeg / 100,
        .asked = flow->run.asked,
        .combo = flow->run.combo,
        .reduced_motion = ui->reduced_motion,
        .high_contrast = ui->high_contrast,
    };
    run_draw(&flow->run, &seen, list);
}

static void draw_overlay(PlayView *view, const Play *play, const UiContext *ui, DrawList *list) {
    switch (view->overlay) {
    case OVERLAY_PAUSE: play_screen_pause(view, play, ui, list); break;
    case OVERLAY_HURTS: play_screen_hurts(view, play, ui, list); break;
    case OVERLAY_LOST: play_screen_lost(view, play, ui, list); break;
    case OVERLAY_NONE: break;
    }
}

static void draw_stage(PlayView *view, const Play *play, const UiContext *ui, double ahead_s,
                       DrawList *list) {
    const Flow *flow = play_flow(play);
    bool covered = view->overlay != OVERLAY_NONE;
    /* Their words would shine through. */
    if (covered && (view->stage == STAGE_HOWTO || view->stage == STAGE_CALIBRATE)) {
        play_screen_backdrop(flow, list);
        return;
    }
    switch (view->stage) {
    case STAGE_HOWTO: play_screen_howto(view, play, ui, list); break;
    case STAGE_CALIBRATE: play_screen_calibrate(view, play, ui, list); break;
    case STAGE_GET_SET:
        if (flow->playing_at_all)
            draw_game(view, play, ui, ahead_s, list);
        else
            play_screen_backdrop(flow, list);
        if (!covered) play_screen_get_set(view, play, ui, list);
        break;
    case STAGE_GAME:
    case STAGE_OUTRO:
        draw_game(view, play, ui, ahead_s, list);
        if (!covered) play_screen_hud(view, play, ui, list);
        break;
    case STAGE_RESULT:
        draw_game(view, play, ui, ahead_s, list);
        if (!covered) play_screen_result(view, play, ui, list);
        break;
    case STAGE_SUMMARY:
    case STAGE_OVER: play_screen_summary(view, play, ui, list); break;
    }
}

void play_view_draw(PlayView *view, const Play *play, const UiContext *ui, double ahead_s, DrawList *list) {
    UiContext here = *ui;
    view->text_count = 0;
    here.shown_s =
        (float)(view->now_s - (view->overlay != OVERLAY_NONE ? view->overlay_began_s : view->stage_began_s));
    draw_stage(view, play, &here, ahead_s, list);
    draw_overlay(view, play, &here, list);
}
