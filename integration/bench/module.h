/* The module under measurement, driven by the reference host. */
#ifndef BENCH_MODULE_H
#define BENCH_MODULE_H
#include "integration/trading_host/host.h"

#include <sqlite3.h>

/* Created and started, with the host's files in `directory`; the program ends where that fails. */
void module_start(host* h, const char* module, const char* config, const char* directory);
void module_stop(host* h);

void module_wait_for_store(host* h); /* until it has all that was accepted */

/* A database is opened and used or the program ends. */
sqlite3* database(const char* path, int flags);
int64_t database_number(sqlite3* db, const char* sql);

_Noreturn void give_up(const char* why, const char* about);

#endif
