/* The database's versions: an ordered list of steps, where a new version is a new row. A step that has been
 * released is never changed. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "core/result.h"

struct sqlite3;

/* The newest version this program knows. */
int schema_version(void);

/* Brings a database up to `version` (at most schema_version()) in one transaction. Writes even where nothing
 * is to do, so that what can't be written is known at once. */
MUST_CHECK Result schema_migrate(struct sqlite3 *db, int version, Error *error);

/* Refuses what must not be touched: damaged, made by a newer version, not ours. RESULT_BAD_DATA; `name` is
 * for the sentence. Only reads. */
MUST_CHECK Result schema_check(struct sqlite3 *db, const char *name, Error *error);

/* After migrating: every table is there with its columns. */
MUST_CHECK Result schema_verify(struct sqlite3 *db, const char *name, Error *error);

#endif
