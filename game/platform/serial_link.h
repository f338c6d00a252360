/* One port that is tried or used: its transport, its decoders and what the sensor behind it said so far. It
 * knows how to keep asking for a hello and a start, at which baud rates to listen for others' sensors, and
 * nothing of the other ports. Owned and driven by the
 * serial source's thread; time is handed in. */
#ifndef PLATFORM_SERIAL_LINK_H
#define PLATFORM_SERIAL_LINK_H

#include "core/result.h"
#include "decoders/decoder.h"
#include "input/transport.h"
#include "platform/transports.h"
#include "protocol/wire.h"

#include <stdbool.h>
#include <stddef.h>

#define SERIAL_SILENCE_S      0.5 /* without a sample: the sensor is lost */
#define SERIAL_NOBODY_THERE_S 4.0 /* without a word: nobody is there; a boot takes up to 3 s */

/* How much a trouble explains, most last. */
typedef enum LinkTrouble { LINK_FINE, LINK_SILENT, LINK_REFUSED, LINK_FOREIGN } LinkTrouble;

typedef struct SerialLink {
    char path[TRANSPORT_PATH_MAX];
    Transport transport; /* where `open` */
    bool open;
    bool expected; /* named by the player, or a USB device: a built-in port without a sensor is no trouble */
    bool has_hello;
    bool listed; /* still among the machine's ports */
    DecoderSet decoders;
    size_t baud_row; /* in decoder_bauds: where it listens */
    double babble_s; /* since when bytes come at this rate that are no hello; INFINITY: none came */
    double tuned_s;  /* since when it listens at this rate */
    WireHello hello; /* sane, where has_hello */
    double next_try_s, retry_s;
    double opened_s, asked_s, started_s, hello_s, heard_s, sample_s; /* heard: any whole message */
    double allowed_bytes, allowed_s;                                 /* what may be read still, as of when */
    double fair_s, limited_s; /* when last nothing, or something, was held back */
    LinkTrouble trouble;
    char sentence[160];
} SerialLink;

/* What is read of a port a second at most, a third beyond the quickest baud rate; the rest waits in the
 * system's buffer, and beyond that at the device. */
enum { LINK_RATE_HZ = 200, LINK_BYTES_A_SECOND = 128 * 1024 };

void serial_link_init(SerialLink *link, const char *path, bool expected);

/* Opens if it is time to; a port is opened at most every 2 s, one that never speaks ever more rarely, and one
 * whose board has spoken and was then pulled out every quarter of a second. */
MUST_CHECK Result serial_link_try(SerialLink *link, double now_s, Error *error);
void serial_link_close(SerialLink *link);
/* Closes it because the other end is gone. */
void serial_link_gone(SerialLink *link);

/* How many bytes may be read now, at most `most`; 0: wait a little. */
size_t serial_link_allowance(SerialLink *link, size_t most, double now_s);
/* These were read. */
void serial_link_spend(SerialLink *link, size_t bytes);
/* For a second now it has sent more than is read. */
bool serial_link_floods(const SerialLink *link, double now_s);

/* Tries the next baud rate where what comes makes no sense at this one. A silent line is silent at every
 * rate: it is listened to at our own. */
void serial_link_tune(SerialLink *link, double now_s);
/* Listens at a row of decoder_bauds from now on. */
void serial_link_tune_to(SerialLink *link, size_t row, double now_s);
int serial_link_baud(const SerialLink *link);
/* Asks for the hello, or notices that nobody answers. */
void serial_link_ask(SerialLink *link, double now_s);
/* Sends START if a board of ours has said hello and does not stream. */
void serial_link_start(SerialLink *link, double now_s);
/* Takes a hello in, or refuses it. */
void serial_link_hello(SerialLink *link, const WireHello *hello, double now_s);
/* For a board of ours; others' sensors are told nothing. Closes the link where the board is gone. */
void serial_link_send(SerialLink *link, const WireMessage *message);

/* RESULT_BAD_DATA with a sentence for a hello that can't be right. */
MUST_CHECK Result serial_link_check_hello(const WireHello *hello, const char *path, Error *error);

#endif
