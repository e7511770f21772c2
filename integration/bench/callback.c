/* How long `completed` keeps its callers, beside what the same disk and SQLite can do bare: slices of a few seconds in
 * turn, ratios of neighbouring slices, medians over the rounds. */
#include "integration/bench/bare_file.h"
#include "integration/bench/bare_table.h"
#include "integration/bench/module.h"
#include "integration/bench/slice.h"
#include "integration/trading_host/report.h"
#include "integration/trading_host/synthetic.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 500, MOST_ROUNDS = 32, NUMBER_DIGITS = 10 };

typedef struct shape {
    unsigned threads;
    size_t events;
    const char *targets, *while_draining;
} shape;

static const shape shapes[] = {
    {1, 1, "T1  p50 <= 1.5, p99 <= 3 of the file", ""},
    {16, 1, "T2  rate >= 0.8 of the file", ""},
    {64, 1, "T2  rate >= 0.8 of the file", "T13 p99 <= 3 of the file"},
    {1, BATCH, "T3  >= 100 k/s, >= 0.5 of SQLite", ""},
};

/* The events of one thread, made once; from call to call only the case number changes. */
typedef struct pages {
    synthetic made[BATCH];
    hcp_completion events[BATCH];
    hcp_result results[BATCH];
    char run[16];
    uint64_t next;
    bool failed;
} pages;

typedef struct callers {
    host* host;
    pages* of[MOST_THREADS];
    size_t batch;
} callers;

static void number_cases(void* self, unsigned thread) {
    callers* const c = self;
    pages* const p = c->of[thread];
    const int64_t now_us = host_now(c->host);
    for (size_t i = 0; i < c->batch; ++i) {
        char* digit = p->made[i].case_no + p->events[i].case_no.size;
        uint64_t number = p->next++;
        for (int k = 0; k < NUMBER_DIGITS; ++k, number /= 10) *--digit = (char)('0' + number % 10);
        p->events[i].completed_at_us = now_us;
    }
}

static void report_cases(void* self, unsigned thread) {
    callers* const c = self;
    pages* const p = c->of[thread];
    if (host_call(c->host, COMPLETION, p->events, c->batch, p->results) != HCP_OK) p->failed = true;
}

static pages* make_pages(unsigned thread) {
    pages* const p = allocate(sizeof *p);
    memset(p, 0, sizeof *p);
    snprintf(p->run, sizeof p->run, "bench");
    for (size_t i = 0; i < BATCH; ++i) {
        synthetic_make(&p->made[i], p->run, thread, i, 1);
        snprintf(p->made[i].case_no, sizeof p->made[i].case_no, "C-%02u-%010d", thread, 0);
        p->made[i].completion.case_no = text_of(p->made[i].case_no);
        p->events[i] = p->made[i].completion;
    }
    return p;
}

typedef struct bench {
    host host;
    callers callers;
    const char* directory;
    double seconds;
    size_t rounds;
    bool draining;
} bench;

static bool all_accepted(const bench* b) {
    for (unsigned i = 0; i < MOST_THREADS; ++i)
        if (b->callers.of[i]->failed) return false;
    return true;
}

/* What the journal keeps sealed. Another process reads it: closed in this one, a second SQLite's file would take the
   module's locks with it. The module itself tells its size in MiB only. */
static int64_t sealed_bytes(const char* journal) {
    buffer command = {0};
    buffer_print(&command, "sqlite3 -readonly '%s' 'select total(length(sealed)) from frame'", journal);
    FILE* const answer = popen(command.data, "r");
    char text[64] = "";
    char* end = text;
    double bytes = -1;
    if (answer && fgets(text, sizeof text, answer)) bytes = strtod(text, &end);
    if (!answer || end == text || pclose(answer) != 0) give_up("sqlite3 does not tell its size", journal);
    buffer_free(&command);
    return (int64_t)bytes;
}

/* For one event, reported with so many others, while the store does not take them. */
static size_t bytes_an_event(bench* b, const char* journal, size_t batch) {
    enum { CALLS = 20 };
    const int64_t before = sealed_bytes(journal);
    b->callers.batch = batch;
    for (int i = 0; i < CALLS; ++i) {
        number_cases(&b->callers, 0);
        report_cases(&b->callers, 0);
    }
    return (size_t)(sealed_bytes(journal) - before) / (CALLS * batch);
}

static figures slice_of_module(bench* b, const shape* s) {
    b->callers.batch = s->events;
    const work what = {&b->callers, number_cases, report_cases, s->events};
    return run_slice(&what, s->threads, b->seconds);
}

static figures slice_of_file(bench* b, const shape* s, size_t bytes) {
    buffer path = {0};
    buffer_print(&path, "%s/bare.log", b->directory);
    bare_file file;
    bare_file_open(&file, path.data, bytes * s->events);
    const work what = {&file, NULL, bare_file_append, s->events};
    const figures out = run_slice(&what, s->threads, b->seconds);
    bare_file_close(&file, path.data);
    buffer_free(&path);
    return out;
}

