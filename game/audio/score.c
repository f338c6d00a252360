#include "audio/score.h"

#include "core/json_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is being read, and the first thing that was wrong with it. */
typedef struct Reader {
    JsonFile file;
    Score *score;
    Error *error;
    Result result;
} Reader;

typedef struct Path {
    char text[160];
} Path;

static Path path_of(const char *base, const char *key) {
    Path path;
    (void)snprintf(path.text, sizeof path.text, "%s%s%s", base, base[0] != '\0' ? "." : "", key);
    return path;
}

static Path path_item(const char *base, size_t index) {
    Path path;
    (void)snprintf(path.text, sizeof path.text, "%s[%zu]", base, index);
    return path;
}

static bool going(const Reader *r) {
    return r->result == RESULT_OK;
}

static void wrong(Reader *r, const char *path, const char *reason) {
    if (going(r)) r->result = json_file_wrong(&r->file, path, r->error, "%s", reason);
}

static bool has(const Reader *r, const char *base, const char *key) {
    return json_file_at(&r->file, path_of(base, key).text) != NULL;
}

static float number(Reader *r, const char *base, const char *key, double low, double high) {
    double value = low;
    if (going(r))
        r->result = json_file_number(&r->file, path_of(base, key).text, low, high, &value, r->error);
    return (float)value;
}

static float number_or(Reader *r, const char *base, const char *key, double low, double high,
                       double otherwise) {
    return has(r, base, key) ? number(r, base, key, low, high) : (float)otherwise;
}

static int integer(Reader *r, const char *base, const char *key, int low, int high) {
    int64_t value = low;
    if (going(r))
        r->result = json_file_integer(&r->file, path_of(base, key).text, low, high, &value, r->error);
    return (int)value;
}

static const char *string(Reader *r, const char *base, const char *key) {
    const char *value = "";
    if (going(r)) r->result = json_file_string(&r->file, path_of(base, key).text, &value, r->error);
    return going(r) ? value : "";
}

static size_t list(Reader *r, const char *path, size_t low, size_t high) {
    size_t length = 0;
    if (going(r)) r->result = json_file_array(&r->file, path, low, high, &length, r->error);
    return going(r) ? length : 0;
}

static void known(Reader *r, const char *path, const char *const *keys) {
    if (going(r)) r->result = json_file_known_keys(&r->file, path, keys, r->error);
}

static void copy_id(Reader *r, const char *path, const char *id, char *out, size_t size) {
    if (strlen(id) >= size) wrong(r, path, "has too long a name");
    (void)snprintf(out, size, "%s", id);
}

static float gain_of_db(float db) {
    return powf(10.0F, db / 20.0F);
}

/* A row of numbers, each checked; rows are many, so the path is only made where one is wrong. */
static size_t row(Reader *r, const char *path, json_t *array, size_t low, size_t high,
                  const double (*limits)[2], double *out) {
    size_t count = json_array_size(array);
    if (!json_is_array(array) || count < low || count > high) {
        wrong(r, path, "must be a list of that many numbers");
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_array_get(array, i);
        out[i] = json_number_value(value);
        if (!json_is_number(value) || !(out[i] >= limits[i][0] && out[i] <= limits[i][1])) {
            wrong(r, path_item(path, i).text, "is no number, or out of range");
            return 0;
        }
    }
    return count;
}

static int row_of_midi(Reader *r, const char *path, float *out, size_t low, size_t high) {
    size_t count = list(r, path, low, high);
    for (size_t i = 0; i < count; i++) {
        double value = 0;
        Path item = path_item(path, i);
        if (going(r)) r->result = json_file_number(&r->file, item.text, 20, 110, &value, r->error);
        out[i] = (float)value;
    }
    return (int)count;
}

/* ---- patches ---- */

