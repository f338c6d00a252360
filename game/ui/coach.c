#include "ui/coach.h"

#include "ui/coach_draw.h"
#include "ui/coach_poses.h"

#include <math.h>
#include <string.h>

#define COLOUR_TROUSERS     COLOUR(0x5B6AA8)
#define COLOUR_TROUSERS_FAR COLOUR(0x465388)
#define COLOUR_SLEEVE_FAR   COLOUR(0xCF6E4E)
#define COLOUR_HAIR         COLOUR(0x4A3566)
#define COLOUR_RIM          COLOUR(0x3A2A55)
#define COLOUR_MAT          COLOUR(0x3E6C86)
#define COLOUR_WOOD         COLOUR(0x8C80B4)
#define COLOUR_WOOD_DARK    COLOUR(0x5A5278)
#define COLOUR_ROLLER       COLOUR(0x2F7D74)

/* Of the drawing, in body heights. */
#define MAT_HALF     0.1   /* half of the mat's width */
#define MAT_MARGIN   0.04  /* beyond the figure at each end */
#define MAT_THICK    0.042 /* its rounded edge */
#define MAT_EDGE_MAX 10.0f /* units: a large mat is no thicker */
#define SLEEVE       0.36  /* share of the upper arm */
#define TROUSER_LEG  0.62  /* share of the shank */
#define TROUSER_TOP  0.2   /* share of the trunk */
#define STRAP_AT     0.66  /* share of the trunk */
#define GIRDLE       0.0345
#define RIM          0.0066
#define TURNED_AWAY  (-0.3) /* depth of the chest's front, from which its front is hidden */

enum { SPINE_SAMPLES = 32, ROUND_STEPS_MAX = 40 };

/* A pose seen by its camera. */
typedef struct View {
    const Coach *coach;
    const CoachExercise *exercise;
    CoachPose pose;
    double cos_yaw, sin_yaw, cos_pitch, sin_pitch;
    CoachPlace place;
    double shift;  /* body heights from the pose's x = 0 to the place's middle */
    double mirror; /* -1 mirrors */
    double breath;
    DrawList *list;
} View;

static View look(const Coach *coach, const CoachExercise *exercise, double m) {
    View v = { .coach = coach, .exercise = exercise, .mirror = 1 };
    coach_pose(coach, exercise, m, &v.pose);
    v.cos_yaw = cos(exercise->yaw_deg * DEG2RAD);
    v.sin_yaw = sin(exercise->yaw_deg * DEG2RAD);
    v.cos_pitch = cos(exercise->pitch_deg * DEG2RAD);
    v.sin_pitch = sin(exercise->pitch_deg * DEG2RAD);
    return v;
}

static double depth_of(const View *v, Vec3 p) {
    return p.x * v->sin_yaw + p.z * v->cos_yaw;
}

/* Body heights on the picture, y up. */
static Point project(const View *v, Vec3 p) {
    double x = p.x * v->cos_yaw - p.z * v->sin_yaw;
    double y = p.y * v->cos_pitch - depth_of(v, p) * v->sin_pitch;
    return (Point){ (float)x, (float)y };
}

static Point to_picture(const View *v, Point p) {
    double x = ((double)p.x - v->shift) * v->mirror;
    return (Point){ v->place.x + (float)x * v->place.height, v->place.ground_y - p.y * v->place.height };
}

static Point screen(const View *v, Vec3 p) {
    return to_picture(v, project(v, p));
}

static float units(const View *v, double body) {
    return (float)body * v->place.height;
}

/* Steps of half a circle that look round on a picture three times as fine as the units. */
static int round_steps(float radius) {
    int steps = (int)ceilf(5 * sqrtf(radius));
    return steps < 6 ? 6 : steps > ROUND_STEPS_MAX ? ROUND_STEPS_MAX : steps;
}

/* Two circles and what lies between them. */
static void capsule(const View *v, Point a, double radius_a, Point b, double radius_b, Colour colour) {
    float ra = units(v, radius_a), rb = units(v, radius_b);
    float length = hypotf(b.x - a.x, b.y - a.y);
    if (length <= fabsf(ra - rb) + 0.01f) {
        bool first = ra > rb;
        draw_disc(v->list, first ? a.x : b.x, first ? a.y : b.y, first ? ra : rb, colour);
        return;
    }
    float along = atan2f(b.y - a.y, b.x - a.x), lean = acosf((ra - rb) / length);
    Point points[2 * (ROUND_STEPS_MAX + 1)];
    int count = 0, steps = round_steps(fmaxf(ra, rb));
    for (int i = 0; i <= steps; i++) { /* round the far end */
        float t = along - lean + 2 * lean * (float)i / (float)steps;
        points[count++] = (Point){ b.x + rb * cosf(t), b.y + rb * sinf(t) };
    }
    float rest = 2 * (float)PI - 2 * lean;
    for (int i = 0; i <= steps; i++) { /* and back round the near one */
        float t = along + lean + rest * (float)i / (float)steps;
        points[count++] = (Point){ a.x + ra * cosf(t), a.y + ra * sinf(t) };
    }
    draw_polygon(v->list, points, count, colour);
}

