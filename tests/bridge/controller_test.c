/* The controller source against controllers that SDL makes up, whose readings the tests make: a body does
 * whole exercises with one, one is pulled out, others are touched. No display, no device. The clock is the
 * test's own, so that a minute takes a moment. */
#include "bodies.h"
#include "input/performer.h"
#include "platform/controller_source.h"
#include "platform/controllers.h"
#include "session/run.h"
#include "session/staircase.h"
#include "session/tracker.h"
#include "testing.h"

#include <SDL.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double now_s;

static double clock_of_the_test(void) {
    return now_s;
}

/* ---- Made-up controllers ---- */

typedef struct Made {
    int device;
    SDL_JoystickID id;
    unsigned rumble_low, rumble_high, rumbles;
} Made;

#if SDL_VERSION_ATLEAST(2, 24, 0)
static int rumble(void *self, Uint16 low, Uint16 high) {
    Made *made = self;
    made->rumble_low = low;
    made->rumble_high = high;
    made->rumbles++;
    return 0;
}
#endif

static void plug_in_of(Made *made, int vendor, const char *name) {
#if SDL_VERSION_ATLEAST(2, 24, 0)
    SDL_VirtualJoystickDesc desc = { .version = SDL_VIRTUAL_JOYSTICK_DESC_VERSION,
                                     .type = SDL_JOYSTICK_TYPE_GAMECONTROLLER,
                                     .naxes = SDL_CONTROLLER_AXIS_MAX,
                                     .nbuttons = SDL_CONTROLLER_BUTTON_MAX,
                                     .vendor_id = (Uint16)vendor,
                                     .product_id = (Uint16)strlen(name),
                                     .name = name,
                                     .userdata = made,
                                     .Rumble = rumble };
    *made = (Made){ .device = SDL_JoystickAttachVirtualEx(&desc) };
#else
    (void)name, (void)vendor;
    *made =
        (Made){ .device = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
                                                    SDL_CONTROLLER_BUTTON_MAX, 0) };
#endif
    if (made->device < 0) skip();
    made->id = SDL_JoystickGetDeviceInstanceID(made->device);
}

static void plug_in(Made *made, const char *name) {
    plug_in_of(made, 0x1234, name);
}

/* Before SDL 2.24 all that are made up are alike. */
static void want_them_distinct(void) {
#if !SDL_VERSION_ATLEAST(2, 24, 0)
    skip();
#endif
}

static void pull_out(const Made *made) {
    for (int i = 0; i < SDL_NumJoysticks(); i++) {
        if (SDL_JoystickGetDeviceInstanceID(i) == made->id) assert_int_equal(SDL_JoystickDetachVirtual(i), 0);
    }
}

static void tell(const Made *made, SDL_SensorType sensor, const float value[3], uint64_t device_us) {
    SDL_Event event = { .csensor = { .type = SDL_CONTROLLERSENSORUPDATE,
                                     .which = made->id,
                                     .sensor = (Sint32)sensor,
                                     .data = { value[0], value[1], value[2] } } };
#if SDL_VERSION_ATLEAST(2, 26, 0)
    event.csensor.timestamp_us = device_us;
#else
    (void)device_us;
#endif
    (void)SDL_PushEvent(&event);
}

static void press(const Made *made) {
    SDL_Event event = { .cbutton = { .type = SDL_CONTROLLERBUTTONDOWN,
                                     .which = made->id,
                                     .button = SDL_CONTROLLER_BUTTON_A,
                                     .state = SDL_PRESSED } };
    (void)SDL_PushEvent(&event);
}

static void push_stick(const Made *made, int value) {
    SDL_Event event = { .caxis = {
                            .type = SDL_CONTROLLERAXISMOTION, .which = made->id, .value = (Sint16)value } };
    (void)SDL_PushEvent(&event);
}

static const float still[3] = { 0, 0, 0 }, upright[3] = { 0, 9.81F, 0 };

/* `seconds` of lying still at 250 Hz, looked at sixty times a second; returns how many samples came. */
static size_t lie_still(const Source *source, const Made *made, double seconds) {
    ImuSample samples[64];
    size_t total = 0;
    for (double end_s = now_s + seconds; now_s < end_s;) {
        now_s += 0.016;
        for (int i = 0; i < 4; i++) {
            uint64_t device_us = (uint64_t)(now_s * 1e6) - 4000 * (uint64_t)(3 - i);
            tell(made, SDL_SENSOR_GYRO, still, device_us);
            tell(made, SDL_SENSOR_ACCEL, upright, device_us);
        }
        for (size_t n = 1; n > 0; total += n) n = source->read(source->self, now_s, samples, 64);
    }
    return total;
}

