/* The engine as a whole, by counting samples. */
#include "audio_test.h"

#include "audio/commands.h"
#include "audio/earcons.h"
#include "audio/tone.h"

#define SECOND AUDIO_RATE_HZ

static int16_t words[3 * SECOND];
static const SpokenLine spoken[] = {
    { .id = "long", .caption = "A long line.", .priority = 2, .samples = words, .sample_count = 3 * SECOND },
    { .id = "silent", .caption = "Nobody hears this.", .priority = 2, .sample_count = SECOND },
};

static double db(double value) {
    return 20 * log10(value + 1e-9);
}

static double rms_db(const float *stereo, size_t frames) {
    double sum = 0;
    for (size_t i = 0; i < 2 * frames; i++) sum += (double)stereo[i] * (double)stereo[i];
    return 10 * log10(sum / (double)(2 * frames) + 1e-12);
}

/* Loudness of the next seconds. */
static double next_db(Audio *audio, double seconds) {
    size_t frames = (size_t)(seconds * SECOND);
    float *stereo = rendered(audio, frames);
    double level = rms_db(stereo, frames);
    free(stereo);
    return level;
}

static MovementTone tone_at(float place) {
    return (MovementTone){ .on = true,
                           .place = place,
                           .low = 0,
                           .high = 1,
                           .band_low = 0.8F,
                           .band_high = 1.1F,
                           .side = SIDE_NONE,
                           .speed = 1 };
}

/* A second of a body that stays where it is, told sixty times a second. */
static void hold_tone(Audio *audio, MovementTone tone, float *stereo) {
    for (int i = 0; i < 60; i++) {
        audio_tone(audio, &tone);
        audio_render(audio, stereo + (size_t)i * 2 * 800, 800);
    }
}

static double amplitude_at(const float *stereo, size_t frames, double hz) {
    double re = 0, im = 0;
    for (size_t n = 0; n < frames; n++) {
        double w = 1 - cos(2 * M_PI * (double)n / (double)frames),
               a = 2 * M_PI * hz * (double)n / AUDIO_RATE_HZ;
        re += w * (double)stereo[2 * n] * cos(a);
        im += w * (double)stereo[2 * n] * sin(a);
    }
    return 2 * sqrt(re * re + im * im) / (double)frames;
}

static void silence_is_silent(void **state) {
    (void)state;
    Audio *audio = open_engine(NULL, 0);
    assert_true(next_db(audio, 1) < -110);
    audio_close(audio);
    audio_close(NULL);
}

static void unknown_ids_are_silent(void **state) {
    (void)state;
    Audio *audio = open_engine(spoken, 2);
    audio_piece(audio, "no_such_piece");
    audio_piece(audio, "");
    audio_piece(audio, NULL);
    audio_earcon(audio, "no_such_earcon", 3);
    assert_false(audio_say(audio, "no_such_line", 0));
    assert_true(audio_line_seconds(audio, "no_such_line") == 0.0F);
    assert_null(audio_line_caption(audio, "no_such_line"));
    assert_true(next_db(audio, 1) < -110);
    audio_close(audio);
}

static void script(Audio *audio, float *stereo, size_t frames, size_t slice) {
    size_t next = 0;
    for (size_t n = 0; n < frames; n += slice) {
        for (; next <= n; next += 4800) {
            MovementTone tone = tone_at((float)(next % 48000) / 48000);
            if (next == 0) audio_piece(audio, "tidewing");
            if (next == 0) audio_combo(audio, 6);
            audio_tone(audio, &tone);
            audio_breath(audio, (float)next / 384000, 8);
            if (next == 48000) audio_earcon(audio, "perfect", 0);
            if (next == 96000) (void)audio_say(audio, "long", 0);
            if (next == 144000) audio_piece(audio, "lighthouse");
        }
        audio_render(audio, stereo + 2 * n, slice);
    }
}