static const Vec3 *limb_joints(const View *v, CoachLimb limb) {
    return &v->pose.joints[COACH_LIMB_JOINTS + 4 * (int)limb];
}

static Point part_way(Point a, Point b, double t) {
    return (Point){ a.x + (b.x - a.x) * (float)t, a.y + (b.y - a.y) * (float)t };
}

static void draw_bones(const View *v, CoachLimb limb, double grow, const Colour colours[3]) {
    const Vec3 *joints = limb_joints(v, limb);
    const double(*radii)[2] = v->coach->radii[limb >= COACH_LEG_R];
    static const int arm_order[3] = { 0, 1, 2 }, leg_order[3] = { 2, 1, 0 };
    for (int i = 0; i < 3; i++) {
        int bone = limb >= COACH_LEG_R ? leg_order[i] : arm_order[i];
        Point a = screen(v, joints[bone]), b = screen(v, joints[bone + 1]);
        capsule(v, a, radii[bone][0] + grow, b, radii[bone][1] + grow, colours[bone]);
        if (limb < COACH_LEG_R || bone != 1) continue;
        double end = radii[1][0] + (radii[1][1] - radii[1][0]) * TROUSER_LEG;
        capsule(v, a, radii[1][0] + grow, part_way(a, b, TROUSER_LEG), end * 1.08 + grow, colours[0]);
    }
}

static void draw_leg(const View *v, CoachLimb limb, bool near) {
    Colour skin = near ? COLOUR_PAPER : COLOUR_PAPER_DIM;
    draw_bones(v, limb, 0, (Colour[]){ near ? COLOUR_TROUSERS : COLOUR_TROUSERS_FAR, skin, skin });
}

static void draw_arm(const View *v, CoachLimb limb, bool near) {
    Colour skin = near ? COLOUR_PAPER : COLOUR_PAPER_DIM, rim = colour_alpha(COLOUR_RIM, 0.3f);
    if (near) draw_bones(v, limb, RIM, (Colour[]){ rim, rim, rim });
    draw_bones(v, limb, 0, (Colour[]){ skin, skin, skin });
    const Vec3 *joints = limb_joints(v, limb);
    const double *radii = v->coach->radii[0][0];
    Point a = screen(v, joints[0]), b = part_way(a, screen(v, joints[1]), SLEEVE);
    double end = radii[0] + (radii[1] - radii[0]) * SLEEVE;
    capsule(v, a, radii[0] * 1.18, b, end * 1.14, near ? COLOUR_EMBER : COLOUR_SLEEVE_FAR);
}

static double outline_at(const CoachOutline *outline, int count, double share) {
    for (int i = 1; i < count; i++) {
        if (share > outline[i].at) continue;
        double t = (share - outline[i - 1].at) / (outline[i].at - outline[i - 1].at);
        return outline[i - 1].half + (outline[i].half - outline[i - 1].half) * fmax(0, t);
    }
    return outline[count - 1].half;
}

/* A place along the back, smooth through its joints (Catmull-Rom), with the way the spine points there. */
static Vec3 spine_at(const View *v, double share, Vec3 *along) {
    const Vec3 *p = &v->pose.joints[COACH_PELVIS];
    double at = fmin(share, 0.9999) * COACH_SPINE;
    int i = (int)at;
    double t = at - i;
    Vec3 a = p[i], b = p[i + 1];
    Vec3 slope_a = i > 0 ? vec3_scale(vec3_sub(b, p[i - 1]), 0.5) : vec3_sub(b, a);
    Vec3 slope_b = i + 2 <= COACH_SPINE ? vec3_scale(vec3_sub(p[i + 2], a), 0.5) : vec3_sub(b, a);
    double t2 = t * t, t3 = t2 * t;
    Vec3 at_curve =
        vec3_add(vec3_add(vec3_scale(a, 2 * t3 - 3 * t2 + 1), vec3_scale(slope_a, t3 - 2 * t2 + t)),
                 vec3_add(vec3_scale(b, 3 * t2 - 2 * t3), vec3_scale(slope_b, t3 - t2)));
    Vec3 slope = vec3_add(
        vec3_add(vec3_scale(vec3_sub(b, a), 6 * t - 6 * t2), vec3_scale(slope_a, 3 * t2 - 4 * t + 1)),
        vec3_scale(slope_b, 3 * t2 - 2 * t));
    *along = vec3_unit(slope);
    return at_curve;
}

