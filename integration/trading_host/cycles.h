/* Create, start, report a handful, stop, destroy, many times over; what is left behind each time. */
#ifndef TRADING_HOST_CYCLES_H
#define TRADING_HOST_CYCLES_H
#include "integration/trading_host/host.h"

/* A line `cycle threads resident_kib` each, tab separated, cycle 0 being before the first. False when a call was not
 * answered OK or a thread outlived its stop. */
bool cycles_run(host* h, int64_t cycles);

#endif
