#include "exercises/generic.h"

#include "motion/principal.h"

#include <math.h>
#include <string.h>

#define FRAME_S       (1.0 / GENERIC_FRAME_HZ)
#define GRAVITY       9.81
#define DRIFT_S       12.0 /* slower wandering is no exercise */
#define ACCEL_TAU_S   0.12 /* twice in a row */
#define SPEED_TAU_S   1.5
#define BETWEEN_S     20.0 /* so long without a stroke, and the set is over */
#define KEPT_S        2.0  /* … of which this much belongs to the next */
#define GAP_S         2.0  /* samples missing for longer end a set, too */
#define STROKE_SHARE  0.5  /* of the typical stroke around it: what is smaller is a wobble */
#define WHOLE_SHARE   0.8  /* a set's first or last stroke that was not cut short */
#define UNLIKE_FLOOR  0.05 /* nothing is so regular that its vote outweighs all others */
#define UNLIKE_UNSEEN 9.0

enum { TURN = 0, ACCEL = 3, SPEED = 6 };              /* channels */
enum { BY_TURN, BY_SECOND_TURN, BY_ACCEL, BY_SPEED }; /* signals */
enum { LOOK_FRAMES = 2, FEWEST_FRAMES = 2 * GENERIC_FRAME_HZ };

/* When the stroke under way counts as done: it has turned back by a share of the typical one, or made no way
 * for a while, or is nearly as long and hardly moves. */
#define TURNED_SHARE  0.1
#define TURNED_FRAMES 6
#define ALMOST_SHARE  0.7
#define CREEP_SHARE   0.05
#define CREEP_FRAMES  4

static const struct {
    double floor; /* a stroke's least length: degrees, m/s^2, m/s */
    double trust; /* weight of its vote */
    int path;     /* the three channels that tell whether its cycles are alike */
} signals[GENERIC_SIGNALS] = {
    [BY_TURN] = { .floor = 3.0, .trust = 1.3, .path = TURN },
    [BY_SECOND_TURN] = { .floor = 3.0, .trust = 1.0, .path = TURN },
    [BY_ACCEL] = { .floor = 0.3, .trust = 1.0, .path = ACCEL },
    [BY_SPEED] = { .floor = 0.1, .trust = 0.5, .path = TURN }, /* a breath stays below */
};

/* What one signal says of the set under way. */
typedef struct Opinion {
    Zigzag z;
    int reps;
    bool half;       /* a stroke waits for its second */
    bool ends_whole; /* … and it and the first stroke are as long as the others */
    bool first_whole;
    int newest; /* the last stroke of the last repetition, or -1 */
    double weight;
} Opinion;

void generic_init(Generic *g) {
    memset(g, 0, sizeof *g);
}

static bool last_is_done(const Zigzag *z, const float *values, int count) {
    int last = z->count - 1;
    double typical = zigzag_typical(z, last - 1);
    double now = values[count - 1];
    if (fabs(now - z->value[last]) >= TURNED_SHARE * typical) return true;
    if (count - 1 - z->at[last] >= TURNED_FRAMES) return true;
    if (zigzag_stroke(z, last - 1) < ALMOST_SHARE * typical) return false;
    return fabs(now - values[count - 1 - CREEP_FRAMES]) < CREEP_SHARE * typical;
}

static bool is_whole(const Zigzag *z, int stroke) {
    return zigzag_stroke(z, stroke) > WHOLE_SHARE * zigzag_typical(z, stroke);
}

static Repeats repeats_of(const Generic *g, int signal, const float *values, const Zigzag *z, int strokes,
                          bool over) {
    const float *path[3];
    for (int i = 0; i < 3; i++) path[i] = g->channel[signals[signal].path + i];
    Repeats repeats;
    repeats_find(&repeats, z, strokes, values, path, FRAME_S, g->past[signal].run, over);
    return repeats;
}

