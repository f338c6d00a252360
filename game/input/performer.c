#include "input/performer.h"

#include <math.h>
#include <string.h>

#define REACTION_S   0.5  /* from seeing "stop here" to stopping */
#define FLOW_TAU_S   0.15 /* nobody stops dead */
#define LEAST_REACH  0.76 /* of what is asked: who reaches less does not mean to */
#define WANDER_SHARE 0.25
#define HOLDS_BADLY  0.15 /* a partial chance from which a hold is not kept either */
#define GROWTH       4    /* repetitions until the full range is there */

const PerformerSkill performer_skills[] = {
    [DEMO_ORDINARY] = { .reach_mean = 1.08,
                        .reach_spread = 0.09,
                        .pace_mean = 1.0,
                        .pace_spread = 0.10,
                        .jerk = 0.010,
                        .partial_chance = 0.06,
                        .partial_reach = 0.4,
                        .hesitation_chance = 0.05,
                        .pause_s = 0.5 },
    [DEMO_SKILFUL] = { .reach_mean = 1.10,
                       .reach_spread = 0.03,
                       .pace_mean = 1.05,
                       .pace_spread = 0.03,
                       .jerk = 0.001,
                       .partial_chance = 0,
                       .pause_s = 0.4 },
    [DEMO_CLUMSY] = { .reach_mean = 0.92,
                      .reach_spread = 0.14,
                      .pace_mean = 0.62,
                      .pace_spread = 0.25,
                      .jerk = 0.030,
                      .partial_chance = 0.2,
                      .partial_reach = 0.4,
                      .hesitation_chance = 0.15,
                      .pause_s = 0.9 },
    [DEMO_RESTLESS] = { .reach_mean = 1.02,
                        .reach_spread = 0.08,
                        .pace_mean = 1.0,
                        .pace_spread = 0.22,
                        .jerk = 0.020,
                        .partial_chance = 0.12,
                        .partial_reach = 0.48,
                        .hesitation_chance = 0.15,
                        .pause_s = 1.2,
                        .fidget_chance = 0.25,
                        .wander_deg = 7,
                        .first_reach = 0.72 },
    [DEMO_IDLE] = { .reach_mean = 1, .pace_mean = 1 },
};

void performer_init(Performer *p, const ExerciseSpec *spec, DemoStyle style, Rng rng) {
    *p = (Performer){ .skill = performer_skills[style], .idle = style == DEMO_IDLE, .rng = rng };
    performer_change(p, spec);
}

void performer_change(Performer *p, const ExerciseSpec *spec) {
    p->spec = spec;
    p->from = p->now = (BodyPose){ 0 };
    p->stroke_count = p->stroke = 0;
    p->one_slow_done = false;
    p->breath_period_s = rng_range(&p->rng, 5.5, 8.5);
    p->flow = 1;
    p->fidget = (Fidget){ 0 };
    p->wander_s.x = rng_range(&p->rng, 120, 300);
    p->wander_s.y = rng_range(&p->rng, 120, 300);
    p->wander_s.z = rng_range(&p->rng, 120, 300);
    p->counts = false;
    p->done = 0;
}

void performer_cue(Performer *p, const Cue *cue) {
    if (cue->phase != p->cue.phase) {
        p->one_slow_done = false;
        if (cue->phase == CUE_REST || cue->phase == CUE_HOLD_STILL) {
            p->strokes[0] = (PoseStroke){ .seconds = 1.2 };
            p->stroke_count = 1;
            p->counts = false;
            p->stroke = 0;
            p->stroke_s = 0;
            p->from = p->now;
        }
    }
    p->cue = *cue;
}

static void add(Performer *p, double place, double lift, double seconds) {
    if (p->stroke_count == PERFORMER_STROKES_MAX) return;
    p->strokes[p->stroke_count++] =
        (PoseStroke){ .to = { .place = place, .lift = lift }, .seconds = seconds };
}

/* A stroke that may stop on its way. */
static void go(Performer *p, double place, double lift, double seconds) {
    BodyPose from = p->stroke_count > 0 ? p->strokes[p->stroke_count - 1].to : p->now;
    bool hesitates = rng_unit(&p->rng) < p->skill.hesitation_chance && fabs(place - from.place) > 0.3;
    if (hesitates) {
        double share = rng_range(&p->rng, 0.35, 0.65);
        double half = from.place + (place - from.place) * share, up = from.lift + (lift - from.lift) * share;
        add(p, half, up, share * seconds);
        add(p, half, up, rng_range(&p->rng, 0.2, 0.7));
        seconds *= 1 - share;
    }
    add(p, place, lift, seconds);
}

