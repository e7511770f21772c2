#include "integration/bench/bare_table.h"

#include "integration/trading_host/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void need(const bare_table* table, int code, int wanted) {
    if (code == wanted) return;
    fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(table->db));
    exit(EXIT_FAILURE);
}

static void run(const bare_table* table, const char* sql) {
    need(table, sqlite3_exec(table->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

void bare_table_open(bare_table* table, const char* path, size_t row_size, size_t rows_a_call) {
    memset(table, 0, sizeof *table);
    need(table, sqlite3_open(path, &table->db), SQLITE_OK);
    run(table, "pragma journal_mode = wal");
    run(table, "pragma synchronous = full");
    run(table, "create table event (id integer primary key, at_us integer not null, body blob not null)");
    need(table, sqlite3_prepare_v2(table->db, "insert into event values (?, ?, ?)", -1, &table->insert, NULL),
         SQLITE_OK);
    table->row = allocate(row_size);
    memset(table->row, 'x', row_size);
    table->row_size = row_size;
    table->rows_a_call = rows_a_call;
    table->next = 1;
}

void bare_table_close(bare_table* table, const char* path) {
    sqlite3_finalize(table->insert);
    sqlite3_close(table->db); /* the last connection removes the log */
    unlink(path);
    free(table->row);
}

void bare_table_insert(void* self, unsigned thread) {
    bare_table* const table = self;
    (void)thread;
    run(table, "begin immediate");
    for (size_t i = 0; i < table->rows_a_call; ++i) {
        sqlite3_bind_int64(table->insert, 1, table->next++);
        sqlite3_bind_int64(table->insert, 2, 1760000000000000);
        sqlite3_bind_blob(table->insert, 3, table->row, (int)table->row_size, SQLITE_STATIC);
        need(table, sqlite3_step(table->insert), SQLITE_DONE);
        sqlite3_reset(table->insert);
    }
    run(table, "commit");
}
