#include "listener.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define REACTION_S  0.25 /* from a sound to what the body makes of it (simple reaction, rather slow) */
#define STAY_S      0.6  /* at the far end */
#define PAUSE_S     0.5  /* at the start */
#define ARRIVED     0.02
#define LIMB_TAU_S  0.16 /* twice: nobody starts or stops dead */
#define HALF_PITCH  0.45F
#define ON_A_LITTLE 0.04
#define UNDER_END   (-0.5) /* of a twist: as far as threading under goes */
#define SLOWER      1.15

/* How an exercise goes, as its how-to tells. */
struct ListenerWay {
    const char *exercise;
    double pace; /* shares of the own range in a second */
    bool swings; /* to the other end, not to the start */
    bool lifts;  /* the hips first */
    bool under;  /* on under the start, then back */
    bool holds;  /* stay at the far end until it is over */
};

static const ListenerWay ways[] = {
    { .exercise = "foam_roll", .pace = 0.25 },
    { .exercise = "cat_cow", .pace = 0.45, .swings = true },
    { .exercise = "table_top_twist", .pace = 0.4, .under = true },
    { .exercise = "pull_apart", .pace = 0.45 },
    { .exercise = "thoracic_bridge", .pace = 0.4, .lifts = true },
    { .exercise = "bench_extension", .pace = 0.3, .holds = true },
    { .exercise = "quadruped_rotation", .pace = 0.4 },
    { .exercise = "rocked_back_cat_camel", .pace = 0.6, .swings = true },
};

/* The part of a line's id behind its exercise, where it is `exercise`'s line; else the whole. */
static const char *line_of(const Listener *l, const char *id) {
    size_t length = l->way != NULL ? strlen(l->way->exercise) : 0;
    return length > 0 && strncmp(id, l->way->exercise, length) == 0 && id[length] == '.' ? id + length + 1
                                                                                         : id;
}

static void begin(Listener *l, ListenerDoes does) {
    l->does = does;
    l->does_s = 0;
    l->fifth_s = 0;
    l->fifth_ended = false;
}

static void go_to_rest(Listener *l) {
    l->playing = l->once = l->on_a_stone = false;
    l->aim = l->aim_lift = 0;
    begin(l, LISTENER_RESTS);
}

static void hear_name(Listener *l, const char *id) {
    const char *dot = strchr(id, '.');
    if (dot == NULL || strcmp(dot, ".name") != 0) return;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t length = strlen(ways[i].exercise);
        if ((size_t)(dot - id) != length || strncmp(id, ways[i].exercise, length) != 0) continue;
        *l = (Listener){ .way = &ways[i], .slower = 1, .pose = l->pose };
    }
}

static void hear_side(Listener *l, const char *line) {
    if (strcmp(line, "setup_right") == 0 || strcmp(line, "reach_right") == 0 ||
        strcmp(line, "side.change_to_right") == 0)
        l->left = false;
    if (strcmp(line, "setup_left") == 0 || strcmp(line, "reach_left") == 0 ||
        strcmp(line, "side.change_to_left") == 0)
        l->left = true;
}

void listener_hears_word(Listener *l, const char *id) {
    hear_name(l, id);
    if (l->way == NULL) return;
    const char *line = line_of(l, id);
    hear_side(l, line);
    if (strcmp(line, "calibrate.still") == 0 || strcmp(line, "get_set.pose") == 0) go_to_rest(l);
    if (strcmp(line, "calibrate.one_slow") == 0 || strcmp(line, "calibrate.again") == 0) l->once = true;
    if (strcmp(line, "end") == 0) go_to_rest(l);
    if (strncmp(line, "fix.too_fast", 12) == 0 || strncmp(line, "fix.snap_back", 13) == 0)
        l->slower *= SLOWER;
    if (strcmp(line, "stone") == 0) l->on_a_stone = true;
    if (strcmp(line, "gone") == 0) l->on_a_stone = false;
}

void listener_hears_earcon(Listener *l, const char *id) {
    if (l->way == NULL) return;
    if (strcmp(id, "calibrate_done") == 0 || strcmp(id, "level_end") == 0) go_to_rest(l);
    if (strcmp(id, "go") == 0) {
        go_to_rest(l);
        l->playing = true;
    }
    if (strcmp(id, "side_right") == 0) l->left = false;
    if (strcmp(id, "side_left") == 0) l->left = true;
    if (strcmp(id, "g1_stone_near") == 0) l->on_a_stone = true;
    if (strcmp(id, "g1_ripple") == 0) l->on_a_stone = false;
}

void listener_hears_tone(Listener *l, const MovementTone *tone) {
    float pitch = (tone->place - tone->low) / (tone->high - tone->low);
    bool beyond = tone->band_low >= 0 ? tone->place > tone->band_high : tone->place < tone->band_low;
    bool within = tone->place >= tone->band_low && tone->place <= tone->band_high;
    l->tone = (HeardTone){
        .on = tone->on,
        .pitch = fminf(fmaxf(pitch, 0), 1),
        .fifth = tone->on && (within || (beyond && !tone->beyond_beats)),
    };
}