typedef struct TrunkPoint {
    Point middle, normal; /* on the picture; the normal to the right of the way up the spine */
    float half;           /* units */
    Vec3 at, front;
    double deep;
} TrunkPoint;

static TrunkPoint trunk_at(const View *v, double share) {
    Vec3 c, right, front;
    TrunkPoint p = { .at = spine_at(v, share, &c) };
    coach_trunk_axes(v->exercise->facing, c,
                     v->pose.pelvis_rot + (v->pose.chest_rot - v->pose.pelvis_rot) * share, &right, &front);
    Point way = project(v, c);
    double length = hypot((double)way.x, (double)way.y);
    double nx = length > 1e-6 ? way.y / length : 0, ny = length > 1e-6 ? -way.x / length : 1;
    Point r = project(v, right), f = project(v, front);
    double wide = outline_at(v->coach->width, v->coach->width_count, share) * (r.x * nx + r.y * ny);
    double deep = outline_at(v->coach->depth, v->coach->depth_count, share) * (1 + 0.03 * v->breath);
    double half = hypot(wide, deep * (f.x * nx + f.y * ny));
    p.middle = screen(v, p.at);
    p.normal = (Point){ (float)(nx * v->mirror), (float)-ny };
    p.half = units(v, half);
    p.front = front;
    p.deep = deep;
    return p;
}

static void draw_trunk_part(const View *v, double from, double to, bool rounded, Colour colour) {
    Point points[2 * (SPINE_SAMPLES + 1) + ROUND_STEPS_MAX];
    int count = 0, samples = (int)(SPINE_SAMPLES * (to - from)) + 2;
    if (samples > SPINE_SAMPLES) samples = SPINE_SAMPLES;
    for (int side = 1; side >= -1; side -= 2) {
        for (int i = 0; i <= samples; i++) {
            double t = (double)(side > 0 ? i : samples - i) / samples;
            TrunkPoint p = trunk_at(v, from + (to - from) * t);
            float reach = p.half * (float)side;
            points[count++] = (Point){ p.middle.x + p.normal.x * reach, p.middle.y + p.normal.y * reach };
        }
    }
    if (rounded) { /* the seat */
        TrunkPoint p = trunk_at(v, from);
        Point way = { -p.normal.y * (float)v->mirror, p.normal.x * (float)v->mirror }; /* down the spine */
        TrunkPoint above = trunk_at(v, from + 0.05);
        if (way.x * (above.middle.x - p.middle.x) + way.y * (above.middle.y - p.middle.y) > 0)
            way = (Point){ -way.x, -way.y };
        int steps = round_steps(p.half);
        for (int i = 1; i < steps; i++) {
            float t = (float)PI * (float)i / (float)steps;
            float across = -cosf(t) * p.half,
                  down = sinf(t) * p.half * (1.25f * fabsf(way.x) + 0.8f * fabsf(way.y));
            points[count++] = (Point){ p.middle.x + p.normal.x * across + way.x * down,
                                       p.middle.y + p.normal.y * across + way.y * down };
        }
    }
    draw_polygon(v->list, points, count, colour);
}

static void draw_sensor(const View *v, Point at) {
    draw_disc(v->list, at.x, at.y, units(v, 0.0574), colour_alpha(COLOUR_MINT, 0.22f));
    draw_disc(v->list, at.x, at.y, units(v, 0.0395), colour_alpha(COLOUR_MINT, 0.28f));
    float w = units(v, 0.0442), h = units(v, 0.0353);
    draw_rect(v->list, at.x - w / 2, at.y - h / 2, w, h, units(v, 0.01), COLOUR_INK);
    draw_disc(v->list, at.x, at.y, units(v, 0.0095), COLOUR_MINT);
}

