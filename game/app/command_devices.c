#include "app/commands.h"
#include "app/options.h"
#include "app/say.h"
#include "app/sensor_setup.h"
#include "platform/controllers.h"
#include "platform/files.h"
#include "platform/port_doctor.h"
#include "platform/serial_link.h"
#include "platform/serial_source.h"
#include "platform/sound.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PORTS_MAX = 32, FINDINGS_MAX = 16, CONTROLLERS_MAX = 8 };
#define RATE_LEAST_HZ 25.0
#define MEASURE_S     1.5                           /* how long rate, age and jitter are measured */
#define LISTEN_S      (SERIAL_NOBODY_THERE_S + 0.5) /* until it is known that nobody speaks */

/* A port that is being listened to, and what came of it. */
typedef struct Asked {
    SerialPortInfo port;
    Source source;
    bool open, known;
    double found_s; /* when samples came at a known rate; INFINITY before */
    Result result;
    Error error;
    SourceStatus status;
    SerialDevice device;
} Asked;

static void ask_open(Asked *a) {
    a->found_s = INFINITY;
    a->result = serial_source_open(&a->source, a->port.path, &a->error);
    a->open = a->result == RESULT_OK;
}

/* False once it needs to be listened to no longer. */
static bool ask_listen(Asked *a, double now_s) {
    ImuSample samples[64];
    for (int reads = 0; reads < SOURCE_READS_MAX; reads++) {
        if (a->source.read(a->source.self, now_s, samples, 64) == 0) break;
    }
    a->source.status(a->source.self, now_s, &a->status);
    a->known = serial_source_device(&a->source, &a->device);
    if (a->status.state == SOURCE_READY && a->status.rate_hz > 0) a->found_s = fmin(a->found_s, now_s);
    return now_s < a->found_s + MEASURE_S;
}

static json_t *ask_tell(const Asked *a) {
    const SerialDevice *d = &a->device;
    const char *trouble = a->result != RESULT_OK ? a->error.text : a->status.trouble;
    json_t *told =
        json_pack("{s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:f, s:i, s:i, s:s}", "port", a->port.path,
                  "description", a->port.description, "usb_vid", a->port.usb_vid, "usb_pid", a->port.usb_pid,
                  "speaks", a->known ? d->speaks : "nothing known", "board", d->board, "sensor",
                  d->sensor_model, "assumed", d->note, "rate_hz", (double)a->status.rate_hz, "lost",
                  (int)a->status.lost_samples, "bad_frames", (int)a->status.bad_frames, "trouble", trouble);
    if (a->known) {
        (void)json_object_set_new(told, "baud", json_integer(d->baud));
        (void)json_object_set_new(told, "age_ms", json_real(d->age_ms));
        (void)json_object_set_new(told, "jitter_ms", json_real(d->jitter_ms));
    }
    return told;
}

/* Listens on all ports at once, until it is known what speaks on each. */
static json_t *ask_ports(const SerialPortInfo *ports, size_t count) {
    json_t *list = json_array();
    Asked *asked = calloc(count > 0 ? count : 1, sizeof *asked);
    for (size_t i = 0; asked != NULL && i < count; i++) {
        asked[i].port = ports[i];
        ask_open(&asked[i]);
    }
    double until_s = clock_now_s() + LISTEN_S;
    for (bool more = asked != NULL; more && clock_now_s() < until_s; clock_sleep_s(0.01)) {
        more = false;
        for (size_t i = 0; i < count; i++)
            more = (asked[i].open && ask_listen(&asked[i], clock_now_s())) || more;
    }
    for (size_t i = 0; asked != NULL && i < count; i++) {
        (void)json_array_append_new(list, ask_tell(&asked[i]));
        if (asked[i].open) asked[i].source.close(asked[i].source.self);
    }
    free(asked);
    return list;
}

/* The ports named on the command line, or else all there are. */
static size_t ports_asked_for(const Options *options, SerialPortInfo *out) {
    if (options->argument_count == 0) return serial_ports_list(out, PORTS_MAX);
    size_t count = 0;
    for (int i = 0; i < options->argument_count && count < PORTS_MAX; i++) {
        out[count] = (SerialPortInfo){ .description = "" };
        (void)snprintf(out[count++].path, sizeof out->path, "%s", options->arguments[i]);
    }
    return count;
}

