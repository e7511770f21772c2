/* Reports all four kinds of events from several threads until the time is over or the process is killed, and writes
 * down what the plugin promised to keep. Made to be killed with SIGKILL at any moment and started again on the same
 * state directory. */
#ifndef TRADING_HOST_HAMMER_H
#define TRADING_HOST_HAMMER_H
#include "integration/trading_host/host.h"

typedef struct hammer_options {
    int64_t seconds; /* 0: until killed */
    bool until_told; /* or until the standard input ends */
    int64_t threads;
    int64_t rate; /* calls a second at most, of all threads; 0: as many as they can */
    uint64_t seed;
    const char* run; /* part of every key; a new one for each start */
} hammer_options;

/* Appends the members of a JSON object to `answer`. */
bool hammer_run(host* h, const hammer_options* options, buffer* answer);

#endif
