/* What the store's files share: the database, how to say why it would not, and one way to run a statement.
 * sqlite3.h stays in this folder. Texts and numbers are always bound, never pasted into SQL. */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include "store/store.h"

#include <sqlite3.h>

struct Store {
    sqlite3 *db;
    bool durable;
    char replay_folder[512];
};

typedef struct SqlValue {
    enum { SQL_INTEGER, SQL_REAL, SQL_TEXT } kind;
    int64_t integer;
    double real;
    const char *text; /* borrowed until the statement is done */
} SqlValue;

SqlValue sql_int(int64_t value);
SqlValue sql_real(double value);
SqlValue sql_text(const char *value);

/* The values of ?1, ?2 … as two arguments. */
#define SQL_VALUES(...)                                                                                      \
    (const SqlValue[]){ __VA_ARGS__ }, sizeof((const SqlValue[]){ __VA_ARGS__ }) / sizeof(SqlValue)
#define SQL_NOTHING NULL, 0

/* A prepared statement with its values bound, or NULL. The caller finalises it. */
sqlite3_stmt *sql_prepare(sqlite3 *db, const char *text, const SqlValue *values, size_t count);
/* True where there is a (next) row. */
bool sql_row(sqlite3_stmt *statement);
/* Runs a statement that gives no rows. `doing` finishes the sentence "… could not be done", as in "The result
 * could not be kept". */
MUST_CHECK Result sql_do(sqlite3 *db, Error *error, const char *doing, const char *text,
                         const SqlValue *values, size_t count);
/* The first column of the first row, or `fallback`. */
int64_t sql_number(sqlite3 *db, int64_t fallback, const char *text, const SqlValue *values, size_t count);
/* Copies a text column; cut at the end of a character where it does not fit. */
void sql_copy_text(char *out, size_t size, sqlite3_stmt *statement, int column);
/* The sentence for the database's last failure. */
Result sql_failed(sqlite3 *db, Error *error, const char *doing);

/* One transaction; end it with store_end, which rolls back where `result` is a failure and returns what
 * became of it. */
MUST_CHECK Result store_begin(Store *store, Error *error);
MUST_CHECK Result store_end(Store *store, Result result, Error *error);

/* Valid UTF-8 of `low` to `high` characters, none of them a control or a direction mark, not only spaces. */
bool text_is_clean(const char *text, size_t low, size_t high);
/* What may be stored, from the game or from a file. */
MUST_CHECK Result check_name(const char *name, Error *error);
MUST_CHECK Result check_id(const char *id, const char *what, Error *error);
MUST_CHECK Result check_input(int64_t input, Error *error);
MUST_CHECK Result check_result(const StoredResult *result, Error *error);
MUST_CHECK Result check_range(const OwnRange *range, Error *error);
MUST_CHECK Result check_setting(const char *name, const char *value, Error *error);

#endif
