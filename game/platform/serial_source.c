#include "platform/serial_source.h"

#include "core/vec.h"
#include "input/clock_map.h"
#include "input/ring.h"
#include "platform/serial_link.h"

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINKS_MAX = 16, READ_WAIT_MS = 10, READ_BYTES = 1024 };
#define LIST_PERIOD_S 0.5
/* After an unplug, how long another sensor that answers waits for the one that was in use. */
#define PREFER_S         2.0
#define RATE_WINDOW_S    0.5
#define AGE_SHARE        0.01
#define STANDARD_GRAVITY 9.80665

/* What the two threads share; under the lock. */
typedef struct Shared {
    SourceStatus status;
    SerialDevice device;
    bool has_device;
} Shared;

typedef struct Serial {
    pthread_t thread;
    pthread_mutex_t lock;
    Shared shared;
    atomic_bool stop;
    atomic_uint buzz_ms, identify_ms; /* wishes; 0 = none */

    /* The thread's own. */
    char named[TRANSPORT_PATH_MAX]; /* empty: look everywhere */
    SerialPortsList list;
    SerialLink links[LINKS_MAX];
    size_t count;
    double listed_s;
    SerialLink *chosen;
    uint8_t preferred[WIRE_SERIAL_BYTES];
    bool has_preferred;
    Shared own; /* the copy that is published */
    ClockMap clock;
    bool ever_ready;
    bool knows_presses; /* of this board, since it started */
    uint16_t sequence[WIRE_SENSORS_MAX];
    bool has_sequence[WIRE_SENSORS_MAX];
    uint32_t lost, bad_frames; /* of the links before this one */
    uint32_t window_samples;
    double window_start_s;

    ImuRing ring; /* between the two; aligned to cache lines */
} Serial;

static double now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool all_zero(const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != 0) return false;
    }
    return true;
}

/* ---- The chosen board ---- */

static void describe(Serial *s) {
    const SerialLink *link = s->chosen;
    const WireHello *hello = &link->hello;
    SerialDevice *d = &s->own.device;
    int battery = s->own.has_device ? d->battery_permille : -1;
    SerialDevice known = { .sensors = hello->sensors,
                           .rate_hz = hello->rate_hz,
                           .has_button = hello->features & WIRE_HAS_BUTTON,
                           .has_buzzer = hello->features & WIRE_HAS_BUZZER,
                           .has_led = hello->features & WIRE_HAS_LED,
                           .button_down = d->button_down,
                           .presses = d->presses,
                           .battery_permille = hello->features & WIRE_HAS_BATTERY ? battery : -1,
                           .sensor_fails = d->sensor_fails,
                           .baud = serial_link_baud(link),
                           .age_ms = d->age_ms,
                           .jitter_ms = d->jitter_ms };
    (void)snprintf(known.speaks, sizeof known.speaks, "%s", link->decoders.spoken->id);
    decoder_set_note(&link->decoders, known.note, sizeof known.note);
    (void)snprintf(known.port, sizeof known.port, "%s", link->path);
    (void)snprintf(known.board, sizeof known.board, "%s", hello->board);
    (void)snprintf(known.sensor_model, sizeof known.sensor_model, "%s", hello->sensor_model);
    if (decoder_set_is_own(&link->decoders))
        (void)snprintf(known.firmware, sizeof known.firmware, "%d.%d.%d", hello->firmware[0],
                       hello->firmware[1], hello->firmware[2]);
    if (!all_zero(hello->serial, sizeof hello->serial)) {
        for (size_t i = 0; i < sizeof hello->serial; i++)
            (void)snprintf(known.serial + 2 * i, 3, "%02X", hello->serial[i]);
    }
    *d = known;
    s->own.has_device = true;
    (void)snprintf(s->own.status.name, sizeof s->own.status.name, "%s (%s)",
                   hello->board[0] ? hello->board : "USB serial",
                   hello->sensor_model[0] ? hello->sensor_model : "?");
}

