#include "madgwick.h"

#include <math.h>

void madgwick_init(Madgwick *m, double beta) {
    *m = (Madgwick){ .q = QUAT_IDENTITY, .beta = beta };
}

void madgwick_update(Madgwick *m, const float gyro[3], const float accel[3], double dt_s) {
    double w = m->q.w, x = m->q.x, y = m->q.y, z = m->q.z;
    double gx = gyro[0], gy = gyro[1], gz = gyro[2];
    double ax = accel[0], ay = accel[1], az = accel[2];
    double dw = 0.5 * (-x * gx - y * gy - z * gz);
    double dx = 0.5 * (w * gx + y * gz - z * gy);
    double dy = 0.5 * (w * gy - x * gz + z * gx);
    double dz = 0.5 * (w * gz + x * gy - y * gx);
    double length2 = ax * ax + ay * ay + az * az;
    if (length2 > 0) {
        double scale = 1 / sqrt(length2);
        ax *= scale;
        ay *= scale;
        az *= scale;
        double f1 = 2 * (x * z - w * y) - ax;
        double f2 = 2 * (w * x + y * z) - ay;
        double f3 = 1 - 2 * (x * x + y * y) - az;
        double sw = -2 * y * f1 + 2 * x * f2;
        double sx = 2 * z * f1 + 2 * w * f2 - 4 * x * f3;
        double sy = -2 * w * f1 + 2 * z * f2 - 4 * y * f3;
        double sz = 2 * x * f1 + 2 * y * f2;
        double step2 = sw * sw + sx * sx + sy * sy + sz * sz;
        if (step2 > 0) {
            double step = m->beta / sqrt(step2);
            dw -= step * sw;
            dx -= step * sx;
            dy -= step * sy;
            dz -= step * sz;
        }
    }
    w += dw * dt_s;
    x += dx * dt_s;
    y += dy * dt_s;
    z += dz * dt_s;
    double scale = 1 / sqrt(w * w + x * x + y * y + z * z);
    m->q = (Quat){ w * scale, x * scale, y * scale, z * scale };
}