static void read_partials(Reader *r, const char *base, Patch *patch) {
    static const double limits[3][2] = { { 0.1, 20 }, { 0.001, 2 }, { 0.01, 4 } };
    Path path = path_of(base, "partials");
    json_t *partials = json_file_at(&r->file, path.text);
    patch->partial_count = (int)list(r, path.text, 1, PATCH_PARTIALS_MAX);
    for (int i = 0; i < patch->partial_count && going(r); i++) {
        double values[3] = { 0, 0, 1 };
        Path item = path_item(path.text, (size_t)i);
        (void)row(r, item.text, json_array_get(partials, (size_t)i), 2, 3, limits, values);
        patch->partials[i].ratio = (float)values[0];
        patch->partials[i].amplitude = (float)values[1];
        patch->partials[i].decay = (float)values[2];
    }
}

static void read_envelope(Reader *r, const char *base, Patch *patch) {
    static const char *const keys[] = { "a", "d", "s", "r", NULL };
    Path path = path_of(base, "env");
    known(r, path.text, keys);
    patch->attack_s = number(r, path.text, "a", 0.001, 10);
    patch->decay_s = number(r, path.text, "d", 0, 20);
    patch->sustain = number(r, path.text, "s", 0, 1);
    patch->release_s = number(r, path.text, "r", 0.005, 20);
    if (patch->sustain <= 0 && patch->decay_s <= 0) wrong(r, path.text, "has neither a sustain nor a decay");
}

static void read_noise(Reader *r, const char *base, Patch *patch) {
    Path path = path_of(base, "band_hz");
    size_t count = list(r, path.text, 3, 3);
    for (size_t i = 0; i < count; i++) {
        double value = 0;
        Path item = path_item(path.text, i);
        if (going(r)) r->result = json_file_number(&r->file, item.text, 40, 12000, &value, r->error);
        patch->band_hz[i] = (float)value;
    }
    patch->q = number(r, base, "q", 0.2, 20);
    const char *shape = string(r, base, "env_shape");
    patch->wash = strcmp(shape, "wash") == 0;
    if (!patch->wash && strcmp(shape, "swell") != 0)
        wrong(r, path_of(base, "env_shape").text, "must be \"swell\" or \"wash\"");
}

static void read_vibrato(Reader *r, const char *base, Patch *patch) {
    static const char *const keys[] = { "hz", "cents", "delay_s", NULL };
    if (!has(r, base, "vibrato")) return;
    Path path = path_of(base, "vibrato");
    known(r, path.text, keys);
    patch->vibrato_hz = number(r, path.text, "hz", 0.05, 12);
    patch->vibrato_cents = number(r, path.text, "cents", 0, 100);
    patch->vibrato_delay_s = number(r, path.text, "delay_s", 0, 5);
}

static void read_patch(Reader *r, const char *id) {
    static const char *const keys[] = { "kind",      "partials",   "env",       "detune_cents",  "a_share",
                                        "reverb",    "lowpass_hz", "vibrato",   "glide_cents",   "glide_s",
                                        "breath",    "ratio",      "index",     "index_decay_s", "t60_s",
                                        "damp",      "pick",       "excite_hz", "band_hz",       "q",
                                        "env_shape", NULL };
    Path base = path_of("patches", id);
    known(r, base.text, keys);
    if (r->score->patch_count == SCORE_PATCHES_MAX) wrong(r, base.text, "is one patch too many");
    if (!going(r)) return;
    Patch *patch = &r->score->patches[r->score->patch_count++];
    copy_id(r, base.text, id, patch->id, sizeof patch->id);
    const char *kind = string(r, base.text, "kind");
    patch->reverb = number(r, base.text, "reverb", 0, 1);
    patch->attack_share = number_or(r, base.text, "a_share", 0, 0.9, 0);
    patch->detune_cents = number_or(r, base.text, "detune_cents", 0, 50, 0);
    patch->breath = number_or(r, base.text, "breath", 0, 1, 0);
    patch->lowpass_hz = number_or(r, base.text, "lowpass_hz", 50, 20000, 0);
    patch->glide_cents = number_or(r, base.text, "glide_cents", -2400, 2400, 0);
    patch->glide_s = number_or(r, base.text, "glide_s", 0.005, 5, 0);
    read_vibrato(r, base.text, patch);
    if (strcmp(kind, "additive") == 0) {
        patch->kind = PATCH_ADDITIVE;
        read_partials(r, base.text, patch);
        read_envelope(r, base.text, patch);
    } else if (strcmp(kind, "fm") == 0) {
        patch->kind = PATCH_FM;
        patch->fm_ratio = number(r, base.text, "ratio", 0.1, 20);
        patch->fm_index = number(r, base.text, "index", 0, 5);
        patch->fm_decay_s = number(r, base.text, "index_decay_s", 0.01, 20);
        read_envelope(r, base.text, patch);
    } else if (strcmp(kind, "pluck") == 0) {
        patch->kind = PATCH_PLUCK;
        patch->t60_s = number(r, base.text, "t60_s", 0.05, 20);
        patch->damp = number(r, base.text, "damp", 0, 1);
        patch->pick = number(r, base.text, "pick", 0.01, 0.5);
        patch->excite_hz = number(r, base.text, "excite_hz", 100, 20000);
        read_envelope(r, base.text, patch);
    } else if (strcmp(kind, "noise") == 0) {
        patch->kind = PATCH_NOISE;
        read_noise(r, base.text, patch);
    } else {
        wrong(r, path_of(base.text, "kind").text, "must be \"additive\", \"fm\", \"pluck\" or \"noise\"");
    }
}

