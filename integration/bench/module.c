#include "integration/bench/module.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void give_up(const char* why, const char* about) {
    fprintf(stderr, "%s: %s\n", about, why);
    exit(EXIT_FAILURE);
}

void module_start(host* h, const char* module, const char* config, const char* directory) {
    buffer log = {0};
    buffer_print(&log, "%s/host.log", directory);
    const host_options options = {
        .module = module, .config = config, .state_dir = directory, .log_file = log.data, .without_commit = true};
    if (!host_open(h, &options)) give_up("the host does not open", directory);
    if (host_start(h) != HCP_OK) give_up("the module does not start, see host.log", directory);
    /* `log.data` belongs to the host's options from now on */
}

void module_stop(host* h) {
    while (host_stop(h, 20000) == HCP_E_TIMEOUT) {
    }
    if (host_destroy(h) != HCP_OK) give_up("the module does not stop", "destroy");
    host_close(h);
}

static int64_t events_in_journal(host* h) {
    static const char key[] = "\"journal\":{\"events\":";
    buffer text = {0};
    if (h->plugin->health(h->plugin, emit_into, &text) != HCP_OK || !text.data) give_up("no health", "module");
    const char* const found = strstr(text.data, key);
    if (!found) give_up("no journal in it", "health");
    const int64_t events = strtoll(found + strlen(key), NULL, 10);
    buffer_free(&text);
    return events;
}

void module_wait_for_store(host* h) {
    const struct timespec pause = {0, 5000000};
    while (events_in_journal(h) > 0) nanosleep(&pause, NULL);
}

sqlite3* database(const char* path, int flags) {
    sqlite3* db = NULL;
    if (sqlite3_open_v2(path, &db, flags, NULL) != SQLITE_OK) give_up(sqlite3_errmsg(db), path);
    sqlite3_busy_timeout(db, 20000);
    return db;
}

int64_t database_number(sqlite3* db, const char* sql) {
    sqlite3_stmt* statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) give_up(sqlite3_errmsg(db), sql);
    const int64_t value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return value;
}
