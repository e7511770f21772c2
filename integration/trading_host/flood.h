/* One call with as many events as a host may have, while a subject rates; and a stop right behind it. */
#ifndef TRADING_HOST_FLOOD_H
#define TRADING_HOST_FLOOD_H
#include "integration/trading_host/host.h"

/* Create, start, the call, stop within 3 s each until it succeeds, destroy. Prints a table of `what figure`, tab
 * separated: how long the call and the longest rating during it took, how often stop was called, and the memory before
 * the call and at its height since. Judges the answers and no figure: false when one is not as the header says. */
bool flood_run(host* h, int64_t events);

#endif
