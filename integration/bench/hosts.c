/* One of the hosts of hosts.sh: starts the module, says "ready", and does what standard input tells it, a line each.
 *   bench_hosts --module M --config INI --directory DIR
 *   open LANE FIRST COUNT           reports so many cases of that lane; waits until the store has them
 *   rate LANE FIRST COUNT THREADS   rates so many of them, by so many threads at once
 *   quit
 * Answers when it began and ended, in microseconds since 1970; ends where anything is not as it should be. */
#include "integration/bench/module.h"

#include <getopt.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTIES = 4000, MOST_THREADS = 256, RATE_MS = 60000 };

/* Lane 0 has each of the parties once, so that they are known before anything is measured; the others draw from it. */
static void make(synthetic* out, unsigned lane, uint64_t number, int64_t now_us) {
    module_case(out, lane, number, now_us);
    const uint64_t party = (lane == 0 ? number : mix(number * 1024 + lane)) % PARTIES;
    snprintf(out->certificate_no[0], sizeof out->certificate_no[0], "91990000HAMMR%05" PRIu64, party);
    out->subjects[0].certificate_no = text_of(out->certificate_no[0]);
    out->subjects[0].type = HCP_SUBJECT_LEGAL;
    out->subjects[0].name = text_of("示例有限公司");
}

typedef struct raters {
    host* host;
    unsigned lane;
    _Atomic uint64_t next;
    uint64_t end;
} raters;

/* Of twenty answers one is bad and one of four says something, as in store.cpp. */
static void rate_one(const raters* r, uint64_t number) {
    const int32_t level = number % 20 == 0 ? 1 : number % 3 == 0 ? 4 : 5;
    synthetic of;
    make(&of, r->lane, number, host_now(r->host));
    const hcp_rating one = {
        .struct_size = sizeof one,
        .level = level,
        .host_id = of.completion.host_id,
        .case_no = of.completion.case_no,
        .completion_no = of.completion.completion_no,
        .subject_type = of.subjects[0].type,
        .certificate_no = of.subjects[0].certificate_no,
        .text = text_of(number % 4 == 0 ? "窗口等候时间比通知的长，资料要求前后说法不一，希望改进。" : ""),
        .request_key = text_of("k")};
    buffer emitted = {0};
    hcp_plugin* const p = r->host->plugin;
    if (p->rate(p, &one, RATE_MS, emit_into, &emitted) != HCP_OK)
        give_up(emitted.size ? emitted.data : "no reason given", "a rating was not accepted");
    buffer_free(&emitted);
}

static void* keep_rating(void* argument) {
    raters* const r = argument;
    for (uint64_t number; (number = r->next++) < r->end;) rate_one(r, number);
    return NULL;
}

static void rate(host* h, unsigned lane, uint64_t first, uint64_t count, unsigned threads) {
    raters r = {.host = h, .lane = lane, .next = first, .end = first + count};
    pthread_t all[MOST_THREADS];
    if (threads < 1 || threads > MOST_THREADS) give_up("so many threads", "rate");
    for (unsigned i = 0; i < threads; ++i)
        if (pthread_create(&all[i], NULL, keep_rating, &r) != 0) give_up("no thread", "rate");
    for (unsigned i = 0; i < threads; ++i) pthread_join(all[i], NULL);
}

/* Whether the line is this word and so many numbers. */
static bool says(const char* line, const char* word, uint64_t* numbers, unsigned count) {
    const size_t length = strlen(word);
    if (strncmp(line, word, length) != 0) return false;
    line += length;
    for (unsigned i = 0; i < count; ++i) {
        char* end = NULL;
        numbers[i] = strtoull(line, &end, 10);
        if (end == line) return false;
        line = end;
    }
    return *line == '\n';
}

/* False where it is to quit. */
static bool obey(host* h, const char* line) {
    uint64_t said[4] = {0}; /* lane, first, count, threads */
    const int64_t began = host_now(h);
    if (says(line, "open ", said, 3)) {
        module_report(h, make, (unsigned)said[0], said[1], said[2]);
        module_wait_for_store(h);
    } else if (says(line, "rate ", said, 4)) {
        rate(h, (unsigned)said[0], said[1], said[2], (unsigned)said[3]);
    } else {
        if (strcmp(line, "quit\n") != 0) give_up("see the head of hosts.c", line);
        return false;
    }
    printf("%" PRId64 " %" PRId64 "\n", began, host_now(h));
    fflush(stdout);
    return true;
}

int main(int argc, char** argv) {
    static const struct option known[] = {{"module", required_argument, NULL, 'm'},
                                          {"config", required_argument, NULL, 'c'},
                                          {"directory", required_argument, NULL, 'd'},
                                          {NULL, 0, NULL, 0}};
    const char *module = NULL, *config = NULL, *directory = NULL;
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == 'm') module = optarg;
        if (option == 'c') config = optarg;
        if (option == 'd') directory = optarg;
    }
    if (!module || !config || !directory) give_up("see the head of hosts.c", argv[0]);
    static host h;
    module_start(&h, module, config, directory);
    puts("ready");
    fflush(stdout);
    char line[128];
    while (fgets(line, sizeof line, stdin) && obey(&h, line)) {
    }
    module_stop(&h);
    return 0;
}
