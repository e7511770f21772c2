#include "integration/trading_host/cycles.h"

#include "integration/trading_host/memory.h"
#include "integration/trading_host/report.h"
#include "integration/trading_host/synthetic.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { HANDFUL = 5, STOP_MS = 10000 };

static int thread_count(void) {
    DIR* const tasks = opendir("/proc/self/task");
    int count = 0;
    for (const struct dirent* one; tasks && (one = readdir(tasks));) count += one->d_name[0] != '.';
    if (tasks) closedir(tasks);
    return count;
}

/* A joined thread stays in /proc for the moment in which the kernel takes it apart. */
static int settled_thread_count(int expected) {
    const struct timespec moment = {0, 1000000};
    int count = thread_count();
    for (int tries = 0; count > expected && tries < 1000; ++tries) {
        nanosleep(&moment, NULL);
        count = thread_count();
    }
    return count;
}

static bool one_cycle(host* h, int64_t cycle) {
    synthetic made[HANDFUL];
    hcp_completion events[HANDFUL];
    hcp_result results[HANDFUL];
    char run[24];
    /* The same handful every time: what is stored does not grow, so neither may memory. */
    snprintf(run, sizeof run, "cycles-%d", (int)getpid());
    for (unsigned i = 0; i < HANDFUL; ++i) {
        synthetic_make(&made[i], run, 0, i, host_now(h));
        events[i] = made[i].completion;
    }
    const hcp_status started = host_start(h);
    const hcp_status reported =
        started == HCP_OK ? host_report(h, COMPLETION, events, HANDFUL, results, NULL) : started;
    const hcp_status stopped = started == HCP_OK ? host_stop(h, STOP_MS) : started;
    const hcp_status destroyed = host_destroy(h);
    if (started == HCP_OK && reported == HCP_OK && stopped == HCP_OK && destroyed == HCP_OK) return true;
    fprintf(stderr, "cycle %lld: start %s, completed %s, stop %s, destroy %s\n", (long long)cycle, status_name(started),
            status_name(reported), status_name(stopped), status_name(destroyed));
    return false;
}

static void* idle(void* nothing) {
    return nothing;
}

bool cycles_run(host* h, int64_t cycles) {
    pthread_t first; /* a sanitizer makes a thread of its own along with the first one */
    if (pthread_create(&first, NULL, idle, NULL) == 0) pthread_join(first, NULL);
    const int before = settled_thread_count(1);
    printf("cycle\tthreads\tresident_kib\n0\t%d\t%ld\n", before, resident_kib());
    bool good = true;
    for (int64_t cycle = 1; good && cycle <= cycles; ++cycle) {
        good = one_cycle(h, cycle);
        const int threads = settled_thread_count(before);
        printf("%lld\t%d\t%ld\n", (long long)cycle, threads, resident_kib());
        fflush(stdout);
        if (threads != before) good = false;
    }
    return good;
}
