/* One slice of time in which some threads make the same call over and over. */
#ifndef BENCH_SLICE_H
#define BENCH_SLICE_H
#include <stddef.h>
#include <stdint.h>

enum { MOST_THREADS = 64 };

typedef struct work {
    void* self;
    void (*prepare)(void* self, unsigned thread); /* outside the measured time; may be NULL */
    void (*call)(void* self, unsigned thread);
    size_t events_a_call;
} work;

typedef struct figures {
    double p50_us, p99_us, events_per_s;
} figures;

figures run_slice(const work* what, unsigned threads, double seconds);

/* Each figure by itself. */
figures median_of(const figures* all, size_t count);

#endif