static void choose(Serial *s, SerialLink *link, double now_s) {
    s->chosen = link;
    s->has_preferred = !all_zero(link->hello.serial, sizeof link->hello.serial);
    memcpy(s->preferred, link->hello.serial, sizeof s->preferred);
    clock_map_init(&s->clock);
    memset(s->has_sequence, 0, sizeof s->has_sequence);
    s->knows_presses = false;
    s->own.device = (SerialDevice){ .battery_permille = -1 };
    s->own.has_device = false;
    describe(s);
    for (size_t i = 0; i < s->count; i++) {
        if (&s->links[i] != link) serial_link_close(&s->links[i]);
    }
    serial_link_start(link, now_s);
}

/* The board is gone: look again. */
static void forget(Serial *s) {
    s->bad_frames += decoder_set_bad(&s->chosen->decoders);
    serial_link_close(s->chosen);
    s->chosen = NULL;
    s->own.status.rate_hz = 0;
}

static void count_gap(Serial *s, const WireSample *sample) {
    uint8_t i = sample->sensor;
    if (s->has_sequence[i]) s->lost += (uint16_t)(sample->sequence - s->sequence[i] - 1);
    s->sequence[i] = sample->sequence;
    s->has_sequence[i] = true;
}

/* Samples of the main sensor in at least half a second; a window begins with a sample that it does not count.
 */
static void measure_rate(Serial *s, double now_s) {
    if (now_s - s->chosen->sample_s > SERIAL_SILENCE_S) {
        s->window_samples = 0;
        s->window_start_s = now_s;
        return;
    }
    s->window_samples++;
    double span_s = now_s - s->window_start_s;
    if (span_s < RATE_WINDOW_S) return;
    s->own.status.rate_hz = (float)((double)s->window_samples / span_s);
    s->window_samples = 0;
    s->window_start_s = now_s;
}

/* How old samples are when they arrive, beyond the quickest of them, and how unevenly; over the last hundred.
 */
static void judge_age(SerialDevice *d, double age_s) {
    double off_ms = age_s * 1e3 - d->age_ms;
    d->age_ms += AGE_SHARE * off_ms;
    d->jitter_ms = sqrt((1 - AGE_SHARE) * (d->jitter_ms * d->jitter_ms + AGE_SHARE * off_ms * off_ms));
}

static void take_sample(Serial *s, const WireSample *raw, double now_s) {
    const WireHello *hello = &s->chosen->hello;
    if (raw->sensor >= hello->sensors) return;
    if (s->has_sequence[raw->sensor] && raw->sequence == s->sequence[raw->sensor]) return;

    uint32_t restarts = s->clock.restarts;
    ImuSample sample = { .t_s = clock_map_feed(&s->clock, raw->sensor, raw->time_us, now_s),
                         .sensor = raw->sensor };
    /* A board that began again counts from anywhere. */
    if (s->clock.restarts != restarts) {
        memset(s->has_sequence, 0, sizeof s->has_sequence);
        s->knows_presses = false;
    }
    count_gap(s, raw);

    judge_age(&s->own.device, now_s - sample.t_s);
    double gyro_rad_s = hello->gyro_range_ddps * 0.1 * DEG2RAD / 32768.0;
    double accel_m_s2 = hello->accel_range_mg * 0.001 * STANDARD_GRAVITY / 32768.0;
    for (size_t i = 0; i < 3; i++) {
        sample.gyro[i] = (float)(raw->gyro[i] * gyro_rad_s);
        sample.accel[i] = (float)(raw->accel[i] * accel_m_s2);
    }
    (void)imu_ring_push(&s->ring, &sample); /* a full ring counts for itself */
    if (raw->sensor == SENSOR_MAIN) {
        measure_rate(s, now_s);
        s->chosen->sample_s = now_s;
        s->ever_ready = true;
    }
}

