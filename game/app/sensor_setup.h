/* Stores a rate to play with in a bought sensor that can be told to (WitMotion): finds what is on the port,
 * says what it would change, and asks. */
#ifndef APP_SENSOR_SETUP_H
#define APP_SENSOR_SETUP_H

#include "core/result.h"

#include <stdbool.h>

/* `yes` asks nothing. RESULT_OK only where the sensor was heard at its new settings, or the player said no.
 */
MUST_CHECK Result sensor_setup(const char *port, bool yes, Error *error);

#endif
