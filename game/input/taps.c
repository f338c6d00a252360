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
    *taps = (Taps){ 0 };
}

static void begin_anew(Taps *taps, const ImuSample *sample) {
    *taps = (Taps){ .running = true, .last_s = sample->t_s, .rough_s = sample->t_s };
    for (int i = 0; i < 3; i++) taps->mean[i] = (double)sample->accel[i];
}

static void give_up(Taps *taps, double t_s) {
    taps->blows = 0;
    taps->rough_s = t_s;
}

static void begin_blow(Taps *taps, double t_s, double force) {
    if (taps->blows == 0) {
        for (int i = 0; i < 3; i++) taps->turned[i] = 0;
    }
    taps->blows++;
    taps->ringing = true;
    taps->blow_s = t_s;
    taps->peak = force;
}

static void wait_for_first(Taps *taps, double t_s, double force) {
    if (force <= TAPS_ROUGH_M_S2) return;
    if (t_s - taps->rough_s >= TAPS_BEFORE_S) {
        begin_blow(taps, t_s, force);
    } else {
        taps->rough_s = t_s;
    }
}

static bool is_blow(const Taps *taps) {
    bool alike = taps->peak <= TAPS_UNLIKE * taps->first_peak && taps->first_peak <= TAPS_UNLIKE * taps->peak;
    return taps->peak >= TAPS_BLOW_M_S2 && taps->peak <= TAPS_BLOW_MAX_M_S2 && alike;
}

/* After a blow's ringing: quiet until the next one may come, or until all is over. */
static int listen(Taps *taps, double t_s, double force) {
    double since_s = t_s - taps->blow_s;
    int blows = taps->blows;
    if (force > fmax(TAPS_ROUGH_M_S2, TAPS_ECHO_SHARE * taps->first_peak)) {
        if (since_s >= TAPS_APART_MIN_S && since_s <= TAPS_APART_MAX_S && blows < TAPS_MOST) {
            begin_blow(taps, t_s, force);
        } else {
            give_up(taps, t_s);
        }
        return 0;
    }
    if (since_s <= TAPS_APART_MAX_S) return 0;
    give_up(taps, t_s);
    return blows > 1 ? blows : 0;
}

static int step(Taps *taps, double t_s, double force) {
    if (taps->blows == 0) {
        wait_for_first(taps, t_s, force);
        return 0;
    }
    if (taps->ringing && t_s - taps->blow_s < TAPS_BLOW_S) {
        taps->peak = fmax(taps->peak, force);
        return 0;
    }
    if (taps->ringing) {
        taps->ringing = false;
        if (taps->blows == 1) taps->first_peak = taps->peak;
        if (!is_blow(taps)) {
            give_up(taps, t_s);
            return 0;
        }
    }
    return listen(taps, t_s, force);
}

int taps_feed(Taps *taps, const ImuSample *sample) {
    if (!is_finite(sample)) return 0;
    double dt_s = sample->t_s - taps->last_s;
    if (!taps->running || dt_s < 0 || dt_s > TAPS_GAP_S) {
        begin_anew(taps, sample);
        return 0;
    }
    double share = 1 - exp(-dt_s / TAPS_HIGH_PASS_S), rest[3];
    for (int i = 0; i < 3; i++) {
        taps->mean[i] += share * ((double)sample->accel[i] - taps->mean[i]);
        rest[i] = (double)sample->accel[i] - taps->mean[i];
        taps->turned[i] += (double)sample->gyro[i] * dt_s;
    }
    taps->last_s = sample->t_s;
    int knocks = step(taps, sample->t_s, length(rest));
    bool turned = length(taps->turned) > TAPS_TURN_DEG * DEG2RAD;
    if (taps->blows > 0 && turned) give_up(taps, sample->t_s);
    return turned ? 0 : knocks;
}