static void take_status(Serial *s, const WireStatus *status) {
    SerialDevice *d = &s->own.device;
    d->button_down = status->buttons & WIRE_BUTTON_DOWN;
    if (s->knows_presses) s->own.status.presses += (uint8_t)(status->presses - d->presses);
    s->knows_presses = true;
    d->presses = status->presses;
    d->sensor_fails = status->errors & (WIRE_ERROR_SENSOR_0 | WIRE_ERROR_SENSOR_1);
    bool knows = (s->chosen->hello.features & WIRE_HAS_BATTERY) && status->battery_permille <= 1000;
    d->battery_permille = knows ? status->battery_permille : -1;
}

/* ---- Every port ---- */

static void take_message(Serial *s, SerialLink *link, const WireMessage *message, double now_s) {
    link->heard_s = now_s;
    if (message->id == WIRE_HELLO) {
        serial_link_hello(link, &message->as.hello, now_s);
        if (link == s->chosen && link->has_hello) {
            describe(s);
            serial_link_start(link, now_s);
        }
    }
    if (link != s->chosen || !link->has_hello) return;
    if (message->id == WIRE_SAMPLE) take_sample(s, &message->as.sample, now_s);
    if (message->id == WIRE_STATUS) take_status(s, &message->as.status);
}

static void pump(Serial *s, SerialLink *link, int wait_ms) {
    uint8_t bytes[READ_BYTES];
    size_t count = 0;
    if (serial_link_allowance(link, sizeof bytes, now()) == 0) {
        (void)nanosleep(&(struct timespec){ .tv_nsec = READ_WAIT_MS * 1000000L }, NULL);
        return;
    }
    TransportState state = link->transport.read(link->transport.self, bytes, sizeof bytes, wait_ms, &count);
    double now_s = now();
    serial_link_spend(link, count);
    for (size_t i = 0; i < count && link->open; i++) {
        WireMessage message;
        if (decoder_set_feed(&link->decoders, bytes[i], now_s, &message))
            take_message(s, link, &message, now_s);
    }
    if (state == TRANSPORT_GONE) serial_link_gone(link);
    serial_link_tune(link, now_s);
    if (link->open) serial_link_ask(link, now_s);
}

static SerialLink *find_link(Serial *s, const char *path, bool expected) {
    for (size_t i = 0; i < s->count; i++) {
        if (strcmp(s->links[i].path, path) == 0) return &s->links[i];
    }
    if (s->count == LINKS_MAX) return NULL;
    serial_link_init(&s->links[s->count], path, expected);
    return &s->links[s->count++];
}

/* Only while no board is chosen: links move. */
static void list_ports(Serial *s) {
    SerialPortInfo ports[LINKS_MAX];
    size_t found = s->list(ports, LINKS_MAX);
    for (size_t i = 0; i < s->count; i++) s->links[i].listed = false;
    for (size_t i = 0; i < found; i++) {
        SerialLink *link = find_link(s, ports[i].path, ports[i].usb_vid != 0);
        if (link != NULL) link->listed = true;
    }
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->links[i].listed || s->links[i].open) s->links[kept++] = s->links[i];
    }
    s->count = kept;
}

static void look(Serial *s, double now_s) {
    bool everywhere = s->named[0] == '\0';
    if (everywhere && now_s - s->listed_s >= LIST_PERIOD_S) {
        list_ports(s);
        s->listed_s = now_s;
    }
    for (size_t i = 0; i < s->count && s->chosen == NULL; i++) {
        SerialLink *link = &s->links[i];
        Error unused; /* the link keeps the sentence */
        if (serial_link_try(link, now_s, &unused) != RESULT_OK || !link->open) continue;
        bool is_other =
            s->has_preferred && memcmp(link->hello.serial, s->preferred, sizeof s->preferred) != 0;
        if (link->has_hello && (!everywhere || !is_other || now_s - link->hello_s >= PREFER_S)) {
            choose(s, link, now_s);
        } else if (everywhere && link->trouble >= LINK_SILENT) {
            serial_link_close(link);
        }
    }
}

