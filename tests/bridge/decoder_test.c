/* Others' sensors: figures from their manuals, and every way that a line spoils them. */
#include "core/rng.h"
#include "decoders/decoder.h"
#include "decoders/formats.h"
#include "decoders/turning.h"
#include "foreign.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define GRAVITY 9.80665
#define RATE_HZ 100.0

typedef struct Listener {
    DecoderSet set;
    WireHello hello;
    WireSample sample;
    int hellos, samples;
} Listener;

static void listen(Listener *l, const void *bytes, size_t count, double now_s) {
    const uint8_t *at = bytes;
    WireMessage m;
    for (size_t i = 0; i < count; i++) {
        if (!decoder_set_feed(&l->set, at[i], now_s, &m)) continue;
        if (m.id == WIRE_HELLO) {
            l->hello = m.as.hello;
            l->hellos++;
        } else if (m.id == WIRE_SAMPLE) {
            assert_true(l->hellos > 0);
            l->sample = m.as.sample;
            l->samples++;
        }
    }
}

static void listener_init(Listener *l) {
    memset(l, 0, sizeof *l);
    decoder_set_init(&l->set);
}

static double dps(const Listener *l, int axis) {
    return l->sample.gyro[axis] * (l->hello.gyro_range_ddps * 0.1) / 32768;
}

static double g(const Listener *l, int axis) {
    return l->sample.accel[axis] * (l->hello.accel_range_mg * 0.001) / 32768;
}

/* Says `bytes` a hundred times a second until it is recognised and twice more. */
static void repeat(Listener *l, const void *bytes, size_t count) {
    listener_init(l);
    for (int i = 0; i < 100 && l->samples < 2; i++) listen(l, bytes, count, i / RATE_HZ);
    assert_int_equal(l->samples, 2);
}

/* A body that sways by tens of degrees; a smooth function of time. */
static ImuSample body_at(double t_s) {
    double tilt = 0.5 * sin(1.3 * t_s), rate = 0.5 * 1.3 * cos(1.3 * t_s);
    return (ImuSample){ .t_s = t_s,
                        .gyro = { (float)rate, 0, 0 },
                        .accel = { 0, (float)(GRAVITY * sin(tilt)), (float)(GRAVITY * cos(tilt)) } };
}

static void near(double is, double should, double by) {
    if (!(fabs(is - should) <= by)) fail_msg("%.4f, not %.4f", is, should);
}

/* ---- Figures ---- */

static void witmotion_figures(void **state) {
    (void)state;
    /* 1 g = 2048; 1000 degrees per second = 16384; a burst of acceleration and rate. */
    static const uint8_t burst[] = { 0x55, 0x51, 0x00, 0x04, 0x00, 0x00, 0x00, 0x08, 0xE6, 0x09, 0xA1,
                                     0x55, 0x52, 0x00, 0x40, 0x00, 0xC0, 0x00, 0x00, 0x00, 0x00, 0xA7 };
    Listener l;
    repeat(&l, burst, sizeof burst);
    assert_string_equal(l.set.spoken->id, "witmotion");
    near(g(&l, 0), 0.5, 1e-6);
    near(g(&l, 2), 1, 1e-6);
    near(dps(&l, 0), 1000, 1e-6);
    near(dps(&l, 1), -1000, 1e-6);
    near(l.hello.rate_hz, 100, 5);
}

static void rvc_figures(void **state) {
    (void)state;
    /* The data sheet's example: yaw 0.01, pitch -1.10, roll 20.85 degrees, ax -371 mg. */
    uint8_t frame[] = { 0xAA, 0xAA, 0xDE, 0x01, 0x00, 0x92, 0xFF, 0x25, 0x08, 0x8D,
                        0xFE, 0xEC, 0xFF, 0xD1, 0x03, 0x00, 0x00, 0x00, 0xE7 };
    Listener l;
    listener_init(&l);
    for (int i = 0; l.samples < 1 && i < 50; i++) {
        listen(&l, frame, sizeof frame, i / RATE_HZ);
        frame[2]++;
        frame[18]++;
    }
    assert_string_equal(l.set.spoken->id, "bno-rvc");
    near(g(&l, 0), -0.371, 2e-4);
    near(g(&l, 1), -0.020, 2e-4);
    near(g(&l, 2), 0.977, 2e-4);
    near(dps(&l, 0), 0, 1e-6);
    /* The order of the angles: gravity seen from them is where the accelerometer felt it. */
    double pitch = -1.10 * DEG2RAD, roll = 20.85 * DEG2RAD,
           size = sqrt(0.371 * 0.371 + 0.02 * 0.02 + 0.977 * 0.977);
    near(-cos(pitch) * sin(roll), -0.371 / size, 0.005);
    near(sin(pitch), -0.020 / size, 0.005);
    frame[18]++;
    int before = l.samples;
    listen(&l, frame, sizeof frame, 1);
    assert_int_equal(l.samples, before);
}

