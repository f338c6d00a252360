/* The principal axes of a stretch of a three-dimensional signal, and the signal along them. What wanders
 * slower than `tau_s` is taken out first, forward and backward so that nothing is delayed; loud moments weigh
 * no more than quiet ones, so that one large movement (reaching for a strap) does not decide the axis. */
#ifndef MOTION_PRINCIPAL_H
#define MOTION_PRINCIPAL_H

enum { PRINCIPAL_FRAMES_MAX = 1600 };

/* channel[0…2][0…count-1], evenly spaced by `frame_s`; 2 <= count <= PRINCIPAL_FRAMES_MAX. `along` are `axes`
 * (1…3) outputs, strongest first, of `count` values each. */
void principal_project(const float *const channel[3], int count, double frame_s, double tau_s, int axes,
                       float *const along[]);

#endif
