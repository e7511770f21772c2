/* What SQLite alone does: a prepared insert, one transaction for all rows of a call, write-ahead log, every commit
 * synced. */
#ifndef BENCH_BARE_TABLE_H
#define BENCH_BARE_TABLE_H
#include <sqlite3.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bare_table {
    sqlite3* db;
    sqlite3_stmt* insert;
    char* row;
    size_t row_size, rows_a_call;
    int64_t next;
} bare_table;

void bare_table_open(bare_table* table, const char* path, size_t row_size, size_t rows_a_call);
void bare_table_close(bare_table* table, const char* path);
void bare_table_insert(void* table, unsigned thread); /* one thread only; for slice.h */

#ifdef __cplusplus
}
#endif

#endif
