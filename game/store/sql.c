#include "store/store_private.h"

#include <stdio.h>
#include <string.h>

SqlValue sql_int(int64_t value) {
    return (SqlValue){ .kind = SQL_INTEGER, .integer = value };
}

SqlValue sql_real(double value) {
    return (SqlValue){ .kind = SQL_REAL, .real = value };
}

SqlValue sql_text(const char *value) {
    return (SqlValue){ .kind = SQL_TEXT, .text = value };
}

static int bind(sqlite3_stmt *statement, int at, const SqlValue *value) {
    switch (value->kind) {
    case SQL_INTEGER: return sqlite3_bind_int64(statement, at, value->integer);
    case SQL_REAL: return sqlite3_bind_double(statement, at, value->real);
    case SQL_TEXT: return sqlite3_bind_text(statement, at, value->text, -1, SQLITE_TRANSIENT);
    }
    return SQLITE_MISUSE;
}

sqlite3_stmt *sql_prepare(sqlite3 *db, const char *text, const SqlValue *values, size_t count) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, text, -1, &statement, NULL) != SQLITE_OK) return NULL;
    for (size_t i = 0; i < count; i++) {
        if (bind(statement, (int)i + 1, &values[i]) == SQLITE_OK) continue;
        (void)sqlite3_finalize(statement);
        return NULL;
    }
    return statement;
}

bool sql_row(sqlite3_stmt *statement) {
    return statement != NULL && sqlite3_step(statement) == SQLITE_ROW;
}

Result sql_do(sqlite3 *db, Error *error, const char *doing, const char *text, const SqlValue *values,
              size_t count) {
    sqlite3_stmt *statement = sql_prepare(db, text, values, count);
    if (statement == NULL) return sql_failed(db, error, doing);
    int step = sqlite3_step(statement);
    Result result = step == SQLITE_DONE || step == SQLITE_ROW ? RESULT_OK : sql_failed(db, error, doing);
    (void)sqlite3_finalize(statement);
    return result;
}

int64_t sql_number(sqlite3 *db, int64_t fallback, const char *text, const SqlValue *values, size_t count) {
    sqlite3_stmt *statement = sql_prepare(db, text, values, count);
    int64_t number = sql_row(statement) && sqlite3_column_type(statement, 0) != SQLITE_NULL
                         ? sqlite3_column_int64(statement, 0)
                         : fallback;
    (void)sqlite3_finalize(statement);
    return number;
}

void sql_copy_text(char *out, size_t size, sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    size_t length = text != NULL ? strlen(text) : 0;
    if (text != NULL && length >= size) {
        for (length = size - 1; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;) length--;
    }
    if (text != NULL) memcpy(out, text, length);
    out[length] = '\0';
}

Result sql_failed(sqlite3 *db, Error *error, const char *doing) {
    switch (sqlite3_errcode(db)) {
    case SQLITE_FULL: return error_set(error, RESULT_IO, "%s: the disk is full; make room on it.", doing);
    case SQLITE_IOERR:
        return error_set(error, RESULT_IO,
                         "%s: the disk would not take it or give it; see that it has room and is whole.",
                         doing);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return error_set(
            error, RESULT_IO,
            "%s: the folder or the file may not be written; allow it, or set BACKBEAT_HOME to another.",
            doing);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, RESULT_IO, "%s: another program holds the file; close the other Backbeat.",
                         doing);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error_set(error, RESULT_BAD_DATA, "%s: the file of scores is damaged; move it away.", doing);
    case SQLITE_NOMEM: return error_set(error, RESULT_NO_MEMORY, "%s: out of memory.", doing);
    default: return error_set(error, RESULT_BAD_DATA, "%s: %s.", doing, sqlite3_errmsg(db));
    }
}

Result store_begin(Store *store, Error *error) {
    return sql_do(store->db, error, "The change could not be begun", "BEGIN IMMEDIATE", SQL_NOTHING);
}

Result store_end(Store *store, Result result, Error *error) {
    if (result == RESULT_OK)
        result = sql_do(store->db, error, "The change could not be kept", "COMMIT", SQL_NOTHING);
    if (result == RESULT_OK) return RESULT_OK;
    /* A failed write may have rolled back by itself already. */
    if (!sqlite3_get_autocommit(store->db)) (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return result;
}
