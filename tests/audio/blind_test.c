/* Playable blind: with the picture off, somebody who hears only what the sound is told to play finishes each
 * of the eight games at level 1 with two stars or more. Between the ear and the score there is nothing but a
 * body, a sensor and the recogniser. */
#include "audio/cues.h"
#include "bodies.h"
#include "input/person.h"
#include "listener.h"
#include "testing.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE_HZ   100.0
#define LONGEST_S 1200
#define BREATH_S  6.5

enum { QUEUE_MAX = 64, ID_BYTES = 48 };

typedef enum Deafness { HEARS_ALL, HEARS_NO_TONE, HEARS_NOTHING } Deafness;

/* A voice that says one line at a time, each as long as it was recorded; a word is understood when it has
 * been said. */
typedef struct Ears {
    Listener listener;
    Deafness deafness;
    json_t *lines;
    double now_s, busy_until_s;
    int count;
    struct {
        char id[ID_BYTES];
        double until_s;
    } queue[QUEUE_MAX];
} Ears;

static double line_seconds(const Ears *ears, const char *id) {
    size_t index = 0;
    json_t *line = NULL;
    json_array_foreach(ears->lines, index, line) {
        if (strcmp(json_string_value(json_object_get(line, "id")), id) == 0)
            return (double)json_integer_value(json_object_get(line, "ms")) / 1000;
    }
    return 0;
}

static void hear_line(void *self, const char *id, float max_delay_s) {
    Ears *ears = self;
    double seconds = line_seconds(ears, id);
    if (seconds <= 0) return; /* nobody has spoken it */
    double begins_s = ears->busy_until_s > ears->now_s ? ears->busy_until_s : ears->now_s;
    if (max_delay_s > 0 && begins_s - ears->now_s > (double)max_delay_s) return;
    assert_true(ears->count < QUEUE_MAX);
    ears->busy_until_s = begins_s + seconds;
    (void)snprintf(ears->queue[ears->count].id, ID_BYTES, "%s", id);
    ears->queue[ears->count++].until_s = ears->busy_until_s;
}

static void hear_hush(void *self) {
    Ears *ears = self;
    ears->count = 0;
    ears->busy_until_s = ears->now_s;
}

static void hear_earcon(void *self, const char *id, int step) {
    (void)step;
    Ears *ears = self;
    if (ears->deafness != HEARS_NOTHING) listener_hears_earcon(&ears->listener, id);
}

static void hear_tone(void *self, const MovementTone *tone) {
    Ears *ears = self;
    if (ears->deafness == HEARS_ALL) listener_hears_tone(&ears->listener, tone);
}

static void hear_piece(void *self, const char *id) {
    (void)self;
    (void)id;
}

static void hear_number(void *self, int number) {
    (void)self;
    (void)number;
}

static void hear_breath(void *self, float phase, float period_s) {
    (void)self;
    (void)phase;
    (void)period_s;
}

static void understand(Ears *ears) {
    while (ears->count > 0 && ears->queue[0].until_s <= ears->now_s) {
        if (ears->deafness != HEARS_NOTHING) listener_hears_word(&ears->listener, ears->queue[0].id);
        ears->count--;
        memmove(&ears->queue[0], &ears->queue[1], (size_t)ears->count * sizeof ears->queue[0]);
    }
}

static void wear(Body *body, const char *exercise, uint64_t seed) {
    const ExerciseSpec *spec = exercise_spec(exercise);
    Rng rng = rng_make(seed, 21);
    SensorFaults faults = person_faults(&rng, DEMO_ORDINARY);
    BodyRange range = person_range(&rng, spec);
    body_init(body, spec, &range, &faults, rng_make(seed, 22));
    body->build = person_build(&rng, spec);
}

