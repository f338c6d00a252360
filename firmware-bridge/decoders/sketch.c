/* Any sketch's numbers, as text: a line a sample, parted by commas, tabs, blanks or semicolons, with or
 * without names. What they mean is guessed (decoders/sketch.h) and told as the note. No checksum: on a line
 * that damages bytes, a step that no body makes is taken for damage. */
#include "decoders/sketch.h"
#include "decoders/formats.h"
#include "decoders/oriented.h"
#include "decoders/pace.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RATE_RANGE_DPS 2000.0
#define ACCEL_RANGE_G  16.0
#define STEP_DPS       150.0
#define STEP_G         0.7
#define TIME_OFF_S     0.5 /* a time that leaps by more than this is damaged */

typedef struct Sketch {
    Line line;
    Pace pace;
    SketchColumns columns;
    Oriented oriented;
    bool said, has_last;
    uint16_t sequence;
    double last_now_s;
    SketchReading last;
} Sketch;

_Static_assert(sizeof(Sketch) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static void sketch_init(void *state) {
    Sketch *s = state;
    *s = (Sketch){ .said = false };
    pace_init(&s->pace, 0);
    sketch_columns_init(&s->columns);
    oriented_init(&s->oriented);
}

/* Lines that belong to a decoder of their own. */
static bool taken(const char *text) {
    static const char *const prefixes[] = { "a/g:", "quat", "ypr", "I,", "Q,", "A," };
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (strncmp(text, prefixes[i], strlen(prefixes[i])) == 0) return true;
    }
    return false;
}

static bool leaps(const Sketch *s, const SketchReading *r, double now_s) {
    if (r->has_time && fabs((r->t_s - s->last.t_s) - (now_s - s->last_now_s)) > TIME_OFF_S) return true;
    for (int i = 0; i < 3; i++) {
        if (fabs(r->rate_dps[i] - s->last.rate_dps[i]) > STEP_DPS ||
            fabs(r->accel_g[i] - s->last.accel_g[i]) > STEP_G)
            return true;
    }
    return false;
}

/* Two in a row that agree. */
static bool plausible(Sketch *s, const SketchReading *r, double now_s) {
    bool good = !s->has_last || !line_rough(&s->line) || !leaps(s, r, now_s);
    s->last = *r;
    return good;
}

static uint32_t time_us(const Sketch *s, const SketchReading *r) {
    return r->has_time && r->t_s >= 0 ? (uint32_t)(uint64_t)fmod(r->t_s * 1e6, 4294967296.0)
                                      : pace_time_us(&s->pace);
}

static bool say_hello(Sketch *s, WireMessage *out) {
    *out = decoder_hello(&decoder_sketch, "text", RATE_RANGE_DPS, ACCEL_RANGE_G, pace_rate_hz(&s->pace));
    return true;
}

static bool take_reading(Sketch *s, const SketchReading *r, double now_s, WireMessage *out) {
    bool good = plausible(s, r, now_s);
    double dt_s = s->has_last ? now_s - s->last_now_s : 0;
    if (s->pace.period_s > 0 && dt_s < 3 * s->pace.period_s && dt_s > 0) dt_s = s->pace.period_s;
    s->last_now_s = now_s;
    s->has_last = true;
    if (!good) return false;
    if (sketch_columns_check(&s->columns, r, dt_s)) {
        s->has_last = false;
        return say_hello(s, out);
    }
    *out = (WireMessage){ .id = WIRE_SAMPLE,
                          .as.sample = { .sequence = s->sequence, .time_us = time_us(s, r) } };
    for (int i = 0; i < 3; i++) {
        out->as.sample.gyro[i] = decoder_counts(r->rate_dps[i], RATE_RANGE_DPS);
        out->as.sample.accel[i] = decoder_counts(r->accel_g[i], ACCEL_RANGE_G);
    }
    return true;
}

static bool sketch_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    Sketch *s = state;
    double numbers[LINE_NUMBERS];
    if (!line_feed(&s->line, byte)) return false;
    size_t count = taken(s->line.text) ? 0 : line_any_numbers(s->line.text, numbers, LINE_NUMBERS);
    SketchReading reading = { .has_time = false };
    if (count < 4 || (s->columns.known && !sketch_columns_read(&s->columns, numbers, count, &reading))) {
        line_refuse(&s->line);
        return false;
    }
    bool damaged = s->line.damaged;
    s->sequence = (uint16_t)(s->sequence + pace_feed(&s->pace, now_s, 0, damaged));
    line_good(&s->line);
    if (!s->columns.known) {
        (void)sketch_columns_look(&s->columns, numbers, count, now_s);
        return false;
    }
    if (s->columns.is_quaternion)
        return reading.has_time ? oriented_feed_at(&s->oriented, &decoder_sketch, "text", reading.orientation,
                                                   time_us(s, &reading), pace_rate_hz(&s->pace),
                                                   line_rough(&s->line), true, out)
                                : oriented_feed(&s->oriented, &decoder_sketch, "text", reading.orientation,
                                                now_s, 0, damaged, line_rough(&s->line), true, out);
    if (!s->said) {
        s->said = line_sure(&s->line) && pace_rate_hz(&s->pace) > 0;
        return s->said && say_hello(s, out);
    }
    return take_reading(s, &reading, now_s, out);
}

static uint32_t sketch_bad(const void *state) {
    return ((const Sketch *)state)->line.bad;
}

static bool sketch_promising(const void *state) {
    return ((const Sketch *)state)->line.score > 0;
}

static void sketch_note(const void *state, char *out, size_t size) {
    sketch_columns_note(&((const Sketch *)state)->columns, out, size);
}

const DecoderFormat decoder_sketch = {
    .id = "text",
    .name = "Sketch",
    .gives = GIVES_RATES,
    .state_size = sizeof(Sketch),
    .init = sketch_init,
    .feed = sketch_feed,
    .bad = sketch_bad,
    .promising = sketch_promising,
    .note = sketch_note,
};
