#include "audio/audio.h"

#include "audio/commands.h"
#include "audio/earcons.h"
#include "audio/mix.h"
#include "audio/music.h"
#include "audio/rake.h"
#include "audio/speech.h"
#include "audio/tone.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SEED       20240601U /* of the picture of sound: timing and touch, never of the game */
#define CALM_MAX_S 15.0F     /* after "that hurts" all comes back by itself, if nothing else brings it back */
#define LOOK_ABOUT 2         /* how often a lost sensor is looked for again, */
#define LOOK_S     10.0F     /* and how far apart */

#define RETURN_SLOW  0.4F /* own ranges a second: so slow a way back lets a string ring, */
#define RETURN_HASTY 1.2F /* so hasty a one stops it */
#define HASTY_T60_S  1.2F

struct Audio {
    /* Immutable while it runs. */
    Score *score;
    Line *lines;
    size_t line_count;
    const Patch *lock, *string;
    AudioLoader loader;
    /* Between the threads. */
    CommandRing commands;
    atomic_int line_said;
    /* The rendering thread's own. */
    Pool pool;
    Music music;
    ToneVoice tone;
    RakeVoice rake;
    Speech speech;
    Earcons earcons;
    Mix mix;
    float return_pace; /* own ranges a second, on the way back */
    float hasty;       /* 0…1, the most since the last string */
    float calm_s;      /* left of the quiet after "that hurts" */
    Block block;
    float left[VOICE_BLOCK_MAX], right[VOICE_BLOCK_MAX];
    int ready; /* frames of left and right not yet handed out */
};

/* ---- opening ---- */

static char *copy_text(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy != NULL) memcpy(copy, text, size);
    return copy;
}

static bool copy_line(Line *line, const SpokenLine *from) {
    line->id = copy_text(from->id);
    line->caption = copy_text(from->caption);
    line->priority = from->priority;
    line->joins = from->joins;
    line->frames = from->sample_count;
    atomic_init(&line->sample_count, from->samples != NULL ? from->sample_count : 0);
    atomic_init(&line->samples, from->samples);
    return line->id != NULL && line->caption != NULL;
}

static Result copy_lines(Audio *audio, const SpokenLine *lines, size_t count, Error *error) {
    audio->lines = calloc(count > 0 ? count : 1, sizeof *audio->lines);
    if (audio->lines == NULL)
        return error_set(error, RESULT_NO_MEMORY, "There is not enough memory for the spoken lines.");
    for (size_t i = 0; i < count; i++) {
        audio->line_count = i + 1;
        if (!copy_line(&audio->lines[i], &lines[i]))
            return error_set(error, RESULT_NO_MEMORY, "There is not enough memory for the spoken lines.");
    }
    return RESULT_OK;
}

static void start(Audio *audio) {
    audio->lock = score_patch(audio->score, "tone_lock");
    audio->string = score_patch(audio->score, "string");
    commands_init(&audio->commands);
    atomic_init(&audio->line_said, SPEECH_NONE);
    pool_init(&audio->pool, audio->score->wet_gain, SEED);
    music_init(&audio->music, audio->score, SEED);
    tone_init(&audio->tone);
    rake_init(&audio->rake, SEED);
    speech_init(&audio->speech, audio->lines);
    mix_init(&audio->mix, audio->score);
}

Result audio_open(Audio **out, const char *scores, const char *name, const SpokenLine *lines,
                  size_t line_count, Error *error) {
    *out = NULL;
    Audio *audio =
        aligned_alloc(_Alignof(Audio), sizeof *audio); /* the ring's counters have lines of their own */
    Score *score = malloc(sizeof *score);
    if (audio == NULL || score == NULL) {
        free(score);
        free(audio);
        return error_set(error, RESULT_NO_MEMORY, "There is not enough memory for the sound.");
    }
    memset(audio, 0, sizeof *audio);
    audio->score = score;
    Result result = score_read(score, scores, name, error);
    if (result == RESULT_OK && score_patch(score, "tone_lock") == NULL)
        result = error_set(error, RESULT_BAD_DATA, "%s: the patch tone_lock is missing.", name);
    if (result == RESULT_OK) result = copy_lines(audio, lines, line_count, error);
    if (result != RESULT_OK) {
        audio_close(audio);
        return result;
    }
    start(audio);
    *out = audio;
    return RESULT_OK;
}

void audio_close(Audio *audio) {
    if (audio == NULL) return;
    for (size_t i = 0; i < audio->line_count; i++) {
        free(audio->lines[i].id);
        free(audio->lines[i].caption);
    }
    free(audio->lines);
    free(audio->score);
    free(audio);
}

/* ---- the control thread ---- */

static void send(Audio *audio, const Command *command) {
    (void)commands_push(&audio->commands, command);
}

static int find_line(const Audio *audio, const char *id) {
    for (size_t i = 0; i < audio->line_count; i++) {
        if (strcmp(audio->lines[i].id, id) == 0) return (int)i;
    }
    return SPEECH_NONE;
}

