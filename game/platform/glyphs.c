#include "platform/glyphs.h"

#include <SDL_ttf.h>
#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

enum { FONTS_MAX = 32, WORDINGS_MAX = 256, PATH_MAX_BYTES = 512, FALLBACKS_MAX = 4 };

typedef struct FontFile {
    char path[PATH_MAX_BYTES];
    int index; /* of the face within the file */
} FontFile;

/* One face at one size. */
typedef struct Font {
    TTF_Font *font;
    int file, size;
    uint64_t used;
} Font;

typedef struct Entry {
    char *words; /* owned; NULL = free place */
    uint32_t hash;
    int size;
    FontWeight weight;
    SDL_Surface *surface; /* owned; NULL while the words have only been measured */
    Wording wording;
    uint64_t used;
} Entry;

struct Glyphs {
    SDL_Renderer *renderer;
    FcConfig *fontconfig;
    FontFile files[2 + FALLBACKS_MAX]; /* by FontWeight, then what other scripts asked for */
    int file_count;
    Font fonts[FONTS_MAX];
    Entry entries[WORDINGS_MAX];
    uint64_t clock;
};

/* Asks for a face; with `words`, one that has all their letters. */
static bool find_file(Glyphs *glyphs, FontWeight weight, const char *words, FontFile *out, char *family,
                      size_t family_size) {
    FcPattern *wish = FcPatternCreate();
    if (wish == NULL) return false;
    /* Its medium weight is a family of its own. */
    if (weight == FONT_MEDIUM) FcPatternAddString(wish, FC_FAMILY, (const FcChar8 *)"Quicksand Medium");
    FcPatternAddString(wish, FC_FAMILY, (const FcChar8 *)"Quicksand");
    FcPatternAddString(wish, FC_FAMILY, (const FcChar8 *)"sans-serif");
    FcPatternAddInteger(wish, FC_WEIGHT, weight == FONT_BOLD ? FC_WEIGHT_BOLD : FC_WEIGHT_MEDIUM);
    FcPatternAddInteger(wish, FC_SLANT, FC_SLANT_ROMAN);
    FcPatternAddBool(wish, FC_SCALABLE, FcTrue);
    FcCharSet *letters = NULL;
    if (words != NULL) {
        letters = FcCharSetCreate();
        const FcChar8 *at = (const FcChar8 *)words;
        int left = (int)strlen(words);
        while (left > 0) {
            FcChar32 letter = 0;
            int taken = FcUtf8ToUcs4(at, &letter, left);
            if (taken <= 0) break;
            FcCharSetAddChar(letters, letter);
            at += taken;
            left -= taken;
        }
        FcPatternAddCharSet(wish, FC_CHARSET, letters);
    }
    FcConfigSubstitute(glyphs->fontconfig, wish, FcMatchPattern);
    FcDefaultSubstitute(wish);
    FcResult result = FcResultNoMatch;
    bool found = false;
    /* The first that has most letters not covered by better ones; a single match would look at the family
     * only. */
    FcFontSet *sorted = FcFontSort(glyphs->fontconfig, wish, FcFalse, NULL, &result);
    int best = -1;
    unsigned best_missing = ~0U;
    for (int i = 0; sorted != NULL && i < sorted->nfont && best_missing > 0; i++) {
        FcCharSet *has = NULL;
        unsigned missing = 0;
        if (letters != NULL && FcPatternGetCharSet(sorted->fonts[i], FC_CHARSET, 0, &has) == FcResultMatch)
            missing = FcCharSetSubtractCount(letters, has);
        if (missing < best_missing) {
            best = i;
            best_missing = missing;
        }
    }
    if (best >= 0) {
        FcChar8 *path = NULL;
        FcChar8 *name = NULL;
        int index = 0;
        found = FcPatternGetString(sorted->fonts[best], FC_FILE, 0, &path) == FcResultMatch &&
                strlen((const char *)path) < sizeof out->path;
        (void)FcPatternGetInteger(sorted->fonts[best], FC_INDEX, 0, &index);
        if (found) {
            (void)SDL_strlcpy(out->path, (const char *)path, sizeof out->path);
            out->index = index & 0xFFFF; /* the upper half names an instance of a variable font */
        }
        if (family != NULL && FcPatternGetString(sorted->fonts[best], FC_FAMILY, 0, &name) == FcResultMatch)
            (void)SDL_strlcpy(family, (const char *)name, family_size);
    }
    if (sorted != NULL) FcFontSetDestroy(sorted);
    if (letters != NULL) FcCharSetDestroy(letters);
    FcPatternDestroy(wish);
    return found;
}

