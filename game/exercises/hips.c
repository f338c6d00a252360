#include "exercises/hips.h"

#include <math.h>

#define FLAT_SHARE   0.1
#define TURNED_SHARE 0.5
#define SILENT_S     1.0 /* a sensor that is silent for longer is not asked */

void hips_init(Hips *hips) {
    *hips = (Hips){ 0 };
    orientation_init(&hips->orientation, &orientation_config_default);
}

void hips_rebase(Hips *hips) {
    if (hips->orientation.samples == 0) return;
    hips->up_start = orientation_up(&hips->orientation);
    hips->turn_deg = hips->peak_deg = 0;
}

void hips_begin(Hips *hips) {
    hips->peak_deg = hips->turn_deg;
}

bool hips_feed(Hips *hips, const ImuSample *sample) {
    bool first = hips->orientation.samples == 0;
    if (!orientation_feed(&hips->orientation, sample)) return false;
    if (first) hips_rebase(hips);
    Vec3 up = orientation_up(&hips->orientation);
    hips->turn_deg = acos(fmax(-1, fmin(1, vec3_dot(hips->up_start, up)))) * RAD2DEG;
    hips->peak_deg = fmax(hips->peak_deg, hips->turn_deg);
    return true;
}

bool hips_worn(const Hips *hips, double now_s) {
    return hips->orientation.samples > 0 && now_s - hips->orientation.t_s < SILENT_S;
}

double hips_flat(const Hips *hips, double chest_deg) {
    if (chest_deg <= 0) return 1;
    double share = hips->peak_deg / chest_deg;
    return fmax(0, fmin(1, (TURNED_SHARE - share) / (TURNED_SHARE - FLAT_SHARE)));
}
