#include "exercises/tally.h"

#include <math.h>

#define OUTDONE_SHARE 1.75 /* a first repetition that a later one outdoes by this was a partial … */
/* Repetitions this much alike, this soon one after the other, are a set. */
#define ALIKE_SHARE   0.68
#define SOON_S        45.0
#define PARTIAL_SHARE 0.25 /* of a repetition: an early partial was at least this large */
#define STRAY_COSINE  0.6  /* … and one about another axis was something else, such as a strap put right */

static void take_back(Tally *t, int which) {
    EarlyRep early = t->firsts[which];
    t->reps--;
    t->right -= early.side == SIDE_RIGHT;
    t->left -= early.side == SIDE_LEFT;
    t->rom_sum_deg -= early.rom_deg;
    for (int i = which; i + 1 < TALLY_FIRSTS; i++) t->firsts[i] = t->firsts[i + 1];
}

static bool is_stray(const EarlyRep *early, Vec3 axis) {
    bool known = vec3_length(axis) > 0.5 && vec3_length(early->axis) > 0.5;
    return known && fabs(vec3_dot(axis, early->axis)) < STRAY_COSINE;
}

static void doubt_firsts(Tally *t, double rom_deg, Vec3 axis) {
    for (int i = t->reps - 1; i >= 0; i--) {
        const EarlyRep *early = &t->firsts[i];
        bool stray = is_stray(early, axis);
        bool outdone = rom_deg > OUTDONE_SHARE * early->rom_deg;
        if (!stray && !outdone) continue;
        if (!stray) t->partials++;
        take_back(t, i);
    }
}

/* What came before the first repetition was judged without knowing the range or the axis. */
static void doubt_partials(Tally *t, double rom_deg, Vec3 axis) {
    int kept = 0;
    for (int i = 0; i < t->early_count; i++) {
        const EarlyRep *early = &t->earlies[i];
        if (early->rom_deg >= PARTIAL_SHARE * rom_deg && !is_stray(early, axis))
            t->earlies[kept++] = *early;
        else
            t->partials--;
    }
    t->early_count = kept;
}

void tally_count(Tally *t, const Move *move, Vec3 axis, double away, bool trusted) {
    t->last_counted = move->kind == MOVE_REP;
    if (move->kind == MOVE_PARTIAL) {
        t->partials++;
        if (t->reps == 0 && t->early_count < TALLY_FIRSTS)
            t->earlies[t->early_count++] =
                (EarlyRep){ .rom_deg = move->rom_deg, .side = move->side, .axis = axis };
        return;
    }
    if (t->reps < TALLY_FIRSTS) {
        if (!trusted) doubt_firsts(t, move->rom_deg, axis);
        doubt_partials(t, move->rom_deg, axis);
        t->firsts[t->reps] =
            (EarlyRep){ .rom_deg = move->rom_deg, .away = away, .side = move->side, .axis = axis };
    }
    bool soon = t->reps > 0 && move->start_s - t->last_end_s < SOON_S;
    bool alike = fmin(move->rom_deg, t->last_rom_deg) > ALIKE_SHARE * fmax(move->rom_deg, t->last_rom_deg);
    if (soon && alike) t->alike++;
    t->last_end_s = move->end_s;
    t->reps++;
    t->right += move->side == SIDE_RIGHT;
    t->left += move->side == SIDE_LEFT;
    t->rom_sum_deg += move->rom_deg;
    t->last_rom_deg = move->rom_deg;
    median_push(&t->peaks_deg, move->peak_deg);
    median_push(&t->unders_deg, move->under_deg);
    median_push(&t->lifts_deg, move->lift_deg);
    median_push(&t->tempos_s, move->tempo_s);
}

void tally_amend(Tally *t, const Move *move) {
    if (!t->last_counted) return;
    t->rom_sum_deg += move->rom_deg - t->last_rom_deg;
    t->last_rom_deg = move->rom_deg;
    if (t->reps > 0 && t->reps <= TALLY_FIRSTS) doubt_partials(t, move->rom_deg, t->firsts[t->reps - 1].axis);
    if (t->reps > 0 && t->reps <= TALLY_FIRSTS) t->firsts[t->reps - 1].rom_deg = move->rom_deg;
    median_amend(&t->peaks_deg, move->peak_deg);
    median_amend(&t->unders_deg, move->under_deg);
}

double tally_rom_deg(const Tally *t) {
    return t->reps > 0 ? t->rom_sum_deg / t->reps : 0;
}
