#include "ui/coach_poses.h"

#include <math.h>

static double mix(double a, double b, double t) {
    return a + (b - a) * t;
}

static Vec3 mix_vec(Vec3 a, Vec3 b, double t) {
    return vec3_add(a, vec3_scale(vec3_sub(b, a), t));
}

void coach_trunk_axes(double facing, Vec3 c, double rotation, Vec3 *right, Vec3 *front) {
    Vec3 right0 = vec3(0, 0, facing);
    Vec3 front0 = vec3_cross(c, right0);
    *right = vec3_sub(vec3_scale(right0, cos(rotation)), vec3_scale(front0, sin(rotation)));
    *front = vec3_add(vec3_scale(front0, cos(rotation)), vec3_scale(right0, sin(rotation)));
}

static CoachKey mix_keys(const CoachKey *a, const CoachKey *b, double t) {
    CoachKey key = { .m = mix(a->m, b->m, t), .anchor_at = mix_vec(a->anchor_at, b->anchor_at, t) };
    for (int i = 0; i < COACH_SPINE; i++) key.spine_deg[i] = mix(a->spine_deg[i], b->spine_deg[i], t);
    key.neck = vec3_unit(mix_vec(a->neck, b->neck, t));
    key.head = vec3_unit(mix_vec(a->head, b->head, t));
    key.pelvis_rot_deg = mix(a->pelvis_rot_deg, b->pelvis_rot_deg, t);
    key.chest_rot_deg = mix(a->chest_rot_deg, b->chest_rot_deg, t);
    key.scap = mix(a->scap, b->scap, t);
    key.roller_x = mix(a->roller_x, b->roller_x, t);
    for (int i = 0; i < 2; i++) key.girdle[i] = mix(a->girdle[i], b->girdle[i], t);
    for (int limb = 0; limb < COACH_LIMBS; limb++) {
        for (int bone = 0; bone < 3; bone++)
            key.limb[limb][bone] = vec3_unit(mix_vec(a->limb[limb][bone], b->limb[limb][bone], t));
    }
    return key;
}

static int joint_of(int limb, int place) {
    return COACH_LIMB_JOINTS + 4 * limb + place;
}

/* Puts the end of a limb back on its spot by two bones; `elbow` only aims the upper one. */
static void pin(const Coach *coach, const CoachPin *p, const CoachKey *key, Vec3 *joints) {
    const double *bones = coach->bones[p->limb >= COACH_LEG_R];
    Vec3 *root = &joints[joint_of(p->limb, 0)];
    Vec3 toward = vec3_sub(p->at, root[0]);
    double d = vec3_length(toward);
    if (d < 1e-6) return;
    Vec3 n = vec3_scale(toward, 1 / d);
    if (p->elbow) {
        root[1] = vec3_add(root[0], vec3_scale(n, bones[0]));
        root[2] = vec3_add(root[1], vec3_scale(key->limb[p->limb][1], bones[1]));
    } else {
        double x = (bones[0] * bones[0] - bones[1] * bones[1] + d * d) / (2 * d);
        x = fmax(-bones[0], fmin(x, bones[0])); /* out of reach: straight, not longer */
        double h = sqrt(fmax(0, bones[0] * bones[0] - x * x));
        Vec3 bend = vec3_unit(vec3_reject(vec3_sub(root[1], root[0]), n));
        root[1] = vec3_add(vec3_add(root[0], vec3_scale(n, x)), vec3_scale(bend, h));
        root[2] = vec3_add(root[1], vec3_scale(vec3_unit(vec3_sub(p->at, root[1])), bones[1]));
    }
    root[3] = vec3_add(root[2], vec3_scale(key->limb[p->limb][2], bones[2]));
}

void coach_pose(const Coach *coach, const CoachExercise *exercise, double m, CoachPose *out) {
    const CoachKey *keys = exercise->keys;
    int last = exercise->key_count - 1;
    m = fmax(keys[0].m - 0.05, fmin(m, keys[last].m + 0.05));
    int at = 0;
    while (at < last - 1 && m > keys[at + 1].m) at++;
    const CoachKey *low = &keys[at], *high = &keys[at < last ? at + 1 : at];
    double t = high->m > low->m ? (m - low->m) / (high->m - low->m) : 0;
    CoachKey key = mix_keys(low, high, t);

    Vec3 *joints = out->joints;
    Vec3 c = vec3(1, 0, 0), first = c;
    joints[COACH_PELVIS] = vec3(0, 0, 0);
    for (int i = 0; i < COACH_SPINE; i++) {
        c = vec3(cos(key.spine_deg[i] * DEG2RAD), sin(key.spine_deg[i] * DEG2RAD), 0);
        if (i == 0) first = c;
        joints[COACH_SPINE_1 + i] = vec3_add(joints[COACH_PELVIS + i], vec3_scale(c, coach->spine));
    }
    joints[COACH_SKULL] = vec3_add(joints[COACH_NECK], vec3_scale(key.neck, coach->neck));
    joints[COACH_HEAD] = vec3_add(joints[COACH_SKULL], vec3_scale(key.head, coach->head));
    out->pelvis_rot = key.pelvis_rot_deg * DEG2RAD;
    out->chest_rot = key.chest_rot_deg * DEG2RAD;
    out->roller_x = key.roller_x;
    out->head = key.head;

    Vec3 right, front, girdle;
    coach_trunk_axes(exercise->facing, c, out->chest_rot, &right, &front);
    Vec3 middle = vec3_add(joints[COACH_NECK], vec3_scale(front, key.scap));
    coach_trunk_axes(exercise->facing, c, out->chest_rot * key.girdle[0], &girdle, &front);
    joints[joint_of(COACH_ARM_R, 0)] = vec3_add(middle, vec3_scale(girdle, coach->shoulder));
    coach_trunk_axes(exercise->facing, c, out->chest_rot * key.girdle[1], &girdle, &front);
    joints[joint_of(COACH_ARM_L, 0)] = vec3_sub(middle, vec3_scale(girdle, coach->shoulder));
    coach_trunk_axes(exercise->facing, first, out->pelvis_rot, &right, &front);
    joints[joint_of(COACH_LEG_R, 0)] = vec3_scale(right, coach->hip);
    joints[joint_of(COACH_LEG_L, 0)] = vec3_scale(right, -coach->hip);
    for (int limb = 0; limb < COACH_LIMBS; limb++) {
        const double *bones = coach->bones[limb >= COACH_LEG_R];
        for (int bone = 0; bone < 3; bone++) {
            int joint = joint_of(limb, bone);
            joints[joint + 1] = vec3_add(joints[joint], vec3_scale(key.limb[limb][bone], bones[bone]));
        }
    }

    Vec3 shift = vec3_sub(key.anchor_at, joints[exercise->anchor]);
    for (int i = 0; i < COACH_JOINTS; i++) joints[i] = vec3_add(joints[i], shift);
    for (int i = 0; i < exercise->pin_count; i++) {
        const CoachPin *p = &exercise->pins[i];
        if (low->m >= p->m_low && high->m <= p->m_high) pin(coach, p, &key, joints);
    }
}
