/* How long `completed` keeps its caller waiting, second by second. */
#ifndef TRADING_HOST_LATENCY_H
#define TRADING_HOST_LATENCY_H
#include "integration/trading_host/host.h"

typedef struct latency_options {
    int64_t seconds, threads, batch;
    int64_t calls_per_s; /* of all threads together; 0: as fast as it goes */
    const char* run;
} latency_options;

/* One JSON object a line on stdout: every second, then the total. */
bool latency_run(host* h, const latency_options* options);

#endif
