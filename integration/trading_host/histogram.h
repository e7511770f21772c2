/* Durations counted in buckets of at most 1.6 % width, so that any number of them takes the same memory. */
#ifndef TRADING_HOST_HISTOGRAM_H
#define TRADING_HOST_HISTOGRAM_H
#include <stddef.h>
#include <stdint.h>

enum { HISTOGRAM_BUCKETS = 64 * 40 };

typedef struct histogram {
    uint64_t bucket[HISTOGRAM_BUCKETS], count;
    int64_t max_ns;
} histogram;

void histogram_add(histogram* to, int64_t ns);
void histogram_merge(histogram* to, const histogram* from);
/* The duration that `fraction` of them do not exceed; 0 when there are none. */
double histogram_us(const histogram* of, double fraction);

int64_t steady_ns(void);

#endif