/* Plans one repetition of the exercise. `reach` and `under` are shares of the own measure. */
static void plan(Performer *p, double reach, double under, double seconds, double pause_s) {
    double side = p->cue.side == SIDE_LEFT ? -1 : 1;
    p->stroke_count = p->stroke = 0;
    p->stroke_s = 0;
    p->from = p->now;
    p->counts = true;
    p->under_way = (Performed){ .side = p->cue.side, .reach = reach, .under = 0 };
    switch (p->spec->pattern) {
    case PATTERN_RETURN:
        go(p, reach, 0, 0.45 * seconds);
        add(p, reach, 0, 0.05 * seconds);
        go(p, 0, 0, 0.5 * seconds);
        break;
    case PATTERN_SWING:
        go(p, reach, 0, 0.35 * seconds);
        go(p, -under, 0, 0.65 * seconds);
        p->under_way.under = under;
        break;
    case PATTERN_OPENING:
        go(p, side * reach, 0, 0.35 * seconds);
        add(p, side * reach, 0, 0.2 * seconds);
        if (p->spec->under_deg > 0 && under > 0) {
            add(p, -side * under * 0.5, 0, 0.3 * seconds);
            add(p, 0, 0, 0.15 * seconds);
            p->under_way.under = under * 0.5;
        } else {
            go(p, 0, 0, 0.45 * seconds);
        }
        break;
    case PATTERN_BRIDGE:
        add(p, 0, 1, 0.25 * seconds);
        go(p, side * reach, 1, 0.25 * seconds);
        add(p, side * reach, 1, 0.06 * seconds);
        add(p, 0, 1, 0.2 * seconds);
        add(p, 0, 0, 0.24 * seconds);
        break;
    case PATTERN_HOLD:
        add(p, reach, 0, 3.0);
        /* Who is clumsy soon comes up for air. */
        if (p->skill.partial_chance >= HOLDS_BADLY && p->cue.phase == CUE_PLAY) {
            add(p, reach, 0, 2 * seconds);
            add(p, 0.3 * reach, 0, 1.2);
        } else {
            add(p, reach, 0, seconds * 10);
        }
        break;
    }
    if (pause_s > 0.05) {
        BodyPose rest = p->strokes[p->stroke_count - 1].to;
        add(p, rest.place, rest.lift, pause_s);
    }
}

static double about(Rng *rng, double mean, double spread) {
    return mean * fmax(0.3, 1 + spread * rng_normal(rng));
}

/* Between repetitions some people do other things. */
static bool fidgets_instead(Performer *p) {
    if (p->done == 0 || rng_unit(&p->rng) >= p->skill.fidget_chance) return false;
    performer_fidget(p, (FidgetKind)(FIDGET_SHIFT + rng_below(&p->rng, 3)));
    return true;
}

static void plan_next(Performer *p) {
    if (p->idle) return;
    if (p->cue.phase == CUE_ONE_SLOW && !p->one_slow_done) {
        p->one_slow_done = true;
        plan(p, 1.0, 1.0, 1.2 * p->spec->rep_s, 0.2);
        /* A swing comes back to the start. */
        add(p, 0, 0, 1.0);
    } else if (p->cue.phase == CUE_PLAY && !fidgets_instead(p)) {
        double reach = p->cue.target * about(&p->rng, p->skill.reach_mean, p->skill.reach_spread);
        double grown = p->skill.first_reach > 0 && p->done < GROWTH
                           ? p->skill.first_reach + (1 - p->skill.first_reach) * p->done / GROWTH
                           : 1;
        double under = fmin(1.05, about(&p->rng, p->skill.reach_mean, p->skill.reach_spread)) *
                       (p->spec->pattern == PATTERN_SWING ? p->cue.target : 0.9) * grown;
        reach = fmax(LEAST_REACH * p->cue.target, fmin(1.05, reach * grown));
        if (p->spec->pattern != PATTERN_HOLD && rng_unit(&p->rng) < p->skill.partial_chance) {
            double small = p->skill.partial_reach * rng_range(&p->rng, 0.7, 1);
            reach *= small;
            under *= small;
        }
        double seconds = p->spec->rep_s * about(&p->rng, p->skill.pace_mean, p->skill.pace_spread);
        plan(p, reach, under, seconds, p->skill.pause_s * rng_range(&p->rng, 0.5, 1.5));
    }
}

/* Minimum jerk (Flash and Hogan 1985): how far of a stroke is done at share s of its time. */
static double min_jerk(double s) {
    return s * s * s * (10 + s * (6 * s - 15));
}

