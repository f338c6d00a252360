#include "bodies.h"

#include "input/performer.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

#define RATE_HZ 100.0

BodyTruth bodies_perform(const char *exercise, DemoStyle style, uint64_t seed, double seconds,
                         Recogniser *r) {
    const ExerciseSpec *spec = exercise_spec(exercise);
    assert_non_null(spec);
    Rng rng = rng_make(seed, 9);
    SensorFaults faults = {
        .gyro_noise_dps = 0.1, .accel_noise = 0.03, .wobble_share = 0.03, .bias_dps = { 2, -1.5, 1 }
    };
    faults.mount =
        quat_unit((Quat){ rng_normal(&rng), rng_normal(&rng), rng_normal(&rng), rng_normal(&rng) });
    BodyRange range = body_range_typical(spec);
    Body body;
    Performer performer;
    body_init(&body, spec, &range, &faults, rng_make(seed, 10));
    performer_init(&performer, spec, style, rng_make(seed, 11));
    Cue cue = { .phase = CUE_HOLD_STILL, .side = spec->first_side, .target = 0.9F };
    performer_cue(&performer, &cue);
    recogniser_init(r, spec, NULL);

    BodyTruth truth = { .seconds = seconds };
    bool was_planned = false;
    double t_s = 0;
    while (t_s < seconds + 2.5) {
        if (t_s >= 2.5 && cue.phase == CUE_HOLD_STILL) cue.phase = CUE_PLAY;
        performer_cue(&performer, &cue);
        BodyPose pose = performer_step(&performer, 1 / RATE_HZ);
        bool over = performer.stroke >= performer.stroke_count;
        if (cue.phase == CUE_PLAY && over && was_planned) truth.reps++;
        was_planned = cue.phase == CUE_PLAY && !over;
        /* Nothing new is begun so late that it could not be finished. */
        if (over && t_s > seconds + 2.5 - 1.6 * spec->rep_s) cue.phase = CUE_REST;
        ImuSample sample = body_sample(&body, &pose, t_s, 1 / RATE_HZ);
        Moves moves = { 0 };
        assert_true(recogniser_feed(r, &sample, &moves));
        assert_true(moves.count < MOVES_MAX);
        t_s += 1 / RATE_HZ;
    }
    return truth;
}

char *bodies_read(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail_msg("%s can't be read", path);
    (void)fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(1, (size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, file), size);
    (void)fclose(file);
    return text;
}

void bodies_levels(const char *exercise, LevelSet *out) {
    const Minigame *game = minigame_for_exercise(exercise);
    assert_non_null(game);
    char path[512];
    Error error;
    (void)snprintf(path, sizeof path, "%s/%s", ASSETS, game->data_path);
    char *text = bodies_read(path);
    if (level_set_parse(out, game, text, path, &error) != RESULT_OK) fail_msg("%s", error.text);
    free(text);
}
