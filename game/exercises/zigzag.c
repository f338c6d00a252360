#include "exercises/zigzag.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { NEIGHBOURS = 5 }; /* to either side */

static void add(Zigzag *z, const float *values, int at) {
    if (z->count == ZIGZAG_MAX) {
        /* Too jerky to be an exercise: what is oldest is forgotten, two points so that up stays up. */
        memmove(z->at, z->at + 2, (ZIGZAG_MAX - 2) * sizeof *z->at);
        memmove(z->value, z->value + 2, (ZIGZAG_MAX - 2) * sizeof *z->value);
        z->count -= 2;
    }
    z->at[z->count] = at;
    z->value[z->count++] = values[at];
}

void zigzag_make(Zigzag *z, const float *values, int first, int count, double turn) {
    int high = first, low = first, way = 0;
    z->count = 0;
    for (int i = first; i < count; i++) {
        if (way >= 0 && values[i] > values[high]) high = i;
        if (way <= 0 && values[i] < values[low]) low = i;
        if (way >= 0 && values[high] - values[i] > turn && high >= low) {
            if (way == 0 && low < high && values[high] - values[low] > turn) add(z, values, low);
            add(z, values, high);
            way = -1;
            low = i;
        } else if (way <= 0 && values[i] - values[low] > turn && low >= high) {
            if (way == 0 && high < low && values[high] - values[low] > turn) add(z, values, high);
            add(z, values, low);
            way = 1;
            high = i;
        }
    }
    if (way > 0) add(z, values, high);
    if (way < 0) add(z, values, low);
}

double zigzag_stroke(const Zigzag *z, int i) {
    return fabs((double)z->value[i + 1] - z->value[i]);
}

double zigzag_typical(const Zigzag *z, int i) {
    double sorted[2 * NEIGHBOURS + 1];
    int count = 0;
    for (int j = i - NEIGHBOURS; j <= i + NEIGHBOURS; j++) {
        if (j < 0 || j >= z->count - 1) continue;
        double length = zigzag_stroke(z, j);
        int at = count++;
        while (at > 0 && sorted[at - 1] > length) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = length;
    }
    if (count == 0) return 0;
    return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

static double relative(const Zigzag *z, int i, double floor) {
    double length = zigzag_stroke(z, i);
    /* All that is under the floor comes before what is only smaller than its neighbours. */
    if (length < floor) return length / floor - 2;
    return length / zigzag_typical(z, i);
}

static void take_out(Zigzag *z, int at, int count) {
    int rest = z->count - at - count;
    memmove(z->at + at, z->at + at + count, (size_t)rest * sizeof *z->at);
    memmove(z->value + at, z->value + at + count, (size_t)rest * sizeof *z->value);
    z->count -= count;
}

void zigzag_smooth(Zigzag *z, double floor, double share) {
    double size[ZIGZAG_MAX];
    int strokes = z->count - 1;
    for (int i = 0; i < strokes; i++) size[i] = relative(z, i, floor);
    while (strokes > 0) {
        int worst = 0;
        for (int i = 1; i < strokes; i++) {
            if (size[i] < size[worst]) worst = i;
        }
        if (size[worst] >= share) return;
        bool edge = worst == 0 || worst == strokes - 1;
        int from = edge ? worst : worst - 1; /* the first stroke that is new */
        if (edge) {
            take_out(z, worst == 0 ? 0 : z->count - 1, 1);
        } else {
            take_out(z, worst, 2);
        }
        strokes = z->count - 1;
        if (strokes <= 0) break;
        int gone = edge ? 1 : 2;
        if (from < strokes) memmove(size + from, size + from + gone, (size_t)(strokes - from) * sizeof *size);
        for (int i = from - NEIGHBOURS - 1; i <= from + NEIGHBOURS + 1; i++) {
            if (i >= 0 && i < strokes) size[i] = relative(z, i, floor);
        }
    }
    if (z->count == 1) z->count = 0;
}
