#include "input/simulated_set.h"

#include "input/performer.h"
#include "input/person.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNTS_REACH 0.7   /* of the own range: from here a repetition counts */
#define LONGEST_S    360.0 /* nobody takes longer for a set */
#define HOLD_S       5.0   /* a stop on a tight spot counts from here */
#define AWAY         0.15
#define REST_S       2.5

typedef struct SetMaker {
    Performer performer;
    Body body;
    Rng rng;
    double step_s, t_s;
    bool pelvis;
    Recording *out;
    size_t capacity;
    SetTruth *truth;
    int done_seen;
    double stop_from_s, stop_until_s; /* foam roll: the next tight spot */
    double held_s;
} SetMaker;

static bool keep(SetMaker *m, ImuModel *imu, ImuSample sample) {
    if (!imu_model_deliver(imu, &sample)) return true;
    if (m->out->count == m->capacity) {
        m->capacity = m->capacity > 0 ? 2 * m->capacity : 8192;
        ImuSample *grown = realloc(m->out->samples, m->capacity * sizeof *grown);
        if (grown == NULL) return false;
        m->out->samples = grown;
    }
    m->out->samples[m->out->count++] = sample;
    return true;
}

static void note_repetition(SetMaker *m) {
    const Performer *p = &m->performer;
    SetTruth *t = m->truth;
    if (p->done == m->done_seen) return;
    m->done_seen = p->done;
    const BodyRange *range = &m->body.range;
    if (p->last.reach < COUNTS_REACH) {
        t->partials++;
        return;
    }
    double under_deg =
        p->last.under * (p->spec->pattern == PATTERN_SWING ? range->under_deg : range->range_deg);
    if (t->reps < SET_REPS_MAX) t->ends_s[t->reps] = m->t_s;
    t->rom_deg += p->last.reach * range->range_deg + under_deg;
    t->reps++;
    if (p->last.side == SIDE_LEFT) t->left++;
    if (p->last.side == SIDE_RIGHT) t->right++;
    if (p->spec->breath_is_rep) t->breaths++;
}

static void note_stop(SetMaker *m) {
    const Performer *p = &m->performer;
    if (p->flow < 0.1 && p->now.place > AWAY) {
        m->held_s += m->step_s;
        return;
    }
    if (m->held_s >= HOLD_S) m->truth->hold_s += m->held_s;
    m->held_s = 0;
}

static bool step(SetMaker *m) {
    BodyPose pose = performer_step(&m->performer, m->step_s);
    ImuSample chest = body_sample(&m->body, &pose, m->t_s, m->step_s);
    if (!keep(m, &m->body.chest.imu, chest)) return false;
    if (m->pelvis) {
        ImuSample pelvis = body_pelvis_sample(&m->body, &pose, m->t_s, m->step_s);
        if (!keep(m, &m->body.pelvis.imu, pelvis)) return false;
    }
    m->t_s += m->step_s;
    note_repetition(m);
    note_stop(m);
    return true;
}

static bool wait(SetMaker *m, double seconds) {
    for (double until_s = m->t_s + seconds; m->t_s < until_s;) {
        if (!step(m)) return false;
    }
    return true;
}

/* One side after the other, or in turns, as the exercise asks. */
static Side side_asked(const SetMaker *m, int wanted) {
    const ExerciseSpec *spec = m->performer.spec;
    if (spec->first_side == SIDE_NONE) return SIDE_NONE;
    bool other = spec->alternates ? m->truth->reps % 2 != 0 : m->truth->reps >= wanted / 2;
    return other ? side_other(spec->first_side) : spec->first_side;
}

static void ask_for_stops(SetMaker *m, Cue *cue) {
    if (m->performer.spec->pattern != PATTERN_RETURN || m->performer.spec->still_dps <= 0) return;
    if (m->t_s > m->stop_until_s) {
        m->stop_from_s = m->t_s + rng_range(&m->rng, 6, 25);
        m->stop_until_s = m->stop_from_s + rng_range(&m->rng, 8, 25);
    }
    bool away = m->performer.now.place > 0.5 || cue->stop_here > 0;
    cue->stop_here = m->t_s > m->stop_from_s && away ? 1 : 0;
}

static bool hold(SetMaker *m, Cue *cue) {
    Performer *p = &m->performer;
    double length_s = rng_range(&m->rng, 30, 75);
    while (p->stroke_count < 2 || p->stroke == 0) { /* the sink, then the stay */
        if (!step(m)) return false;
        if (m->t_s > LONGEST_S) return true; /* whoever idles never sinks */
    }
    double began_s = m->t_s, began_breath = p->breath_phase;
    m->truth->rom_deg = p->now.place * m->body.range.range_deg;
    if (!wait(m, length_s)) return false;
    m->truth->hold_s = m->t_s - began_s;
    m->truth->breaths = (int)floor(p->breath_phase - began_breath);
    cue->phase = CUE_REST;
    performer_cue(p, cue);
    return true;
}

static bool repeat(SetMaker *m, Cue *cue, int wanted) {
    while (m->truth->reps < wanted && m->t_s < LONGEST_S) {
        cue->side = side_asked(m, wanted);
        ask_for_stops(m, cue);
        performer_cue(&m->performer, cue);
        if (!step(m)) return false;
    }
    cue->stop_here = 0;
    cue->phase = CUE_REST;
    performer_cue(&m->performer, cue);
    if (m->truth->reps > 0) m->truth->rom_deg /= m->truth->reps;
    return true;
}

