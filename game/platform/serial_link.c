#include "platform/serial_link.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ASK_PERIOD_S   0.25
#define RETRY_S        2.0
#define RETRY_MAX_S    60.0
#define SENSELESS_S    0.3  /* of bytes: this is not their baud rate */
#define PROMISING_S    1.6  /* likewise, where something of a format was seen */
#define ABSENT_RETRY_S 0.25 /* looking for a name opens nothing */
#define BURST_S        0.1  /* of the allowance may be saved up */
#define FLOOD_S        1.0
#define CALM_S         0.5

void serial_link_init(SerialLink *link, const char *path, bool expected) {
    *link = (SerialLink){ .retry_s = RETRY_S, .listed = true, .expected = expected };
    (void)snprintf(link->path, sizeof link->path, "%s", path);
}

static void set_trouble(SerialLink *link, LinkTrouble trouble, const char *sentence) {
    link->trouble = trouble;
    (void)snprintf(link->sentence, sizeof link->sentence, "%.159s", sentence);
}

void serial_link_tune_to(SerialLink *link, size_t row, double now_s) {
    decoder_set_init(&link->decoders);
    link->babble_s = INFINITY;
    link->tuned_s = now_s;
    /* A line that can't do a rate keeps its own; the next one is tried soon. */
    (void)link->transport.set_baud(link->transport.self, decoder_bauds[row]);
    link->baud_row = row;
}

int serial_link_baud(const SerialLink *link) {
    return decoder_bauds[link->baud_row];
}

void serial_link_tune(SerialLink *link, double now_s) {
    if (!link->open || link->decoders.spoken != NULL) return;
    if (link->decoders.bytes == 0) {
        if (link->baud_row != 0 && now_s - link->tuned_s > SENSELESS_S) serial_link_tune_to(link, 0, now_s);
        return;
    }
    link->babble_s = fmin(link->babble_s, now_s);
    bool promising = decoder_set_promising(&link->decoders);
    if (now_s - link->babble_s > (promising ? PROMISING_S : SENSELESS_S))
        serial_link_tune_to(link, (link->baud_row + 1) % decoder_baud_count, now_s);
}

Result serial_link_try(SerialLink *link, double now_s, Error *error) {
    if (link->open || now_s < link->next_try_s) return RESULT_OK;
    bool there = access(link->path, F_OK) == 0;
    link->next_try_s = now_s + (there ? link->retry_s : ABSENT_RETRY_S);
    Error why = { 0 };
    Result result = transport_open(&link->transport, link->path, &why);
    if (result != RESULT_OK) {
        set_trouble(link, LINK_REFUSED, why.text);
        return error_set(error, result, "%s", why.text);
    }
    link->open = true;
    link->has_hello = false;
    link->opened_s = now_s;
    link->asked_s = link->started_s = link->hello_s = link->sample_s = -INFINITY;
    link->heard_s = now_s;
    link->allowed_bytes = BURST_S * LINK_BYTES_A_SECOND;
    link->allowed_s = link->fair_s = now_s;
    link->limited_s = -INFINITY;
    set_trouble(link, LINK_FINE, "");
    serial_link_tune_to(link, link->baud_row, now_s);
    return RESULT_OK;
}

void serial_link_close(SerialLink *link) {
    if (link->open) link->transport.close(link->transport.self);
    link->open = false;
    link->has_hello = false;
}

void serial_link_gone(SerialLink *link) {
    if (link->has_hello) {
        link->retry_s = ABSENT_RETRY_S;
        link->next_try_s = link->opened_s + ABSENT_RETRY_S;
    }
    serial_link_close(link);
}

size_t serial_link_allowance(SerialLink *link, size_t most, double now_s) {
    double gained = (now_s - link->allowed_s) * LINK_BYTES_A_SECOND;
    link->allowed_bytes = fmin(BURST_S * LINK_BYTES_A_SECOND, link->allowed_bytes + gained);
    link->allowed_s = now_s;
    bool limited = link->allowed_bytes < (double)most;
    if (limited) link->limited_s = now_s;
    /* Held back once a while is a burst; half a second without is calm. */
    if (now_s - link->limited_s > CALM_S) link->fair_s = now_s;
    return limited ? 0 : most;
}