static void draw_trunk(const View *v) {
    draw_trunk_part(v, TROUSER_TOP - 0.02, 1, false, COLOUR_EMBER);
    TrunkPoint collar = trunk_at(v, 1);
    draw_disc(v->list, collar.middle.x, collar.middle.y, collar.half, COLOUR_EMBER);
    Point right = screen(v, limb_joints(v, COACH_ARM_R)[0]), left = screen(v, limb_joints(v, COACH_ARM_L)[0]);
    capsule(v, right, GIRDLE, left, GIRDLE, COLOUR_EMBER);
    draw_trunk_part(v, 0, TROUSER_TOP, true, COLOUR_TROUSERS);
    if (v->exercise->band) return; /* the sensor is at the wrist */
    TrunkPoint p = trunk_at(v, STRAP_AT);
    float reach = p.half - units(v, 0.009); /* the line's round ends stay inside */
    Point ends[2] = { { p.middle.x + p.normal.x * reach, p.middle.y + p.normal.y * reach },
                      { p.middle.x - p.normal.x * reach, p.middle.y - p.normal.y * reach } };
    draw_line(v->list, ends[0].x, ends[0].y, ends[1].x, ends[1].y, units(v, 0.02), COLOUR_INK);
    if (depth_of(v, p.front) < TURNED_AWAY) return;
    draw_sensor(v, screen(v, vec3_add(p.at, vec3_scale(p.front, p.deep * 0.96))));
}

static Point ball_at(const View *v, CoachBall ball, Vec3 front) {
    Vec3 head = v->pose.joints[COACH_HEAD];
    return screen(v,
                  vec3_add(head, vec3_add(vec3_scale(front, ball.front), vec3_scale(v->pose.head, ball.up))));
}

static void draw_hair(const View *v, Vec3 front) {
    const Coach *c = v->coach;
    Point bun = ball_at(v, c->bun, front), hair = ball_at(v, c->hair, front);
    draw_disc(v->list, bun.x, bun.y, units(v, c->bun.r + RIM), COLOUR_PAPER);
    draw_disc(v->list, hair.x, hair.y, units(v, c->hair.r + RIM), COLOUR_PAPER);
    draw_disc(v->list, bun.x, bun.y, units(v, c->bun.r), COLOUR_HAIR);
    draw_disc(v->list, hair.x, hair.y, units(v, c->hair.r), COLOUR_HAIR);
}

static void draw_head(const View *v) {
    Vec3 right, front;
    coach_trunk_axes(v->exercise->facing, v->pose.head, v->pose.chest_rot, &right, &front);
    bool away = depth_of(v, front) < TURNED_AWAY;
    if (!away) draw_hair(v, front);
    capsule(v, ball_at(v, v->coach->brow, front), v->coach->brow.r, ball_at(v, v->coach->jaw, front),
            v->coach->jaw.r, COLOUR_PAPER);
    if (away) draw_hair(v, front);
}

/* ---- Things around the figure ---- */

static void draw_mat(const View *v) {
    const CoachExercise *e = v->exercise;
    Point corners[5] = { screen(v, vec3(e->mat_low, 0, -MAT_HALF)),
                         screen(v, vec3(e->mat_high, 0, -MAT_HALF)),
                         screen(v, vec3(e->mat_high, 0, MAT_HALF)),
                         screen(v, vec3(e->mat_low, 0, MAT_HALF)) };
    corners[4] = corners[0];
    Colour colour = v->place.mat.a > 0 ? v->place.mat : COLOUR_MAT;
    draw_polygon(v->list, corners, 4, colour);
    draw_stroke(v->list, corners, 5, fminf(units(v, MAT_THICK), MAT_EDGE_MAX), colour);
}

/* A flat-sided piece whose place is given in the picture plane of the figure. */
static void draw_box(const View *v, double x, double y, double w, double h, double radius, Colour colour) {
    Point at = screen(v, vec3(x, y, 0));
    float width = units(v, w), height = units(v, h);
    draw_rect(v->list, v->mirror < 0 ? at.x - width : at.x, at.y, width, height, units(v, radius), colour);
}

static void draw_leg_of(const View *v, double x0, double y0, double x1, double y1, double width) {
    Point a = screen(v, vec3(x0, y0, 0)), b = screen(v, vec3(x1, y1, 0));
    draw_line(v->list, a.x, a.y, b.x, b.y, units(v, width), COLOUR_WOOD_DARK);
}

static void draw_bench(const View *v) {
    draw_leg_of(v, 0.425, 0.22, 0.425, 0.02, 0.03);
    draw_leg_of(v, 0.545, 0.22, 0.545, 0.02, 0.03);
    draw_box(v, 0.375, 0.285, 0.22, 0.07, 0.02, COLOUR_WOOD);
}

