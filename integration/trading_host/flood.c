#include "integration/trading_host/flood.h"

#include "integration/trading_host/histogram.h"
#include "integration/trading_host/memory.h"
#include "integration/trading_host/report.h"
#include "integration/trading_host/synthetic.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RATED = 200, STOP_MS = 3000, STOPS = 100, RATE_MS = 60000, LONGEST_DRAIN_S = 120 };

typedef struct flood {
    host* host;
    synthetic rated[RATED]; /* in the store before the call: what is rated during it */
    _Atomic bool calling, over;
    _Atomic bool failed;
    int64_t longest_rating_ns;
    size_t ratings; /* answered while the call was under way */
    _Atomic long most_kib;
} flood;

static void pause_ms(long ms) {
    const struct timespec span = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&span, NULL);
}

static void expect(flood* f, const char* what, bool holds) {
    if (holds) return;
    fprintf(stderr, "flood: %s\n", what);
    f->failed = true;
}

static hcp_status rate(flood* f, const synthetic* of) {
    const hcp_rating one = {.struct_size = sizeof one,
                            .level = 5,
                            .host_id = of->completion.host_id,
                            .case_no = of->completion.case_no,
                            .completion_no = of->completion.completion_no,
                            .subject_type = of->subjects[0].type,
                            .certificate_no = of->subjects[0].certificate_no,
                            .request_key = text_of("flood")};
    buffer emitted = {0};
    const hcp_status status = f->host->plugin->rate(f->host->plugin, &one, RATE_MS, emit_into, &emitted);
    buffer_free(&emitted);
    return status;
}

/* What can be rated has been drained, and so has all that was reported before it. */
static bool drained(flood* f) {
    const int64_t until = steady_ns() + LONGEST_DRAIN_S * INT64_C(1000000000);
    while (steady_ns() < until) {
        const hcp_status status = rate(f, &f->rated[RATED - 1]);
        if (status != HCP_E_REFUSED) return status == HCP_OK;
        pause_ms(10);
    }
    return false;
}

static void* keep_rating(void* argument) {
    flood* const f = argument;
    for (size_t i = 0; f->calling && i < RATED - 1; ++i) {
        const int64_t before = steady_ns();
        const hcp_status status = rate(f, &f->rated[i]);
        const int64_t took = steady_ns() - before;
        if (!f->calling) break; /* stop may have come first */
        expect(f, "a rating during the call is OK", status == HCP_OK);
        if (took > f->longest_rating_ns) f->longest_rating_ns = took;
        ++f->ratings;
        pause_ms(5);
    }
    return NULL;
}

static void* watch_memory(void* argument) {
    flood* const f = argument;
    while (!f->over) {
        const long now = resident_kib();
        if (now > f->most_kib) f->most_kib = now;
        pause_ms(2);
    }
    return NULL;
}

/* Neither events nor results may be touched. */
static void claim_too_many(flood* f, const hcp_completion* events) {
    hcp_plugin* const p = f->host->plugin;
    hcp_result result, before;
    memset(&result, 0x5a, sizeof result);
    before = result;
    expect(f, "SIZE_MAX events are INVALID", p->completed(p, events, SIZE_MAX, &result) == HCP_E_INVALID);
    expect(f, "of SIZE_MAX events no result is touched", memcmp(&result, &before, sizeof before) == 0);
}

static bool prepare(flood* f, const char* run) {
    hcp_completion events[RATED];
    hcp_result results[RATED];
    for (unsigned i = 0; i < RATED; ++i) {
        synthetic_make(&f->rated[i], run, 1, i, host_now(f->host));
        events[i] = f->rated[i].completion;
    }
    results_init(results, RATED);
    return host_call(f->host, COMPLETION, events, RATED, results) == HCP_OK && drained(f);
}

static void stop_it(flood* f, int* calls, int64_t* took_ns) {
    const int64_t before = steady_ns();
    hcp_status status = HCP_E_TIMEOUT;
    for (*calls = 0; status == HCP_E_TIMEOUT && *calls < STOPS; ++*calls) status = host_stop(f->host, STOP_MS);
    *took_ns = steady_ns() - before;
    expect(f, "stop is OK in the end", status == HCP_OK);
}

static void print_ms(const char* what, int64_t ns) {
    printf("%s\t%lld\n", what, (long long)(ns / 1000000));
}

static void run(flood* f, synthetic* made, hcp_completion* events, hcp_result* results, size_t count) {
    char name[24];
    snprintf(name, sizeof name, "flood-%d", (int)getpid());
    for (size_t i = 0; i < count; ++i) {
        synthetic_make(&made[i], name, 0, i, host_now(f->host));
        events[i] = made[i].completion;
    }
    results_init(results, count);
    expect(f, "what is to be rated is taken and drained", prepare(f, name));
    claim_too_many(f, events);
    const long idle_kib = resident_kib();

    pthread_t rater, watcher;
    f->calling = true;
    const bool rating = pthread_create(&rater, NULL, keep_rating, f) == 0;
    const bool watching = pthread_create(&watcher, NULL, watch_memory, f) == 0;
    expect(f, "two threads", rating && watching);
    const int64_t before = steady_ns();
    const hcp_status status = f->host->plugin->completed(f->host->plugin, events, count, results);
    const int64_t call_ns = steady_ns() - before;
    f->calling = false;
    int stops = 0;
    int64_t stop_ns = 0;
    stop_it(f, &stops, &stop_ns);
    f->over = true;
    if (rating) pthread_join(rater, NULL);
    if (watching) pthread_join(watcher, NULL);

    expect(f, "the call is OK", status == HCP_OK);
    size_t taken = 0;
    for (size_t i = 0; i < count; ++i) taken += results[i].status == HCP_OK;
    expect(f, "every event is OK", taken == count);
    expect(f, "somebody rated meanwhile", f->ratings > 0);
    printf("what\tfigure\n");
    print_ms("call_ms", call_ns);
    printf("ratings\t%zu\n", f->ratings);
    print_ms("longest_rating_ms", f->longest_rating_ns);
    printf("stops\t%d\n", stops);
    print_ms("stop_ms", stop_ns);
    printf("idle_kib\t%ld\nmost_kib\t%ld\n", idle_kib, f->most_kib);
}

bool flood_run(host* h, int64_t events) {
    const size_t count = (size_t)events;
    flood* const f = allocate(sizeof *f);
    memset(f, 0, sizeof *f);
    f->host = h;
    synthetic* const made = allocate(count * sizeof *made);
    hcp_completion* const all = allocate(count * sizeof *all);
    hcp_result* const results = allocate(count * sizeof *results);
    const bool started = host_start(h) == HCP_OK;
    expect(f, "start is OK", started);
    if (started) run(f, made, all, results, count);
    expect(f, "destroy is OK", host_destroy(h) == HCP_OK);
    free(results);
    free(all);
    free(made);
    const bool good = !f->failed;
    free(f);
    return good;
}
