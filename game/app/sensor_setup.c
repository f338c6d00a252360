#include "app/sensor_setup.h"

#include "app/say.h"
#include "platform/files.h"
#include "platform/serial_link.h"

#include <stdio.h>

#define FIND_S   6.0
#define VERIFY_S 3.0
#define PAUSE_S  0.2 /* between commands: the sensor writes its memory */

/* Listens until the sensor has said what it is; its hello, or false. */
static bool hear(SerialLink *link, double patience_s, bool tune, WireHello *hello) {
    for (double until_s = clock_now_s() + patience_s; link->open && clock_now_s() < until_s;) {
        uint8_t bytes[256];
        size_t count = 0;
        if (link->transport.read(link->transport.self, bytes, sizeof bytes, 10, &count) == TRANSPORT_GONE)
            return false;
        for (size_t i = 0; i < count; i++) {
            WireMessage message;
            if (!decoder_set_feed(&link->decoders, bytes[i], clock_now_s(), &message) ||
                message.id != WIRE_HELLO)
                continue;
            *hello = message.as.hello;
            return true;
        }
        if (tune) serial_link_tune(link, clock_now_s());
    }
    return false;
}

static size_t row_of(int baud) {
    for (size_t i = 0; i < decoder_baud_count; i++) {
        if (decoder_bauds[i] == baud) return i;
    }
    return 0;
}

static bool agreed(const char *port, const char *name, const char *what, int rate_hz) {
    say_line("The %s on %s sends %d samples a second. Store %s in it? [y/N]", name, port, rate_hz, what);
    char line[16] = "";
    return fgets(line, sizeof line, stdin) != NULL && (line[0] == 'y' || line[0] == 'Y');
}

static bool send_all(SerialLink *link, const DecoderSetup *setup) {
    for (size_t i = 0; i < setup->count; i++) {
        if (link->transport.write(link->transport.self, setup->commands[i].bytes,
                                  sizeof setup->commands[i].bytes) == TRANSPORT_GONE)
            return false;
        clock_sleep_s(PAUSE_S);
        int baud = setup->commands[i].baud_after;
        if (baud != 0) serial_link_tune_to(link, row_of(baud), clock_now_s());
    }
    /* What it sent in between stands in the buffers: begin anew. */
    serial_link_tune_to(link, row_of(setup->baud), clock_now_s());
    return true;
}

static Result set_up(SerialLink *link, bool yes, Error *error) {
    WireHello hello = { 0 };
    if (!hear(link, FIND_S, true, &hello))
        return error_set(error, RESULT_NO_DEVICE,
                         "Nothing known speaks on %.60s: see what \"backbeat doctor\" says.", link->path);
    const DecoderFormat *format = link->decoders.spoken;
    if (format->setup == NULL)
        return error_set(error, RESULT_BAD_USAGE, "The %s on %.60s has no settings that can be stored.",
                         format->name, link->path);
    if (!yes && !agreed(link->path, format->name, format->setup->what, hello.rate_hz)) {
        say_line("Nothing was changed.");
        return RESULT_OK;
    }
    if (!send_all(link, format->setup) || !hear(link, VERIFY_S, false, &hello))
        return error_set(error, RESULT_NO_DEVICE,
                         "The %s on %.60s is silent since: unplug it, plug it in again and see \"backbeat "
                         "devices\".",
                         format->name, link->path);
    say_line("The %s on %s now sends %d samples a second at %d baud.", format->name, link->path,
             hello.rate_hz, serial_link_baud(link));
    return RESULT_OK;
}

Result sensor_setup(const char *port, bool yes, Error *error) {
    SerialLink link;
    serial_link_init(&link, port, true);
    Result result = serial_link_try(&link, clock_now_s(), error);
    if (result != RESULT_OK) return result;
    result = set_up(&link, yes, error);
    serial_link_close(&link);
    return result;
}