static const char *text_of(json_t *device, const char *key) {
    return json_string_value(json_object_get(device, key));
}

static void print_devices(json_t *devices) {
    size_t index = 0;
    json_t *device = NULL;
    if (json_array_size(devices) == 0)
        (void)printf("No serial ports. Plug a sensor in, or play with the keyboard.\n");
    json_array_foreach(devices, index, device) {
        (void)printf("%s  %s\n    speaks: %s  board: %s  sensor: %s  %.0f Hz, %lld lost, %lld bad frames\n",
                     text_of(device, "port"), text_of(device, "description"), text_of(device, "speaks"),
                     text_of(device, "board"), text_of(device, "sensor"),
                     json_number_value(json_object_get(device, "rate_hz")),
                     (long long)json_integer_value(json_object_get(device, "lost")),
                     (long long)json_integer_value(json_object_get(device, "bad_frames")));
        json_t *age = json_object_get(device, "age_ms");
        if (age != NULL)
            (void)printf(
                "    %lld baud, samples %.1f ms old on arrival beyond the quickest, jitter %.1f ms\n",
                (long long)json_integer_value(json_object_get(device, "baud")), json_number_value(age),
                json_number_value(json_object_get(device, "jitter_ms")));
        if (text_of(device, "assumed")[0] != '\0') (void)printf("    %s\n", text_of(device, "assumed"));
        if (text_of(device, "trouble")[0] != '\0') (void)printf("    %s\n", text_of(device, "trouble"));
    }
}

static json_t *tell_controllers(void) {
    ControllerInfo found[CONTROLLERS_MAX];
    size_t count = controllers_list(found, CONTROLLERS_MAX);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list,
                                    json_pack("{s:s, s:b, s:f, s:i, s:i}", "name", found[i].name, "motion",
                                              (int)found[i].motion, "rate_hz", found[i].rate_hz, "usb_vid",
                                              found[i].usb_vid, "usb_pid", found[i].usb_pid));
    return list;
}

static void print_controllers(json_t *controllers) {
    size_t index = 0;
    json_t *pad = NULL;
    json_array_foreach(controllers, index, pad) {
        bool motion = json_is_true(json_object_get(pad, "motion"));
        (void)printf("Controller  %s\n    %s\n", text_of(pad, "name"),
                     motion ? "motion sensor: can be strapped on" : "no motion sensor: played by its stick");
    }
}

static int set_up(const Options *options) {
    Error error;
    if (options->argument_count != 1)
        return say_failure(error_set(&error, RESULT_BAD_USAGE, "--set-up takes the one port of the sensor."),
                           &error);
    Result result = sensor_setup(options->arguments[0], options->yes, &error);
    return result == RESULT_OK ? EXIT_OK : say_failure(result, &error);
}

int command_devices(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    if (options.set_up) return set_up(&options);
    SerialPortInfo ports[PORTS_MAX];
    json_t *devices = ask_ports(ports, ports_asked_for(&options, ports));
    json_t *controllers = options.argument_count == 0 ? tell_controllers() : json_array();
    if (options.json) {
        print_document(json_pack("{s:o, s:o}", "devices", devices, "controllers", controllers));
    } else {
        print_devices(devices);
        print_controllers(controllers);
        json_decref(devices);
        json_decref(controllers);
    }
    return EXIT_OK;
}

/* ---- doctor ---- */

static bool check(bool good, const char *what, const char *trouble) {
    (void)printf("%s  %s%s%s\n", good ? "ok   " : "look ", what, good || trouble[0] == '\0' ? "" : ": ",
                 good ? "" : trouble);
    return good;
}

static bool check_store(void) {
    Store *store = household_open(); /* says what is wrong */
    bool durable = store != NULL && store_is_durable(store);
    store_close(store);
    return check(durable, "scores are kept", "see the sentence above");
}

