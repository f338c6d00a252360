#include "app/commands.h"
#include "app/options.h"
#include "app/say.h"
#include "platform/files.h"
#include "platform/serial_link.h"
#include "platform/serial_source.h"
#include "platform/sound.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PORTS_MAX = 32 };
#define LISTEN_S (SERIAL_NOBODY_THERE_S + 0.5) /* until it is known that nobody speaks */

/* Opens the port, listens, and tells what speaks there. */
static json_t *ask_port(const SerialPortInfo *port) {
    Error error = { 0 };
    Source source;
    SourceStatus status = { 0 };
    SerialDevice device = { 0 };
    bool known = false;
    Result result = serial_source_open(&source, port->path, &error);
    if (result == RESULT_OK) {
        double until_s = clock_now_s() + LISTEN_S;
        while (clock_now_s() < until_s) {
            ImuSample samples[64];
            while (source.read(source.self, clock_now_s(), samples, 64) > 0) {
            }
            source.status(source.self, clock_now_s(), &status);
            if (status.state == SOURCE_READY && status.rate_hz > 0 && until_s > clock_now_s() + 1.5)
                until_s = clock_now_s() + 1.5;
            clock_sleep_s(0.02);
        }
        known = serial_source_device(&source, &device);
        source.close(source.self);
    }
    const char *speaks = known ? "backbeat" : "nothing known";
    const char *trouble = result != RESULT_OK ? error.text : status.trouble;
    return json_pack("{s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:f, s:i, s:i, s:s}", "port", port->path,
                     "description", port->description, "usb_vid", port->usb_vid, "usb_pid", port->usb_pid,
                     "speaks", speaks, "board", device.board, "sensor", device.sensor_model, "rate_hz",
                     (double)status.rate_hz, "lost", (int)status.lost_samples, "bad_frames",
                     (int)status.bad_frames, "trouble", trouble);
}

static json_t *ask_all(void) {
    SerialPortInfo ports[PORTS_MAX];
    json_t *list = json_array();
    size_t count = serial_ports_list(ports, PORTS_MAX);
    for (size_t i = 0; i < count; i++) json_array_append_new(list, ask_port(&ports[i]));
    return list;
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
        if (text_of(device, "trouble")[0] != '\0') (void)printf("    %s\n", text_of(device, "trouble"));
    }
}

int command_devices(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    json_t *devices = ask_all();
    if (options.json) {
        print_document(json_pack("{s:o}", "devices", devices));
    } else {
        print_devices(devices);
        json_decref(devices);
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

static bool check_sensor(void) {
    json_t *devices = ask_all();
    size_t index = 0;
    json_t *device = NULL;
    bool any = false;
    const char *trouble = "no serial port; plug the sensor in, or play with the keyboard.";
    json_array_foreach(devices, index, device) {
        any = any || json_number_value(json_object_get(device, "rate_hz")) > 0;
        if (text_of(device, "trouble")[0] != '\0') trouble = text_of(device, "trouble");
    }
    (void)check(any, "motion sensor", trouble);
    json_decref(devices);
    return any;
}

int command_doctor(const Command *command, int argc, char **argv) {
    Options options;
    Error error = { 0 };
    Result result = options_parse(&options, command->name, command->takes, argc, argv, &error);
    if (result != RESULT_OK) return say_failure(result, &error);
    bool good = check_store();
    good = check_sound() && good;
    good = check_display() && good;
    good = check_sensor() && good;
    return good ? EXIT_OK : EXIT_FAILED;
}