void audio_loader(Audio *audio, AudioLoader loader) {
    audio->loader = loader;
}

void audio_line_samples(Audio *audio, const char *id, const int16_t *samples, size_t sample_count) {
    int index = find_line(audio, id);
    if (index < 0 || samples == NULL) return;
    Line *line = &audio->lines[index];
    if (atomic_load_explicit(&line->samples, memory_order_acquire) != NULL) return;
    atomic_store_explicit(&line->sample_count, sample_count, memory_order_relaxed);
    atomic_store_explicit(&line->samples, samples, memory_order_release);
}

void audio_piece(Audio *audio, const char *id) {
    const Piece *piece = id != NULL ? score_piece(audio->score, id) : NULL;
    send(audio, &(Command){ .kind = COMMAND_PIECE,
                            .index = piece != NULL ? (int)(piece - audio->score->pieces) : -1 });
}

void audio_earcon(Audio *audio, const char *id, int step) {
    const Earcon *earcon = score_earcon(audio->score, id);
    if (earcon == NULL) return;
    send(audio, &(Command){
                    .kind = COMMAND_EARCON, .index = (int)(earcon - audio->score->earcons), .number = step });
}

bool audio_say(Audio *audio, const char *id, float max_delay_s) {
    int line = find_line(audio, id);
    if (line < 0) return false;
    bool here = atomic_load_explicit(&audio->lines[line].samples, memory_order_acquire) != NULL;
    bool awaited = !here && audio->loader.load != NULL && audio->loader.load(audio->loader.self, id);
    send(audio, &(Command){ .kind = COMMAND_SAY, .index = line, .a = max_delay_s, .awaited = awaited });
    return true;
}

float audio_line_seconds(const Audio *audio, const char *id) {
    int line = find_line(audio, id);
    return line >= 0 ? (float)audio->lines[line].frames / (float)AUDIO_RATE_HZ + SPEECH_GAP_S : 0;
}

const char *audio_caption(const Audio *audio) {
    int line = atomic_load_explicit(&audio->line_said, memory_order_relaxed);
    return line >= 0 ? audio->lines[line].caption : NULL;
}

const char *audio_line_caption(const Audio *audio, const char *id) {
    int line = find_line(audio, id);
    return line >= 0 ? audio->lines[line].caption : NULL;
}

void audio_hush(Audio *audio) {
    send(audio, &(Command){ .kind = COMMAND_HUSH });
}

void audio_tone(Audio *audio, const MovementTone *tone) {
    send(audio, &(Command){ .kind = COMMAND_TONE, .tone = *tone });
}

void audio_breath(Audio *audio, float phase, float period_s) {
    send(audio, &(Command){ .kind = COMMAND_BREATH, .a = phase, .b = period_s });
}

void audio_combo(Audio *audio, int combo) {
    send(audio, &(Command){ .kind = COMMAND_COMBO, .number = combo });
}

void audio_tune(Audio *audio, int level) {
    send(audio, &(Command){ .kind = COMMAND_TUNE, .number = level });
}

void audio_volumes(Audio *audio, AudioVolumes volumes) {
    send(audio, &(Command){ .kind = COMMAND_VOLUMES, .volumes = volumes });
}

/* ---- the rendering thread ---- */

static bool is_earcon(const Earcon *earcon, const char *id) {
    return strcmp(earcon->id, id) == 0;
}

static int clamp_index(int index, int count) {
    return index < 0 ? 0 : index < count ? index : count - 1;
}

/* The pitch that an earcon is asked for with; 0: as it is written. */
static float earcon_midi(Audio *a, const Earcon *earcon, int step) {
    const Chord *chord = music_chord(&a->music);
    switch (earcon->pitch_from) {
    case PITCH_ROW: return earcon->row[clamp_index(step, earcon->row_count)];
    case PITCH_RUNG: return chord != NULL ? chord->ladder[clamp_index(step, chord->rungs)] + 12 : 0;
    case PITCH_PLACE: {
        const MovementTone *w = &a->tone.want;
        return chord != NULL && w->on ? roundf(tone_midi(chord, w->place, w->low, w->high, 0.01F)) + 12 : 0;
    }
    case PITCH_TUNE: music_string(&a->music, step); return music_asked(&a->music);
    case PITCH_WRITTEN: break;
    }
    return 0;
}

/* Some signs change more than themselves. */
static void side_effects(Audio *a, const Earcon *earcon) {
    bool lost = is_earcon(earcon, "lost_sensor"),
         back = is_earcon(earcon, "resume") || is_earcon(earcon, "go") || is_earcon(earcon, "countdown");
    if (lost || back || is_earcon(earcon, "found_sensor") || is_earcon(earcon, "pause"))
        earcons_forget(&a->earcons, score_earcon(a->score, "lost_sensor"));
    for (int i = 1; lost && i <= LOOK_ABOUT; i++) earcons_ask(&a->earcons, earcon, 0, (float)i * LOOK_S);
    if (back) a->calm_s = 0;
    if (is_earcon(earcon, "hurts")) {
        earcons_forget(&a->earcons, NULL);
        a->calm_s = CALM_MAX_S;
    }
}