static bool check_sound(void) {
    Error error = { 0 };
    char assets[FILES_PATH_MAX];
    Sound *sound = NULL;
    Result result = files_assets_folder(assets, &error);
    if (result == RESULT_OK) result = sound_open(&sound, assets, true, &error);
    bool heard = result == RESULT_OK && sound_is_heard(sound);
    if (!heard && error.text[0] == '\0')
        (void)error_set(&error, RESULT_NO_DEVICE, "no sound card answers; the game goes on with captions.");
    sound_close(sound);
    return check(heard, "sound", error.text);
}

static bool check_display(void) {
    bool any = getenv("DISPLAY") != NULL || getenv("WAYLAND_DISPLAY") != NULL;
    return check(any, "display", "neither DISPLAY nor WAYLAND_DISPLAY is set; start it from a desktop.");
}

/* Nobody needs a port who has a controller with `motion`. */
static bool check_ports(const SerialPortInfo *ports, size_t count, bool motion) {
    PortFinding findings[FINDINGS_MAX];
    size_t found = port_doctor_look("", ports, count, findings, FINDINGS_MAX);
    bool good = true;
    for (size_t i = 0; i < found; i++) {
        if (!motion || strcmp(findings[i].id, "no-usb-port") != 0)
            good = check(false, "ports", findings[i].sentence);
    }
    return good && check(true, "ports", "");
}

/* A controller whose motion sensor can't be read is a trouble, one that has none is not. */
static bool check_controllers(bool *motion) {
    ControllerInfo found[CONTROLLERS_MAX];
    size_t count = controllers_list(found, CONTROLLERS_MAX);
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        *motion = *motion || found[i].motion;
        bool hidden = !found[i].motion && controller_should_have_motion(found[i].usb_vid, found[i].usb_pid);
        good =
            check(!hidden, found[i].name,
                  "its motion sensor can't be read: sudo cp firmware-bridge/60-backbeat.rules "
                  "/etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger, then switch "
                  "it off and on; and close Steam, which may hold it.") &&
            good;
    }
    return good;
}

static const char *slowness(json_t *device) {
    if (json_number_value(json_object_get(device, "rate_hz")) >= RATE_LEAST_HZ) return NULL;
    return strcmp(text_of(device, "speaks"), "witmotion") == 0
               ? "it sends too few samples a second: backbeat devices --set-up PORT sets it to 100."
               : "it sends too few samples a second: 50 are good, 100 better; change it in its sketch.";
}

/* With `motion`, a controller can be strapped on instead. */
static bool check_sensor(const SerialPortInfo *ports, size_t count, bool motion) {
    json_t *devices = ask_ports(ports, count), *device = NULL;
    size_t index = 0;
    bool any = false, good = true;
    json_array_foreach(devices, index, device) {
        char what[TRANSPORT_PATH_MAX + 40];
        bool speaks = json_number_value(json_object_get(device, "rate_hz")) > 0;
        const char *trouble = speaks ? slowness(device) : text_of(device, "trouble");
        (void)snprintf(what, sizeof what, "%s%s%s", text_of(device, "port"), speaks ? " speaks " : "",
                       speaks ? text_of(device, "speaks") : "");
        any = any || speaks;
        /* A built-in port without a sensor is no trouble. */
        bool expected =
            json_integer_value(json_object_get(device, "usb_vid")) != 0 || speaks || (count == 1 && !motion);
        if (expected) good = check(speaks && trouble == NULL, what, trouble != NULL ? trouble : "") && good;
    }
    any = any || motion;
    if (!any) (void)check(false, "motion sensor", "none found; plug it in, or play with the keyboard.");
    json_decref(devices);
    return any && good;
}

int command_doctor(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    bool good = check_store();
    good = check_sound() && good;
    good = check_display() && good;
    SerialPortInfo ports[PORTS_MAX];
    size_t count = ports_asked_for(&options, ports);
    bool motion = false;
    if (options.argument_count == 0) {
        good = check_controllers(&motion) && good;
        good = check_ports(ports, count, motion) && good;
    }
    good = check_sensor(ports, count, motion) && good;
    return good ? EXIT_OK : EXIT_FAILED;
}