static const Patch *patch_named(Reader *r, const char *path, const char *id) {
    const Patch *patch = score_patch(r->score, id);
    if (patch == NULL) wrong(r, path, "names a patch that does not exist");
    return patch;
}

/* "a|b": two faces of one instrument. */
static void patch_faces(Reader *r, const char *base, const Patch *faces[2]) {
    char first[24];
    Path path = path_of(base, "patch");
    const char *name = string(r, base, "patch"), *bar = strchr(name, '|');
    size_t length = bar != NULL ? (size_t)(bar - name) : strlen(name);
    if (length >= sizeof first) length = sizeof first - 1;
    memcpy(first, name, length);
    first[length] = '\0';
    faces[0] = patch_named(r, path.text, first);
    faces[1] = bar != NULL ? patch_named(r, path.text, bar + 1) : faces[0];
}

/* ---- notes ---- */

static int by_at(const void *a, const void *b) {
    const Note *x = a, *y = b;
    return x->at < y->at ? -1 : x->at > y->at;
}

static NoteRun read_notes(Reader *r, const char *path, double midi_low, double breaths) {
    const double limits[4][2] = { { 0, breaths }, { 0, 8 }, { midi_low, 110 }, { 0.01, 1 } };
    Score *score = r->score;
    json_t *rows = json_file_at(&r->file, path);
    size_t count = list(r, path, 0, 512);
    NoteRun run = { .first = score->note_count };
    if (score->note_count + (int)count > SCORE_NOTES_MAX)
        wrong(r, path, "is more notes than the game can hold");
    for (size_t i = 0; i < count && going(r); i++) {
        double values[4] = { 0 };
        json_t *note = json_array_get(rows, i);
        bool well_formed = json_is_array(note) && json_array_size(note) == 4;
        for (size_t k = 0; k < 4 && well_formed; k++) {
            values[k] = json_number_value(json_array_get(note, k));
            well_formed = json_is_number(json_array_get(note, k)) && values[k] >= limits[k][0] &&
                          values[k] <= limits[k][1];
        }
        if (!well_formed)
            wrong(r, path_item(path, i).text, "must be [at, len, midi, vel], within the loop and in range");
        score->notes[score->note_count++] = (Note){ .at = (float)values[0],
                                                    .length = (float)values[1],
                                                    .midi = (float)values[2],
                                                    .velocity = (float)values[3] };
    }
    run.count = score->note_count - run.first;
    if (going(r)) qsort(score->notes + run.first, (size_t)run.count, sizeof *score->notes, by_at);
    return run;
}

/* ---- pieces ---- */

static void read_part(Reader *r, const char *base, Layer *layer) {
    static const char *const parts[] = { "sea", "bed", "pad", "strings", "figure", "tune", "glow" };
    const char *id = string(r, base, "id");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(parts[i], id) != 0) continue;
        layer->part = (LayerPart)i;
        return;
    }
    wrong(r, path_of(base, "id").text, "is no layer that the music knows");
}

