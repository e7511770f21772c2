/* Reports the rows of a file (format: event.h and README.md), in batches, over threads. */
#ifndef TRADING_HOST_FEED_H
#define TRADING_HOST_FEED_H
#include "integration/trading_host/host.h"

#include <stdatomic.h>

typedef struct feed_options {
    const char* file;
    char* host_id;                 /* of rows that name none                                        */
    int64_t batch, threads, times; /* `times` > 1 repeats every row: duplicates must change nothing */
    bool shuffled;                 /* in an order of its own instead of the file's                  */
    uint64_t seed;
    int64_t every_ms;        /* a pause after each call of a thread, so that it goes on for a while         */
    const atomic_bool* stop; /* or NULL: once it is set nothing further is reported                         */
} feed_options;

/* Appends the members of a JSON object to `answer`. False: the file cannot be used, *why says why. */
bool feed_run(host* h, const feed_options* options, buffer* answer, const char** why);

#endif
