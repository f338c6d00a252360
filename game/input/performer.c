#include "input/performer.h"

#include <math.h>
#include <string.h>

#define REACTION_S 0.5 /* from seeing "stop here" to stopping */

const PerformerSkill performer_skills[] = {
    [DEMO_ORDINARY] = { .reach_mean = 1.08,
                        .reach_spread = 0.09,
                        .pace_mean = 1.0,
                        .pace_spread = 0.10,
                        .jerk = 0.010,
                        .partial_chance = 0.06,
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
                      .pause_s = 0.9 },
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
}

void performer_cue(Performer *p, const Cue *cue) {
    if (cue->phase != p->cue.phase) {
        p->one_slow_done = false;
        if (cue->phase == CUE_REST || cue->phase == CUE_HOLD_STILL) {
            p->strokes[0] = (PoseStroke){ .to = { 0 }, .seconds = 1.2 };
            p->stroke_count = 1;
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

/* Plans one repetition of the exercise. `reach` and `under` are shares of the own measure. */
static void plan(Performer *p, double reach, double under, double seconds, double pause_s) {
    double side = p->cue.side == SIDE_LEFT ? -1 : 1;
    p->stroke_count = p->stroke = 0;
    p->stroke_s = 0;
    p->from = p->now;
    switch (p->spec->pattern) {
    case PATTERN_RETURN:
        add(p, reach, 0, 0.45 * seconds);
        add(p, reach, 0, 0.05 * seconds);
        add(p, 0, 0, 0.5 * seconds);
        break;
    case PATTERN_SWING:
        add(p, reach, 0, 0.35 * seconds);
        add(p, -under, 0, 0.65 * seconds);
        break;
    case PATTERN_OPENING:
        add(p, side * reach, 0, 0.35 * seconds);
        add(p, side * reach, 0, 0.2 * seconds);
        if (p->spec->under_deg > 0) {
            add(p, -side * under * 0.5, 0, 0.3 * seconds);
            add(p, 0, 0, 0.15 * seconds);
        } else {
            add(p, 0, 0, 0.45 * seconds);
        }
        break;
    case PATTERN_BRIDGE:
        add(p, 0, 1, 0.25 * seconds);
        add(p, side * reach, 1, 0.25 * seconds);
        add(p, side * reach, 1, 0.06 * seconds);
        add(p, 0, 1, 0.2 * seconds);
        add(p, 0, 0, 0.24 * seconds);
        break;
    case PATTERN_HOLD:
        add(p, reach, 0, 3.0);
        add(p, reach, 0, seconds * 10);
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

static void plan_next(Performer *p) {
    if (p->idle) return;
    if (p->cue.phase == CUE_ONE_SLOW && !p->one_slow_done) {
        p->one_slow_done = true;
        plan(p, 1.0, 1.0, 1.2 * p->spec->rep_s, 0.2);
        /* A swing comes back to the start. */
        add(p, 0, 0, 1.0);
    } else if (p->cue.phase == CUE_PLAY) {
        double reach = p->cue.target * about(&p->rng, p->skill.reach_mean, p->skill.reach_spread);
        if (rng_unit(&p->rng) < p->skill.partial_chance) reach *= 0.4;
        double under = fmin(1.05, about(&p->rng, p->skill.reach_mean, p->skill.reach_spread)) *
                       (p->spec->pattern == PATTERN_SWING ? p->cue.target : 0.9);
        double seconds = p->spec->rep_s * about(&p->rng, p->skill.pace_mean, p->skill.pace_spread);
        plan(p, fmin(reach, 1.05), under, seconds, p->skill.pause_s * rng_range(&p->rng, 0.5, 1.5));
    }
}

/* Minimum jerk (Flash and Hogan 1985): how far of a stroke is done at share s of its time. */
static double min_jerk(double s) {
    return s * s * s * (10 + s * (6 * s - 15));
}

BodyPose performer_step(Performer *p, double dt_s) {
    p->breath_phase += dt_s / p->breath_period_s;
    bool stop = p->cue.phase == CUE_PLAY && p->cue.stop_here > 0 && !p->idle;
    p->stopped_s = stop ? p->stopped_s + dt_s : 0;
    if (p->stopped_s < REACTION_S) {
        if (p->stroke >= p->stroke_count) plan_next(p);
        p->stroke_s += dt_s;
        p->tremble_phase += 2 * PI * 3.1 * dt_s;
    }
    if (p->stroke < p->stroke_count) {
        const PoseStroke *stroke = &p->strokes[p->stroke];
        double share = fmin(1, p->stroke_s / stroke->seconds);
        double done = min_jerk(share);
        double span = fabs(stroke->to.place - p->from.place);
        p->now.place = p->from.place + (stroke->to.place - p->from.place) * done +
                       p->skill.jerk * span * sin(p->tremble_phase) * sin(PI * share);
        p->now.lift = p->from.lift + (stroke->to.lift - p->from.lift) * done;
        if (share >= 1) {
            p->from = p->now = stroke->to;
            p->stroke_s = 0;
            p->stroke++;
        }
    }
    p->now.breath = sin(2 * PI * p->breath_phase);
    return p->now;
}
