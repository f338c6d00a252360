/* What a call that can fail returns, and the one sentence that goes with it. */
#ifndef CORE_RESULT_H
#define CORE_RESULT_H

#if defined(__GNUC__)
#define MUST_CHECK               __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define MUST_CHECK
#define PRINTF_LIKE(text, first)
#endif

/* The name says whose fault it is. */
typedef enum Result {
    RESULT_OK = 0,
    RESULT_BAD_USAGE, /* what was asked for does not exist: an option, an exercise, a level */
    RESULT_BAD_DATA,  /* a file's or a device's contents */
    RESULT_IO,        /* the system would not: permission, space, a missing file */
    RESULT_NO_DEVICE, /* the sensor, the sound card or the display is not there */
    RESULT_NO_MEMORY,
} Result;

/* One clear sentence that names the thing and the remedy; UTF-8, for a person. Empty where nothing failed. */
typedef struct Error {
    char text[400];
} Error;

/* Writes the sentence (`error` may be NULL) and returns `result`, so that a failure is one line:
 * return error_set(error, RESULT_BAD_DATA, "%s, line %d: …", name, line); */
Result error_set(Error *error, Result result, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