/* Seen from its front: placed on the picture, not in space. */
static void draw_stool(const View *v) {
    Point seat = screen(v, v->pose.joints[COACH_PELVIS]);
    float top = seat.y + units(v, 0.072), bottom = v->place.ground_y + units(v, 0.05);
    for (int side = -1; side <= 1; side += 2) {
        float x = seat.x + (float)side * units(v, 0.09);
        draw_line(v->list, x, top + units(v, 0.04), x + (float)side * units(v, 0.03), bottom, units(v, 0.028),
                  COLOUR_WOOD_DARK);
    }
    draw_rect(v->list, seat.x - units(v, 0.13), top, units(v, 0.26), units(v, 0.05), units(v, 0.02),
              COLOUR_WOOD);
}

static void draw_band(const View *v) {
    Point right = screen(v, limb_joints(v, COACH_ARM_R)[3]), left = screen(v, limb_joints(v, COACH_ARM_L)[3]);
    draw_line(v->list, right.x, right.y, left.x, left.y, units(v, 0.0255), COLOUR_MINT);
}

static void draw_roller(const View *v) {
    Point at = screen(v, vec3(v->pose.roller_x, 0.0442, 0));
    draw_disc(v->list, at.x, at.y, units(v, 0.0442), COLOUR_MINT);
    draw_disc(v->list, at.x, at.y, units(v, 0.0221), COLOUR_ROLLER);
}

static double arm_depth(const View *v, CoachLimb limb) {
    const Vec3 *j = limb_joints(v, limb);
    return (1.2 * depth_of(v, j[0]) + depth_of(v, j[1]) + 0.6 * depth_of(v, j[2])) / 2.8;
}

static double leg_depth(const View *v, CoachLimb limb) {
    const Vec3 *j = limb_joints(v, limb);
    return (1.2 * depth_of(v, j[0]) + depth_of(v, j[1]) + 0.6 * depth_of(v, j[2])) / 2.8;
}

static void draw_figure(const View *v) {
    bool right_near =
        depth_of(v, limb_joints(v, COACH_ARM_R)[0]) >= depth_of(v, limb_joints(v, COACH_ARM_L)[0]);
    bool right_hip_near =
        depth_of(v, limb_joints(v, COACH_LEG_R)[0]) >= depth_of(v, limb_joints(v, COACH_LEG_L)[0]);
    CoachLimb near_arm = right_near ? COACH_ARM_R : COACH_ARM_L,
              far_arm = right_near ? COACH_ARM_L : COACH_ARM_R;
    CoachLimb near_leg = right_hip_near ? COACH_LEG_R : COACH_LEG_L,
              far_leg = right_hip_near ? COACH_LEG_L : COACH_LEG_R;
    double neck = depth_of(v, v->pose.joints[COACH_NECK]);
    bool far_behind = arm_depth(v, far_arm) < neck - 0.012,
         near_behind = arm_depth(v, near_arm) < neck + 0.06;
    bool far_leg_first = leg_depth(v, far_leg) <= arm_depth(v, far_arm);

    if (far_leg_first) draw_leg(v, far_leg, false);
    if (far_behind) draw_arm(v, far_arm, false);
    if (!far_leg_first) draw_leg(v, far_leg, false);
    Point neck_at = screen(v, v->pose.joints[COACH_NECK]), skull = screen(v, v->pose.joints[COACH_SKULL]);
    capsule(v, neck_at, v->coach->neck_radii[0], skull, v->coach->neck_radii[1], COLOUR_PAPER_DIM);
    draw_trunk(v);
    if (!far_behind) draw_arm(v, far_arm, false);
    draw_head(v);
    if (near_behind) draw_arm(v, near_arm, true);
    draw_leg(v, near_leg, true);
    if (!near_behind) draw_arm(v, near_arm, true);
}

static View view_at(const Coach *coach, const CoachExercise *exercise, float m, Side side, CoachPlace place) {
    View v = look(coach, exercise, m);
    v.place = place;
    v.shift = (exercise->left + exercise->right) / 2;
    v.mirror = side != SIDE_NONE && exercise->moves != SIDE_NONE && side != exercise->moves ? -1 : 1;
    return v;
}