static SourceStatus status_of(const Source *source) {
    SourceStatus status;
    source->status(source->self, now_s, &status);
    return status;
}

static Source opened(void) {
    Source source;
    Error error;
    if (controller_source_open(&source, clock_of_the_test, &error) != RESULT_OK) fail_msg("%s", error.text);
    return source;
}

static int start(void **state) {
    (void)state;
    now_s = 5000;
    return controllers_begin() ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    for (int i = SDL_NumJoysticks() - 1; i >= 0; i--) {
        if (SDL_JoystickIsVirtual(i)) (void)SDL_JoystickDetachVirtual(i);
    }
    controllers_end();
    return 0;
}

/* ---- Whole exercises ---- */

/* The last: one packet in fifty is lost on the air, and once all for 0.3 s. */
typedef enum Device { DIRECT, DUALSENSE, JOY_CON, JOY_CON_UNSTAMPED, JOY_CON_BAD_AIR } Device;

typedef struct Done {
    int reps, right, left, partials;
    int32_t score;
    double rom_deg;
    SourceStatus status;
} Done;

/* What the body has done, and what of it is not told yet: a pending sample is told with its packet. */
typedef struct Wearer {
    Device device;
    double rate_hz, t_s;
    Performer performer;
    Body body;
    ImuSample pending[64];
    size_t pending_count;
    long packet, told;
} Wearer;

static void wear(Wearer *w, Device device, double rate_hz, const ExerciseSpec *spec) {
    const SensorFaults faults = { .gyro_noise_dps = 0.1,
                                  .accel_noise = 0.03,
                                  .wobble_share = 0.03,
                                  .bias_dps = { 2, -1.5, 1 },
                                  .mount = { 0.5, 0.5, -0.5, 0.5 } };
    BodyRange range = body_range_typical(spec);
    *w = (Wearer){ .device = device, .rate_hz = rate_hz, .t_s = now_s };
    body_init(&w->body, spec, &range, &faults, rng_make(5, 10));
    performer_init(&w->performer, spec, DEMO_ORDINARY, rng_make(5, 11));
}

static bool is_lost(const Wearer *w) {
    double t_s = w->pending[0].t_s - 5000;
    return w->device == JOY_CON_BAD_AIR && (w->packet % 50 == 17 || (t_s > 12 && t_s < 12.3));
}

static void tell_packet(Wearer *w, const Made *made, size_t in_packet) {
    for (size_t i = 0; i < in_packet; i++) {
        /* 40 parts in a million fast, and begun at any time; a Joy-Con's is counted by its samples. */
        uint64_t counted = (uint64_t)w->told * in_packet + i + 1;
        uint64_t device_us = w->device == JOY_CON_UNSTAMPED ? 0
                             : w->device != DUALSENSE       ? counted * 5000
                                                      : (uint64_t)((w->pending[i].t_s - 4000) * 1.00004e6);
        tell(made, SDL_SENSOR_GYRO, w->pending[i].gyro, device_us);
        if (w->device != JOY_CON_UNSTAMPED) tell(made, SDL_SENSOR_ACCEL, w->pending[i].accel, device_us);
    }
    for (size_t i = 0; i < in_packet && w->device == JOY_CON_UNSTAMPED; i++)
        tell(made, SDL_SENSOR_ACCEL, w->pending[i].accel, 0);
    w->told++;
}

/* The packets that are complete by now, and arrived: all come at once, as SDL reads them in a frame. */
static void tell_packets(Wearer *w, const Made *made) {
    size_t in_packet = w->device == DUALSENSE ? 1 : 3;
    double air_s = w->device == DUALSENSE ? 0.001 : 0.003 + 0.004 * (double)(w->packet * 7 % 5) / 4;
    while (w->pending_count >= in_packet && w->pending[in_packet - 1].t_s + air_s <= now_s) {
        if (!is_lost(w)) tell_packet(w, made, in_packet);
        w->pending_count -= in_packet;
        memmove(w->pending, w->pending + in_packet, w->pending_count * sizeof *w->pending);
        w->packet++;
    }
}