static void read_layer(Reader *r, const char *base, Piece *piece, Layer *layer, float master_db) {
    static const char *const keys[] = { "id",    "patch", "enter_combo", "level_lufs",  "gain_db", "pan",
                                        "notes", "fill",  "role",        "every_loops", "player",  NULL };
    known(r, base, keys);
    read_part(r, base, layer);
    patch_faces(r, base, layer->patches);
    layer->enter_combo = integer(r, base, "enter_combo", 0, 100);
    layer->every_loops = has(r, base, "every_loops") ? integer(r, base, "every_loops", 1, 16) : 1;
    layer->player = json_is_true(json_file_at(&r->file, path_of(base, "player").text));
    layer->level_lufs = number(r, base, "level_lufs", -80, 0);
    layer->gain = gain_of_db(number(r, base, "gain_db", -60, 12) + master_db);
    layer->pan = number(r, base, "pan", -1, 1);
    /* In the sea, "midi" says only whether it draws in or washes out. */
    layer->notes =
        read_notes(r, path_of(base, "notes").text, layer->part == PART_SEA ? 0 : 20, piece->loop_breaths);
    if (has(r, base, "fill"))
        layer->fill = read_notes(r, path_of(base, "fill").text, 20, piece->loop_breaths);
}

static void read_chord(Reader *r, const char *base, Chord *chord) {
    static const char *const keys[] = { "at", "len", "name", "notes", "ladder", "lock", NULL };
    known(r, base, keys);
    chord->at = number(r, base, "at", 0, SCORE_BREATHS_MAX);
    chord->length = number(r, base, "len", 0.25, SCORE_BREATHS_MAX);
    chord->rungs = row_of_midi(r, path_of(base, "ladder").text, chord->ladder, 2, SCORE_LADDER_MAX);
    int locks = row_of_midi(r, path_of(base, "lock").text, chord->lock, 2, SCORE_LADDER_MAX);
    if (locks != chord->rungs) wrong(r, path_of(base, "lock").text, "must have one note a rung");
}

static void read_rake(Reader *r, const char *base, RakeScore *rake) {
    static const char *const keys[] = { "gain_db", "q", "slow", "hasty", NULL };
    Path slow = path_of(base, "slow"), hasty = path_of(base, "hasty");
    known(r, base, keys);
    *rake = (RakeScore){
        .gain = gain_of_db(number(r, base, "gain_db", -60, 12)),
        .q = number(r, base, "q", 0.2, 20),
        .slow_pace = number(r, slow.text, "pace", 0.01, 10),
        .slow_hz = number(r, slow.text, "hz", 100, 8000),
        .hasty_pace = number(r, hasty.text, "pace", 0.01, 10),
        .hasty_hz = number(r, hasty.text, "hz", 100, 8000),
    };
    if (rake->hasty_pace <= rake->slow_pace) wrong(r, hasty.text, "must be faster than slow");
}

static void read_tone(Reader *r, const char *base, Piece *piece) {
    static const char *const keys[] = { "patch",      "input_lo", "input_hi",    "glide_share",
                                        "level_lufs", "gain_db",  "rest_fade_s", "beat",
                                        "lock_db",    "rake",     "sense",       NULL };
    static const char *const beat_keys[] = { "from_distance", "max_hz", NULL };
    const Patch *faces[2] = { NULL, NULL };
    known(r, base, keys);
    patch_faces(r, base, faces);
    if (going(r) && (faces[0]->kind != PATCH_ADDITIVE || faces[1]->kind != PATCH_ADDITIVE))
        wrong(r, path_of(base, "patch").text, "must be additive");
    Path beat = path_of(base, "beat");
    known(r, beat.text, beat_keys);
    piece->has_tone = true;
    piece->tone = (ToneScore){
        .right = faces[0],
        .left = faces[1],
        .gain = gain_of_db(number(r, base, "gain_db", -60, 12)),
        .lock_gain = gain_of_db(number(r, base, "lock_db", -60, 12)),
        .glide_share = number(r, base, "glide_share", 0.01, 1),
        .rest_fade_s = number(r, base, "rest_fade_s", 0.1, 30),
        .beat_from = number(r, beat.text, "from_distance", 0.01, 2),
        .beat_max_hz = number(r, beat.text, "max_hz", 0, 4),
    };
    if (has(r, base, "rake")) read_rake(r, path_of(base, "rake").text, &piece->tone.rake);
}

