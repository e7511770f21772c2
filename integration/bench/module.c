#include "integration/bench/module.h"

#include "integration/trading_host/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 500 };

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

void module_case(synthetic* out, unsigned thread, uint64_t number, int64_t now_us) {
    synthetic_make(out, "push", thread, number * CASES_PER_PROJECT, now_us);
    snprintf(out->item_code, sizeof out->item_code, "ZC-01");
    out->completion.item_code = text_of(out->item_code);
    out->completion.line = HCP_LINE_GOVERNMENT;
    out->completion.bids_secret = 0;
    out->completion.subject_count = 1;
}

static void report_batch(host* h, case_maker make, synthetic* made, unsigned thread, uint64_t first, size_t count) {
    hcp_completion events[BATCH];
    hcp_result results[BATCH];
    for (size_t i = 0; i < count; ++i) make(&made[i], thread, first + i, host_now(h));
    for (size_t i = 0; i < count; ++i) events[i] = made[i].completion;
    if (host_call(h, COMPLETION, events, count, results) != HCP_OK) give_up("not accepted", "completed");
}

void module_report(host* h, case_maker make, unsigned thread, uint64_t first, uint64_t count) {
    const uint64_t most = count < BATCH ? count : BATCH;
    synthetic* const made = allocate(most * sizeof *made);
    for (const uint64_t end = first + count; first < end; first += most)
        report_batch(h, make, made, thread, first, end - first < most ? end - first : most);
    free(made);
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