/* Moves the body on to now and hands its samples over: by `source`, or straight where there is none. */
static void move_on(Wearer *w, const Source *source, const Made *made, Tracker *tracker) {
    while (w->t_s + 1 / w->rate_hz <= now_s) {
        w->t_s += 1 / w->rate_hz;
        BodyPose pose = performer_step(&w->performer, 1 / w->rate_hz);
        assert_true(w->pending_count < 64);
        w->pending[w->pending_count++] = body_sample(&w->body, &pose, w->t_s, 1 / w->rate_hz);
    }
    if (source == NULL) {
        tracker_feed(tracker, w->pending, w->pending_count);
        w->pending_count = 0;
        return;
    }
    ImuSample samples[64];
    tell_packets(w, made);
    for (size_t n = 1; n > 0; tracker_feed(tracker, samples, n))
        n = source->read(source->self, now_s, samples, 64);
}

static Done play(const char *exercise, Device device, double rate_hz) {
    LevelSet levels;
    const ExerciseSpec *spec = exercise_spec(exercise);
    Wearer *w = malloc(sizeof *w);
    Tracker *tracker = malloc(sizeof *tracker);
    Run *run = malloc(sizeof *run);
    if (w == NULL || tracker == NULL || run == NULL) abort();
    Made made = { 0 };
    Source source = { 0 };
    now_s = 5000;
    if (device != DIRECT) {
        plug_in_of(&made, device == DUALSENSE ? 0x054C : 0x057E, "Made up");
        source = opened();
    }
    bodies_levels(exercise, &levels);
    RunConfig config = { .game = levels.game,
                         .level = 1,
                         .seed = 3,
                         .dose = { .reps = 8 },
                         .stair = STAIRCASE_START,
                         .ease = 1000 };
    BodyRange range = body_range_typical(spec);
    const OwnMeasure own = { .range_deg = range.range_deg,
                             .under_deg = range.under_deg,
                             .lift_deg = range.lift_deg };
    wear(w, device, rate_hz, spec);
    tracker_init(tracker, spec, &own);
    run_init(run, &config, &levels.levels[0]);
    Cue cue = { .phase = CUE_HOLD_STILL, .side = spec->first_side, .target = 0.9F };
    (void)snprintf(cue.exercise, sizeof cue.exercise, "%s", exercise);
    for (int tick = 0; tick < 60 * 180 && !run->finished; tick++) {
        SimInput in;
        Events events;
        now_s = 5000 + (tick + 1) / 60.0;
        if (tick == 180) {
            cue.phase = CUE_PLAY;
            tracker_restart(tracker, &own);
        }
        cue.side = run->asked;
        performer_cue(&w->performer, &cue);
        if (device != DIRECT) source.cue(source.self, &cue);
        move_on(w, device != DIRECT ? &source : NULL, &made, tracker);
        tracker_tick(tracker, run->asked, &in);
        if (tick >= 180) run_step(run, &in, &events);
        if (device != DIRECT && tick > 5) assert_int_equal(status_of(&source).state, SOURCE_READY);
    }
    Done done = { .reps = run->reps,
                  .right = run->right,
                  .left = run->left,
                  .partials = run->partials,
                  .score = run->score,
                  .rom_deg = run_rom_deg(run) };
    assert_true(run->finished);
    if (device != DIRECT) {
        done.status = status_of(&source);
        source.close(source.self);
        pull_out(&made);
    }
    free(w);
    free(tracker);
    free(run);
    return done;
}

