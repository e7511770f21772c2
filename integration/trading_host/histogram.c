#include "integration/trading_host/histogram.h"

#include <time.h>

/* Below 64 ns one bucket each; above, 64 buckets for every doubling. */
static size_t bucket_of(int64_t ns) {
    uint64_t value = ns > 0 ? (uint64_t)ns : 0;
    size_t octave = 0;
    for (; value >= 128; value >>= 1) ++octave;
    const size_t bucket = octave * 64 + (size_t)value;
    return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

static double top_of(size_t bucket) {
    const size_t octave = bucket < 128 ? 0 : bucket / 64 - 1;
    return (double)(bucket - octave * 64 + 1) * (double)(UINT64_C(1) << octave);
}

void histogram_add(histogram* to, int64_t ns) {
    ++to->bucket[bucket_of(ns)];
    ++to->count;
    if (ns > to->max_ns) to->max_ns = ns;
}

void histogram_merge(histogram* to, const histogram* from) {
    for (size_t i = 0; i < HISTOGRAM_BUCKETS; ++i) to->bucket[i] += from->bucket[i];
    to->count += from->count;
    if (from->max_ns > to->max_ns) to->max_ns = from->max_ns;
}

double histogram_us(const histogram* of, double fraction) {
    const double wanted = fraction * (double)of->count;
    uint64_t passed = 0;
    for (size_t i = 0; i < HISTOGRAM_BUCKETS; ++i) {
        passed += of->bucket[i];
        if (passed > 0 && (double)passed >= wanted) {
            const double ns = top_of(i);
            return (ns < (double)of->max_ns ? ns : (double)of->max_ns) / 1000;
        }
    }
    return 0;
}

int64_t steady_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
