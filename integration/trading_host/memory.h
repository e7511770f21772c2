/* What this process holds of memory. */
#ifndef TRADING_HOST_MEMORY_H
#define TRADING_HOST_MEMORY_H

long resident_kib(void); /* 0: it cannot be read */

#endif