static void an_exercise_counts_as_if_it_were_told_straight(void **state) {
    (void)state;
    static const char *const exercises[] = { "cat_cow", "table_top_twist", "pull_apart", "thoracic_bridge" };
    static const struct {
        Device device;
        double rate_hz;
        const char *name;
    } devices[] = { { DUALSENSE, 250, "DualSense" },
                    { JOY_CON, 200, "Joy-Con" },
                    { JOY_CON_UNSTAMPED, 200, "Joy-Con without time stamps" },
                    { JOY_CON_BAD_AIR, 200, "Joy-Con through bad air" } };
    for (size_t e = 0; e < sizeof exercises / sizeof *exercises; e++) {
        for (size_t d = 0; d < sizeof devices / sizeof *devices; d++) {
            Done straight = play(exercises[e], DIRECT, devices[d].rate_hz);
            Done told = play(exercises[e], devices[d].device, devices[d].rate_hz);
            print_message(
                "%s, %s: %d of %d (%d right, %d left), %d points of %d, %.2f of %.2f deg, %.1f Hz\n",
                exercises[e], devices[d].name, told.reps, straight.reps, told.right, told.left,
                (int)told.score, (int)straight.score, told.rom_deg, straight.rom_deg,
                (double)told.status.rate_hz);
            assert_int_equal(straight.reps, 8);
            assert_true(straight.score > 500);
            assert_int_equal(told.reps, straight.reps);
            assert_int_equal(told.right, straight.right);
            assert_int_equal(told.left, straight.left);
            assert_int_equal(told.partials, straight.partials);
            assert_true(abs(told.score - straight.score) <= 15);
            assert_true(fabs(told.rom_deg - straight.rom_deg) < 0.25);
            assert_true(fabs((double)told.status.rate_hz / devices[d].rate_hz - 1) < 0.05);
            if (devices[d].device != JOY_CON_BAD_AIR) assert_int_equal(told.status.lost_samples, 0);
            assert_int_equal(told.status.bad_frames, 0);
            assert_int_equal(told.status.kind, INPUT_CONTROLLER);
        }
    }
}

/* ---- Which controller, and whether it is there ---- */

static void one_that_is_pulled_out_is_waited_for(void **state) {
    (void)state;
    Made made, other;
    want_them_distinct();
    plug_in(&made, "The one");
    plug_in(&other, "The other one");
    Source source = opened();
    assert_int_equal(status_of(&source).state, SOURCE_LOOKING);
    assert_false(controller_source_has_motion(&source));
    assert_non_null(strstr(status_of(&source).trouble, "doctor"));
    assert_true(lie_still(&source, &made, 1) > 230);
    assert_int_equal(status_of(&source).state, SOURCE_READY);
    assert_string_equal(status_of(&source).trouble, "");
    assert_true(lie_still(&source, &other, 0.2) == 0); /* the first counts */
    ImuSample first;
    tell(&made, SDL_SENSOR_GYRO, still, (uint64_t)(now_s * 1e6));
    tell(&made, SDL_SENSOR_ACCEL, upright, (uint64_t)(now_s * 1e6));
    assert_int_equal(source.read(source.self, now_s, &first, 1), 1);

    now_s += 0.6;
    assert_int_equal(status_of(&source).state, SOURCE_LOST);
    assert_non_null(strstr(status_of(&source).trouble, "silent"));
    pull_out(&made);
    now_s += 0.6;
    assert_int_equal(status_of(&source).state, SOURCE_LOST);
    assert_non_null(strstr(status_of(&source).trouble, "gone"));
    assert_true(lie_still(&source, &other, 1) == 0); /* it does not take its place by itself */

    plug_in(&made, "The one");
    assert_true(lie_still(&source, &made, 1) > 100);
    assert_int_equal(status_of(&source).state, SOURCE_READY);
    ImuSample after;
    now_s += 0.001;
    tell(&made, SDL_SENSOR_GYRO, still, (uint64_t)(now_s * 1e6));
    tell(&made, SDL_SENSOR_ACCEL, upright, (uint64_t)(now_s * 1e6));
    assert_int_equal(source.read(source.self, now_s, &after, 1), 1);
    assert_true(after.t_s > first.t_s + 1 && after.t_s <= now_s + 0.001);
    source.close(source.self);
}

static void the_one_touched_last_counts_but_not_in_play(void **state) {
    (void)state;
    Made one, two, plain;
    want_them_distinct();
    plug_in(&one, "One");
    plug_in(&two, "Number two");
    plug_in(&plain, "Without motion");
    Source source = opened();
    assert_true(lie_still(&source, &one, 0.3) > 50);
    assert_true(lie_still(&source, &two, 0.1) == 0);
    press(&two);
    assert_true(lie_still(&source, &two, 0.3) > 50);
    push_stick(&one, 5000); /* not let go of quite */
    assert_true(lie_still(&source, &one, 0.3) == 0);
    push_stick(&one, -30000);
    assert_true(lie_still(&source, &one, 0.3) > 50);
    assert_true(controller_source_has_motion(&source));

    press(&plain);
    assert_true(lie_still(&source, &one, 0.3) == 0);
    assert_false(controller_source_has_motion(&source));
    press(&one);
    assert_true(lie_still(&source, &one, 0.3) > 50);

    Cue cue = { .phase = CUE_PLAY, .exercise = "cat_cow" };
    for (int i = 0; i < 20; i++) {
        source.cue(source.self, &cue);
        if (i == 5) press(&two);
        if (i == 10) press(&plain);
        assert_true(lie_still(&source, &one, 0.1) > 20);
    }
    /* … unless it is gone. */
    pull_out(&one);
    for (int i = 0; i < 20; i++) {
        source.cue(source.self, &cue);
        if (i == 10) press(&plain);
        if (i == 15) press(&two);
        size_t came = lie_still(&source, &two, 0.1);
        assert_true(i < 15 ? came == 0 : came > 20);
    }
    source.close(source.self);
}

