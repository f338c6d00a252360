/* Words for the person at the terminal, and the household that the commands share. */
#ifndef APP_SAY_H
#define APP_SAY_H

#include "core/result.h"
#include "store/store.h"

#include <jansson.h>

/* "backbeat: SENTENCE" on standard error; returns the exit code for `result`. */
int say_failure(Result result, const Error *error);
void say_line(const char *format, ...) PRINTF_LIKE(1, 2);

/* A document on standard output, and drops the reference. */
void print_document(json_t *document);

/* Opens the store in the data folder. What is wrong with it is said in one sentence, and the store is used in
 * memory; NULL only where memory is out. */
Store *household_open(void);

#endif
