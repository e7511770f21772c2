/* The module under measurement, driven by the reference host. */
#ifndef BENCH_MODULE_H
#define BENCH_MODULE_H
#include "integration/trading_host/host.h"
#include "integration/trading_host/synthetic.h"

#include <sqlite3.h>

/* Created and started, with the host's files in `directory`; the program ends where that fails. */
void module_start(host* h, const char* module, const char* config, const char* directory);
void module_stop(host* h);

/* One subject, a known item, nothing secret, a project of its own: what the province gets at once, one message each. */
void module_case(synthetic* out, unsigned thread, uint64_t number, int64_t now_us);
/* `count` cases from number `first` on, 500 in a call; accepted, or the program ends. */
typedef void (*case_maker)(synthetic* out, unsigned thread, uint64_t number, int64_t now_us);
void module_report(host* h, case_maker make, unsigned thread, uint64_t first, uint64_t count);

void module_wait_for_store(host* h); /* until it has all that was accepted */

/* A database is opened and used or the program ends. */
sqlite3* database(const char* path, int flags);
int64_t database_number(sqlite3* db, const char* sql);

_Noreturn void give_up(const char* why, const char* about);

#endif