/* The loop's breath whose chord has this name: the tune's own place where it fits, else the first. */
static int breath_of_chord(Reader *r, const char *base, const Piece *piece, const char *letter, int place) {
    char name_path[64];
    const char *name = NULL;
    (void)snprintf(name_path, sizeof name_path, "harmony.%s", letter);
    name = string(r, path_of(base, name_path).text, "name");
    int found = -1;
    for (int i = 0; i < piece->chord_count && going(r); i++) {
        const char *its = string(r, path_item(path_of(base, "chords").text, (size_t)i).text, "name");
        if (strcmp(its, name) != 0) continue;
        if (found < 0 || i == place) found = i;
    }
    if (found < 0) {
        wrong(r, path_of(base, name_path).text, "is no chord of the loop");
        return 0;
    }
    return (int)piece->chords[found].at;
}

static void read_tunes(Reader *r, const char *base, Piece *piece) {
    Path path = path_of(base, "tunes");
    piece->tune_count = (int)list(r, path.text, 1, SCORE_TUNES_MAX);
    for (int i = 0; i < piece->tune_count && going(r); i++) {
        Path item = path_item(path.text, (size_t)i), chords = path_of(item.text, "chords");
        int count = row_of_midi(r, path_of(item.text, "notes").text, piece->tunes[i].midi, 1, SCORE_ROW_MAX);
        if ((int)list(r, chords.text, 1, SCORE_ROW_MAX) != count)
            wrong(r, chords.text, "must have one chord a note");
        piece->tunes[i].count = count;
        for (int k = 0; k < count && going(r); k++) {
            const char *letter =
                json_string_value(json_file_at(&r->file, path_item(chords.text, (size_t)k).text));
            if (letter == NULL) wrong(r, chords.text, "must be names of the harmony");
            if (going(r)) piece->tunes[i].breath[k] = breath_of_chord(r, base, piece, letter, k);
        }
    }
}

/* A creature is as loud as the layer that its instrument plays otherwise; one that plays no layer is as loud
 * as the figure. */
static float creature_gain(const Piece *piece, const Patch *patch) {
    float gain = 0;
    for (int i = 0; i < piece->layer_count; i++) {
        if (piece->layers[i].patches[0] == patch) return piece->layers[i].gain;
        if (piece->layers[i].part == PART_FIGURE) gain = piece->layers[i].gain;
    }
    return gain;
}

static void read_depth(Reader *r, const char *base, Piece *piece) {
    Path path = path_of(base, "depth");
    size_t count = list(r, path.text, 1, SCORE_CREATURES_MAX);
    for (size_t i = 0; i < count && going(r); i++) {
        Path item = path_item(path.text, i);
        float after_s = number(r, item.text, "after_s", 0, 600);
        if (has(r, item.text, "add")) continue; /* says in words that nothing is added */
        Creature *creature = &piece->creatures[piece->creature_count++];
        creature->after_s = after_s;
        creature->patch = patch_named(r, path_of(item.text, "patch").text, string(r, item.text, "patch"));
        creature->notes = read_notes(r, path_of(item.text, "notes").text, 20, piece->loop_breaths);
        if (going(r)) creature->gain = creature_gain(piece, creature->patch);
    }
}

static const Reverb *reverb_named(Reader *r, const char *path, const char *id) {
    for (int i = 0; i < r->score->reverb_count; i++) {
        if (strcmp(r->score->reverbs[i].id, id) == 0) return &r->score->reverbs[i];
    }
    wrong(r, path, "names a reverb that does not exist");
    return NULL;
}

