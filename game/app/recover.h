/* A program that was killed in the middle of an exercise has left its repetitions on disk: they become a
 * result, as they stand. */
#ifndef APP_RECOVER_H
#define APP_RECOVER_H

#include "app/content.h"
#include "store/store.h"

void recover_unfinished(Store *store, const Content *content);

#endif