static void texts_figures(void **state) {
    (void)state;
    Listener l;
    char line[128];
    listener_init(&l);
    for (int i = 0; i < 60; i++) {
        (void)snprintf(line, sizeof line, "I,%d,90.0000,-45.0000,0.0000,0.5000,0.0000,1.0000\r\n",
                       1000000 + i * 10000);
        listen(&l, line, strlen(line), i / RATE_HZ);
    }
    assert_string_equal(l.set.spoken->id, "x-imu3");
    near(dps(&l, 0), 90, 0.1);
    near(dps(&l, 1), -45, 0.1);
    near(g(&l, 0), 0.5, 1e-3);
    assert_int_equal(l.sample.time_us, 1000000 + 59 * 10000);
    repeat(&l, "a/g:\t8192\t0\t16384\t131\t-1310\t0\r\n", 31);
    assert_string_equal(l.set.spoken->id, "i2cdev-raw");
    near(g(&l, 0), 0.5, 1e-3);
    near(g(&l, 2), 1, 1e-3);
    near(dps(&l, 0), 1, 0.01);
    near(dps(&l, 1), -10, 0.01);
}

/* Turned by 30 degrees about x: gravity is seen at half along y. */
static void orientations_figures(void **state) {
    (void)state;
    static const uint8_t teapot[] = { '$', 2, 0x3D, 0xD2, 0x10, 0x91, 0, 0, 0, 0, 0, 7, '\r', '\n' };
    Listener l;
    repeat(&l, teapot, sizeof teapot);
    assert_string_equal(l.set.spoken->id, "i2cdev-teapot");
    near(g(&l, 1), 0.5, 0.001);
    near(g(&l, 2), 0.866, 0.001);
    repeat(&l, "quat\t0.97\t0.26\t0.00\t0.00\r\n", 26);
    assert_string_equal(l.set.spoken->id, "i2cdev-quat");
    near(g(&l, 1), 0.5, 0.01);
    repeat(&l, "ypr\t12.00\t0.00\t30.00\r\n", 22);
    assert_string_equal(l.set.spoken->id, "i2cdev-ypr");
    near(g(&l, 1), 0.5, 0.001);
    Turning turning = { .any = false };
    TurningSample turn;
    assert_false(turning_feed(&turning, turning_from_ypr(0, 0, 30), 0, false, &turn));
    assert_true(turning_feed(&turning, turning_from_ypr(0, 0, 31), 10000, false, &turn));
    near(turn.rate_dps.x, 100, 1e-6);
    assert_int_equal(turn.time_us, 5000);
    near(turn.up_g.y, sin(30.5 * DEG2RAD), 1e-9);
    assert_false(turning_feed(&turning, turning_from_ypr(0, 0, 34), 20000, true, &turn)); /* leaps by 200 */
}

/* ---- Every kind, as it should be ---- */

typedef struct Stream {
    Foreign foreign;
    Rng rng;
    double damage, t_s;
} Stream;

static size_t next_bytes(Stream *s, uint8_t *out, ImuSample *truth) {
    *truth = body_at(s->t_s);
    size_t count = foreign_encode(&s->foreign, truth, out);
    for (size_t i = 0; i < count && s->damage > 0; i++) {
        if (rng_u32(&s->rng) % 10000 < s->damage * 10000) out[i] ^= (uint8_t)(1 + rng_u32(&s->rng) % 255);
    }
    s->t_s += 1 / RATE_HZ;
    return count;
}

static void stream_init(Stream *s, ForeignKind kind, double damage) {
    *s = (Stream){ .damage = damage };
    foreign_init(&s->foreign, kind);
    s->rng = rng_make((uint64_t)kind + 1, 1);
}