void performer_fidget(Performer *p, FidgetKind kind) {
    static const struct {
        double shortest_s, longest_s, smallest_deg, largest_deg;
    } ways[] = {
        [FIDGET_SHIFT] = { 1.0, 2.5, 2, 6 },
        [FIDGET_COUGH] = { 0.8, 1.6, 1.5, 4 },
        [FIDGET_SCRATCH] = { 1.5, 3.0, 1, 4 },
        [FIDGET_ADJUST] = { 1.5, 3.0, 12, 30 },
    };
    p->fidget = (Fidget){ .kind = kind,
                          .seconds = rng_range(&p->rng, ways[kind].shortest_s, ways[kind].longest_s),
                          .size_deg = rng_range(&p->rng, ways[kind].smallest_deg, ways[kind].largest_deg),
                          .axis = rng_direction(&p->rng) };
}

static Vec3 fidget_step(Performer *p, double dt_s) {
    Fidget *f = &p->fidget;
    if (f->kind == FIDGET_NONE) return vec3(0, 0, 0);
    f->at_s += dt_s;
    double share = f->at_s / f->seconds;
    if (share >= 1) {
        f->kind = FIDGET_NONE;
        return vec3(0, 0, 0);
    }
    double out = sin(PI * share), bell = out * out, shape = bell;
    if (f->kind == FIDGET_COUGH) shape = bell * sin(2 * PI * 3.0 * f->at_s);
    if (f->kind == FIDGET_SCRATCH) shape = bell * (0.5 + 0.5 * sin(2 * PI * 4.3 * f->at_s));
    return vec3_scale(f->axis, f->size_deg * shape);
}

/* The posture strays and comes back, slowly, each way at its own pace. */
static Vec3 wander(const Performer *p) {
    Vec3 at = { sin(2 * PI * p->t_s / p->wander_s.x), sin(2 * PI * p->t_s / p->wander_s.y),
                sin(2 * PI * p->t_s / p->wander_s.z) };
    /* What strays by more than the movement itself is no longer its start pose. */
    double most_deg = fmin(p->skill.wander_deg, WANDER_SHARE * (p->spec->typical_deg + p->spec->under_deg));
    return vec3_scale(at, most_deg / sqrt(3));
}

static void stroke_over(Performer *p) {
    p->from = p->now = p->strokes[p->stroke].to;
    p->stroke_s = 0;
    p->stroke++;
    /* The last stroke may only be the rest after it. */
    bool over = p->stroke >= p->stroke_count ||
                (p->stroke == p->stroke_count - 1 && p->strokes[p->stroke].to.place == p->now.place &&
                 p->strokes[p->stroke].to.lift == p->now.lift);
    if (!over || !p->counts || p->spec->pattern == PATTERN_HOLD) return;
    p->counts = false;
    p->last = p->under_way;
    p->last.end_s = p->t_s;
    p->done++;
}

BodyPose performer_step(Performer *p, double dt_s) {
    p->t_s += dt_s;
    p->breath_phase += dt_s / p->breath_period_s;
    bool stop = p->cue.phase == CUE_PLAY && p->cue.stop_here > 0 && !p->idle;
    p->stopped_s = stop ? p->stopped_s + dt_s : 0;
    p->flow += ((p->stopped_s < REACTION_S ? 1 : 0) - p->flow) * (1 - exp(-dt_s / FLOW_TAU_S));
    bool busy = p->fidget.kind != FIDGET_NONE;
    if (p->stroke >= p->stroke_count && !busy && p->stopped_s < REACTION_S) plan_next(p);
    if (!busy || p->stroke < p->stroke_count) {
        p->stroke_s += dt_s * p->flow;
        p->tremble_phase += 2 * PI * 3.1 * dt_s * p->flow;
    }
    if (p->stroke < p->stroke_count) {
        const PoseStroke *stroke = &p->strokes[p->stroke];
        double share = fmin(1, p->stroke_s / stroke->seconds);
        double done = min_jerk(share);
        double span = fabs(stroke->to.place - p->from.place);
        p->now.place = p->from.place + (stroke->to.place - p->from.place) * done +
                       p->skill.jerk * span * sin(p->tremble_phase) * sin(PI * share);
        p->now.lift = p->from.lift + (stroke->to.lift - p->from.lift) * done;
        if (share >= 1) stroke_over(p);
    }
    p->now.breath = sin(2 * PI * p->breath_phase);
    p->now.sway_deg = vec3_add(wander(p), fidget_step(p, dt_s));
    return p->now;
}