static void a_pair_that_is_one_controller_is_two_sensors(void **state) {
    (void)state;
#if SDL_VERSION_ATLEAST(2, 26, 0)
    Made made;
    plug_in(&made, "A pair");
    Source source = opened();
    ImuSample none;
    size_t main_count = 0, pelvis_count = 0;
    tell(&made, SDL_SENSOR_ACCEL, upright, 1);
    assert_int_equal(source.read(source.self, now_s, &none, 1), 0);
    for (int i = 1; i <= 200; i++) {
        ImuSample samples[8];
        const float left[3] = { 0.5F, 0, 0 };
        uint64_t device_us = 5000 * (uint64_t)i;
        now_s += 0.005;
        tell(&made, SDL_SENSOR_GYRO, still, device_us);
        tell(&made, SDL_SENSOR_ACCEL, upright, device_us);
        tell(&made, SDL_SENSOR_GYRO_R, left, device_us);     /* the same as the first */
        tell(&made, SDL_SENSOR_GYRO_L, left, device_us * 2); /* its own clock */
        tell(&made, SDL_SENSOR_ACCEL_L, upright, device_us * 2);
        size_t count = source.read(source.self, now_s, samples, 8);
        for (size_t k = 0; k < count; k++) {
            main_count += samples[k].sensor == SENSOR_MAIN;
            pelvis_count += samples[k].sensor == SENSOR_PELVIS;
            assert_true(samples[k].gyro[0] == (samples[k].sensor == SENSOR_PELVIS ? 0.5F : 0));
        }
    }
    assert_int_equal(main_count, 200);
    assert_int_equal(pelvis_count, 200);
    source.close(source.self);
#else
    skip();
#endif
}

/* ---- What devices may say and do ---- */

static void names_are_printable(void **state) {
    (void)state;
#if SDL_VERSION_ATLEAST(2, 24, 0)
    Made made;
    plug_in(&made,
            "Pad\x1B[2J\r\n\xC2\x9B\xE2\x80\xAE pad of a name that is far too long to be drawn anywhere");
    ControllerInfo found[4];
    size_t count = controllers_list(found, 4);
    assert_int_equal(count, 1);
    assert_false(found[0].motion);
    assert_memory_equal(found[0].name, "Pad?[2J?", 8);
    Source source = opened();
    (void)lie_still(&source, &made, 0.1);
    SourceStatus status = status_of(&source);
    assert_memory_equal(status.name, "Pad?[2J?", 8);
    for (const char *c = status.name; *c != '\0'; c++) assert_true(*c >= 0x20 && *c <= 0x7E);
    source.close(source.self);
#else
    skip();
#endif
}

static void a_flood_that_nobody_reads_keeps_the_newest(void **state) {
    (void)state;
    Made made;
    plug_in(&made, "Flood");
    Source source = opened();
    for (int i = 1; i <= 20000; i++) {
        const float value[3] = { 0, (float)i * 1e-4F, 0 };
        now_s += 0.001;
        tell(&made, SDL_SENSOR_GYRO, value, 1000 * (uint64_t)i);
        tell(&made, SDL_SENSOR_ACCEL, upright, 1000 * (uint64_t)i);
        if (i % 1000 == 0) SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    }
    ImuSample samples[64];
    ImuSample last = { 0 };
    size_t total = 0;
    for (size_t n = 1; n > 0; total += n) {
        n = source.read(source.self, now_s, samples, 64);
        if (n > 0) last = samples[n - 1];
    }
    assert_true(total > 2000 && total <= 2048);
    assert_true(last.gyro[1] > 1.9999F && now_s - last.t_s < 0.01);
    assert_true(status_of(&source).lost_samples >= 20000 - 2048);
    source.close(source.self);
}