static void same_commands_same_samples(void **state) {
    (void)state;
    enum { FRAMES = 6 * SECOND };
    float *takes[3];
    const size_t slices[3] = { 4800, 4800, 160 };
    for (int i = 0; i < 3; i++) {
        Audio *audio = open_engine(spoken, 2);
        takes[i] = calloc(2 * FRAMES, sizeof *takes[i]);
        assert_non_null(takes[i]);
        script(audio, takes[i], FRAMES, slices[i]);
        audio_close(audio);
    }
    assert_true(rms_db(takes[0], FRAMES) > -40);
    assert_memory_equal(takes[0], takes[1], 2 * FRAMES * sizeof **takes);
    assert_memory_equal(takes[0], takes[2], 2 * FRAMES * sizeof **takes);
    for (int i = 0; i < 3; i++) free(takes[i]);
}

static void layers_come_with_the_combo_and_leave_without_a_sound(void **state) {
    (void)state;
    Audio *low = open_engine(NULL, 0), *high = open_engine(NULL, 0);
    audio_piece(low, "tidewing");
    audio_piece(high, "tidewing");
    audio_combo(high, 6);
    (void)next_db(low, 8);
    (void)next_db(high, 8);
    double with = next_db(high, 16), without = next_db(low, 16);
    assert_true(without > -45);
    assert_true(with > without + 1.5);
    audio_combo(high, 0);
    (void)next_db(high, 24); /* out over two breaths, and its echoes */
    (void)next_db(low, 24);
    assert_true(fabs(next_db(high, 8) - next_db(low, 8)) < 1);
    audio_close(low);
    audio_close(high);
}

static void between_two_places_there_is_no_silence(void **state) {
    (void)state;
    Audio *audio = open_engine(NULL, 0);
    audio_piece(audio, "stone_garden");
    double before = next_db(audio, 12);
    audio_piece(audio, "deep_bell");
    for (int i = 0; i < 40; i++) {
        double level = next_db(audio, 0.5);
        if (level < before - 20) fail_msg("%.1f dB after %.1f s, before it was %.1f", level, i * 0.5, before);
    }
    audio_piece(audio, NULL);
    (void)next_db(audio, 30);
    assert_true(next_db(audio, 1) < -80);
    audio_close(audio);
}

static void rapid_changes_do_no_harm(void **state) {
    (void)state;
    static const char *const ids[] = { "title", "stone_garden", "", "summary", "skyharp" };
    Audio *audio = open_engine(NULL, 0);
    for (int i = 0; i < 60; i++) {
        audio_piece(audio, ids[i % 5]);
        float *stereo = rendered(audio, 7000);
        assert_true(peak_of(stereo, 14000) < 0.5F);
        for (int n = 1; n < 7000; n++) assert_true(fabsf(stereo[2 * n] - stereo[2 * n - 2]) < 0.1F);
        free(stereo);
    }
    audio_close(audio);
}