static void read_breath(Reader *r, const char *base, Piece *piece) {
    static const char *const keys[] = { "default_s", "min_s", "max_s", "in_share", NULL };
    known(r, base, keys);
    piece->breath_min_s = number(r, base, "min_s", 2, 60);
    piece->breath_max_s = number(r, base, "max_s", 2, 60);
    piece->breath_s = number(r, base, "default_s", piece->breath_min_s, piece->breath_max_s);
    piece->in_share = number(r, base, "in_share", 0.1, 0.9);
}

static void read_piece(Reader *r, const char *id) {
    static const char *const keys[] = { "hour",      "key",    "sharps", "reverb", "breath",  "loop_breaths",
                                        "master_db", "chords", "layers", "tone",   "follows", "string_place",
                                        "harmony",   "tunes",  "depth",  NULL };
    Path base = path_of("pieces", id);
    known(r, base.text, keys);
    if (r->score->piece_count == SCORE_PIECES_MAX) wrong(r, base.text, "is one piece too many");
    if (!going(r)) return;
    Piece *piece = &r->score->pieces[r->score->piece_count++];
    copy_id(r, base.text, id, piece->id, sizeof piece->id);
    piece->reverb = reverb_named(r, path_of(base.text, "reverb").text, string(r, base.text, "reverb"));
    read_breath(r, path_of(base.text, "breath").text, piece);
    piece->loop_breaths = integer(r, base.text, "loop_breaths", 1, SCORE_BREATHS_MAX);
    float master_db = number(r, base.text, "master_db", -24, 24);
    Path chords = path_of(base.text, "chords"), layers = path_of(base.text, "layers");
    piece->chord_count = (int)list(r, chords.text, 1, SCORE_CHORDS_MAX);
    for (int i = 0; i < piece->chord_count && going(r); i++)
        read_chord(r, path_item(chords.text, (size_t)i).text, &piece->chords[i]);
    piece->layer_count = (int)list(r, layers.text, 1, SCORE_LAYERS_MAX);
    for (int i = 0; i < piece->layer_count && going(r); i++)
        read_layer(r, path_item(layers.text, (size_t)i).text, piece, &piece->layers[i], master_db);
    if (has(r, base.text, "tone")) read_tone(r, path_of(base.text, "tone").text, piece);
    if (has(r, base.text, "tunes")) read_tunes(r, base.text, piece);
    if (has(r, base.text, "depth")) read_depth(r, base.text, piece);
}

/* ---- earcons ---- */

static void read_earcon_notes(Reader *r, const char *base, Earcon *earcon, const Patch *patch) {
    static const double limits[4][2] = { { 0, 10 }, { 0.01, 20 }, { 0, 110 }, { 0.01, 1 } };
    Path path = path_of(base, "notes");
    json_t *notes = json_file_at(&r->file, path.text);
    earcon->note_count = (int)list(r, path.text, 1, SCORE_EARCON_NOTES_MAX);
    for (int i = 0; i < earcon->note_count && going(r); i++) {
        double values[4] = { 0 };
        Path item = path_item(path.text, (size_t)i);
        json_t *note = json_array_get(notes, (size_t)i);
        size_t fields = json_array_size(note);
        bool well_formed = fields == 4 || fields == 6;
        for (size_t k = 0; k < 4 && well_formed; k++) {
            values[k] = json_number_value(json_array_get(note, k));
            well_formed = json_is_number(json_array_get(note, k)) && values[k] >= limits[k][0] &&
                          values[k] <= limits[k][1];
        }
        double pan = json_number_value(json_array_get(note, 5));
        const char *own = json_string_value(json_array_get(note, 4));
        if (fields == 6) well_formed = well_formed && own != NULL && pan >= -1 && pan <= 1;
        if (!well_formed)
            wrong(r, item.text, "must be [at_s, len_s, midi, vel] or [at_s, len_s, midi, vel, patch, pan]");
        earcon->notes[i].at_s = (float)values[0];
        earcon->notes[i].length_s = (float)values[1];
        earcon->notes[i].midi = (float)values[2];
        earcon->notes[i].velocity = (float)values[3];
        earcon->notes[i].pan = (float)pan;
        earcon->notes[i].patch = own != NULL ? patch_named(r, item.text, own) : patch;
    }
}

