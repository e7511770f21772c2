#include "integration/bench/slice.h"

#include "integration/trading_host/histogram.h"
#include "integration/trading_host/text.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct hand {
    const work* what;
    pthread_t thread;
    pthread_barrier_t* gate;
    unsigned index;
    double seconds;
    int64_t began_ns, ended_ns;
    histogram calls;
} hand;

static void* turn(void* argument) {
    hand* const h = argument;
    pthread_barrier_wait(h->gate);
    h->began_ns = h->ended_ns = steady_ns();
    const int64_t until_ns = h->began_ns + (int64_t)(h->seconds * 1e9);
    while (h->ended_ns < until_ns) {
        if (h->what->prepare) h->what->prepare(h->what->self, h->index);
        const int64_t before = steady_ns();
        h->what->call(h->what->self, h->index);
        h->ended_ns = steady_ns();
        histogram_add(&h->calls, h->ended_ns - before);
    }
    return NULL;
}

figures run_slice(const work* what, unsigned threads, double seconds) {
    pthread_barrier_t gate;
    pthread_barrier_init(&gate, NULL, threads);
    hand* const hands = allocate(threads * sizeof *hands);
    memset(hands, 0, threads * sizeof *hands);
    for (unsigned i = 0; i < threads; ++i) {
        hands[i] = (hand){.what = what, .gate = &gate, .index = i, .seconds = seconds};
        if (pthread_create(&hands[i].thread, NULL, turn, &hands[i]) != 0) abort();
    }
    histogram* const all = allocate(sizeof *all);
    memset(all, 0, sizeof *all);
    int64_t began = INT64_MAX, ended = 0;
    for (unsigned i = 0; i < threads; ++i) {
        pthread_join(hands[i].thread, NULL);
        histogram_merge(all, &hands[i].calls);
        if (hands[i].began_ns < began) began = hands[i].began_ns;
        if (hands[i].ended_ns > ended) ended = hands[i].ended_ns;
    }
    const figures out = {histogram_us(all, 0.5), histogram_us(all, 0.99),
                         (double)(all->count * what->events_a_call) / ((double)(ended - began) / 1e9)};
    free(hands);
    free(all);
    pthread_barrier_destroy(&gate);
    return out;
}

static int by_size(const void* a, const void* b) {
    const double x = *(const double*)a, y = *(const double*)b;
    return (x > y) - (x < y);
}

static double median(const figures* all, size_t count, size_t offset) {
    double values[64];
    if (count > 64) count = 64;
    for (size_t i = 0; i < count; ++i) memcpy(&values[i], (const char*)&all[i] + offset, sizeof values[i]);
    qsort(values, count, sizeof *values, by_size);
    return count ? values[count / 2] : 0;
}

figures median_of(const figures* all, size_t count) {
    return (figures){median(all, count, offsetof(figures, p50_us)), median(all, count, offsetof(figures, p99_us)),
                     median(all, count, offsetof(figures, events_per_s))};
}