Result glyphs_open(Glyphs **out, SDL_Renderer *renderer, Error *error) {
    *out = NULL;
    Glyphs *glyphs = calloc(1, sizeof *glyphs);
    if (glyphs == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for fonts.");
    glyphs->renderer = renderer;
    if (TTF_Init() != 0) {
        free(glyphs);
        return error_set(error, RESULT_BAD_DATA, "The font library does not start: %s.", TTF_GetError());
    }
    glyphs->fontconfig = FcInitLoadConfigAndFonts();
    for (int weight = FONT_MEDIUM; weight <= FONT_BOLD; weight++) {
        char family[128] = "";
        if (glyphs->fontconfig == NULL ||
            !find_file(glyphs, (FontWeight)weight, NULL, &glyphs->files[weight], family, sizeof family)) {
            glyphs_close(glyphs);
            return error_set(error, RESULT_BAD_DATA, "No font was found; install one, best fonts-quicksand.");
        }
        if (strncmp(family, "Quicksand", 9) != 0)
            SDL_LogInfo(SDL_LOG_CATEGORY_APPLICATION,
                        "The font Quicksand is not installed; %s stands in for it.", family);
    }
    glyphs->file_count = 2;
    *out = glyphs;
    return RESULT_OK;
}

static void forget(Entry *entry) {
    if (entry->wording.texture != NULL) SDL_DestroyTexture(entry->wording.texture);
    SDL_FreeSurface(entry->surface);
    free(entry->words);
    *entry = (Entry){ 0 };
}

void glyphs_close(Glyphs *glyphs) {
    if (glyphs == NULL) return;
    for (int i = 0; i < WORDINGS_MAX; i++) forget(&glyphs->entries[i]);
    for (int i = 0; i < FONTS_MAX; i++) {
        if (glyphs->fonts[i].font != NULL) TTF_CloseFont(glyphs->fonts[i].font);
    }
    TTF_Quit();
    if (glyphs->fontconfig != NULL) FcConfigDestroy(glyphs->fontconfig);
    free(glyphs);
}

static TTF_Font *font_of(Glyphs *glyphs, int file, int size) {
    Font *place = &glyphs->fonts[0];
    for (int i = 0; i < FONTS_MAX; i++) {
        Font *font = &glyphs->fonts[i];
        if (font->font != NULL && font->file == file && font->size == size) {
            font->used = ++glyphs->clock;
            return font->font;
        }
        if (font->used < place->used) place = font;
    }
    TTF_Font *opened = TTF_OpenFontIndex(glyphs->files[file].path, size, glyphs->files[file].index);
    if (opened == NULL) return NULL;
    TTF_SetFontHinting(opened, TTF_HINTING_LIGHT_SUBPIXEL);
    if (place->font != NULL) TTF_CloseFont(place->font);
    *place = (Font){ .font = opened, .file = file, .size = size, .used = ++glyphs->clock };
    return opened;
}

static bool has_letters(TTF_Font *font, const char *words) {
    const FcChar8 *at = (const FcChar8 *)words;
    int left = (int)strlen(words);
    while (left > 0) {
        FcChar32 letter = 0;
        int taken = FcUtf8ToUcs4(at, &letter, left);
        if (taken <= 0) return true; /* broken UTF-8: nothing another font could mend */
        if (letter > ' ' && TTF_GlyphIsProvided32(font, letter) == 0) return false;
        at += taken;
        left -= taken;
    }
    return true;
}

/* The face for these words: our own, or where it lacks letters what fontconfig offers for them. */
static TTF_Font *font_for(Glyphs *glyphs, const char *words, int size, FontWeight weight) {
    TTF_Font *own = font_of(glyphs, (int)weight, size);
    if (own == NULL || has_letters(own, words)) return own;
    for (int file = 2; file < glyphs->file_count; file++) {
        TTF_Font *other = font_of(glyphs, file, size);
        if (other != NULL && has_letters(other, words)) return other;
    }
    if (glyphs->file_count == 2 + FALLBACKS_MAX) return font_of(glyphs, (int)weight, size);
    FontFile *file = &glyphs->files[glyphs->file_count];
    if (find_file(glyphs, weight, words, file, NULL, 0)) {
        TTF_Font *other = font_of(glyphs, glyphs->file_count, size);
        if (other != NULL && has_letters(other, words)) {
            glyphs->file_count++;
            return other;
        }
        /* Not used after all: drop what was opened under this number. */
        for (int i = 0; i < FONTS_MAX; i++) {
            if (glyphs->fonts[i].font == NULL || glyphs->fonts[i].file != glyphs->file_count) continue;
            TTF_CloseFont(glyphs->fonts[i].font);
            glyphs->fonts[i] = (Font){ 0 };
        }
    }
    return font_of(glyphs, (int)weight, size);
}

static uint32_t hash_of(const char *words) {
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (const char *p = words; *p != '\0'; p++) hash = (hash ^ (uint8_t)*p) * 16777619U;
    return hash;
}

static int pixel_size(float size) {
    int pixels = (int)(size + 0.5f);
    return pixels < 4 ? 4 : pixels > 1200 ? 1200 : pixels;
}

static Entry *entry_of(Glyphs *glyphs, const char *words, int size, FontWeight weight) {
    uint32_t hash = hash_of(words);
    Entry *place = &glyphs->entries[0];
    for (int i = 0; i < WORDINGS_MAX; i++) {
        Entry *entry = &glyphs->entries[i];
        if (entry->words != NULL && entry->hash == hash && entry->size == size && entry->weight == weight &&
            strcmp(entry->words, words) == 0) {
            entry->used = ++glyphs->clock;
            return entry;
        }
        if (entry->used < place->used) place = entry;
    }
    TTF_Font *font = font_for(glyphs, words, size, weight);
    char *kept = font != NULL ? SDL_strdup(words) : NULL;
    if (kept == NULL) return NULL;
    forget(place);
    *place = (Entry){ .words = kept, .hash = hash, .size = size, .weight = weight, .used = ++glyphs->clock };
    if (TTF_SizeUTF8(font, words, &place->wording.width, &place->wording.height) != 0)
        place->wording.width = 0;
    place->wording.ascent = TTF_FontAscent(font);
    return place;
}

bool glyphs_words(Glyphs *glyphs, const char *words, float size, FontWeight weight, Wording *out) {
    int pixels = pixel_size(size);
    Entry *entry = entry_of(glyphs, words, pixels, weight);
    if (entry == NULL || entry->wording.width <= 0) return false;
    if (entry->surface == NULL) { /* measured before, but not drawn */
        TTF_Font *font = font_for(glyphs, words, pixels, weight);
        entry->surface =
            font != NULL ? TTF_RenderUTF8_Blended(font, words, (SDL_Color){ 255, 255, 255, 255 }) : NULL;
        if (entry->surface == NULL) return false;
        entry->wording.surface = entry->surface;
        entry->wording.width = entry->surface->w;
        entry->wording.height = entry->surface->h;
        if (glyphs->renderer != NULL) {
            entry->wording.texture = SDL_CreateTextureFromSurface(glyphs->renderer, entry->surface);
            if (entry->wording.texture == NULL) return false;
            SDL_SetTextureBlendMode(entry->wording.texture, SDL_BLENDMODE_BLEND);
        }
    }
    *out = entry->wording;
    return true;
}

float glyphs_width(Glyphs *glyphs, const char *words, float size, FontWeight weight) {
    if (words[0] == '\0') return 0;
    const Entry *entry = entry_of(glyphs, words, pixel_size(size), weight);
    return entry != NULL ? (float)entry->wording.width : 0;
}
