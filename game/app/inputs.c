#include "app/inputs.h"

#include "input/keyboard.h"
#include "input/playback.h"
#include "platform/controller_source.h"
#include "platform/files.h"
#include "platform/recording_file.h"
#include "platform/serial_source.h"

#include <string.h>

static Result open_playback(Source *out, const char *path, Error *error) {
    Recording recording;
    Result result = recording_load(&recording, path, error);
    if (result != RESULT_OK) return result;
    const char *slash = strrchr(path, '/');
    return playback_source_open(out, &recording, slash != NULL ? slash + 1 : path, error);
}

bool input_is_demo(const char *what, DemoStyle *style) {
    *style = DEMO_ORDINARY;
    return strcmp(what, "demo") == 0 ||
           (strncmp(what, "demo:", 5) == 0 && demo_style_from_name(what + 5, style));
}

static Result open_hand(InputChoice *out, InputKind kind, Error *error) {
    *out = (InputChoice){ .kind = kind, .body = kind, .own_time = true };
    return keyboard_source_open(&out->source, kind, error);
}

Result input_open_stick(InputChoice *out, Error *error) {
    return open_hand(out, INPUT_CONTROLLER, error);
}

Result input_open_motion(InputChoice *out, Error *error) {
    *out = (InputChoice){ .kind = INPUT_CONTROLLER, .body = INPUT_SENSOR };
    return controller_source_open(&out->source, clock_now_s, error);
}

bool input_motion_is_there(const InputChoice *choice) {
    return choice->source.read != NULL && controller_source_has_motion(&choice->source);
}

static Result open_controller(InputChoice *out, Error *error) {
    Error unused;
    if (input_open_motion(out, &unused) == RESULT_OK && input_motion_is_there(out)) return RESULT_OK;
    input_close(out);
    return input_open_stick(out, error);
}

Result input_open(InputChoice *out, const char *what, uint32_t seed, Error *error) {
    *out = (InputChoice){ .kind = INPUT_SENSOR, .body = INPUT_SENSOR };
    DemoStyle style = DEMO_ORDINARY;
    if (strcmp(what, "keyboard") == 0) return open_hand(out, INPUT_KEYBOARD, error);
    if (strcmp(what, "controller") == 0) return open_controller(out, error);
    if (strcmp(what, "stick") == 0) return input_open_stick(out, error);
    if (strcmp(what, "serial") == 0) return serial_source_open(&out->source, NULL, error);
    if (strncmp(what, "serial:", 7) == 0 && what[7] != '\0')
        return serial_source_open(&out->source, what + 7, error);
    if (strncmp(what, "replay:", 7) == 0 && what[7] != '\0') {
        out->own_time = out->recorded = true;
        return open_playback(&out->source, what + 7, error);
    }
    if (input_is_demo(what, &style)) {
        out->kind = out->body = INPUT_DEMO;
        out->own_time = true;
        return demo_source_open(&out->source, seed, style, error);
    }
    if (strcmp(what, "null") == 0) {
        out->source = null_source();
        return RESULT_OK;
    }
    return error_set(error, RESULT_BAD_USAGE,
                     "There is no input \"%s\"; there are auto, keyboard, serial, serial:PORT, controller, "
                     "stick, replay:FILE, demo, demo:skilful, demo:clumsy, demo:restless and demo:idle.",
                     what);
}

void input_close(InputChoice *choice) {
    if (choice->source.close != NULL) choice->source.close(choice->source.self);
    choice->source = (Source){ 0 };
}

static bool is_worn(const InputChoice *choice) {
    return choice->kind == INPUT_SENSOR && !choice->own_time && choice->source.read != NULL;
}

size_t input_read(InputChoice *choice, double now_s, ImuSample *out, size_t capacity) {
    if (choice->source.read == NULL) return 0;
    if (now_s != choice->read_s) choice->reads = 0;
    choice->read_s = now_s;
    if (choice->reads++ >= SOURCE_READS_MAX) return 0;
    size_t count = choice->source.read(choice->source.self, now_s, out, capacity);
    if (is_worn(choice)) gestures_feed(&choice->gestures, out, count);
    return count;
}

void input_drain(InputChoice *choice, double now_s) {
    ImuSample samples[64];
    while (input_read(choice, now_s, samples, 64) > 0) {
    }
}

Gesture input_gesture(InputChoice *choice, double now_s) {
    SourceStatus status;
    if (!is_worn(choice)) return GESTURE_NONE;
    choice->source.status(choice->source.self, now_s, &status);
    gestures_button(&choice->gestures, status.presses);
    return gestures_take(&choice->gestures);
}