static void read_bus(Reader *r, const char *base, Earcon *earcon) {
    const char *bus = string(r, base, "bus");
    if (strcmp(bus, "fx") == 0) {
        earcon->bus = BUS_FX;
    } else if (strcmp(bus, "ui") == 0) {
        earcon->bus = BUS_UI;
    } else if (strcmp(bus, "guide") == 0) {
        earcon->bus = BUS_GUIDE;
    } else {
        wrong(r, path_of(base, "bus").text, "must be \"fx\", \"ui\" or \"guide\"");
    }
}

static void read_pitch_from(Reader *r, const char *base, Earcon *earcon) {
    static const char *const names[] = {
        [PITCH_RUNG] = "rung", [PITCH_PLACE] = "place", [PITCH_TUNE] = "tune"
    };
    for (int i = 0; i < 2 && earcon->row_count == 0; i++) {
        Path path = path_of(base, i == 0 ? "pitches" : "count_ladder");
        if (json_file_at(&r->file, path.text) == NULL) continue;
        earcon->pitch_from = PITCH_ROW;
        earcon->row_count = row_of_midi(r, path.text, earcon->row, 1, SCORE_ROW_MAX);
    }
    if (!has(r, base, "pitch_from")) return;
    const char *name = string(r, base, "pitch_from");
    for (int i = PITCH_RUNG; i <= PITCH_TUNE; i++) {
        if (strcmp(names[i], name) == 0) earcon->pitch_from = (PitchFrom)i;
    }
    if (earcon->pitch_from < PITCH_RUNG)
        wrong(r, path_of(base, "pitch_from").text, "must be \"rung\", \"place\" or \"tune\"");
}

static void read_earcon(Reader *r, const char *id) {
    static const char *const keys[] = { "patch",  "gain_db",    "bus",          "means",       "visual",
                                        "notes",  "loud_lufs",  "count_ladder", "ladder_rule", "pitches",
                                        "each_s", "with_noise", "pitch_from",   NULL };
    Path base = path_of("earcons", id);
    known(r, base.text, keys);
    if (r->score->earcon_count == SCORE_EARCONS_MAX) wrong(r, base.text, "is one earcon too many");
    if (!going(r)) return;
    Earcon *earcon = &r->score->earcons[r->score->earcon_count++];
    copy_id(r, base.text, id, earcon->id, sizeof earcon->id);
    const Patch *patch = patch_named(r, path_of(base.text, "patch").text, string(r, base.text, "patch"));
    earcon->gain = gain_of_db(number(r, base.text, "gain_db", -60, 12));
    read_bus(r, base.text, earcon);
    read_pitch_from(r, base.text, earcon);
    if (has(r, base.text, "with_noise"))
        earcon->with_noise =
            patch_named(r, path_of(base.text, "with_noise").text, string(r, base.text, "with_noise"));
    read_earcon_notes(r, base.text, earcon, patch);
}

/* ---- the rest ---- */

static void read_reverb(Reader *r, const char *id) {
    static const char *const keys[] = { "t60_s", "predelay_s", "damp_hz", NULL };
    Path base = path_of("reverbs", id);
    known(r, base.text, keys);
    if (r->score->reverb_count == SCORE_REVERBS_MAX) wrong(r, base.text, "is one reverb too many");
    if (!going(r)) return;
    Reverb *reverb = &r->score->reverbs[r->score->reverb_count++];
    copy_id(r, base.text, id, reverb->id, sizeof reverb->id);
    reverb->t60_s = number(r, base.text, "t60_s", 0.2, 10);
    reverb->predelay_s = number(r, base.text, "predelay_s", 0, 0.08);
    reverb->damp_hz = number(r, base.text, "damp_hz", 500, 20000);
}

