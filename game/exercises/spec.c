#include "exercises/spec.h"

#include <stdio.h>
#include <string.h>

const ExerciseSpec exercise_specs[] = {
    { .id = "foam_roll",
      .signal = SIGNAL_TILT,
      .pattern = PATTERN_RETURN,
      .typical_deg = 22,
      .floor_deg = 8,
      .rep_s = 8,
      .still_dps = 1.3,
      .unstill_dps = 1.8 },
    { .id = "cat_cow",
      .signal = SIGNAL_TILT,
      .pattern = PATTERN_SWING,
      .typical_deg = 18,
      .under_deg = 18,
      .floor_deg = 13,
      .rep_s = 7.5,
      .breath_is_rep = true },
    { .id = "table_top_twist",
      .signal = SIGNAL_TILT,
      .pattern = PATTERN_OPENING,
      .typical_deg = 50,
      .under_deg = 25,
      .floor_deg = 28,
      .rep_s = 6,
      .first_side = SIDE_RIGHT },
    { .id = "pull_apart",
      .signal = SIGNAL_YAW,
      .pattern = PATTERN_RETURN,
      .typical_deg = 75,
      .floor_deg = 40,
      .rep_s = 5,
      .breath_is_rep = true },
    { .id = "thoracic_bridge",
      .signal = SIGNAL_BRIDGE,
      .pattern = PATTERN_BRIDGE,
      .typical_deg = 65,
      .floor_deg = 25,
      .rep_s = 8,
      .first_side = SIDE_LEFT,
      .alternates = true },
    { .id = "bench_extension",
      .signal = SIGNAL_TILT,
      .pattern = PATTERN_HOLD,
      .typical_deg = 7,
      .floor_deg = 2.5,
      .rep_s = 6,
      .still_dps = 1.6,
      .unstill_dps = 2.6 },
    { .id = "quadruped_rotation",
      .signal = SIGNAL_TILT,
      .pattern = PATTERN_OPENING,
      .typical_deg = 50,
      .floor_deg = 28,
      .rep_s = 5,
      .first_side = SIDE_RIGHT },
    { .id = "rocked_back_cat_camel",
      .signal = SIGNAL_TILT,
      .pattern = PATTERN_SWING,
      .typical_deg = 15,
      .under_deg = 15,
      .floor_deg = 12,
      .rep_s = 5 },
    { .id = "generic",
      .signal = SIGNAL_FREE,
      .pattern = PATTERN_SWING,
      .typical_deg = 30,
      .under_deg = 30,
      .floor_deg = 8,
      .rep_s = 3 },
    { 0 },
};

const ExerciseSpec *exercise_spec(const char *id) {
    for (const ExerciseSpec *spec = exercise_specs; spec->id != NULL; spec++) {
        if (strcmp(spec->id, id) == 0) return spec;
    }
    return NULL;
}

void exercise_spec_ids(char *out, size_t size, bool with_generic) {
    size_t used = 0;
    if (size > 0) out[0] = '\0';
    for (const ExerciseSpec *spec = exercise_specs; spec->id != NULL && used < size; spec++) {
        if (!with_generic && spec->signal == SIGNAL_FREE) continue;
        int wrote = snprintf(out + used, size - used, "%s%s", used ? ", " : "", spec->id);
        if (wrote < 0) return;
        used += (size_t)wrote;
    }
}