static bool make(SetMaker *m, DemoStyle style) {
    const ExerciseSpec *spec = m->performer.spec;
    Cue cue = { .phase = CUE_HOLD_STILL, .side = spec->first_side, .target = 0.95F };
    performer_cue(&m->performer, &cue);
    if (!wait(m, rng_range(&m->rng, 2.2, 3.5))) return false;
    if (style == DEMO_RESTLESS && spec->pattern != PATTERN_HOLD) {
        performer_fidget(&m->performer, FIDGET_ADJUST);
        if (!wait(m, m->performer.fidget.seconds + 1.5)) return false;
    }
    cue.phase = CUE_PLAY;
    performer_cue(&m->performer, &cue);
    int wanted = 8 + (int)rng_below(&m->rng, 5);
    if (spec->first_side != SIDE_NONE && !spec->alternates) wanted = 2 * (8 + (int)rng_below(&m->rng, 3));
    bool good = spec->pattern == PATTERN_HOLD ? hold(m, &cue) : repeat(m, &cue, wanted);
    return good && wait(m, REST_S);
}

Result simulated_set_make(Recording *out, SetTruth *truth, const ExerciseSpec *spec, DemoStyle style,
                          uint64_t seed, bool pelvis, Error *error) {
    static const double rates_hz[] = { 50, 100, 100, 200 };
    *out = (Recording){ 0 };
    *truth = (SetTruth){ 0 };
    SetMaker *m = calloc(1, sizeof *m);
    if (m == NULL) return error_set(error, RESULT_NO_MEMORY, "Not enough memory for a simulated set.");
    m->rng = rng_make(seed, 21);
    m->step_s = 1 / rates_hz[rng_below(&m->rng, 4)];
    m->out = out;
    m->truth = truth;
    m->pelvis = pelvis;
    SensorFaults faults = person_faults(&m->rng, style);
    if (style == DEMO_RESTLESS && rng_unit(&m->rng) < 0.5) {
        faults.slip_deg = 10;
        faults.slip_axis = rng_direction(&m->rng);
        faults.slip_at_s = rng_range(&m->rng, 15, 40);
    }
    BodyRange range = person_range(&m->rng, spec);
    body_init(&m->body, spec, &range, &faults, rng_make(seed, 22));
    m->body.build = person_build(&m->rng, spec);
    performer_init(&m->performer, spec, style, rng_make(seed, 23));
    /* Breaths of a hold are anything from 4 to 20 a minute. */
    if (spec->pattern == PATTERN_HOLD) m->performer.breath_period_s = rng_range(&m->rng, 3.5, 14);
    bool made = make(m, style);
    free(m);
    if (made) return RESULT_OK;
    recording_free(out);
    return error_set(error, RESULT_NO_MEMORY, "Not enough memory for a simulated set.");
}

static bool write_truth(const SetTruth *truth, FILE *file) {
    bool good = fprintf(file,
                        "# truth_reps: %d\n# truth_left: %d\n# truth_right: %d\n# truth_partials: %d\n"
                        "# truth_breaths: %d\n# truth_rom_deg: %.3f\n# truth_hold_s: %.3f\n# truth_ends_s:",
                        truth->reps, truth->left, truth->right, truth->partials, truth->breaths,
                        truth->rom_deg, truth->hold_s) > 0;
    for (int i = 0; i < truth->reps && i < SET_REPS_MAX; i++)
        good = fprintf(file, " %.3f", truth->ends_s[i]) > 0 && good;
    return fputc('\n', file) != EOF && good;
}

bool simulated_set_write(const Recording *recording, const SetTruth *truth, FILE *file) {
    char line[160];
    bool good = write_truth(truth, file) && fputs(RECORDING_HEADER, file) >= 0;
    for (size_t i = 0; i < recording->count && good; i++) {
        recording_format(line, sizeof line, &recording->samples[i]);
        good = fputs(line, file) >= 0;
    }
    return good;
}

static bool number_after(const char *text, const char *key, double *out) {
    const char *at = strstr(text, key);
    if (at == NULL) return false;
    char *end = NULL;
    *out = strtod(at + strlen(key), &end);
    return end != at + strlen(key) && isfinite(*out);
}

bool simulated_set_read_truth(SetTruth *truth, const char *text) {
    static const char *const keys[] = { "# truth_reps:",     "# truth_left:",    "# truth_right:",
                                        "# truth_partials:", "# truth_breaths:", "# truth_rom_deg:",
                                        "# truth_hold_s:" };
    enum { COUNT = sizeof keys / sizeof *keys };
    double values[COUNT];
    *truth = (SetTruth){ 0 };
    for (int i = 0; i < COUNT; i++) {
        if (!number_after(text, keys[i], &values[i]) || values[i] < 0 || values[i] > 1e6) return false;
    }
    *truth = (SetTruth){ .reps = (int)values[0],
                         .left = (int)values[1],
                         .right = (int)values[2],
                         .partials = (int)values[3],
                         .breaths = (int)values[4],
                         .rom_deg = values[5],
                         .hold_s = values[6] };
    const char *at = strstr(text, "# truth_ends_s:");
    if (at == NULL) return true;
    at += strlen("# truth_ends_s:");
    for (int i = 0; i < truth->reps && i < SET_REPS_MAX; i++) {
        char *end = NULL;
        truth->ends_s[i] = strtod(at, &end);
        at = end;
    }
    return true;
}