void coach_draw(const Coach *coach, const char *exercise, float m, float breath, Side side, CoachPlace place,
                DrawList *list) {
    const CoachExercise *e = coach_exercise(coach, exercise);
    if (e == NULL) return;
    View v = view_at(coach, e, m, side, place);
    v.breath = breath;
    v.list = list;
    if (e->mat) draw_mat(&v);
    if (e->stool) draw_stool(&v);
    if (e->bench) draw_bench(&v);
    if (e->roller) draw_roller(&v);
    draw_figure(&v);
    if (!e->band) return;
    draw_sensor(&v, screen(&v, limb_joints(&v, COACH_ARM_R)[2]));
    draw_band(&v);
}

Point coach_joint(const Coach *coach, const char *exercise, float m, Side side, CoachPlace place,
                  CoachJoint joint) {
    const CoachExercise *e = coach_exercise(coach, exercise);
    if (e == NULL) return (Point){ place.x, place.ground_y };
    View v = view_at(coach, e, m, side, place);
    return screen(&v, v.pose.joints[joint]);
}

CoachJoint coach_leading_joint(const CoachExercise *exercise) {
    const CoachKey *last = &exercise->keys[exercise->key_count - 1];
    CoachLimb arm = exercise->moves == SIDE_LEFT ? COACH_ARM_L : COACH_ARM_R;
    if (exercise->moves != SIDE_NONE || exercise->band) {
        bool elbow =
            vec3_dot(last->limb[arm][0], last->limb[arm][1]) < 0; /* a bent arm leads with its elbow */
        return (CoachJoint)(COACH_LIMB_JOINTS + 4 * (int)arm + (elbow ? 1 : 3));
    }
    return exercise->roller ? COACH_PELVIS : COACH_SPINE_3;
}

void coach_range(const CoachExercise *exercise, float *low, float *high) {
    *low = (float)exercise->keys[0].m;
    *high = (float)exercise->keys[exercise->key_count - 1].m;
}

void coach_measure(const Coach *coach, CoachExercise *exercise) {
    enum { STEPS = 12 };
    const double thick = 0.06, hair = 0.1,
                 high_arm = 0.45; /* limbs have width; an arm in the air needs no mat */
    double first = exercise->keys[0].m, last = exercise->keys[exercise->key_count - 1].m;
    exercise->mat_low = exercise->left = exercise->bottom = INFINITY;
    exercise->mat_high = exercise->right = exercise->top = -INFINITY;
    for (int pass = 0; pass < 2; pass++) { /* the mat first: it counts in the second */
        for (int step = 0; step <= STEPS; step++) {
            View v = look(coach, exercise, first + (last - first) * step / STEPS);
            for (int i = 0; i < COACH_JOINTS; i++) {
                Vec3 joint = v.pose.joints[i];
                Point p = project(&v, joint);
                if (joint.y < high_arm) {
                    exercise->mat_low = fmin(exercise->mat_low, joint.x - (pass == 0 ? MAT_MARGIN : 0));
                    exercise->mat_high = fmax(exercise->mat_high, joint.x + (pass == 0 ? MAT_MARGIN : 0));
                }
                double round = i == COACH_HEAD ? hair : thick;
                exercise->left = fmin(exercise->left, (double)p.x - round);
                exercise->right = fmax(exercise->right, (double)p.x + round);
                exercise->top = fmax(exercise->top, (double)p.y + round);
                exercise->bottom = fmin(exercise->bottom, (double)p.y - 0.03);
            }
            if (pass == 0 || !exercise->mat) continue;
            for (int corner = 0; corner < 4; corner++) {
                Point p = project(&v, vec3(corner % 2 ? exercise->mat_high : exercise->mat_low, 0,
                                           corner / 2 ? MAT_HALF : -MAT_HALF));
                exercise->left = fmin(exercise->left, (double)p.x - MAT_THICK / 2);
                exercise->right = fmax(exercise->right, (double)p.x + MAT_THICK / 2);
                exercise->bottom = fmin(exercise->bottom, (double)p.y - MAT_THICK / 2);
            }
        }
    }
    if (exercise->bench) exercise->right = fmax(exercise->right, 0.6);
}

CoachPlace coach_fit(const Coach *coach, const char *exercise, float x, float y, float w, float h) {
    CoachPlace place = { .x = x + w / 2, .ground_y = y + h, .height = h };
    const CoachExercise *e = coach_exercise(coach, exercise);
    if (e == NULL) return place;
    float across = w / (float)(e->right - e->left), along = h / (float)(e->top - e->bottom);
    place.height = fminf(across, along);
    place.ground_y = y + h / 2 + place.height * (float)(e->top + e->bottom) / 2;
    return place;
}