static void form_opinion(const Generic *g, int signal, const float *values, bool over, Opinion *o) {
    const GenericPast *past = &g->past[signal];
    Zigzag *z = &o->z;
    double floor = signals[signal].floor;
    zigzag_make(z, values, past->start, g->frames, floor / 2);
    zigzag_smooth(z, floor, STROKE_SHARE);
    int strokes = z->count > 0 ? z->count - 1 : 0;
    if (strokes > 0 && !over && !last_is_done(z, values, g->frames)) strokes--;
    Repeats repeats = repeats_of(g, signal, values, z, strokes, over);
    int compared = past->compared + repeats.compared;
    double unlike = compared > 0 ? (past->unlike + repeats.unlike) / compared : UNLIKE_UNSEEN;
    o->weight = signals[signal].trust / (unlike + UNLIKE_FLOOR);
    o->reps = past->reps;
    o->half = past->half;
    o->newest = -1;
    for (int i = 0; i < strokes; i++) {
        if (repeats.counted[i] && o->half) {
            o->reps++;
            o->newest = i;
        }
        o->half = repeats.counted[i] && !o->half;
    }
    bool begins_here = past->reps == 0 && !past->half;
    o->first_whole = begins_here ? strokes > 1 && repeats.counted[0] && is_whole(z, 0) : past->first_whole;
    o->ends_whole = o->half && o->first_whole && strokes > 0 && is_whole(z, strokes - 1);
}

static int reps_of(const Opinion *o, bool over) {
    return o->reps + (over && o->ends_whole ? 1 : 0);
}

/* The signal whose count has the most weight behind it. */
static int vote(const Opinion *opinions, bool over) {
    int best = 0;
    double best_votes = 0;
    for (int k = 0; k < GENERIC_SIGNALS; k++) {
        double votes = 0;
        for (int j = 0; j < GENERIC_SIGNALS; j++) {
            if (reps_of(&opinions[j], over) == reps_of(&opinions[k], over)) votes += opinions[j].weight;
        }
        if (votes > best_votes) {
            best_votes = votes;
            best = k;
        }
    }
    return best;
}

static void drop_frames(Generic *g, int count) {
    for (int c = 0; c < GENERIC_CHANNELS; c++)
        memmove(g->channel[c], g->channel[c] + count, (size_t)(g->frames - count) * sizeof(float));
    g->frames -= count;
    g->first_frame_s += count * FRAME_S;
}

/* A long set: its first half becomes numbers. */
static void shorten(Generic *g, const Opinion *opinions, float values[][GENERIC_FRAMES_MAX]) {
    int cut = g->frames / 2;
    for (int k = 0; k < GENERIC_SIGNALS; k++) {
        const Zigzag *z = &opinions[k].z;
        GenericPast *past = &g->past[k];
        int strokes = 0;
        while (strokes + 1 < z->count && z->at[strokes] < cut) strokes++;
        int start = z->count > 0 ? z->at[strokes] : past->start;
        Repeats repeats = repeats_of(g, k, values[k], z, strokes, false);
        past->first_whole = opinions[k].first_whole;
        past->run = repeats.run;
        past->compared += repeats.compared;
        past->unlike += repeats.unlike;
        for (int i = 0; i < strokes; i++) {
            if (repeats.counted[i] && past->half) past->reps++;
            past->half = repeats.counted[i] && !past->half;
        }
        past->start = start > cut ? start - cut : 0;
    }
    drop_frames(g, cut);
}

static void begin_set(Generic *g, int frames_kept) {
    g->before = g->told;
    memset(g->past, 0, sizeof g->past);
    if (frames_kept < g->frames) drop_frames(g, g->frames - frames_kept);
}

static double range_of(const float *values, int from, int to) {
    float low = values[from], high = values[from];
    for (int i = from; i <= to; i++) {
        if (values[i] < low) low = values[i];
        if (values[i] > high) high = values[i];
    }
    return (double)high - low;
}

/* Tells the last `count` repetitions of an opinion. */
static void tell(Generic *g, const Opinion *o, int count, const float *turn, GenericReps *out) {
    for (int i = count - 1; i >= 0 && out->count < GENERIC_REPS_MAX; i--) {
        int stroke = o->newest - 2 * i;
        GenericRep rep = { .start_s = g->t_s, .peak_s = g->t_s, .end_s = g->t_s };
        if (stroke >= 1) {
            const int *at = o->z.at + stroke - 1;
            rep.start_s = g->first_frame_s + at[0] * FRAME_S;
            rep.peak_s = g->first_frame_s + at[1] * FRAME_S;
            rep.end_s = g->first_frame_s + at[2] * FRAME_S;
            rep.rom_deg = range_of(turn, at[0], at[2]);
        }
        out->items[out->count++] = rep;
        g->told++;
    }
}

