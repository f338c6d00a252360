#include "store/store_private.h"

#include <stdio.h>

void store_setting(Store *store, const char *name, const char *fallback, char *out, size_t size) {
    if (size == 0) return;
    sqlite3_stmt *row =
        sql_prepare(store->db, "SELECT value FROM settings WHERE name = ?1", SQL_VALUES(sql_text(name)));
    if (sql_row(row)) {
        sql_copy_text(out, size, row, 0);
    } else {
        (void)snprintf(out, size, "%s", fallback != NULL ? fallback : "");
    }
    (void)sqlite3_finalize(row);
}

Result store_keep_setting(Store *store, const char *name, const char *value, Error *error) {
    Result result = check_setting(name, value, error);
    if (result != RESULT_OK) return result;
    return sql_do(store->db, error, "The setting could not be kept",
                  "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)",
                  SQL_VALUES(sql_text(name), sql_text(value)));
}
