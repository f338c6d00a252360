/* How smooth a movement was: spectral arc length (SPARC; Balasubramanian, Melendez-Calderon, Burdet 2012,
 * doi 10.1109/TBME.2011.2179545, in the form of 2015, doi 10.1186/s12984-015-0090-9). A single smooth stroke
 * gives about -1.4…-1.6; stops and jerks give less.
 *
 * One thing differs. The paper measures the arc up to the last frequency whose magnitude is above a
 * threshold; a lobe that just passes it moves that end by whole hertz, and the result with it. Here
 * frequencies fade out of the arc about the same threshold, so that a small change of the movement, or of
 * when it is sampled, is a small change of the result. With a fade of no width it is the paper's formula. */
#ifndef MOTION_SMOOTHNESS_H
#define MOTION_SMOOTHNESS_H

#include <stddef.h>

/* `speed`: magnitudes at `rate_hz`, any unit, count >= 4. Returns a negative number; 0 where there is no
 * movement. */
double smoothness_sparc(const double *speed, size_t count, double rate_hz);

#endif
