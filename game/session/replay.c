#include "session/replay.h"

#include "session/staircase.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const uint8_t magic[4] = { 'B', 'B', 'R', 'P' };

enum {
    HEADER_NUMBERS_1 = 14 + MINIGAME_LEVEL_FIELDS_MAX, /* of version 1 */
    HEADER_NUMBERS = HEADER_NUMBERS_1 + 1,
    ID_BYTES = 32,
    HEADER_BYTES = 4 + 2 + ID_BYTES + 4 * HEADER_NUMBERS + 20,
    TICK_BYTES_MAX = 40
};

bool replay_track_push(ReplayTrack *track, const SimInput *in) {
    if (track->count >= REPLAY_TICKS_MAX) return false;
    if (track->count == track->capacity) {
        size_t capacity = track->capacity > 0 ? track->capacity * 2 : 4096;
        SimInput *grown = realloc(track->inputs, capacity * sizeof *grown);
        if (grown == NULL) return false;
        track->inputs = grown;
        track->capacity = capacity;
    }
    track->inputs[track->count++] = *in;
    return true;
}

void replay_track_free(ReplayTrack *track) {
    free(track->inputs);
    *track = (ReplayTrack){ 0 };
}

/* ---- bytes ---- */

static uint8_t *put_u16(uint8_t *at, uint16_t value) {
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
    return at + 2;
}

static uint8_t *put_u32(uint8_t *at, uint32_t value) {
    return put_u16(put_u16(at, (uint16_t)value), (uint16_t)(value >> 16));
}

static uint16_t get_u16(const uint8_t *at) {
    return (uint16_t)(at[0] | at[1] << 8);
}

static uint32_t get_u32(const uint8_t *at) {
    return get_u16(at) | (uint32_t)get_u16(at + 2) << 16;
}

static uint8_t *put_varint(uint8_t *at, uint32_t value) {
    for (; value >= 0x80; value >>= 7) *at++ = (uint8_t)(value | 0x80);
    *at++ = (uint8_t)value;
    return at;
}

static uint8_t *put_signed(uint8_t *at, int32_t value) {
    return put_varint(at, ((uint32_t)value << 1) ^ (value < 0 ? 0xFFFFFFFFU : 0));
}

/* A reader that never runs past its end: after `bad`, everything reads as 0. */
typedef struct Reader {
    const uint8_t *at, *end;
    bool bad;
} Reader;

static uint32_t get_varint(Reader *r) {
    uint32_t value = 0;
    for (unsigned shift = 0; shift < 35 && r->at < r->end; shift += 7) {
        uint8_t byte = *r->at++;
        value |= shift < 32 ? (uint32_t)(byte & 0x7F) << shift : 0;
        if (!(byte & 0x80)) return value;
    }
    r->bad = true;
    return 0;
}

static int32_t get_signed(Reader *r) {
    uint32_t value = get_varint(r);
    return (int32_t)((value >> 1) ^ ((value & 1) ? 0xFFFFFFFFU : 0));
}

/* ---- ticks: differences, and the rest only where there is a signal ---- */

static uint8_t *put_tick(uint8_t *at, const SimInput *in, const SimInput *before) {
    at = put_varint(at, (uint32_t)in->flags << 1 | (in->signal != SIM_NOTHING));
    at = put_signed(at, in->place - before->place);
    at = put_signed(at, in->lift - before->lift);
    at = put_signed(at, in->angle_cdeg - before->angle_cdeg);
    if (in->signal == SIM_NOTHING) return at;
    at = put_varint(at, in->signal);
    at = put_varint(at, in->side);
    at = put_signed(at, in->reach);
    at = put_signed(at, in->under);
    at = put_signed(at, in->control);
    at = put_signed(at, in->hips);
    at = put_varint(at, in->tempo_ms);
    at = put_varint(at, in->return_ms);
    return put_varint(at, in->rom_cdeg);
}

static int32_t within(Reader *r, int64_t value, int32_t low, int32_t high) {
    if (value < low || value > high) r->bad = true;
    return r->bad ? 0 : (int32_t)value;
}

static void get_tick(Reader *r, SimInput *in, const SimInput *before) {
    uint32_t head = get_varint(r);
    *in = (SimInput){ .flags = (uint8_t)within(r, (int32_t)(head >> 1), 0, 255) };
    in->place = (int16_t)within(r, (int64_t)get_signed(r) + before->place, -2000, 2000);
    in->lift = (int16_t)within(r, (int64_t)get_signed(r) + before->lift, -2000, 2000);
    in->angle_cdeg = (int16_t)within(r, (int64_t)get_signed(r) + before->angle_cdeg, -32000, 32000);
    if (!(head & 1)) return;
    in->signal = (uint8_t)within(r, (int32_t)get_varint(r), SIM_REP, SIM_UNDER);
    in->side = (uint8_t)within(r, (int32_t)get_varint(r), SIDE_NONE, SIDE_LEFT);
    in->reach = (int16_t)within(r, get_signed(r), -2000, 2000);
    in->under = (int16_t)within(r, get_signed(r), -2000, 2000);
    in->control = (int16_t)within(r, get_signed(r), 0, 1000);
    in->hips = (int16_t)within(r, get_signed(r), HIPS_UNKNOWN, 1000);
    in->tempo_ms = (uint16_t)within(r, (int32_t)get_varint(r), 0, 65535);
    in->return_ms = (uint16_t)within(r, (int32_t)get_varint(r), 0, 65535);
    in->rom_cdeg = (uint16_t)within(r, (int32_t)get_varint(r), 0, 65535);
}