static void every_kind_is_recognised_and_tells_the_turning(void **state) {
    (void)state;
    for (int k = 0; k < FOREIGN_KINDS; k++) {
        Stream s;
        Listener l;
        ImuSample truth;
        uint8_t bytes[FOREIGN_MOST];
        stream_init(&s, (ForeignKind)k, 0);
        listener_init(&l);
        double known_s = 0, off2 = 0, of2 = 0;
        int lasting = 0;
        while (s.t_s < 8) {
            size_t count = next_bytes(&s, bytes, &truth);
            int before = l.samples;
            listen(&l, bytes, count, truth.t_s);
            if (l.hellos == 0) known_s = s.t_s;
            /* Once the sensor's own fusion has settled, and the units of a sketch. */
            if (l.samples == before || s.t_s < 5) continue;
            lasting++;
            off2 += pow(dps(&l, 0) - truth.gyro[0] * RAD2DEG, 2);
            of2 += pow(truth.gyro[0] * RAD2DEG, 2);
        }
        if (l.hellos == 0 || strcmp(l.set.spoken->id, foreign_format((ForeignKind)k)) != 0)
            fail_msg("%s was taken for %s", foreign_name((ForeignKind)k),
                     l.hellos ? l.set.spoken->id : "nothing");
        if (known_s > 0.6) fail_msg("%s took %.2f s", foreign_name((ForeignKind)k), known_s);
        /* Two decimals of a quaternion are a coarse thing. */
        double allowed = k == FOREIGN_QUAT ? 8 : k == FOREIGN_RVC || k == FOREIGN_YPR ? 0.1 : 0.05;
        if (lasting < 290 || !(sqrt(off2 / of2) < allowed))
            fail_msg("%s: %d samples, off by %.3f", foreign_name((ForeignKind)k), lasting, sqrt(off2 / of2));
    }
}

/* A sketch in degrees where custom says radians is put right by the movement. */
static void a_sketchs_units_are_put_right(void **state) {
    (void)state;
    Listener l;
    char line[128], note[DECODER_NOTE_MAX];
    listener_init(&l);
    for (int i = 0; i < 1200; i++) {
        double t_s = i / RATE_HZ;
        ImuSample b = body_at(t_s < 2 ? 0 : t_s - 2);
        double moving = t_s < 2 ? 0 : 1;
        (void)snprintf(line, sizeof line, "%.3f %.3f %.3f %.3f %.3f %.3f\n", (double)b.accel[0],
                       (double)b.accel[1], (double)b.accel[2], moving * b.gyro[0] * RAD2DEG, 0.0, 0.0);
        listen(&l, line, strlen(line), t_s);
        if (i != 150) continue;
        decoder_set_note(&l.set, note, sizeof note);
        assert_non_null(strstr(note, "rad/s"));
    }
    decoder_set_note(&l.set, note, sizeof note);
    assert_non_null(strstr(note, "m/s²"));
    assert_non_null(strstr(note, "in °/s"));
    assert_true(l.hellos >= 2);
    near(dps(&l, 0), body_at(9.99).gyro[0] * RAD2DEG, 0.2);
}

/* ---- Spoilt lines ---- */

/* Five bytes of a hundred are something else. A sum of eight bits lets one of 256 pass that were hit twice;
 * what does so must be near its neighbours, and rare. */
static void damage_is_not_believed(void **state) {
    (void)state;
    static const ForeignKind checked[] = { FOREIGN_WITMOTION, FOREIGN_RVC };
    for (size_t c = 0; c < 2; c++) {
        Stream s;
        Listener l;
        ImuSample truth;
        uint8_t bytes[FOREIGN_MOST];
        int rows = 60000, wrong = 0, longest = 0, gap = 0;
        double worst_g = 0;
        stream_init(&s, checked[c], 0.05);
        listener_init(&l);
        for (int i = 0; i < rows; i++) {
            size_t count = next_bytes(&s, bytes, &truth);
            int before = l.samples;
            listen(&l, bytes, count, truth.t_s);
            gap = l.samples > before || l.samples == 0 ? 0 : gap + 1;
            longest = gap > longest ? gap : longest;
            if (l.samples == before) continue;
            double off = 0;
            for (int axis = 0; axis < 3; axis++)
                off = fmax(off, fabs(g(&l, axis) - truth.accel[axis] / GRAVITY));
            worst_g = fmax(worst_g, off);
            bool turn_wrong =
                checked[c] == FOREIGN_WITMOTION && fabs(dps(&l, 0) - truth.gyro[0] * RAD2DEG) > 0.1;
            wrong += off > 0.002 || turn_wrong;
        }
        printf("%s: of %d samples %d arrive, %d of them wrong, by %.2f g at most; longest gap %d\n",
               foreign_name(checked[c]), rows, l.samples, wrong, worst_g, longest);
        assert_true(l.samples > rows / 5);
        assert_true(wrong * 2000 < l.samples);
        assert_true(worst_g < 0.6);
        assert_true(longest < 40);
        assert_true(decoder_set_bad(&l.set) > 1000);
    }
}