/* How long ago the most regular of the signals last turned. */
static double quiet_s(const Generic *g, const Opinion *opinions) {
    const Opinion *leader = &opinions[0];
    for (int k = 1; k < GENERIC_SIGNALS; k++) {
        if (opinions[k].weight > leader->weight) leader = &opinions[k];
    }
    const Zigzag *z = &leader->z;
    return (g->frames - (z->count > 0 ? z->at[z->count - 1] : 0)) * FRAME_S;
}

static void look(Generic *g, bool over, GenericReps *out) {
    if (g->frames < FEWEST_FRAMES) return;
    float values[GENERIC_SIGNALS][GENERIC_FRAMES_MAX];
    Opinion opinions[GENERIC_SIGNALS];
    const float *channels[GENERIC_CHANNELS];
    for (int c = 0; c < GENERIC_CHANNELS; c++) channels[c] = g->channel[c];
    float *turns[2] = { values[BY_TURN], values[BY_SECOND_TURN] }, *accel[1] = { values[BY_ACCEL] };
    principal_project(channels + TURN, g->frames, FRAME_S, DRIFT_S, 2, turns);
    principal_project(channels + ACCEL, g->frames, FRAME_S, DRIFT_S, 1, accel);
    memcpy(values[BY_SPEED], channels[SPEED], (size_t)g->frames * sizeof(float));
    for (int k = 0; k < GENERIC_SIGNALS; k++) form_opinion(g, k, values[k], over, &opinions[k]);
    const Opinion *winner = &opinions[vote(opinions, over)];
    tell(g, winner, g->before + reps_of(winner, over) - g->told, values[BY_TURN], out);
    if (over) return;
    if (quiet_s(g, opinions) > BETWEEN_S)
        begin_set(g, (int)(KEPT_S / FRAME_S));
    else if (g->frames >= GENERIC_FRAMES_MAX)
        shorten(g, opinions, values);
}

static Vec3 toward(Vec3 from, Vec3 to, double share) {
    return vec3_add(from, vec3_scale(vec3_sub(to, from), share));
}

static void keep_frame(Generic *g, const GenericMotion *from, const GenericMotion *to, double share) {
    Vec3 turn = toward(from->turn, to->turn, share), accel = toward(from->accel, to->accel, share);
    double speed = from->rise_speed + (to->rise_speed - from->rise_speed) * share;
    const double values[GENERIC_CHANNELS] = { turn.x, turn.y, turn.z, accel.x, accel.y, accel.z, speed };
    for (int c = 0; c < GENERIC_CHANNELS; c++) g->channel[c][g->frames] = (float)values[c];
    g->frames++;
}

GenericReps generic_feed(Generic *g, double t_s, Vec3 rate, Vec3 accel, Vec3 up) {
    GenericReps out = { 0 };
    GenericMotion before = g->motion, *now = &g->motion;
    double before_s = g->t_s, dt_s = t_s - before_s;
    g->t_s = t_s;
    if (!g->started || dt_s > GAP_S) {
        begin_set(g, 0);
        g->started = true;
        g->first_frame_s = before_s = t_s;
        now->rise_speed = dt_s = 0;
        now->once = now->accel = accel;
        before = *now;
    }
    double share = 1 - exp(-dt_s / ACCEL_TAU_S);
    now->turn = vec3_add(now->turn, vec3_scale(rate, dt_s * RAD2DEG));
    now->once = toward(now->once, accel, share);
    now->accel = toward(now->accel, now->once, share);
    now->rise_speed = (now->rise_speed + (vec3_dot(accel, up) - GRAVITY) * dt_s) * exp(-dt_s / SPEED_TAU_S);
    for (;;) {
        double next_s = g->first_frame_s + g->frames * FRAME_S;
        if (next_s > t_s) break;
        keep_frame(g, &before, now, dt_s > 0 ? (next_s - before_s) / dt_s : 0);
        if (g->frames % LOOK_FRAMES == 0) look(g, false, &out);
    }
    return out;
}

GenericReps generic_finish(Generic *g) {
    GenericReps out = { 0 };
    look(g, true, &out);
    return out;
}
