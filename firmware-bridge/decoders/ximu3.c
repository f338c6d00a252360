/* x-io's x-IMU3, ASCII messages ended by CR LF, stamped in its own microseconds (x-IMU3 user manual, "ASCII
 * data messages"): I,us,gx,gy,gz,ax,ay,az in degrees per second and g; Q,us,w,x,y,z; A,us,roll,pitch,yaw in
 * degrees. Orientation is used only while there are no I messages. */
#include "decoders/formats.h"
#include "decoders/line.h"
#include "decoders/oriented.h"

#include <math.h>

#define RATE_RANGE_DPS 2000.0
#define ACCEL_RANGE_G  16.0
#define RATE_WINDOW_S  0.25

typedef struct Ximu3 {
    Line line;
    Oriented oriented;
    bool said;
    char uses; /* 'I', 'Q' or 'A'; 0 until known */
    char best; /* the best seen */
    uint16_t sequence;
    uint32_t last_us, first_us, count; /* of the messages that are used: the first and how many since */
} Ximu3;

_Static_assert(sizeof(Ximu3) <= DECODER_STATE_MAX, "raise DECODER_STATE_MAX");

static void ximu3_init(void *state) {
    Ximu3 *x = state;
    *x = (Ximu3){ .said = false };
    oriented_init(&x->oriented);
}

static uint32_t stamp(double us) {
    return us >= 0 ? (uint32_t)(uint64_t)fmod(us, 4294967296.0) : 0;
}

/* The kind of the line, 0 for none; its numbers from the time on. */
static char kind_of(const char *text, double *numbers) {
    if (line_numbers(text, "I,", numbers, 7)) {
        for (int i = 1; i < 7; i++) {
            if (fabs(numbers[i]) > (i < 4 ? RATE_RANGE_DPS : 2 * ACCEL_RANGE_G)) return 0;
        }
        return 'I';
    }
    if (line_numbers(text, "Q,", numbers, 5)) {
        double length2 = 0;
        for (int i = 1; i < 5; i++) length2 += numbers[i] * numbers[i];
        return fabs(length2 - 1) < 0.02 ? 'Q' : 0;
    }
    return line_numbers(text, "A,", numbers, 4) && fabs(numbers[1]) < 181 && fabs(numbers[2]) < 91 &&
                   fabs(numbers[3]) < 361
               ? 'A'
               : 0;
}

static bool better(char kind, char than) {
    return than == 0 || kind == 'I' || (kind == 'Q' && than == 'A');
}

static double rate_hz(const Ximu3 *x) {
    uint32_t passed_us = x->last_us - x->first_us;
    return passed_us > RATE_WINDOW_S * 1e6 ? x->count * 1e6 / passed_us : 0;
}

static bool ximu3_feed(void *state, uint8_t byte, double now_s, WireMessage *out) {
    (void)now_s; /* it stamps its messages */
    Ximu3 *x = state;
    double n[7];
    if (!line_feed(&x->line, byte)) return false;
    char kind = kind_of(x->line.text, n);
    if (kind == 0) { /* temperature, battery and the like begin with a letter and a comma */
        if (x->line.text[0] < 'A' || x->line.text[0] > 'Z' || x->line.text[1] != ',') line_refuse(&x->line);
        return false;
    }
    line_good(&x->line);
    if (!x->said && kind != x->best && better(kind, x->best)) {
        x->best = kind;
        x->first_us = stamp(n[0]);
        x->count = 0;
    } else if (kind == x->best) {
        x->count++;
    }
    if (kind != x->best) return false;
    uint32_t time_us = stamp(n[0]);
    bool forward = (int32_t)(time_us - x->last_us) > 0;
    x->last_us = time_us;
    bool sure = line_sure(&x->line);
    if (kind == 'Q' || kind == 'A') {
        Quat q = kind == 'Q' ? (Quat){ n[1], n[2], n[3], n[4] } : turning_from_ypr(n[3], n[2], n[1]);
        return oriented_feed_at(&x->oriented, &decoder_ximu3, "x-IMU3", q, time_us, rate_hz(x),
                                line_rough(&x->line), sure, out);
    }
    if (!x->said) {
        x->said = sure && rate_hz(x) > 0;
        if (x->said)
            *out = decoder_hello(&decoder_ximu3, "x-IMU3", RATE_RANGE_DPS, ACCEL_RANGE_G, rate_hz(x));
        return x->said;
    }
    if (!forward) return false;
    *out = (WireMessage){ .id = WIRE_SAMPLE, .as.sample = { .sequence = ++x->sequence, .time_us = time_us } };
    for (int i = 0; i < 3; i++) {
        out->as.sample.gyro[i] = decoder_counts(n[1 + i], RATE_RANGE_DPS);
        out->as.sample.accel[i] = decoder_counts(n[4 + i], ACCEL_RANGE_G);
    }
    return true;
}

static uint32_t ximu3_bad(const void *state) {
    return ((const Ximu3 *)state)->line.bad;
}

static bool ximu3_promising(const void *state) {
    return ((const Ximu3 *)state)->line.score > 0;
}

const DecoderFormat decoder_ximu3 = {
    .id = "x-imu3",
    .name = "x-IMU3",
    .gives = GIVES_RATES,
    .state_size = sizeof(Ximu3),
    .init = ximu3_init,
    .feed = ximu3_feed,
    .bad = ximu3_bad,
    .promising = ximu3_promising,
};
