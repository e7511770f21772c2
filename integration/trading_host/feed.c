#include "integration/trading_host/feed.h"

#include "integration/trading_host/histogram.h"
#include "integration/trading_host/process.h"
#include "integration/trading_host/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_FAULTS = 5 };

typedef struct row {
    event event;
    size_t line;
} row;

typedef struct feed {
    host* host;
    feed_options options;
    row* rows;
    size_t count, capacity, malformed;

    pthread_mutex_t mutex;
    size_t next;
    tally tally;
    histogram durations;
    buffer faults; /* JSON objects */
    size_t fault_count;
} feed;

static void note_fault(feed* f, size_t line, const char* field, const char* reason) {
    if (f->fault_count++ >= MOST_FAULTS) return;
    buffer_print(&f->faults, "%s{\"line\":%zu,\"field\":", f->fault_count > 1 ? "," : "", line);
    buffer_json(&f->faults, text_of(field));
    buffer_print(&f->faults, ",\"reason\":");
    buffer_json(&f->faults, text_of(reason));
    buffer_add(&f->faults, "}", 1);
}

static void add_row(feed* f, event one, size_t line) {
    if (f->count == f->capacity) {
        f->capacity = f->capacity ? f->capacity * 2 : 1024;
        f->rows = reallocate(f->rows, f->capacity * sizeof *f->rows);
    }
    f->rows[f->count].event = one;
    f->rows[f->count++].line = line;
}

static bool read_rows(feed* f, FILE* in, const char** why) {
    columns names = {0};
    char* line = NULL;
    size_t capacity = 0, number = 0;
    bool good = true;
    for (ssize_t size; good && (size = getline(&line, &capacity, in)) >= 0;) {
        ++number;
        while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r')) line[--size] = '\0';
        if (size == 0 || *line == '#') continue;
        event one;
        const char* what = NULL;
        if (names.count == 0) {
            good = columns_parse(&names, line, why);
        } else if (event_parse(&one, &names, line, (size_t)size, &what) &&
                   (event_has_host(&one) || event_set(&one, "host_id", f->options.host_id, &what))) {
            add_row(f, one, number);
        } else {
            ++f->malformed;
            note_fault(f, number, "", what);
        }
    }
    if (good && names.count == 0) *why = "the file is empty", good = false;
    columns_free(&names);
    free(line);
    return good;
}

static void shuffle(feed* f) {
    uint64_t state = f->options.seed * 2 + 1;
    for (size_t i = f->count; i > 1; --i) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const size_t j = (size_t)(state >> 33) % i;
        const row kept = f->rows[i - 1];
        f->rows[i - 1] = f->rows[j];
        f->rows[j] = kept;
    }
}

/* The next rows of one kind: [*first, *first + result). 0 at the end. */
static size_t take(feed* f, size_t* first) {
    const size_t total = f->count * (size_t)f->options.times;
    pthread_mutex_lock(&f->mutex);
    *first = f->next % (f->count ? f->count : 1);
    size_t size = 0;
    const bool stopped = f->options.stop && atomic_load(f->options.stop);
    if (f->next < total && !stopped) {
        const event_kind kind = f->rows[*first].event.kind;
        while (size < (size_t)f->options.batch && *first + size < f->count && f->rows[*first + size].event.kind == kind)
            ++size;
        if ((f->next + size) * 10 / total > f->next * 10 / total)
            fprintf(stderr, "feed: %zu of %zu\n", f->next + size, total);
        f->next += size;
    }
    pthread_mutex_unlock(&f->mutex);
    return size;
}

static void pause_after_call(const feed* f) {
    if (f->options.every_ms == 0) return;
    const struct timespec span = {(time_t)(f->options.every_ms / 1000), (long)(f->options.every_ms % 1000) * 1000000L};
    nanosleep(&span, NULL);
}

static void* work(void* argument) {
    feed* const f = argument;
    process_takes_alarms();
    const size_t batch = (size_t)f->options.batch;
    char* const events = allocate(batch * sizeof(hcp_completion)); /* the largest of the kinds */
    hcp_result* const results = allocate(batch * sizeof *results);
    tally* const counted = allocate(sizeof *counted);
    histogram* const durations = allocate(sizeof *durations);
    memset(counted, 0, sizeof *counted);
    memset(durations, 0, sizeof *durations);

    size_t first = 0;
    for (size_t size; (size = take(f, &first)) > 0;) {
        const event_kind kind = f->rows[first].event.kind;
        for (size_t i = 0; i < size; ++i)
            memcpy(events + i * kind_size(kind), &f->rows[first + i].event.as, kind_size(kind));
        int64_t call_ns = -1;
        host_report(f->host, kind, events, size, results, &call_ns);
        if (call_ns >= 0) histogram_add(durations, call_ns);
        for (size_t i = 0; i < size; ++i) {
            tally_add(counted, results[i].status);
            if (results[i].status != HCP_E_INVALID) continue;
            pthread_mutex_lock(&f->mutex);
            note_fault(f, f->rows[first + i].line, results[i].field, results[i].reason);
            pthread_mutex_unlock(&f->mutex);
        }
        pause_after_call(f);
    }
    pthread_mutex_lock(&f->mutex);
    tally_merge(&f->tally, counted);
    histogram_merge(&f->durations, durations);
    pthread_mutex_unlock(&f->mutex);
    free(events);
    free(results);
    free(counted);
    free(durations);
    return NULL;
}

static double run(feed* f) {
    const int64_t before = steady_ns();
    const size_t wanted = (size_t)f->options.threads;
    pthread_t* const threads = allocate(wanted * sizeof *threads);
    size_t made = 0;
    while (made < wanted && pthread_create(&threads[made], NULL, work, f) == 0) ++made;
    for (size_t i = 0; i < made; ++i) pthread_join(threads[i], NULL);
    free(threads);
    return (double)(steady_ns() - before) / 1e9;
}

bool feed_run(host* h, const feed_options* options, buffer* answer, const char** why) {
    feed* const f = allocate(sizeof *f);
    memset(f, 0, sizeof *f);
    f->host = h;
    f->options = *options;
    pthread_mutex_init(&f->mutex, NULL);

    FILE* const in = fopen(options->file, "re");
    bool good = in != NULL;
    if (!good) *why = "the file cannot be opened";
    good = good && read_rows(f, in, why);
    if (in) fclose(in);
    if (good) {
        if (options->shuffled) shuffle(f);
        const double seconds = run(f);
        const size_t events = f->count * (size_t)options->times;
        buffer_print(answer, ",\"events\":%zu,\"malformed\":%zu", events, f->malformed);
        tally_print(answer, &f->tally);
        buffer_print(answer, ",\"calls\":%llu,\"seconds\":%.3f,\"events_per_s\":%.0f",
                     (unsigned long long)f->durations.count, seconds, seconds > 0 ? (double)events / seconds : 0);
        buffer_print(answer, ",\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f", histogram_us(&f->durations, 0.5),
                     histogram_us(&f->durations, 0.99), (double)f->durations.max_ns / 1000);
        buffer_print(answer, ",\"fault_count\":%zu,\"faults\":[%s]", f->fault_count,
                     f->faults.data ? f->faults.data : "");
    }
    for (size_t i = 0; i < f->count; ++i) event_free(&f->rows[i].event);
    free(f->rows);
    buffer_free(&f->faults);
    pthread_mutex_destroy(&f->mutex);
    free(f);
    return good;
}