static void read_duck(Reader *r) {
    static const char *const keys[] = { "music_db", "tone_db",   "fx_db", "guide_db", "attack_s",
                                        "hold_s",   "release_s", "eq",    NULL };
    static const double limits[3][2] = { { 100, 8000 }, { -24, 0 }, { 0.1, 10 } };
    double eq[3] = { 1000, 0, 1 };
    known(r, "mix.duck", keys);
    if (list(r, "mix.duck.eq", 1, 1) == 1)
        (void)row(r, "mix.duck.eq[0]", json_file_at(&r->file, "mix.duck.eq[0]"), 3, 3, limits, eq);
    r->score->duck = (Duck){
        .music_db = number(r, "mix.duck", "music_db", -40, 0),
        .tone_db = number(r, "mix.duck", "tone_db", -40, 0),
        .fx_db = number(r, "mix.duck", "fx_db", -40, 0),
        .guide_db = number(r, "mix.duck", "guide_db", -40, 0),
        .attack_s = number(r, "mix.duck", "attack_s", 0.005, 2),
        .hold_s = number(r, "mix.duck", "hold_s", 0, 5),
        .release_s = number(r, "mix.duck", "release_s", 0.005, 5),
        .eq_hz = (float)eq[0],
        .eq_db = (float)eq[1],
        .eq_q = (float)eq[2],
    };
}

static void read_mix(Reader *r) {
    static const char *const keys[] = { "ceiling_dbfs", "attack_s", "release_s", NULL };
    static const char *const fade_keys[] = { "layer_in", "layer_out", "between_games", NULL };
    Score *score = r->score;
    read_duck(r);
    known(r, "mix.limiter", keys);
    score->ceiling = gain_of_db(number(r, "mix.limiter", "ceiling_dbfs", -20, 0));
    score->limiter_attack_s = number(r, "mix.limiter", "attack_s", 0.0005, 0.004);
    score->limiter_release_s = number(r, "mix.limiter", "release_s", 0.01, 2);
    known(r, "fade_breaths", fade_keys);
    score->layer_in_breaths = number(r, "fade_breaths", "layer_in", 0.1, 8);
    score->layer_out_breaths = number(r, "fade_breaths", "layer_out", 0.1, 8);
    score->between_games_breaths = number(r, "fade_breaths", "between_games", 0.1, 8);
    score->wet_gain = number(r, "", "reverb_wet_gain", 0, 2);
    score->pivot_patch = patch_named(r, "pivot.patch", string(r, "pivot", "patch"));
    score->pivot = read_notes(r, "pivot.notes", 20, 8);
}

static void each(Reader *r, const char *path, void (*read)(Reader *, const char *)) {
    json_t *object = json_file_at(&r->file, path);
    if (!json_is_object(object)) wrong(r, path, "must be an object in braces");
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object, key, value) {
        if (going(r)) read(r, key);
    }
}

Result score_read(Score *score, const char *text, const char *name, Error *error) {
    Reader r = { .score = score, .error = error, .result = RESULT_OK };
    memset(score, 0, sizeof *score);
    r.result = json_file_parse(&r.file, text, name, error);
    if (!going(&r)) return r.result;
    (void)integer(&r, "", "format", 1, 1);
    each(&r, "reverbs", read_reverb);
    each(&r, "patches", read_patch);
    if (going(&r)) read_mix(&r);
    each(&r, "pieces", read_piece);
    each(&r, "earcons", read_earcon);
    json_file_free(&r.file);
    return r.result;
}

const Piece *score_piece(const Score *score, const char *id) {
    for (int i = 0; i < score->piece_count; i++) {
        if (strcmp(score->pieces[i].id, id) == 0) return &score->pieces[i];
    }
    return NULL;
}

const Earcon *score_earcon(const Score *score, const char *id) {
    for (int i = 0; i < score->earcon_count; i++) {
        if (strcmp(score->earcons[i].id, id) == 0) return &score->earcons[i];
    }
    return NULL;
}

const Patch *score_patch(const Score *score, const char *id) {
    for (int i = 0; i < score->patch_count; i++) {
        if (strcmp(score->patches[i].id, id) == 0) return &score->patches[i];
    }
    return NULL;
}