/* Text has no sum: play goes on, and nothing leaps. */
static void damaged_text_goes_on(void **state) {
    (void)state;
    static const ForeignKind kinds[] = { FOREIGN_CSV, FOREIGN_XIMU3, FOREIGN_RAW, FOREIGN_YPR,
                                         FOREIGN_TEAPOT };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        Stream s;
        Listener l;
        ImuSample truth;
        uint8_t bytes[FOREIGN_MOST];
        stream_init(&s, kinds[k], 0);
        listener_init(&l);
        while (s.t_s < 60) {
            s.damage = s.t_s > 2 ? 0.01 : 0;
            size_t count = next_bytes(&s, bytes, &truth);
            listen(&l, bytes, count, truth.t_s);
        }
        if (l.samples < 2000) fail_msg("%s: %d samples", foreign_name(kinds[k]), l.samples);
    }
}

static void beginnings_are_cut_and_words_stand_between(void **state) {
    (void)state;
    static const char words[] =
        "\r\nets Jun  8 2016 00:22:57\r\nInitializing I2C devices...\r\nSend any character: 1, 2, 3\r\n";
    for (int k = 0; k < FOREIGN_KINDS; k++) {
        for (size_t cut = 1; cut < 30; cut += 7) {
            Stream s;
            Listener l;
            ImuSample truth;
            uint8_t bytes[FOREIGN_MOST];
            stream_init(&s, (ForeignKind)k, 0);
            listener_init(&l);
            listen(&l, words, strlen(words), 0);
            while (s.t_s < 3) {
                size_t count = next_bytes(&s, bytes, &truth);
                size_t from = s.t_s < 0.015 && cut < count ? cut : 0;
                listen(&l, bytes + from, count - from, truth.t_s);
                if (fmod(s.t_s, 0.5) < 1 / RATE_HZ) listen(&l, words, strlen(words), truth.t_s);
            }
            if (l.samples < 180 || strcmp(l.set.spoken->id, foreign_format((ForeignKind)k)) != 0)
                fail_msg("%s, cut by %zu: %d samples", foreign_name((ForeignKind)k), cut, l.samples);
        }
    }
}

/* ---- What is not one ---- */

static void another_baud_rate_is_nothing(void **state) {
    (void)state;
    for (int k = 0; k < FOREIGN_KINDS; k++) {
        for (size_t sent = 0; sent < decoder_baud_count; sent++) {
            for (size_t heard = 0; heard < decoder_baud_count; heard++) {
                Stream s;
                Listener l;
                ImuSample truth;
                uint8_t bytes[FOREIGN_MOST], garbled[16 * FOREIGN_MOST];
                if (sent == heard) continue;
                stream_init(&s, (ForeignKind)k, 0);
                listener_init(&l);
                while (s.t_s < 2) {
                    size_t count = next_bytes(&s, bytes, &truth);
                    count = foreign_misheard(bytes, count, decoder_bauds[sent], decoder_bauds[heard], garbled,
                                             sizeof garbled);
                    listen(&l, garbled, count, truth.t_s);
                }
                if (l.hellos > 0)
                    fail_msg("%s at %d, heard at %d, was taken for %s", foreign_name((ForeignKind)k),
                             decoder_bauds[sent], decoder_bauds[heard], l.set.spoken->id);
            }
        }
    }
    /* And at the same rate the line hears what was said. */
    uint8_t out[8];
    assert_int_equal(foreign_misheard((const uint8_t *)"Hello", 5, 9600, 9600, out, sizeof out), 5);
    assert_memory_equal(out, "Hello", 5);
}