static void pump_all(Serial *s) {
    if (s->chosen != NULL) {
        if (s->chosen->open) pump(s, s->chosen, READ_WAIT_MS); /* a write may have found it gone already */
        /* After a long silence it is opened again: that resets most boards. */
        if (!s->chosen->open || now() - s->chosen->heard_s > SERIAL_NOBODY_THERE_S) forget(s);
        return;
    }
    int open = 0;
    for (size_t i = 0; i < s->count; i++) open += s->links[i].open;
    for (size_t i = 0; i < s->count; i++) {
        if (s->links[i].open) pump(s, &s->links[i], READ_WAIT_MS / open);
    }
    if (open == 0) (void)nanosleep(&(struct timespec){ .tv_nsec = READ_WAIT_MS * 1000000L }, NULL);
}

static void grant_wishes(Serial *s) {
    unsigned buzz_ms = atomic_exchange(&s->buzz_ms, 0), identify_ms = atomic_exchange(&s->identify_ms, 0);
    if (s->chosen == NULL) return;
    if (buzz_ms > 0)
        serial_link_send(s->chosen,
                         &(WireMessage){ .id = WIRE_BUZZ, .as.buzz.duration_ms = (uint16_t)buzz_ms });
    if (identify_ms > 0)
        serial_link_send(s->chosen, &(WireMessage){ .id = WIRE_IDENTIFY,
                                                    .as.identify.duration_ms = (uint16_t)identify_ms });
}

#define FLOODED                                                                                              \
    "The device sends far more than a motion sensor does: slow its sketch down, or put Backbeat's firmware " \
    "on it."

static bool floods(const Serial *s, double now_s) {
    if (s->chosen != NULL) return serial_link_floods(s->chosen, now_s);
    for (size_t i = 0; i < s->count; i++) {
        if (s->links[i].expected && serial_link_floods(&s->links[i], now_s)) return true;
    }
    return false;
}

/* Why nothing comes, as well as it is known. */
static const char *trouble(const Serial *s) {
    if (floods(s, now())) return FLOODED;
    if (s->chosen != NULL)
        return s->own.device.sensor_fails
                   ? "The board can't reach its motion sensor: check the four wires between them."
                   : "The sensor has fallen silent: check its cable and its battery.";
    const SerialLink *worst = NULL;
    for (size_t i = 0; i < s->count; i++) {
        const SerialLink *link = &s->links[i];
        if (link->expected && (worst == NULL || link->trouble > worst->trouble)) worst = link;
    }
    bool unplugged = worst == NULL || (!worst->open && worst->trouble < LINK_FOREIGN);
    if (s->ever_ready && unplugged) return "The sensor is unplugged: plug it in again.";
    if (worst == NULL) return "No sensor found: plug it in by USB.";
    return worst->trouble != LINK_FINE
               ? worst->sentence
               : "Looking for the sensor: a board takes up to three seconds to start.";
}

static void publish(Serial *s, double now_s) {
    SourceStatus *status = &s->own.status;
    bool ready = s->chosen != NULL && now_s - s->chosen->sample_s <= SERIAL_SILENCE_S;
    status->state = ready ? SOURCE_READY : s->ever_ready ? SOURCE_LOST : SOURCE_LOOKING;
    if (!ready) status->rate_hz = 0;
    status->lost_samples = s->lost + imu_ring_dropped(&s->ring);
    status->bad_frames = s->bad_frames + (s->chosen != NULL ? decoder_set_bad(&s->chosen->decoders) : 0);
    (void)snprintf(status->trouble, sizeof status->trouble, "%s",
                   ready && !floods(s, now_s) ? "" : trouble(s));
    (void)pthread_mutex_lock(&s->lock);
    s->shared = s->own;
    (void)pthread_mutex_unlock(&s->lock);
}

