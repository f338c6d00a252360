/* What the household has set, kept in the store as it is changed. */
#include "app/shell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static float volume_setting(const Shell *shell, const char *name, float fallback) {
    char text[16];
    store_setting(shell->store, name, "", text, sizeof text);
    if (text[0] == '\0') return fallback;
    return fminf(1, fmaxf(0, (float)atoi(text) / 10));
}

static bool switch_setting(const Shell *shell, const char *name) {
    char text[8];
    store_setting(shell->store, name, "off", text, sizeof text);
    return strcmp(text, "on") == 0;
}

void shell_load_preferences(Shell *shell) {
    Preferences *p = &shell->preferences;
    p->volumes = (AudioVolumes){
        .voice = volume_setting(shell, "volume.voice", 1),
        .tone = volume_setting(shell, "volume.tone", 1),
        .music = volume_setting(shell, "volume.music", 1),
        .effects = volume_setting(shell, "volume.effects", 1),
    };
    p->reduced_motion = switch_setting(shell, "motion.less");
    p->high_contrast = switch_setting(shell, "contrast.high");
    p->large_text = switch_setting(shell, "text.large");
    p->fullscreen = switch_setting(shell, "screen.full");
}

static void keep_setting(Shell *shell, const char *name, const char *value) {
    Error error = { 0 };
    if (store_keep_setting(shell->store, name, value, &error) != RESULT_OK)
        (void)snprintf(shell->trouble, sizeof shell->trouble, "%s", error.text);
}

static void keep_volume(Shell *shell, const char *name, float volume) {
    char text[8];
    (void)snprintf(text, sizeof text, "%d", (int)lroundf(volume * 10));
    keep_setting(shell, name, text);
}

void shell_keep_preferences(Shell *shell) {
    const Preferences *p = &shell->preferences;
    keep_volume(shell, "volume.voice", p->volumes.voice);
    keep_volume(shell, "volume.tone", p->volumes.tone);
    keep_volume(shell, "volume.music", p->volumes.music);
    keep_volume(shell, "volume.effects", p->volumes.effects);
    keep_setting(shell, "motion.less", p->reduced_motion ? "on" : "off");
    keep_setting(shell, "contrast.high", p->high_contrast ? "on" : "off");
    keep_setting(shell, "text.large", p->large_text ? "on" : "off");
    keep_setting(shell, "screen.full", p->fullscreen ? "on" : "off");
    audio_volumes(sound_audio(shell->sound), p->volumes);
    if (shell->screen != NULL && !shell->headless) screen_fullscreen(shell->screen, p->fullscreen);
}