static void noise_is_nothing(void **state) {
    (void)state;
    Listener l;
    listener_init(&l);
    Rng rng = rng_make(77, 1);
    for (int i = 0; i < 4000000; i++) {
        uint8_t byte = (uint8_t)(rng_u32(&rng) >> 8);
        listen(&l, &byte, 1, i / 11520.0);
    }
    assert_int_equal(l.hellos, 0);
    /* Noise of the bytes that frames and numbers are made of. */
    static const uint8_t likely[] = { 0x55, 0x51, 0x52, 0xAA, 0x24, 0x02, 0x00,
                                      0x0D, 0x0A, '1',  '9',  ',',  '.',  '-' };
    for (int i = 0; i < 4000000; i++)
        listen(&l, &likely[(rng_u32(&rng) >> 8) % sizeof likely], 1, 400 + i / 11520.0);
    if (l.hellos > 0) fail_msg("noise was taken for %s", l.set.spoken->id);
}

static void other_devices_are_nothing(void **state) {
    (void)state;
    static const char *const said[] = {
        "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n",
        "T: 21.53 C  RH: 40.2 %  P: 1013.25 hPa\r\n",
        "21.5,22.0,21.7,40.2,41.0,39.9\r\n",
        "0,0,0,0,0,0\n",
        "512 513 511 510 512 514 498 501\n",
        "login: \r\n",
        "ok T:25.0 /0.0 B:24.8 /0.0 @:0 B@:0\r\n",
        "ypr\t1.0\t2.0\r\n",
        "nan,nan,nan,nan,nan,nan\r\n",
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        Listener l;
        listener_init(&l);
        for (int line = 0; line < 500; line++) listen(&l, said[i], strlen(said[i]), line / 50.0);
        if (l.hellos > 0) fail_msg("\"%s\" was taken for %s", said[i], l.set.spoken->id);
    }
}

/* Anything in any order: what comes out stays within its ranges. */
static void hostile_streams(void **state) {
    (void)state;
    Rng rng = rng_make(4711, 1);
    for (int round = 0; round < 60; round++) {
        Listener l;
        Stream s;
        ImuSample truth;
        uint8_t bytes[FOREIGN_MOST];
        listener_init(&l);
        double now_s = 0;
        for (int part = 0; part < 12; part++) {
            stream_init(&s, (ForeignKind)(rng_u32(&rng) % FOREIGN_KINDS), (rng_u32(&rng) % 4) * 0.1);
            s.rng = rng_make(rng_u32(&rng), 2);
            for (int i = 0; i < 60; i++) {
                size_t count = next_bytes(&s, bytes, &truth);
                if (rng_u32(&rng) % 8 == 0) count = rng_u32(&rng) % (count + 1);
                now_s += rng_u32(&rng) % 16 == 0 ? (rng_u32(&rng) % 3000) * 1e-3 : 0.01;
                listen(&l, bytes, count, now_s);
                if (l.hellos == 0) continue;
                assert_true(l.hello.rate_hz >= 10 && l.hello.rate_hz <= 2000 && l.hello.sensors == 1);
                assert_true(l.hello.gyro_range_ddps >= 1000 && l.hello.accel_range_mg >= 1000);
            }
            for (int i = 0; i < 400; i++) {
                uint8_t byte = (uint8_t)(rng_u32(&rng) >> 8);
                if (part % 3 == 0) byte = (uint8_t)("-+.eE0123456789,\t \r\n"[byte % 20]);
                listen(&l, &byte, 1, now_s);
            }
        }
        char note[DECODER_NOTE_MAX];
        decoder_set_note(&l.set, note, sizeof note);
        assert_true(strlen(note) < sizeof note);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(witmotion_figures),
        cmocka_unit_test(rvc_figures),
        cmocka_unit_test(texts_figures),
        cmocka_unit_test(orientations_figures),
        cmocka_unit_test(every_kind_is_recognised_and_tells_the_turning),
        cmocka_unit_test(a_sketchs_units_are_put_right),
        cmocka_unit_test(damage_is_not_believed),
        cmocka_unit_test(damaged_text_goes_on),
        cmocka_unit_test(beginnings_are_cut_and_words_stand_between),
        cmocka_unit_test(another_baud_rate_is_nothing),
        cmocka_unit_test(noise_is_nothing),
        cmocka_unit_test(other_devices_are_nothing),
        cmocka_unit_test(hostile_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