/* ---- the whole ---- */

static void header_numbers(const Replay *replay, int32_t numbers[HEADER_NUMBERS]) {
    const RunConfig *c = &replay->config;
    const Level *l = &replay->level;
    const int32_t fixed[14] = {
        c->level,  (int32_t)c->seed, c->dose.reps, c->dose.each_side, c->dose.seconds,
        c->ease,   l->target,        l->under,     l->tempo_min_ms,   l->tempo_max_ms,
        l->hold_s, l->stars[0],      l->stars[1],  l->stars[2],
    };
    memcpy(numbers, fixed, sizeof fixed);
    memcpy(numbers + 14, l->fields, sizeof l->fields);
    numbers[HEADER_NUMBERS_1] = c->stair;
}

Result replay_encode(const Replay *replay, uint8_t **bytes, size_t *size, Error *error) {
    size_t count = replay->track.count;
    uint8_t *ticks = malloc(count * TICK_BYTES_MAX + 1);
    uLong room = compressBound((uLong)(count * TICK_BYTES_MAX));
    uint8_t *file = malloc(HEADER_BYTES + room + 4);
    if (ticks == NULL || file == NULL) {
        free(ticks);
        free(file);
        return error_set(error, RESULT_NO_MEMORY, "Not enough memory to keep the replay.");
    }
    SimInput before = { 0 };
    uint8_t *end = ticks;
    for (size_t i = 0; i < count; i++) {
        end = put_tick(end, &replay->track.inputs[i], &before);
        before = replay->track.inputs[i];
    }
    int32_t numbers[HEADER_NUMBERS];
    header_numbers(replay, numbers);
    memcpy(file, magic, sizeof magic);
    uint8_t *at = put_u16(file + 4, REPLAY_VERSION);
    memset(at, 0, ID_BYTES);
    memcpy(at, replay->config.game->id, strnlen(replay->config.game->id, ID_BYTES - 1));
    at += ID_BYTES;
    for (int i = 0; i < HEADER_NUMBERS; i++) at = put_u32(at, (uint32_t)numbers[i]);
    at = put_u32(at, (uint32_t)replay->score);
    at = put_u32(at, (uint32_t)replay->stars);
    at = put_u32(at, (uint32_t)count);
    at = put_u32(at, (uint32_t)(end - ticks));
    uLongf packed = room;
    int zipped = compress2(at + 4, &packed, ticks, (uLong)(end - ticks), 9);
    free(ticks);
    if (zipped != Z_OK) {
        free(file);
        return error_set(error, RESULT_NO_MEMORY, "The replay could not be packed.");
    }
    put_u32(at, (uint32_t)packed);
    at += 4 + packed;
    at = put_u32(at, (uint32_t)crc32(0, file, (uInt)(at - file)));
    *bytes = file;
    *size = (size_t)(at - file);
    return RESULT_OK;
}

static const Minigame *game_named(const char *id) {
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        if (strcmp((*game)->id, id) == 0) return *game;
    }
    return NULL;
}

static void config_of_numbers(Replay *out, const int32_t n[HEADER_NUMBERS]) {
    out->config.level = n[0];
    out->config.seed = (uint32_t)n[1];
    out->config.dose = (Dose){ .reps = n[2], .each_side = n[3] != 0, .seconds = n[4] };
    out->config.ease = n[5];
    out->config.stair = n[HEADER_NUMBERS_1];
    out->level = (Level){ .target = n[6],
                          .under = n[7],
                          .tempo_min_ms = n[8],
                          .tempo_max_ms = n[9],
                          .hold_s = n[10],
                          .stars = { n[11], n[12], n[13] } };
    memcpy(out->level.fields, n + 14, sizeof out->level.fields);
}

/* What a level file or a routine would have refused is refused here too: a game trusts its setup. */
static bool config_is_sane(const Replay *r) {
    const RunConfig *c = &r->config;
    const Level *l = &r->level;
    bool dose = c->dose.reps >= 0 && c->dose.reps <= 60 && c->dose.seconds >= 0 && c->dose.seconds <= 600 &&
                (c->dose.reps > 0) != (c->dose.seconds > 0);
    bool level = c->level >= 1 && c->level <= MINIGAME_LEVELS && l->target >= 500 && l->target <= 1000 &&
                 l->under >= 0 && l->under <= 1000;
    bool tempo = l->tempo_min_ms >= 1500 && l->tempo_max_ms > l->tempo_min_ms && l->tempo_max_ms <= 60000;
    bool rest = l->hold_s >= 0 && l->hold_s <= 120 && c->ease >= 500 && c->ease <= 1000 &&
                c->stair >= STAIRCASE_LOW && c->stair <= STAIRCASE_HIGH;
    for (int i = 0; c->game->fields[i].name != NULL && rest; i++)
        rest = l->fields[i] >= c->game->fields[i].low && l->fields[i] <= c->game->fields[i].high;
    return dose && level && tempo && rest;
}