static figures slice_of_table(bench* b, const shape* s, size_t bytes) {
    buffer path = {0};
    buffer_print(&path, "%s/bare.db", b->directory);
    bare_table table;
    bare_table_open(&table, path.data, bytes, s->events);
    const work what = {&table, NULL, bare_table_insert, s->events};
    const figures out = run_slice(&what, 1, b->seconds);
    bare_table_close(&table, path.data);
    buffer_free(&path);
    return out;
}

static figures ratio(figures a, figures b) {
    return (figures){a.p50_us / b.p50_us, a.p99_us / b.p99_us, a.events_per_s / b.events_per_s};
}

static void measure(bench* b, const shape* s, size_t bytes) {
    figures module[MOST_ROUNDS], file[MOST_ROUNDS], table[MOST_ROUNDS], to_file[MOST_ROUNDS], to_table[MOST_ROUNDS];
    for (size_t i = 0; i < b->rounds; ++i) {
        if (b->draining) module_wait_for_store(&b->host);
        file[i] = slice_of_file(b, s, bytes);
        if (s->events > 1) table[i] = slice_of_table(b, s, bytes);
        module[i] = slice_of_module(b, s);
        to_file[i] = ratio(module[i], file[i]);
        if (s->events > 1) to_table[i] = ratio(module[i], table[i]);
    }
    const figures m = median_of(module, b->rounds), f = median_of(file, b->rounds), r = median_of(to_file, b->rounds);
    printf("%3u x %-3zu | %8.0f %8.0f %9.0f | %8.0f %8.0f %9.0f |", s->threads, s->events, m.p50_us, m.p99_us,
           m.events_per_s, f.p50_us, f.p99_us, f.events_per_s);
    if (s->events > 1)
        printf(" %9.0f | %5.2f %5.2f %5.2f   %5.2f |", median_of(table, b->rounds).events_per_s, r.p50_us, r.p99_us,
               r.events_per_s, median_of(to_table, b->rounds).events_per_s);
    else
        printf(" %9s | %5.2f %5.2f %5.2f   %5s |", "", r.p50_us, r.p99_us, r.events_per_s, "");
    printf(" %s\n", b->draining ? s->while_draining : s->targets);
    fflush(stdout);
}

static void print_head(void) {
    printf(
        "          |         `completed`         |      bare file, synced      |  SQLite   |       ratio to          "
        "|\n"
        "threads x |  p50 us   p99 us  events/s |  p50 us   p99 us  events/s |  rows/s   |  p50   p99  rate  table |"
        " target\n"
        "  events  |                             |                             |           |        file             "
        "|\n");
}

int main(int argc, char** argv) {
    static const struct option known[] = {
        {"module", required_argument, NULL, 'm'},   {"config", required_argument, NULL, 'c'},
        {"journal", required_argument, NULL, 'j'},  {"directory", required_argument, NULL, 'd'},
        {"seconds", required_argument, NULL, 't'},  {"rounds", required_argument, NULL, 'r'},
        {"draining", required_argument, NULL, 'D'}, {NULL, 0, NULL, 0}};
    static bench b = {.seconds = 2, .rounds = 3};
    const char *module = NULL, *config = NULL, *journal = NULL;
    size_t alone = 0, together = 0;
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (option) {
            case 'm':
                module = optarg;
                break;
            case 'c':
                config = optarg;
                break;
            case 'j':
                journal = optarg;
                break;
            case 'd':
                b.directory = optarg;
                break;
            case 't':
                b.seconds = strtod(optarg, NULL);
                break;
            case 'r':
                b.rounds = strtoul(optarg, NULL, 10);
                break;
            case 'D': {
                char* comma = NULL;
                alone = strtoul(optarg, &comma, 10);
                together = *comma == ',' ? strtoul(comma + 1, NULL, 10) : 0;
                if (alone == 0 || together == 0) return 2;
                b.draining = true;
                break;
            }
            default:
                return 2;
        }
    }
    if (!module || !config || !(b.draining || journal) || !b.directory || b.seconds <= 0 || b.rounds < 1 ||
        b.rounds > MOST_ROUNDS) {
        fputs(
            "bench_callback --module M --config INI --directory DIR [--seconds 2] [--rounds 3]\n"
            "  --journal DB                 while the store does not take them, which is the caller's affair: what "
            "accepting\n"
            "                               costs by itself\n"
            "  --draining ALONE,TOGETHER    while any store takes them; bytes an event, as the former told\n",
            stderr);
        return 2;
    }
    module_start(&b.host, module, config, b.directory);
    b.callers.host = &b.host;
    for (unsigned i = 0; i < MOST_THREADS; ++i) b.callers.of[i] = make_pages(i);

    if (!b.draining) {
        alone = bytes_an_event(&b, journal, 1);
        together = bytes_an_event(&b, journal, BATCH);
    }

    printf("%zu bytes an event alone, %zu with %d in a call; %zu rounds of %.1f s, medians\n", alone, together, BATCH,
           b.rounds, b.seconds);
    print_head();
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; ++i)
        measure(&b, &shapes[i], shapes[i].events == 1 ? alone : together);

    if (!all_accepted(&b)) give_up("not every event was accepted; the figures do not count", "completed");
    module_stop(&b.host);
    for (unsigned i = 0; i < MOST_THREADS; ++i) free(b.callers.of[i]);
    return 0;
}