/* Far enough: the fifth was heard, and the body has answered. Without the tone, the own comfortable end. */
static bool enough(Listener *l, double dt_s) {
    /* The fifth of the end it comes from still rings for a while. */
    if (!l->tone.fifth) l->fifth_ended = true;
    l->fifth_s = l->tone.fifth && l->fifth_ended ? l->fifth_s + dt_s : 0;
    bool by_ear = l->fifth_s >= REACTION_S;
    bool at_end = fabs(l->aim - l->pose.place) < ARRIVED;
    return (l->playing && by_ear) || at_end;
}

static void set_out(Listener *l) {
    bool lifts = l->way->lifts;
    l->aim = lifts ? 0 : 1;
    l->aim_lift = lifts ? 1 : 0;
    begin(l, lifts ? LISTENER_LIFTS : LISTENER_GOES_OUT);
}

/* Stays about where it is. */
static void stay(Listener *l) {
    l->aim = fmin(1, fmax(-1, l->pose.place + l->speed * LIMB_TAU_S));
    begin(l, LISTENER_STAYS);
}

/* Where the fifth has gone while it stays, it goes a little on, or back where the pitch says it is at the
 * very end, until it is there again. */
static void listen_for_the_fifth(Listener *l, double dt_s) {
    l->fifth_s = l->tone.fifth ? 0 : l->fifth_s + dt_s;
    if (l->fifth_s < REACTION_S) return;
    l->aim = fmin(1, l->aim + (l->tone.pitch < 1 ? ON_A_LITTLE : -ON_A_LITTLE));
    l->fifth_s = 0;
}

static void decide(Listener *l, double dt_s) {
    const ListenerWay *way = l->way;
    bool home = fabs(l->pose.place - l->aim) < ARRIVED;
    l->does_s += dt_s;
    switch (l->does) {
    case LISTENER_RESTS:
        if (!l->playing && !l->once) break;
        if (l->does_s >= REACTION_S) set_out(l);
        break;
    case LISTENER_LIFTS:
        /* In play the hips are told by the lower half of the tone; at their own height they can do no more.
         */
        if (l->pose.lift < 1 - ARRIVED && (!l->playing || l->tone.pitch < HALF_PITCH)) break;
        l->aim = 1;
        begin(l, LISTENER_GOES_OUT);
        break;
    case LISTENER_GOES_OUT:
        if (enough(l, dt_s)) stay(l);
        break;
    case LISTENER_STAYS:
        if (way->holds && l->playing) listen_for_the_fifth(l, dt_s);
        if (l->does_s < STAY_S || (way->holds && (l->playing || l->once))) break;
        l->aim = way->swings && l->playing ? -1 : 0;
        begin(l, way->swings && l->playing ? LISTENER_GOES_UNDER : LISTENER_COMES_BACK);
        if (way->swings && l->once) {
            l->aim = -1;
            begin(l, LISTENER_GOES_UNDER);
        }
        break;
    case LISTENER_COMES_BACK:
        if (!home) break;
        if (way->under) {
            l->aim = UNDER_END;
            begin(l, LISTENER_GOES_UNDER);
        } else if (way->lifts) {
            l->aim_lift = 0;
            begin(l, LISTENER_LOWERS);
        } else {
            begin(l, LISTENER_PAUSES);
        }
        break;
    case LISTENER_GOES_UNDER:
        if (!enough(l, dt_s)) break;
        l->aim = l->playing && way->swings ? 1 : 0;
        begin(l, l->playing && way->swings ? LISTENER_GOES_OUT : LISTENER_COMES_FROM_UNDER);
        break;
    case LISTENER_COMES_FROM_UNDER:
        if (home) begin(l, LISTENER_PAUSES);
        break;
    case LISTENER_LOWERS:
        if (l->pose.lift < ARRIVED) begin(l, LISTENER_PAUSES);
        break;
    case LISTENER_PAUSES:
        if (l->does_s < PAUSE_S) break;
        l->once = false;
        begin(l, LISTENER_RESTS);
        break;
    }
}

static void move(double *at, double *wish, double *speed, double aim, double pace, double dt_s) {
    double wanted = fmin(pace, fmax(-pace, (aim - *at) * 3));
    *wish += (wanted - *wish) * (1 - exp(-dt_s / LIMB_TAU_S));
    *speed += (*wish - *speed) * (1 - exp(-dt_s / LIMB_TAU_S));
    *at += *speed * dt_s;
}

BodyPose listener_step(Listener *l, double dt_s) {
    l->pose.breath = 0;
    if (l->way == NULL) return l->pose;
    double pace = l->way->pace / l->slower;
    bool still =
        l->on_a_stone && l->playing && (l->does == LISTENER_GOES_OUT || l->does == LISTENER_COMES_BACK);
    if (!still) decide(l, dt_s);
    move(&l->pose.place, &l->wish, &l->speed, still ? l->pose.place : l->aim, still ? 0 : pace, dt_s);
    move(&l->pose.lift, &l->wish_lift, &l->speed_lift, l->aim_lift, pace, dt_s);
    BodyPose pose = l->pose;
    if (l->left) pose.place = -pose.place;
    return pose;
}
