/* From the callback to the province.
 *   bench_push … --rate 50 --seconds 20 --province DB   calls at a steady rate; waits until the province has all
 *   bench_push … --backlog N                 lays up N cases with one subject each, for a bridge that is off
 *   bench_push … --deliver N --province DB   starts and waits until the province has N */
#include "integration/bench/module.h"
#include "integration/trading_host/histogram.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { LONGEST_WAIT_S = 300 };

static void report_at(host* h, int64_t rate, uint64_t count) {
    const int64_t starts_ns = steady_ns();
    for (uint64_t i = 0; i < count; ++i) {
        const int64_t due = starts_ns + (int64_t)i * 1000000000 / rate;
        const struct timespec until = {due / 1000000000, due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        module_report(h, module_case, 0, i, 1);
    }
}

/* The last number that the province gave out, so that looking costs it nothing. */
static void wait_for_province(const char* path, uint64_t count) {
    sqlite3* const db = database(path, SQLITE_OPEN_READONLY);
    const struct timespec pause = {0, 20000000};
    const int64_t until_ns = steady_ns() + (int64_t)LONGEST_WAIT_S * 1000000000;
    while ((uint64_t)database_number(db, "select coalesce(max(id), 0) from service") < count) {
        if (steady_ns() > until_ns) give_up("does not have everything after five minutes", path);
        nanosleep(&pause, NULL);
    }
    sqlite3_close(db);
}

static double cpu_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char** argv) {
    static const struct option known[] = {{"module", required_argument, NULL, 'm'},
                                          {"config", required_argument, NULL, 'c'},
                                          {"directory", required_argument, NULL, 'd'},
                                          {"province", required_argument, NULL, 'p'},
                                          {"rate", required_argument, NULL, 'r'},
                                          {"seconds", required_argument, NULL, 's'},
                                          {"backlog", required_argument, NULL, 'b'},
                                          {"deliver", required_argument, NULL, 'D'},
                                          {NULL, 0, NULL, 0}};
    const char *module = NULL, *config = NULL, *directory = NULL, *province = NULL;
    int64_t rate = 0, seconds = 20, backlog = 0, deliver = 0;
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (option) {
            case 'm':
                module = optarg;
                break;
            case 'c':
                config = optarg;
                break;
            case 'd':
                directory = optarg;
                break;
            case 'p':
                province = optarg;
                break;
            case 'r':
                rate = strtoll(optarg, NULL, 10);
                break;
            case 's':
                seconds = strtoll(optarg, NULL, 10);
                break;
            case 'b':
                backlog = strtoll(optarg, NULL, 10);
                break;
            case 'D':
                deliver = strtoll(optarg, NULL, 10);
                break;
            default:
                return 2;
        }
    }
    if (!module || !config || !directory || (rate > 0) + (backlog > 0) + (deliver > 0) != 1 ||
        (!province && !backlog)) {
        fprintf(stderr, "see the head of push.c\n");
        return 2;
    }
    static host h;
    module_start(&h, module, config, directory);
    const double cpu_before = cpu_seconds();
    if (rate) report_at(&h, rate, (uint64_t)(rate * seconds));
    if (backlog) module_report(&h, module_case, 0, 0, (uint64_t)backlog);
    if (backlog) module_wait_for_store(&h);
    if (!backlog) wait_for_province(province, (uint64_t)(rate ? rate * seconds : deliver));
    /* For T7: how much of the processors the module used while it delivered. */
    printf("cpu_s %.3f\n", cpu_seconds() - cpu_before);
    module_stop(&h);
    return 0;
}