static Result damaged(const char *name, Error *error) {
    return error_set(error, RESULT_BAD_DATA,
                     "%s is damaged or was changed: it is not the replay that was stored.", name);
}

static Result unpack_ticks(Replay *out, const uint8_t *packed, size_t packed_size, uint32_t count,
                           uint32_t plain_size, const char *name, Error *error) {
    uint8_t *plain = malloc(plain_size + 1U);
    out->track.inputs = calloc(count + 1U, sizeof *out->track.inputs);
    if (plain == NULL || out->track.inputs == NULL) {
        free(plain);
        replay_track_free(&out->track);
        return error_set(error, RESULT_NO_MEMORY, "%s: not enough memory for this replay.", name);
    }
    uLongf size = plain_size;
    Reader reader = { .at = plain, .end = plain + plain_size };
    reader.bad = uncompress(plain, &size, packed, (uLong)packed_size) != Z_OK || size != plain_size;
    SimInput before = { 0 };
    for (uint32_t i = 0; i < count && !reader.bad; i++) {
        get_tick(&reader, &out->track.inputs[i], &before);
        before = out->track.inputs[i];
    }
    bool good = !reader.bad && reader.at == reader.end;
    out->track.count = out->track.capacity = count;
    free(plain);
    if (good) return RESULT_OK;
    replay_track_free(&out->track);
    return damaged(name, error);
}

Result replay_decode(Replay *out, const uint8_t *bytes, size_t size, const char *name, Error *error) {
    *out = (Replay){ 0 };
    if (size < 6 || memcmp(bytes, magic, sizeof magic) != 0)
        return error_set(error, RESULT_BAD_DATA, "%s is not a Backbeat replay.", name);
    unsigned version = get_u16(bytes + 4);
    if (version < 1 || version > REPLAY_VERSION)
        return error_set(
            error, RESULT_BAD_DATA,
            "%s is a replay of version %u; this program reads versions 1 to %d. Play it with the "
            "program that made it.",
            name, version, REPLAY_VERSION);
    int count_of_numbers = version == 1 ? HEADER_NUMBERS_1 : HEADER_NUMBERS;
    size_t header = HEADER_BYTES - 4 * (size_t)(HEADER_NUMBERS - count_of_numbers);
    if (size < header + 4 || get_u32(bytes + size - 4) != (uint32_t)crc32(0, bytes, (uInt)(size - 4)))
        return damaged(name, error);
    char id[ID_BYTES] = { 0 };
    memcpy(id, bytes + 6, ID_BYTES - 1);
    out->config.game = game_named(id);
    if (out->config.game == NULL)
        return error_set(error, RESULT_BAD_DATA, "%s: there is no game \"%s\" in this version.", name, id);
    int32_t numbers[HEADER_NUMBERS];
    numbers[HEADER_NUMBERS_1] = STAIRCASE_START;
    const uint8_t *at = bytes + 6 + ID_BYTES;
    for (int i = 0; i < count_of_numbers; i++, at += 4) numbers[i] = (int32_t)get_u32(at);
    config_of_numbers(out, numbers);
    if (!config_is_sane(out)) return damaged(name, error);
    out->score = (int32_t)get_u32(at);
    out->stars = (int32_t)get_u32(at + 4);
    uint32_t count = get_u32(at + 8), plain_size = get_u32(at + 12), packed_size = get_u32(at + 16);
    at += 20;
    bool fits = count <= REPLAY_TICKS_MAX && plain_size <= count * (uint32_t)TICK_BYTES_MAX &&
                packed_size == size - 4 - (size_t)(at - bytes);
    if (!fits) return damaged(name, error);
    return unpack_ticks(out, at, packed_size, count, plain_size, name, error);
}

void replay_run(const Replay *replay, Run *run) {
    Events events;
    run_init(run, &replay->config, &replay->level);
    for (size_t i = 0; i < replay->track.count && !run->finished; i++)
        run_step(run, &replay->track.inputs[i], &events);
}

Result replay_verify(const Replay *replay, const LevelSet *levels, Run *run, const char *name, Error *error) {
    if (levels != NULL &&
        memcmp(&levels->levels[replay->config.level - 1], &replay->level, sizeof replay->level) != 0)
        return error_set(error, RESULT_BAD_DATA,
                         "%s was played with other data for level %d of %s; its score can't be compared.",
                         name, (int)replay->config.level, replay->config.game->name);
    replay_run(replay, run);
    if (run->score != replay->score || run->stars != replay->stars)
        return error_set(
            error, RESULT_BAD_DATA,
            "%s claims %d points, but playing it again gives %d: the score was not earned with this replay.",
            name, (int)replay->score, (int)run->score);
    return RESULT_OK;
}
