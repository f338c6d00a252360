#include "audio/speech.h"

#include <math.h>
#include <string.h>

#define CUT_S       0.04F
#define LEAD_S      0.06F
#define LONG_GAP_S  0.3F /* after which the rest has to step aside anew */
#define AWAIT_MAX_S 0.5F /* for samples that are on their way; then the line passes in silence */
#define ASKED_FIRST 2    /* how urgent a line without a limit counts at least, among lines with one */
#define FULL_SCALE  32768.0F

void speech_init(Speech *speech, const Line *lines) {
    memset(speech, 0, sizeof *speech);
    speech->lines = lines;
    speech->said.line = SPEECH_NONE;
    speech->gap_s = 2 * LONG_GAP_S;
}

static void forget(Speech *s, int index) {
    s->count--;
    memmove(&s->queue[index], &s->queue[index + 1], (size_t)(s->count - index) * sizeof *s->queue);
}

static int urgency(const Speech *s, const SpeechAsk *ask) {
    int priority = s->lines[ask->line].priority;
    return ask->max_delay_s > 0 || priority < ASKED_FIRST ? priority : ASKED_FIRST;
}

static bool cuts(const Speech *s, const SpeechAsk *ask) {
    if (s->said.line == SPEECH_NONE) return false;
    int priority = s->lines[ask->line].priority, said = s->lines[s->said.line].priority;
    if (priority == 0) return said > 0;
    return priority == 1 && said > 1 && s->said.max_delay_s > 0;
}

/* Where there is no room, the least urgent that came with a limit goes; failing that, the new one is not
 * said. */
static bool make_room(Speech *s) {
    int worst = -1;
    for (int i = 0; i < s->count; i++) {
        if (s->queue[i].max_delay_s > 0 &&
            (worst < 0 || urgency(s, &s->queue[i]) > urgency(s, &s->queue[worst])))
            worst = i;
    }
    if (worst >= 0) forget(s, worst);
    return worst >= 0;
}

void speech_ask(Speech *speech, const SpeechAsk *ask) {
    if (cuts(speech, ask)) {
        speech->cutting = true;
        for (int i = speech->count - 1; i >= 0; i--) {
            bool goes = speech->lines[ask->line].priority == 0
                            ? speech->lines[speech->queue[i].line].priority > 0
                            : speech->queue[i].max_delay_s > 0;
            if (goes) forget(speech, i);
        }
    }
    if (speech->count == SPEECH_QUEUE_MAX && !make_room(speech)) return;
    speech->queue[speech->count++] = *ask;
}

void speech_hush(Speech *speech) {
    speech->count = 0;
    speech->cutting = speech->said.line != SPEECH_NONE;
}

static void age_queue(Speech *s, float seconds) {
    for (int i = s->count - 1; i >= 0; i--) {
        SpeechAsk *ask = &s->queue[i];
        ask->waited_s += seconds;
        if (ask->max_delay_s > 0 && ask->waited_s > ask->max_delay_s) forget(s, i);
    }
}

/* The next to be said; -1: none. */
static int choose(const Speech *s) {
    int best = -1;
    for (int i = 0; i < s->count; i++) {
        if (best < 0 || urgency(s, &s->queue[i]) < urgency(s, &s->queue[best])) best = i;
    }
    return best;
}

static bool is_ready(const Speech *s, const SpeechAsk *ask) {
    return !ask->awaited || ask->waited_s > AWAIT_MAX_S ||
           atomic_load_explicit(&s->lines[ask->line].samples, memory_order_acquire) != NULL;
}

static bool begin(Speech *s) {
    int next = choose(s);
    if (next < 0) return false;
    SpeechAsk ask = s->queue[next];
    if (s->gap_s < SPEECH_GAP_S && !s->lines[ask.line].joins) return false;
    if (!is_ready(s, &ask)) return false;
    forget(s, next);
    s->said = ask;
    s->at = 0;
    s->gain = 1;
    s->cutting = false;
    s->lead = s->gap_s > LONG_GAP_S ? (int)(LEAD_S * (float)AUDIO_RATE_HZ) : 0;
    return true;
}

/* Adds what of the line falls into these frames; returns how many it took. */
static int say(Speech *s, float *mono, int frames) {
    const Line *line = &s->lines[s->said.line];
    const int16_t *samples = atomic_load_explicit(&line->samples, memory_order_acquire);
    size_t count = samples != NULL ? atomic_load_explicit(&line->sample_count, memory_order_relaxed) : 0;
    int n = s->lead < frames ? s->lead : frames;
    s->lead -= n;
    for (; n < frames && s->at < line->frames && s->gain > 0; n++, s->at++) {
        if (s->at < count) mono[n] += s->gain * (float)samples[s->at] / FULL_SCALE;
        if (s->cutting) s->gain = fmaxf(0, s->gain - 1 / (CUT_S * (float)AUDIO_RATE_HZ));
    }
    if (s->at >= line->frames || s->gain <= 0) {
        /* After a cut the next one need not wait. */
        s->gap_s = s->gain <= 0 ? SPEECH_GAP_S : 0;
        s->said.line = SPEECH_NONE;
        s->cutting = false;
    }
    return n;
}

void speech_render(Speech *speech, float *mono, int frames) {
    float seconds = (float)frames / (float)AUDIO_RATE_HZ;
    int done = 0;
    while (done < frames) {
        if (speech->said.line == SPEECH_NONE && !begin(speech)) break;
        done += say(speech, mono + done, frames - done);
    }
    if (speech->said.line == SPEECH_NONE) speech->gap_s += seconds;
    age_queue(speech, seconds);
}

int speech_line(const Speech *speech) {
    return speech->said.line;
}
