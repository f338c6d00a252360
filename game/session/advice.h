/* What would have helped most in a set: the one thing that cost the most points. It chooses; the words are
 * the catalogues'. Pure; integers only. */
#ifndef SESSION_ADVICE_H
#define SESSION_ADVICE_H

#include "session/run.h"

typedef enum Advice {
    ADVICE_NONE,    /* nothing cost much */
    ADVICE_REACH,   /* a little further, where it is easy */
    ADVICE_PARTIAL, /* some repetitions turned back before they counted */
    ADVICE_CONTROL, /* flowing, without stops */
    ADVICE_HASTE,   /* slower */
    ADVICE_LINGER,  /* one after the other, without long rests */
    ADVICE_FORM,    /* what this exercise judges */
    ADVICE_STILL,   /* keep still longer where it is asked */
    ADVICE_ZONE,    /* a hold: more of its seconds at the asked place */
    ADVICE_MORE,    /* the set ended before its repetitions were done */
    ADVICE_COUNT
} Advice;

/* Of a run that is over, or as far as it came. */
Advice advice_of(const Run *run);

/* Its key in the catalogues ("reach"); never NULL. */
const char *advice_key(Advice advice);

#endif
