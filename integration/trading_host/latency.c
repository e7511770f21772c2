#include "integration/trading_host/latency.h"

#include "integration/trading_host/histogram.h"
#include "integration/trading_host/report.h"
#include "integration/trading_host/synthetic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct span {
    histogram calls;
    tally events;
} span;

typedef struct caller {
    host* host;
    const latency_options* options;
    pthread_t thread;
    unsigned index;
    int64_t starts_ns, ends_ns;
    pthread_mutex_t mutex;
    span current; /* since the printer last looked */
} caller;

/* On its own schedule, whatever the calls before took. */
static void wait_for_turn(const caller* c, uint64_t turn) {
    if (c->options->calls_per_s == 0) return;
    const int64_t period_ns = 1000000000 * c->options->threads / c->options->calls_per_s;
    const int64_t due = c->starts_ns + (int64_t)turn * period_ns + period_ns * c->index / c->options->threads;
    const struct timespec until = {due / 1000000000, due % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

static void* call_on(void* argument) {
    caller* const c = argument;
    const size_t batch = (size_t)c->options->batch;
    synthetic* const made = allocate(batch * sizeof *made);
    hcp_completion* const events = allocate(batch * sizeof *events);
    hcp_result* const results = allocate(batch * sizeof *results);
    uint64_t number = 0;
    for (uint64_t turn = 0; steady_ns() < c->ends_ns; ++turn) {
        wait_for_turn(c, turn);
        const int64_t now_us = host_now(c->host);
        for (size_t i = 0; i < batch; ++i) {
            synthetic_make(&made[i], c->options->run, c->index, number++, now_us);
            events[i] = made[i].completion;
        }
        const int64_t before = steady_ns();
        host_call(c->host, COMPLETION, events, batch, results);
        const int64_t took = steady_ns() - before;
        pthread_mutex_lock(&c->mutex);
        histogram_add(&c->current.calls, took);
        for (size_t i = 0; i < batch; ++i) tally_add(&c->current.events, results[i].status);
        pthread_mutex_unlock(&c->mutex);
    }
    free(made);
    free(events);
    free(results);
    return NULL;
}

static void print_span(const char* name, double value, const span* s) {
    buffer line = {0};
    buffer_print(&line, "{\"%s\":%.0f,\"calls\":%llu", name, value, (unsigned long long)s->calls.count);
    tally_print(&line, &s->events);
    buffer_print(&line, ",\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f}", histogram_us(&s->calls, 0.5),
                 histogram_us(&s->calls, 0.99), (double)s->calls.max_ns / 1000);
    puts(line.data);
    fflush(stdout);
    buffer_free(&line);
}

static void collect(caller* callers, size_t count, span* since, span* total) {
    memset(since, 0, sizeof *since);
    for (size_t i = 0; i < count; ++i) {
        pthread_mutex_lock(&callers[i].mutex);
        histogram_merge(&since->calls, &callers[i].current.calls);
        tally_merge(&since->events, &callers[i].current.events);
        memset(&callers[i].current, 0, sizeof callers[i].current);
        pthread_mutex_unlock(&callers[i].mutex);
    }
    histogram_merge(&total->calls, &since->calls);
    tally_merge(&total->events, &since->events);
}

bool latency_run(host* h, const latency_options* options) {
    const size_t wanted = (size_t)options->threads;
    caller* const callers = allocate(wanted * sizeof *callers);
    span *const since = allocate(sizeof *since), *const total = allocate(sizeof *total);
    memset(callers, 0, wanted * sizeof *callers);
    memset(total, 0, sizeof *total);
    const int64_t starts_ns = steady_ns();
    size_t made = 0;
    for (; made < wanted; ++made) {
        caller* const c = &callers[made];
        *c = (caller){.host = h,
                      .options = options,
                      .index = (unsigned)made,
                      .starts_ns = starts_ns,
                      .ends_ns = starts_ns + options->seconds * 1000000000};
        pthread_mutex_init(&c->mutex, NULL);
        if (pthread_create(&c->thread, NULL, call_on, c) != 0) break;
    }
    for (int64_t second = 1; second <= options->seconds; ++second) {
        const int64_t due = starts_ns + second * 1000000000;
        const struct timespec until = {due / 1000000000, due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        collect(callers, made, since, total);
        print_span("second", (double)second, since);
    }
    for (size_t i = 0; i < made; ++i) pthread_join(callers[i].thread, NULL);
    collect(callers, made, since, total);
    print_span("total_seconds", (double)options->seconds, total);
    const bool good = made == wanted && total->events.of[HCP_OK - HOST_UNHOOKED] > 0;
    free(callers);
    free(since);
    free(total);
    return good;
}