static void *run(void *self) {
    Serial *s = self;
    while (!atomic_load(&s->stop)) {
        look(s, now());
        grant_wishes(s);
        pump_all(s);
        publish(s, now());
    }
    if (s->chosen != NULL) serial_link_send(s->chosen, &(WireMessage){ .id = WIRE_STOP });
    for (size_t i = 0; i < s->count; i++) serial_link_close(&s->links[i]);
    return NULL;
}

/* ---- The source ---- */

static size_t serial_read(void *self, double now_s, ImuSample *out, size_t capacity) {
    Serial *s = self;
    (void)now_s; /* what has arrived is due */
    return imu_ring_pop(&s->ring, out, capacity);
}

static void serial_status(void *self, double now_s, SourceStatus *out) {
    Serial *s = self;
    (void)now_s;
    (void)pthread_mutex_lock(&s->lock);
    *out = s->shared.status;
    (void)pthread_mutex_unlock(&s->lock);
}

static void serial_buzz(void *self, uint16_t duration_ms) {
    Serial *s = self;
    atomic_store(&s->buzz_ms, duration_ms);
}

static void serial_free(Serial *s) {
    (void)pthread_mutex_destroy(&s->lock);
    free(s);
}

static void serial_close(void *self) {
    Serial *s = self;
    if (s == NULL) return;
    atomic_store(&s->stop, true);
    (void)pthread_join(s->thread, NULL);
    serial_free(s);
}

/* Signals are for the program's main thread. */
static int start_thread(Serial *s) {
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&s->thread, NULL, run, s);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

static Result open_source(Source *out, const char *port, SerialPortsList list, Error *error) {
    if (port != NULL && (port[0] == '\0' || strlen(port) >= TRANSPORT_PATH_MAX))
        return error_set(error, RESULT_BAD_USAGE, "A serial port's name must have 1 to %d bytes.",
                         TRANSPORT_PATH_MAX - 1);
    Serial *s = aligned_alloc(_Alignof(Serial), sizeof *s);
    if (s == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory.");
    memset(s, 0, sizeof *s);
    s->list = list;
    imu_ring_init(&s->ring);
    atomic_init(&s->stop, false);
    atomic_init(&s->buzz_ms, 0);
    atomic_init(&s->identify_ms, 0);
    s->listed_s = -LIST_PERIOD_S;
    s->own.status.kind = INPUT_SENSOR;
    (void)snprintf(s->own.status.name, sizeof s->own.status.name, "USB serial");
    if (pthread_mutex_init(&s->lock, NULL) != 0) {
        free(s);
        return error_set(error, RESULT_NO_MEMORY, "Out of memory.");
    }
    if (port != NULL) {
        (void)snprintf(s->named, sizeof s->named, "%s", port);
        Result result = serial_link_try(find_link(s, port, true), now(), error);
        if (result != RESULT_OK) {
            serial_free(s);
            return result;
        }
    }
    publish(s, now());
    if (start_thread(s) != 0) {
        for (size_t i = 0; i < s->count; i++) serial_link_close(&s->links[i]);
        serial_free(s);
        return error_set(error, RESULT_NO_MEMORY, "No thread could be started for the sensor.");
    }
    *out = (Source){
        .self = s, .read = serial_read, .status = serial_status, .buzz = serial_buzz, .close = serial_close
    };
    return RESULT_OK;
}

Result serial_source_open(Source *out, const char *port, Error *error) {
    return open_source(out, port, serial_ports_list, error);
}

Result serial_source_open_among(Source *out, SerialPortsList list, Error *error) {
    return open_source(out, NULL, list, error);
}

bool serial_source_device(const Source *source, SerialDevice *out) {
    Serial *s = source->self;
    if (source->read != serial_read) return false;
    (void)pthread_mutex_lock(&s->lock);
    *out = s->shared.device;
    bool known = s->shared.has_device;
    (void)pthread_mutex_unlock(&s->lock);
    return known;
}

void serial_source_identify(const Source *source, uint16_t duration_ms) {
    Serial *s = source->self;
    atomic_store(&s->identify_ms, duration_ms);
}
