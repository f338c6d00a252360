#include "exercises/mount.h"

#include <math.h>

/* So much of what the axis remembers is a movement; so little of it the right way round is another one. */
#define MOVED_SHARE   0.3
#define WRONG_SHARE   0.25
#define SLIPPED_DEG   8.0
#define SLIPPED_SHARE 0.35
#define AGREE_DEG     4.0 /* two returns in a row are to the same place */

/* A strap slips in one step, and stays where it slipped to; a body settles by less, or not twice alike. A
 * swing rests at its end, and that is nearer at times. */
void mount_rest(Mount *mount, Vec3 up, double swing_deg) {
    bool known = vec3_length(mount->up_home) > 0.5;
    if (!known || vec3_angle(up, mount->up_home) * RAD2DEG < fmax(SLIPPED_DEG, SLIPPED_SHARE * swing_deg)) {
        mount->up_home = up;
        mount->up_moved = vec3(0, 0, 0);
        return;
    }
    if (vec3_length(mount->up_moved) > 0.5 && vec3_angle(up, mount->up_moved) * RAD2DEG < AGREE_DEG) {
        mount->slipped = true;
        mount->up_home = up;
    }
    mount->up_moved = up;
}

MountDoubt mount_doubt(const Mount *mount, const MovementSignal *s) {
    /* Work on the mat turns the trunk against gravity, arms drawn apart turn level. */
    double upright = s->turning > 0 ? s->upright_turning / s->turning : 0;
    bool moved = s->turning > MOVED_SHARE * s->axis.memory_rad2;
    bool other = s->kind == SIGNAL_YAW ? upright < WRONG_SHARE : upright > 1 - WRONG_SHARE;
    if (moved && s->kind != SIGNAL_FREE && other) return MOUNT_OTHER_MOVE;
    return mount->slipped ? MOUNT_SLIPPED : MOUNT_FINE;
}