static void do_earcon(Audio *a, const Earcon *earcon, int step) {
    side_effects(a, earcon);
    earcons_ask(&a->earcons, earcon, earcon_midi(a, earcon, step), is_earcon(earcon, "hurts") ? 0.3F : 0);
}

static void do_piece(Audio *a, const Piece *piece) {
    a->calm_s = 0;
    earcons_forget(&a->earcons, score_earcon(a->score, "lost_sensor"));
    music_piece(&a->music, piece, &a->pool);
    if (piece != NULL) reverb_preset(&a->mix.reverb, piece->reverb);
}

static float clamp_fader(float value) {
    return value >= 0 ? fminf(value, 1) : 0;
}

/* A string rings while the way back is slow: 4.8 s at the asked pace, 1.2 s where it snaps back. */
static void damp_strings(Audio *a, const MovementTone *next) {
    const MovementTone *last = &a->tone.want;
    float seconds = fmaxf(a->tone.unheard_s, 0.005F);
    if (a->string == NULL || !last->on || !next->on || seconds > 0.2F) return;
    float pace = (last->place - next->place) / seconds;
    a->return_pace += (fmaxf(0, pace) - a->return_pace) * fminf(1, seconds / 0.1F);
    float hasty = fminf(fmaxf((a->return_pace - RETURN_SLOW) / (RETURN_HASTY - RETURN_SLOW), 0), 1);
    a->hasty = fmaxf(a->hasty, hasty);
    pool_damp(&a->pool, a->string, a->string->t60_s + a->hasty * (HASTY_T60_S - a->string->t60_s));
}

static void obey(Audio *a, const Command *c) {
    switch (c->kind) {
    case COMMAND_PIECE: do_piece(a, c->index >= 0 ? &a->score->pieces[c->index] : NULL); break;
    case COMMAND_EARCON: do_earcon(a, &a->score->earcons[c->index], c->number); break;
    case COMMAND_SAY:
        speech_ask(&a->speech, &(SpeechAsk){ .line = c->index, .max_delay_s = c->a, .awaited = c->awaited });
        break;
    case COMMAND_HUSH: speech_hush(&a->speech); break;
    case COMMAND_TONE:
        damp_strings(a, &c->tone);
        tone_want(&a->tone, &c->tone);
        rake_move(&a->rake, &c->tone);
        a->music.moving = c->tone.on;
        break;
    case COMMAND_BREATH: breath_clock_measure(&a->music.breath, c->a, c->b); break;
    case COMMAND_COMBO: a->music.combo = c->number; break;
    case COMMAND_TUNE: a->music.tune = c->number - 1; break;
    case COMMAND_VOLUMES:
        a->mix.volumes = (AudioVolumes){ .voice = clamp_fader(c->volumes.voice),
                                         .tone = clamp_fader(c->volumes.tone),
                                         .music = clamp_fader(c->volumes.music),
                                         .effects = clamp_fader(c->volumes.effects) };
        break;
    }
}

static void render_block(Audio *a) {
    const int frames = VOICE_BLOCK_MAX;
    float voice[VOICE_BLOCK_MAX] = { 0 };
    Command command;
    while (commands_take(&a->commands, &command)) obey(a, &command);
    a->calm_s = fmaxf(0, a->calm_s - (float)frames / (float)AUDIO_RATE_HZ);
    memset(&a->block, 0, sizeof a->block);
    music_step(&a->music, &a->pool, frames);
    const Piece *piece = music_piece_now(&a->music);
    const Chord *chord = music_chord(&a->music);
    earcons_step(&a->earcons, piece != NULL && piece->has_tone ? chord : NULL, &a->pool, frames);
    pool_render(&a->pool, &a->block, a->music.fades, frames);
    tone_render(&a->tone, piece, chord, music_asked(&a->music), a->lock, a->score->wet_gain, &a->block,
                frames);
    rake_render(&a->rake, piece, &a->block, frames);
    speech_render(&a->speech, voice, frames);
    atomic_store_explicit(&a->line_said, speech_line(&a->speech), memory_order_relaxed);
    MixState state = { .speaking = speech_line(&a->speech) != SPEECH_NONE, .calm = a->calm_s > 0 };
    mix_render(&a->mix, &a->block, voice, state, a->left, a->right, frames);
    a->ready = frames;
}

void audio_render(Audio *audio, float *stereo, size_t frames) {
    while (frames > 0) {
        if (audio->ready == 0) render_block(audio);
        size_t count = frames < (size_t)audio->ready ? frames : (size_t)audio->ready;
        int first = VOICE_BLOCK_MAX - audio->ready;
        for (size_t n = 0; n < count; n++) {
            *stereo++ = audio->left[first + (int)n];
            *stereo++ = audio->right[first + (int)n];
        }
        audio->ready -= (int)count;
        frames -= count;
    }
}