static FlowResult play_by_ear(const char *exercise, Dose dose, uint64_t seed, Deafness deafness) {
    static Ears ears;
    LevelSet levels;
    Body body;
    Cues cues = { 0 };
    json_error_t trouble;
    Flow *flow = malloc(sizeof *flow);
    ears = (Ears){ .deafness = deafness };
    json_t *recorded = json_load_file(ASSETS "/speech/en/lines.json", 0, &trouble);
    assert_non_null(recorded);
    ears.lines = json_object_get(recorded, "lines");
    bodies_levels(exercise, &levels);
    wear(&body, exercise, seed);
    Routine routine = { .id = "one", .name = "One", .count = 1 };
    const FlowItem item = {
        .spec = exercise_spec(exercise), .levels = &levels, .level = 1, .dose = dose, .ease = 1
    };
    flow_init(flow, &routine, &item, 1, 0, (uint32_t)seed);
    const CueSink sink = { .self = &ears,
                           .piece = hear_piece,
                           .earcon = hear_earcon,
                           .say = hear_line,
                           .hush = hear_hush,
                           .combo = hear_number,
                           .tune = hear_number,
                           .breath = hear_breath,
                           .tone = hear_tone };
    double sampled_s = 0;
    for (int tick = 0; tick < LONGEST_S * TICK_HZ && flow->result_count == 0; tick++) {
        FlowEvents events;
        Events game_events;
        ears.now_s = (double)tick / TICK_HZ;
        understand(&ears);
        while (sampled_s <= ears.now_s) {
            BodyPose pose = listener_step(&ears.listener, 1 / RATE_HZ);
            pose.breath = sin(2 * PI * sampled_s / BREATH_S);
            ImuSample sample = body_sample(&body, &pose, sampled_s, 1 / RATE_HZ);
            if (imu_model_deliver(&body.chest.imu, &sample)) flow_feed(flow, &sample, 1);
            sampled_s += 1 / RATE_HZ;
        }
        FlowInput input = { .source = SOURCE_READY, .voice_busy = ears.busy_until_s > ears.now_s };
        flow_tick(flow, &input, &events, &game_events);
        cues_tick(&cues, flow, &events, &game_events, -1, &sink);
    }
    assert_int_equal(flow->result_count, 1);
    FlowResult result = flow->results[0];
    flow_free(flow);
    free(flow);
    json_decref(recorded);
    return result;
}

static const struct {
    const char *exercise;
    Dose dose;
} games[] = {
    { "foam_roll", { .seconds = 60 } },
    { "cat_cow", { .reps = 8 } },
    { "table_top_twist", { .reps = 8, .each_side = true } },
    { "pull_apart", { .reps = 15 } },
    { "thoracic_bridge", { .reps = 10 } },
    { "bench_extension", { .seconds = 60 } },
    { "quadruped_rotation", { .reps = 10, .each_side = true } },
    { "rocked_back_cat_camel", { .reps = 12 } },
};

enum { GAMES = (int)(sizeof games / sizeof *games), PEOPLE = 4 };

static void each_game_is_played_by_ear(void **state) {
    (void)state;
    int failed = 0;
    for (int g = 0; g < GAMES; g++) {
        for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
            FlowResult r = play_by_ear(games[g].exercise, games[g].dose, seed, HEARS_ALL);
            (void)printf("%-22s person %d: %4d points, %d stars, %d reps, %d partial; reach %d control %d "
                         "tempo %d form %d\n",
                         games[g].exercise, (int)seed, (int)r.score, (int)r.stars, (int)r.reps,
                         (int)r.partials, (int)r.mean.reach, (int)r.mean.control, (int)r.mean.tempo,
                         (int)r.mean.form);
            failed += r.stars < 2;
        }
    }
    assert_int_equal(failed, 0);
}

/* What is heard is what does it. */
static void who_hears_nothing_earns_nothing(void **state) {
    (void)state;
    for (int g = 0; g < GAMES; g++) {
        FlowResult r = play_by_ear(games[g].exercise, games[g].dose, 1, HEARS_NOTHING);
        assert_int_equal(r.score, 0);
    }
}

/* Without the tone the body goes to its own comfortable end; with it, as far as is asked. */
static void the_tone_says_how_far(void **state) {
    (void)state;
    for (int g = 0; g < GAMES; g++) {
        /* A hold's range is only taken within its zone. */
        if (exercise_spec(games[g].exercise)->pattern == PATTERN_HOLD) continue;
        FlowResult with = play_by_ear(games[g].exercise, games[g].dose, 1, HEARS_ALL);
        FlowResult without = play_by_ear(games[g].exercise, games[g].dose, 1, HEARS_NO_TONE);
        if (!(with.rom_deg < 0.99 * without.rom_deg))
            fail_msg("%s: %.1f degrees with the tone, %.1f without", games[g].exercise, with.rom_deg,
                     without.rom_deg);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_game_is_played_by_ear),
        cmocka_unit_test(the_tone_says_how_far),
        cmocka_unit_test(who_hears_nothing_earns_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
