#include "input/taps.h"

#include "core/vec.h"

#include <math.h>

static double length(const double v[3]) {
    return sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

static bool is_finite(const ImuSample *s) {
    bool finite = isfinite(s->t_s);
    for (int i = 0; i < 3; i++) finite = finite && isfinite(s->accel[i]) && isfinite(s->gyro[i]);
    return finite;
}

void taps_init(Taps *taps) {
    *taps = (Taps){ .stage = TAPS_WAITING };
}

static void begin_anew(Taps *taps, const ImuSample *sample) {
    taps_init(taps);
    taps->running = true;
    taps->last_s = taps->rough_s = sample->t_s;
    for (int i = 0; i < 3; i++) taps->mean[i] = (double)sample->accel[i];
}

static void give_up(Taps *taps, double t_s) {
    taps->stage = TAPS_WAITING;
    taps->rough_s = t_s;
}

static void begin_blow(Taps *taps, TapsStage stage, double t_s, double force) {
    taps->stage = stage;
    taps->blow_s = t_s;
    taps->peak = force;
}

static bool is_blow(const Taps *taps) {
    return taps->peak >= TAPS_BLOW_M_S2 && taps->peak <= TAPS_BLOW_MAX_M_S2;
}

static bool are_alike(const Taps *taps) {
    return taps->peak <= TAPS_UNLIKE * taps->first_peak && taps->first_peak <= TAPS_UNLIKE * taps->peak;
}

/* The stages after a blow's ringing: quiet until the next one may come, or until all is over. */
static bool listen(Taps *taps, double t_s, double force) {
    double quiet = fmax(TAPS_ROUGH_M_S2, TAPS_ECHO_SHARE * taps->first_peak);
    double since_s = t_s - taps->first_s;
    bool rough = force > quiet;
    if (taps->stage == TAPS_BETWEEN) {
        if (rough && since_s >= TAPS_APART_MIN_S && since_s <= TAPS_APART_MAX_S)
            begin_blow(taps, TAPS_SECOND, t_s, force);
        else if (rough || since_s > TAPS_APART_MAX_S)
            give_up(taps, t_s);
        return false;
    }
    bool over = t_s - taps->blow_s >= TAPS_AFTER_S;
    if (rough || over) give_up(taps, t_s);
    return over && !rough;
}

static bool step(Taps *taps, double t_s, double force) {
    switch (taps->stage) {
    case TAPS_WAITING:
        if (force <= TAPS_ROUGH_M_S2) return false;
        if (t_s - taps->rough_s < TAPS_BEFORE_S) {
            taps->rough_s = t_s;
            return false;
        }
        begin_blow(taps, TAPS_FIRST, t_s, force);
        taps->first_s = t_s;
        for (int i = 0; i < 3; i++) taps->turned[i] = 0;
        return false;
    case TAPS_FIRST:
    case TAPS_SECOND:
        if (t_s - taps->blow_s < TAPS_BLOW_S) {
            taps->peak = fmax(taps->peak, force);
            return false;
        }
        if (!is_blow(taps) || (taps->stage == TAPS_SECOND && !are_alike(taps))) {
            give_up(taps, t_s);
            return false;
        }
        if (taps->stage == TAPS_FIRST) taps->first_peak = taps->peak;
        taps->stage = taps->stage == TAPS_FIRST ? TAPS_BETWEEN : TAPS_AFTER;
        return listen(taps, t_s, force);
    case TAPS_BETWEEN:
    case TAPS_AFTER: break;
    }
    return listen(taps, t_s, force);
}

bool taps_feed(Taps *taps, const ImuSample *sample) {
    if (!is_finite(sample)) return false;
    double dt_s = sample->t_s - taps->last_s;
    if (!taps->running || dt_s < 0 || dt_s > TAPS_GAP_S) {
        begin_anew(taps, sample);
        return false;
    }
    double share = 1 - exp(-dt_s / TAPS_HIGH_PASS_S), rest[3];
    for (int i = 0; i < 3; i++) {
        taps->mean[i] += share * ((double)sample->accel[i] - taps->mean[i]);
        rest[i] = (double)sample->accel[i] - taps->mean[i];
        taps->turned[i] += (double)sample->gyro[i] * dt_s;
    }
    taps->last_s = sample->t_s;
    bool tapped = step(taps, sample->t_s, length(rest));
    if (taps->stage != TAPS_WAITING && length(taps->turned) > TAPS_TURN_DEG * DEG2RAD)
        give_up(taps, sample->t_s);
    return tapped && length(taps->turned) <= TAPS_TURN_DEG * DEG2RAD;
}