void serial_link_spend(SerialLink *link, size_t bytes) {
    link->allowed_bytes -= (double)bytes;
}

bool serial_link_floods(const SerialLink *link, double now_s) {
    return link->open && now_s - link->limited_s <= CALM_S && now_s - link->fair_s > FLOOD_S + CALM_S;
}

static void send_message(SerialLink *link, const WireMessage *message) {
    uint8_t frame[WIRE_FRAME_MAX];
    size_t length = wire_encode(message, frame, sizeof frame);
    if (link->open && link->transport.write(link->transport.self, frame, length) == TRANSPORT_GONE)
        serial_link_gone(link);
}

void serial_link_send(SerialLink *link, const WireMessage *message) {
    if (decoder_set_is_own(&link->decoders)) send_message(link, message);
}

static bool streams(const SerialLink *link, double now_s) {
    return now_s - link->sample_s <= SERIAL_SILENCE_S;
}

void serial_link_start(SerialLink *link, double now_s) {
    if (!link->has_hello || !decoder_set_is_own(&link->decoders) || streams(link, now_s) ||
        now_s - link->started_s < ASK_PERIOD_S)
        return;
    link->started_s = now_s;
    serial_link_send(link, &(WireMessage){ .id = WIRE_START, .as.start.rate_hz = LINK_RATE_HZ });
}

void serial_link_ask(SerialLink *link, double now_s) {
    if (streams(link, now_s) || now_s - link->asked_s < ASK_PERIOD_S ||
        now_s - link->started_s < ASK_PERIOD_S)
        return;
    link->asked_s = now_s;
    if (now_s - link->heard_s > SERIAL_NOBODY_THERE_S && link->trouble < LINK_SILENT) {
        Error sentence;
        (void)error_set(&sentence, RESULT_NO_DEVICE,
                        isfinite(link->babble_s) || link->baud_row != 0
                            ? "%.60s speaks, but no language of a motion sensor that is known here: put "
                              "Backbeat's firmware on the board."
                            : "%.60s opens but says nothing: put Backbeat's firmware on the board, or press "
                              "its reset button.",
                        link->path);
        set_trouble(link, LINK_SILENT, sentence.text);
        link->retry_s = fmin(RETRY_MAX_S, 2 * link->retry_s);
        link->next_try_s = now_s + link->retry_s;
    }
    /* Others' sketches that wait for any byte take this for it. */
    send_message(link, &(WireMessage){ .id = WIRE_ASK_HELLO,
                                       .as.ask_hello = { .version_major = WIRE_VERSION_MAJOR,
                                                         .version_minor = WIRE_VERSION_MINOR } });
}

Result serial_link_check_hello(const WireHello *hello, const char *path, Error *error) {
    if (hello->version_major != WIRE_VERSION_MAJOR)
        return error_set(
            error, RESULT_BAD_DATA,
            "The sensor on %.60s speaks protocol %d, this Backbeat %d: update the older of the two.", path,
            hello->version_major, WIRE_VERSION_MAJOR);
    const char *absurd = hello->sensors < 1 || hello->sensors > WIRE_SENSORS_MAX ? "number of sensors"
                         : hello->gyro_range_ddps < 1000 || hello->gyro_range_ddps > 50000 ? "gyro range"
                         : hello->accel_range_mg < 1000                 ? "acceleration range"
                         : hello->rate_hz < 10 || hello->rate_hz > 2000 ? "sample rate"
                                                                        : NULL;
    if (absurd == NULL) return RESULT_OK;
    return error_set(error, RESULT_BAD_DATA,
                     "The sensor on %.60s names an impossible %s: put Backbeat's firmware on it again.", path,
                     absurd);
}

void serial_link_hello(SerialLink *link, const WireHello *hello, double now_s) {
    Error error;
    if (serial_link_check_hello(hello, link->path, &error) != RESULT_OK) {
        link->has_hello = false;
        set_trouble(link, LINK_FOREIGN, error.text);
        return;
    }
    if (!link->has_hello) link->hello_s = now_s;
    link->has_hello = true;
    link->hello = *hello;
    link->retry_s = RETRY_S;
    set_trouble(link, LINK_FINE, "");
}
