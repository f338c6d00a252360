#include "audio/breath.h"

#include <math.h>

#define PERIOD_STEP 0.08F /* at most, a breath */
#define RATE_STEP   0.10F
#define FILL_FROM_S 10.0F
#define FILL_OFF_S  9.5F

static float clamp(float value, float low, float high) {
    return fminf(fmaxf(value, low), high);
}

BreathClock breath_clock_make(float period_s, float min_s, float max_s, float in_share) {
    float period = clamp(period_s, min_s, max_s);
    return (BreathClock){
        .min_s = min_s,
        .max_s = max_s,
        .in_share = in_share,
        .period_s = period,
        .asked_period_s = period,
        .rate = 1,
        .long_breaths = period >= FILL_FROM_S,
    };
}

void breath_clock_settle(BreathClock *clock, float period_s, float min_s, float max_s, float in_share) {
    clock->min_s = min_s;
    clock->max_s = max_s;
    clock->in_share = in_share;
    if (!clock->measured || breath_clock_idle(clock)) clock->asked_period_s = clamp(period_s, min_s, max_s);
}

void breath_clock_measure(BreathClock *clock, float phase, float period_s) {
    if (!isfinite(phase) || !isfinite(period_s) || period_s <= 0) return;
    clock->measured = true;
    clock->silent_s = 0;
    clock->asked_phase = (double)(phase - floorf(phase));
    clock->asked_period_s = clamp(period_s, clock->min_s, clock->max_s);
}

/* How much of a breath passes a second at `phase`: the two halves differ in length. */
static double speed(const BreathClock *clock, double phase, float period_s) {
    double share = phase < 0.5 ? (double)clock->in_share : 1.0 - (double)clock->in_share;
    return 0.5 / (share * (double)period_s);
}

static void new_breath(BreathClock *clock) {
    clock->period_s = clamp(clock->asked_period_s, clock->period_s * (1 - PERIOD_STEP),
                            clock->period_s * (1 + PERIOD_STEP));
    clock->period_s = clamp(clock->period_s, clock->min_s, clock->max_s);
    if (clock->period_s >= FILL_FROM_S) clock->long_breaths = true;
    if (clock->period_s < FILL_OFF_S) clock->long_breaths = false;
}

double breath_clock_step(BreathClock *clock, float seconds) {
    clock->rate = 1;
    if (clock->measured && !breath_clock_idle(clock)) {
        double behind = clock->asked_phase - clock->phase;
        behind -= round(behind);
        clock->rate = 1 + clamp((float)behind, -RATE_STEP, RATE_STEP);
        clock->asked_phase += speed(clock, clock->asked_phase, clock->asked_period_s) * (double)seconds;
        clock->asked_phase -= floor(clock->asked_phase);
    }
    clock->silent_s += seconds;
    double passed = speed(clock, clock->phase, clock->period_s) * (double)(clock->rate * seconds);
    clock->phase += passed;
    if (clock->phase >= 1) {
        clock->phase -= 1;
        new_breath(clock);
    }
    return passed;
}

bool breath_clock_idle(const BreathClock *clock) {
    return clock->measured && clock->silent_s > clock->period_s;
}

/* Share of the period that has passed at `phase`. */
static double warp(const BreathClock *clock, double phase) {
    double whole = floor(phase), part = phase - whole, in = (double)clock->in_share;
    return whole + (part < 0.5 ? 2 * part * in : in + (2 * part - 1) * (1 - in));
}

float breath_clock_seconds(const BreathClock *clock, double phase, double breaths) {
    return clock->period_s * (float)(warp(clock, phase + breaths) - warp(clock, phase));
}