static void readings_that_are_none_are_counted(void **state) {
    (void)state;
    Made made;
    plug_in(&made, "Wrong");
    Source source = opened();
    assert_true(lie_still(&source, &made, 0.2) > 40);
    const float wrong[3] = { 0, NAN, 0 };
    for (uint64_t i = 1; i <= 10; i++) tell(&made, SDL_SENSOR_GYRO, wrong, i);
    tell(&made, (SDL_SensorType)99, wrong, 1);
    tell(&(Made){ .id = 4711 }, SDL_SENSOR_GYRO, still, 1);
    ImuSample sample;
    assert_int_equal(source.read(source.self, now_s, &sample, 1), 0);
    assert_int_equal(status_of(&source).bad_frames, 10);
    assert_true(lie_still(&source, &made, 0.2) > 40);
    source.close(source.self);
}

/* It is never taken for a motion sensor: its stick goes on to play. */
static void turns_without_acceleration_are_no_motion(void **state) {
    (void)state;
    Made made;
    plug_in(&made, "Half");
    Source source = opened();
    ImuSample sample;
    for (uint64_t i = 1; i <= 500; i++) {
        now_s += 0.004;
        tell(&made, SDL_SENSOR_GYRO, still, 4000 * i);
        assert_int_equal(source.read(source.self, now_s, &sample, 1), 0);
    }
    assert_false(controller_source_has_motion(&source));
    assert_int_equal(status_of(&source).state, SOURCE_LOOKING);
    source.close(source.self);
}

static void a_click_is_felt(void **state) {
    (void)state;
#if SDL_VERSION_ATLEAST(2, 24, 0)
    Made made;
    plug_in(&made, "Rumbles");
    Source source = opened();
    source.buzz(source.self, 40); /* at nobody */
    assert_int_equal(made.rumbles, 0);
    (void)lie_still(&source, &made, 0.1);
    source.buzz(source.self, 40);
    assert_int_equal(made.rumbles, 1);
    assert_true(made.rumble_high > 0);
    SDL_Delay(120);
    (void)lie_still(&source, &made, 0.1);
    assert_true(made.rumbles == 2 && made.rumble_high == 0); /* and over */
    source.close(source.self);
#else
    skip();
#endif
}

/* Events made on another thread, as some systems' drivers do. */
static int tell_from_afar(void *self) {
    const Made *made = self;
    for (uint64_t i = 1; i <= 2000; i++) {
        tell(made, SDL_SENSOR_GYRO, still, 1000 * i);
        tell(made, SDL_SENSOR_ACCEL, upright, 1000 * i);
    }
    return 0;
}

static void readings_may_come_from_another_thread(void **state) {
    (void)state;
    Made made;
    plug_in(&made, "Afar");
    Source source = opened();
    ImuSample samples[64];
    tell(&made, SDL_SENSOR_ACCEL, upright, 1);
    assert_int_equal(source.read(source.self, now_s, samples, 64), 0);
    SDL_Thread *thread = SDL_CreateThread(tell_from_afar, "pad", &made);
    assert_non_null(thread);
    size_t total = 0;
    for (int i = 0; i < 5000 && total < 2000; i++) {
        total += source.read(source.self, now_s, samples, 64);
        (void)status_of(&source);
        if (i % 10 == 0) SDL_Delay(1);
    }
    SDL_WaitThread(thread, NULL);
    for (size_t n = 1; n > 0; total += n) n = source.read(source.self, now_s, samples, 64);
    assert_int_equal(total, 2000);
    source.close(source.self);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void) {
    SDL_SetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS, "1");
    const struct CMUnitTest tests[] = {
        TEST(an_exercise_counts_as_if_it_were_told_straight),
        TEST(one_that_is_pulled_out_is_waited_for),
        TEST(the_one_touched_last_counts_but_not_in_play),
        TEST(a_pair_that_is_one_controller_is_two_sensors),
        TEST(names_are_printable),
        TEST(a_flood_that_nobody_reads_keeps_the_newest),
        TEST(readings_that_are_none_are_counted),
        TEST(turns_without_acceleration_are_no_motion),
        TEST(a_click_is_felt),
        TEST(readings_may_come_from_another_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