/* Pitch is place: rungs of the chord that sounds (Stone Garden: D4 = 62 to A5 = 81). */
static void the_tone_says_where_the_body_is(void **state) {
    (void)state;
    static float stereo[2 * SECOND];
    static const struct {
        float place, midi;
    } cases[] = { { 0, 62 },          { 0.125F, 64 }, { 0.5F, 71 }, { 0.53F, 71 },
                  { 0.5625F, 72.5F }, { 1, 81 },      { 5, 81 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Audio *audio = open_engine(NULL, 0);
        audio_volumes(audio, (AudioVolumes){ .tone = 1 });
        audio_piece(audio, "stone_garden");
        hold_tone(audio, tone_at(cases[i].place), stereo);
        double here = amplitude_at(stereo, SECOND, (double)midi_hz(cases[i].midi)),
               beside = amplitude_at(stereo, SECOND, (double)midi_hz(cases[i].midi + 1));
        if (here < 0.01 || here < 8 * beside)
            fail_msg("at %.3f: %.4f, a semitone up %.4f", (double)cases[i].place, here, beside);
        audio_close(audio);
    }
}

static double beating_db(float place, bool beyond_beats) {
    static float stereo[2 * SECOND];
    double lowest = 100, highest = -100;
    Audio *audio = open_engine(NULL, 0);
    audio_volumes(audio, (AudioVolumes){ .tone = 1 });
    audio_piece(audio, "stone_garden");
    MovementTone tone = tone_at(place);
    tone.band_high = 0.95F;
    tone.beyond_beats = beyond_beats;
    hold_tone(audio, tone, stereo);
    hold_tone(audio, tone, stereo);
    for (int i = 0; i < 20; i++) {
        double level = rms_db(stereo + (size_t)i * 4800, 2400);
        lowest = fmin(lowest, level);
        highest = fmax(highest, level);
    }
    audio_close(audio);
    return highest - lowest;
}

/* Far: steady. Near: a twin beats, about once a second here. In the band: steady again, with the lock note
 * under it. */
static void nearing_the_band_beats_and_the_band_locks(void **state) {
    (void)state;
    static float stereo[2 * SECOND];
    assert_true(beating_db(0.3F, false) < 2);
    assert_true(beating_db(0.72F, false) > 4);
    assert_true(beating_db(0.9F, false) < 2);
    /* Beyond it: more is no better and no worse; where more is wrong, it beats again. */
    assert_true(beating_db(1.0F, false) < 2);
    assert_true(beating_db(1.0F, true) > 4);
    double locks[2];
    const float places[2] = { 0.7F, 0.875F };
    for (int i = 0; i < 2; i++) {
        Audio *audio = open_engine(NULL, 0);
        audio_volumes(audio, (AudioVolumes){ .tone = 1 });
        audio_piece(audio, "stone_garden");
        hold_tone(audio, tone_at(places[i]), stereo);
        hold_tone(audio, tone_at(places[i]), stereo);
        locks[i] =
            amplitude_at(stereo, SECOND, (double)midi_hz(74)); /* rung 7 of the ladder: 79, its lock 74 */
        audio_close(audio);
    }
    assert_true(locks[1] > 0.01 && locks[1] > 10 * locks[0]);
}

static void the_tone_rests_and_returns(void **state) {
    (void)state;
    static float stereo[2 * SECOND];
    Audio *audio = open_engine(NULL, 0);
    audio_volumes(audio, (AudioVolumes){ .tone = 1 });
    audio_piece(audio, "stone_garden");
    hold_tone(audio, tone_at(0.02F), stereo);
    double first = rms_db(stereo + SECOND, SECOND / 2);
    for (int i = 0; i < 3; i++) hold_tone(audio, tone_at(0.02F), stereo);
    double rested = rms_db(stereo + SECOND, SECOND / 2);
    hold_tone(audio, tone_at(0.3F), stereo);
    double back = rms_db(stereo + SECOND, SECOND / 2);
    assert_true(rested < first - 20);
    assert_true(back > rested + 20);
    /* A game that stops talking is not left to whine. */
    (void)next_db(audio, 2.5);
    assert_true(next_db(audio, 0.5) < back - 20);
    audio_close(audio);
}

static double raking_db(float pace, double *low, double *high) {
    static float stereo[2 * SECOND];
    Audio *audio = open_engine(NULL, 0);
    audio_volumes(audio, (AudioVolumes){ .effects = 1 });
    audio_piece(audio, "stone_garden");
    for (int i = 0; i < 120; i++) {
        float way = fmodf(pace * (float)i / 60, 2);
        MovementTone tone = tone_at(way < 1 ? way : 2 - way);
        audio_tone(audio, &tone);
        audio_render(audio, stereo + (size_t)(i % 60) * 1600, 800);
    }
    *low = *high = 0;
    for (int k = 0; k < 40; k++) {
        *low += pow(amplitude_at(stereo, SECOND, 1100 + 10 * k), 2);
        *high += pow(amplitude_at(stereo, SECOND, 2200 + 10 * k), 2);
    }
    audio_close(audio);
    return rms_db(stereo, SECOND);
}

/* Stone Garden: the rake is heard while it moves; haste is louder and higher. */
static void the_rake_is_heard_by_its_pace(void **state) {
    (void)state;
    double low[3], high[3];
    double still = raking_db(0, &low[0], &high[0]), slow = raking_db(0.15F, &low[1], &high[1]),
           hasty = raking_db(0.7F, &low[2], &high[2]);
    assert_true(still < -80);
    assert_true(slow > -50 && slow < -30);
    assert_true(hasty > slow + 3);
    assert_true(low[1] > high[1] && high[2] > low[2]);
}

/* A long hold is quieter, but its fifth stays. */
static void a_hold_is_told_more_quietly(void **state) {
    (void)state;
    static float stereo[2 * SECOND];
    MovementTone tone = tone_at(0.875F);
    tone.holding = true;
    Audio *audio = open_engine(NULL, 0);
    audio_volumes(audio, (AudioVolumes){ .tone = 1 });
    audio_piece(audio, "stone_garden");
    hold_tone(audio, tone, stereo);
    hold_tone(audio, tone, stereo);
    double tone_first = amplitude_at(stereo, SECOND, (double)midi_hz(79)),
           lock_first = amplitude_at(stereo, SECOND, (double)midi_hz(74));
    for (int i = 0; i < 5; i++) hold_tone(audio, tone, stereo);
    double tone_then = amplitude_at(stereo, SECOND, (double)midi_hz(79)),
           lock_then = amplitude_at(stereo, SECOND, (double)midi_hz(74));
    assert_true(fabs(db(tone_then / tone_first) + 6) < 1);
    assert_true(fabs(db(lock_then / lock_first)) < 1);
    audio_close(audio);
}

static void right_is_hollow_and_left_is_full(void **state) {
    (void)state;
    static float stereo[2 * SECOND];
    double second[2], power[2][2];
    for (int i = 0; i < 2; i++) {
        MovementTone tone = tone_at(0.5F);
        tone.side = i == 0 ? SIDE_RIGHT : SIDE_LEFT;
        Audio *audio = open_engine(NULL, 0);
        audio_volumes(audio, (AudioVolumes){ .tone = 1 });
        audio_piece(audio, "windmill");
        hold_tone(audio, tone, stereo);
        hold_tone(audio, tone, stereo);
        double hz = (double)midi_hz(71);
        second[i] = amplitude_at(stereo, SECOND, 2 * hz) / amplitude_at(stereo, SECOND, hz);
        for (int side = 0; side < 2; side++) {
            power[i][side] = 0;
            for (size_t n = SECOND / 2; n < SECOND; n++)
                power[i][side] += (double)stereo[2 * n + (size_t)side] * (double)stereo[2 * n + (size_t)side];
        }
        audio_close(audio);
    }
    assert_true(second[0] < 0.05 && second[1] > 0.3);
    assert_true(power[0][1] > 4 * power[0][0]); /* the right is heard on the right */
    assert_true(power[1][0] > 4 * power[1][1]);
}

/* Speech at a whisper, so that only what steps aside is heard. */
static void music_steps_aside_for_words(void **state) {
    (void)state;
    Audio *talking = open_engine(spoken, 2), *quiet = open_engine(spoken, 2);
    Audio *both[2] = { talking, quiet };
    for (int i = 0; i < 2; i++) {
        audio_volumes(both[i], (AudioVolumes){ .voice = 1e-6F, .music = 1 });
        audio_piece(both[i], "stone_garden");
        (void)next_db(both[i], 12);
    }
    assert_true(audio_say(talking, "long", 0));
    (void)next_db(talking, 0.3);
    (void)next_db(quiet, 0.3);
    assert_string_equal(audio_caption(talking), "A long line.");
    assert_null(audio_caption(quiet));
    double ducked = next_db(quiet, 2) - next_db(talking, 2);
    if (ducked < 9 || ducked > 16)
        fail_msg("%.1f dB", ducked); /* -14, the sea only -10, a dip where consonants are */
    (void)next_db(talking, 3);
    (void)next_db(quiet, 3);
    assert_true(fabs(next_db(quiet, 2) - next_db(talking, 2)) < 0.5);
    assert_null(audio_caption(talking));
    audio_close(talking);
    audio_close(quiet);
}

static void the_ceiling_holds_whatever_comes(void **state) {
    (void)state;
    static const char *const loudest[] = {
        "g4_string", "star_3", "go", "perfect", "level_end", "g5_stone_set"
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        words[i] = (int16_t)(i / 60 % 2 == 0 ? 32767 : -32768);
    Audio *audio = open_engine(spoken, 2);
    audio_piece(audio, "skyharp");
    audio_combo(audio, 9);
    (void)audio_say(audio, "long", 0);
    double peak = -100;
    for (int i = 0; i < 300; i++) {
        for (size_t k = 0; k < sizeof loudest / sizeof *loudest; k++) audio_earcon(audio, loudest[k], i);
        float *stereo = rendered(audio, 1000);
        peak = fmax(peak, sample_peak_db(stereo, 1000));
        free(stereo);
    }
    memset(words, 0, sizeof words);
    assert_true(peak > -2.5 && peak <= -1.499);
    audio_close(audio);
}

static void nobody_renders_and_nothing_breaks(void **state) {
    (void)state;
    Audio *audio = open_engine(spoken, 2);
    for (int i = 0; i < 10 * COMMANDS_MAX; i++) {
        MovementTone tone = tone_at(0.5F);
        audio_tone(audio, &tone);
        audio_earcon(audio, "perfect", 0);
        assert_true(audio_say(audio, "long", 0));
    }
    assert_true(fabsf(audio_line_seconds(audio, "long") - 3) < 0.2F);
    assert_string_equal(audio_line_caption(audio, "silent"), "Nobody hears this.");
    assert_null(audio_caption(audio));
    assert_true(next_db(audio, 1) > -80);
    audio_close(audio);
}

static void a_line_without_samples_takes_its_time_in_silence(void **state) {
    (void)state;
    Audio *audio = open_engine(spoken, 2);
    assert_true(audio_say(audio, "silent", 0));
    assert_true(next_db(audio, 0.5) < -110);
    assert_string_equal(audio_caption(audio), "Nobody hears this.");
    (void)next_db(audio, 0.8);
    assert_null(audio_caption(audio));
    audio_close(audio);
}

static bool bring(void *self, const char *id) {
    Audio *audio = self;
    static int16_t square[SECOND];
    for (size_t i = 0; i < SECOND; i++) square[i] = (int16_t)(i / 100 % 2 == 0 ? 8000 : -8000);
    audio_line_samples(audio, id, square, SECOND);
    return true;
}

static void samples_are_brought_when_a_line_is_first_said(void **state) {
    (void)state;
    Audio *audio = open_engine(spoken, 2);
    audio_loader(audio, (AudioLoader){ .self = audio, .load = bring });
    assert_true(audio_say(audio, "silent", 0));
    double level = next_db(audio, 1);
    assert_true(level > db(8000 / 32768.0 * 0.7071) - 2 && level < db(8000 / 32768.0 * 0.7071) + 1);
    audio_close(audio);
}

static void that_hurts_quiets_all_else(void **state) {
    (void)state;
    Audio *audio = open_engine(NULL, 0);
    audio_piece(audio, "windmill");
    audio_combo(audio, 6);
    double playing = next_db(audio, 16);
    audio_volumes(audio, (AudioVolumes){ .music = 1, .tone = 1 }); /* without the sign itself */
    audio_earcon(audio, "hurts", 0);
    (void)next_db(audio, 3.5);
    assert_true(next_db(audio, 1) < playing - 20);
    audio_earcon(audio, "resume", 0);
    (void)next_db(audio, 5);
    assert_true(next_db(audio, 4) > playing - 6);
    audio_close(audio);
}

static void faders_fade(void **state) {
    (void)state;
    Audio *audio = open_engine(NULL, 0);
    audio_piece(audio, "title");
    double open = next_db(audio, 12);
    audio_volumes(audio, (AudioVolumes){ .voice = NAN, .tone = -1, .music = 0, .effects = 2 });
    (void)next_db(audio, 4);
    assert_true(open > -45);
    assert_true(next_db(audio, 1) < -75);
    audio_close(audio);
}

/* A repetition's word and its count do not sound together; the count follows. */
static void signs_take_turns(void **state) {
    (void)state;
    char *text = scores_text();
    Score *score = malloc(sizeof *score);
    Pool *pool = calloc(1, sizeof *pool);
    Earcons earcons = { 0 };
    assert_non_null(score);
    assert_non_null(pool);
    assert_int_equal(score_read(score, text, "scores.json", NULL), RESULT_OK);
    pool_init(pool, 0.6F, 1);
    earcons_ask(&earcons, score_earcon(score, "rep_count"), 0, 0);
    earcons_ask(&earcons, score_earcon(score, "perfect"), 0, 0);
    earcons_step(&earcons, NULL, pool, 64);
    assert_int_equal(pool_active(pool), 3); /* Perfect's three notes; the count waits */
    for (int i = 0; i < 300 && earcons.count > 0; i++) earcons_step(&earcons, NULL, pool, 64);
    assert_int_equal(pool_active(pool), 4);
    earcons_ask(&earcons, score_earcon(score, "level_end"), 0, 0);
    earcons_ask(&earcons, score_earcon(score, "hold_tick"), 0, 0);
    for (int i = 0; i < 300; i++) earcons_step(&earcons, NULL, pool, 64);
    assert_int_equal(pool_active(pool), 4 + 6); /* the tick would have come too late */
    earcons_ask(&earcons, score_earcon(score, "knock_heard"), 0, 0);
    earcons_step(&earcons, NULL, pool, 64);
    assert_int_equal(pool_active(pool), 4 + 6 + 1); /* a knock is answered at once */
    /* Coast notes lean: B (71) is not over a C chord, where C (72) is. */
    const Chord *c6 = &score_piece(score, "tidewing")->chords[1];
    assert_true(earcon_lean(c6, 83) == 84.0F);
    assert_true(earcon_lean(c6, 74) == 74.0F);
    free(pool);
    free(score);
    free(text);
}

/* Skyharp: the strings play the level's tune, whatever the breath does, and the lock note is the asked
 * string's octave below. */
static void strings_play_the_tune_of_the_level(void **state) {
    (void)state;
    static float stereo[2 * SECOND];
    static const struct {
        int level, step;
        float midi, next;
    } cases[] = { { 1, 0, 74, 76 }, { 1, 2, 81, 78 }, { 2, 0, 78, 81 }, { 5, 3, 86, 81 }, { 99, 3, 86, 81 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Audio *audio = open_engine(NULL, 0);
        MovementTone tone = tone_at(0.9F);
        audio_piece(audio, "skyharp");
        audio_tune(audio, cases[i].level);
        audio_volumes(audio, (AudioVolumes){ .effects = 1 });
        hold_tone(audio, tone, stereo);
        audio_earcon(audio, "g4_string", cases[i].step);
        hold_tone(audio, tone, stereo);
        double asked = amplitude_at(stereo, SECOND, (double)midi_hz(cases[i].midi));
        for (int off = -2; off <= 2; off++) {
            double other = amplitude_at(stereo, SECOND, (double)midi_hz(cases[i].midi + (float)off));
            if (off != 0 && asked < 5 * other)
                fail_msg("level %d, string %d: %.4f and %.4f", cases[i].level, cases[i].step, asked, other);
        }
        /* A breath later the next is asked. */
        audio_volumes(audio, (AudioVolumes){ .tone = 1 });
        for (int k = 0; k < 8; k++) hold_tone(audio, tone, stereo);
        double lock = amplitude_at(stereo, SECOND, (double)midi_hz(cases[i].next - 12));
        if (lock < 0.01)
            fail_msg("level %d, after string %d: lock %.4f", cases[i].level, cases[i].step, lock);
        audio_close(audio);
    }
}

/* Two bodies let the same string go: one in three seconds, one in half of one. */
static void a_slow_way_back_lets_a_string_ring(void **state) {
    (void)state;
    double left_db[2];
    const double back_s[2] = { 3, 0.5 };
    for (int i = 0; i < 2; i++) {
        static float stereo[2 * SECOND];
        Audio *audio = open_engine(NULL, 0);
        audio_piece(audio, "skyharp");
        audio_volumes(audio, (AudioVolumes){ .effects = 1 });
        hold_tone(audio, tone_at(0.9F), stereo);
        audio_earcon(audio, "g4_string", 0);
        for (int n = 0; n < 75; n++) {
            MovementTone tone = tone_at((float)fmax(0, 0.9 - 0.9 * n / (60 * back_s[i])));
            audio_tone(audio, &tone);
            audio_render(audio, stereo, 800);
        }
        left_db[i] = 20 * log10(amplitude_at(stereo, 800, (double)midi_hz(74)) + 1e-9);
        audio_close(audio);
    }
    assert_true(left_db[0] > left_db[1] + 4);
}

/* Deep Bell: after a while other creatures are heard. */
static void deeper_water_is_stranger(void **state) {
    (void)state;
    static float stereo[2 * SECOND];
    Audio *audio = open_engine(NULL, 0);
    audio_piece(audio, "deep_bell");
    audio_volumes(audio, (AudioVolumes){ .music = 1 });
    double shoal[2] = { 0, 0 }; /* its D6 in the first ten seconds, and from 15 s on */
    for (int second = 0; second < 70; second++) {
        hold_tone(audio, tone_at(0.5F), stereo);
        int late = second >= 15;
        if (second < 10 || late)
            shoal[late] = fmax(shoal[late], amplitude_at(stereo, SECOND, (double)midi_hz(86)));
    }
    assert_true(shoal[1] > 0.001 && shoal[1] > 5 * shoal[0]);
    audio_close(audio);
}

static void never_more_than_forty_voices(void **state) {
    (void)state;
    char *text = scores_text();
    Score *score = malloc(sizeof *score);
    Pool *pool = calloc(1, sizeof *pool);
    static Block block;
    const float fades[1] = { 1 };
    assert_non_null(score);
    assert_non_null(pool);
    assert_int_equal(score_read(score, text, "scores.json", NULL), RESULT_OK);
    pool_init(pool, 0.6F, 1);
    for (int i = 0; i < 400; i++) {
        (void)pool_play(pool, &(NoteOrder){ .patch = score_patch(score, "harp"),
                                            .midi = (float)(60 + i % 24),
                                            .velocity = 0.5F,
                                            .length_s = 1,
                                            .gain = 1,
                                            .bus = BUS_FX,
                                            .fade = POOL_ALWAYS });
        for (int k = 0; k < 15; k++) pool_render(pool, &block, fades, 64);
        assert_true(pool_active(pool) <= POOL_ACTIVE_MAX + 1);
    }
    assert_true(pool_active(pool) >= POOL_ACTIVE_MAX - 1);
    free(pool);
    free(score);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silence_is_silent),
        cmocka_unit_test(unknown_ids_are_silent),
        cmocka_unit_test(same_commands_same_samples),
        cmocka_unit_test(layers_come_with_the_combo_and_leave_without_a_sound),
        cmocka_unit_test(between_two_places_there_is_no_silence),
        cmocka_unit_test(rapid_changes_do_no_harm),
        cmocka_unit_test(the_tone_says_where_the_body_is),
        cmocka_unit_test(nearing_the_band_beats_and_the_band_locks),
        cmocka_unit_test(the_tone_rests_and_returns),
        cmocka_unit_test(the_rake_is_heard_by_its_pace),
        cmocka_unit_test(a_hold_is_told_more_quietly),
        cmocka_unit_test(right_is_hollow_and_left_is_full),
        cmocka_unit_test(music_steps_aside_for_words),
        cmocka_unit_test(the_ceiling_holds_whatever_comes),
        cmocka_unit_test(nobody_renders_and_nothing_breaks),
        cmocka_unit_test(a_line_without_samples_takes_its_time_in_silence),
        cmocka_unit_test(samples_are_brought_when_a_line_is_first_said),
        cmocka_unit_test(that_hurts_quiets_all_else),
        cmocka_unit_test(faders_fade),
        cmocka_unit_test(signs_take_turns),
        cmocka_unit_test(strings_play_the_tune_of_the_level),
        cmocka_unit_test(a_slow_way_back_lets_a_string_ring),
        cmocka_unit_test(deeper_water_is_stranger),
        cmocka_unit_test(never_more_than_forty_voices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
