/* A host that reports 20,000 faulty events and 3,000 conflicting repeats while its log function does not come back:
 * that stands for one that takes a second a line, and needs no clock. Each event is answered with its own fault, no
 * call waits for the log or enters it, and the log has the first lines of each kind and how many there were beyond.
 * log_storm MODULE CONFIG */
#include "plugin/abi/haochaping.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    THREADS = 4,
    FAULTY = 20000,
    REPEATED = 3000,
    BATCH = 100,
    LINES_OF_A_KIND = 10,
    MOST_LINES = 1000,
    GUARD_S = 60
};

static const char faulty_kind[] = "completed 的参数有误：";
static const char repeated_kind[] = "同一办结编号再次上报且内容不同，以首次为准：";

static atomic_int failures;

static void check(const char* what, bool holds) {
    if (holds) return;
    if (++failures < 20) printf("FAILED: %s\n", what);
}

static hcp_text text_of(const char* text) {
    const hcp_text value = {text, (uint32_t)strlen(text)};
    return value;
}

/* ---- the log: stays inside as long as the gate is closed ---- */

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool closed, forced; /* forced: nobody opened it, so somebody waited for what it keeps */
    int inside, on_callers;
    char* line[MOST_LINES];
    size_t count;
} logged = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static _Thread_local bool calling;

static void log_line(void* self, int32_t level, hcp_text message) {
    (void)self;
    (void)level;
    pthread_mutex_lock(&logged.mutex);
    if (calling) ++logged.on_callers;
    if (logged.count < MOST_LINES) logged.line[logged.count++] = strndup(message.data, message.size);
    ++logged.inside;
    pthread_cond_broadcast(&logged.changed);
    struct timespec guard;
    clock_gettime(CLOCK_REALTIME, &guard);
    guard.tv_sec += GUARD_S;
    while (logged.closed && !calling)
        if (pthread_cond_timedwait(&logged.changed, &logged.mutex, &guard) != 0)
            logged.closed = false, logged.forced = true;
    --logged.inside;
    pthread_mutex_unlock(&logged.mutex);
}

static void set_closed(bool closed) {
    pthread_mutex_lock(&logged.mutex);
    logged.closed = closed;
    pthread_cond_broadcast(&logged.changed);
    pthread_mutex_unlock(&logged.mutex);
}

static bool somebody_is_inside(void) {
    pthread_mutex_lock(&logged.mutex);
    const bool is = logged.inside > 0;
    pthread_mutex_unlock(&logged.mutex);
    return is;
}

/* Of `events` events of a kind, each is a line or counted in one. */
static void judge_kind(const char* kind, long events) {
    static const char more[] = "另有 ";
    long lines = 0, sums = 0, summed = 0;
    for (size_t i = 0; i < logged.count; ++i) {
        if (strncmp(logged.line[i], kind, strlen(kind)) != 0) continue;
        const char* const rest = logged.line[i] + strlen(kind);
        if (strncmp(rest, more, sizeof more - 1) == 0)
            ++sums, summed += strtol(rest + sizeof more - 1, NULL, 10);
        else
            ++lines;
    }
    printf("%s %ld lines, %ld more summed up in %ld\n", kind, lines, summed, sums);
    check("every event is in the log, by itself or in a sum", lines + summed == events);
    check("a sum for each minute of too many", sums > 0 && lines <= LINES_OF_A_KIND * (sums + 1));
}

/* ---- what is reported ---- */

static hcp_plugin* plugin;
static int64_t now_us;

typedef struct reported {
    hcp_completion event;
    hcp_subject subject;
    char case_no[80];
} reported;

static void fill(reported* r, const char* prefix, int number) {
    snprintf(r->case_no, sizeof r->case_no, "%s-%d", prefix, number);
    r->subject = (hcp_subject){
        .struct_size = sizeof r->subject, .type = HCP_SUBJECT_LEGAL, .certificate_no = text_of("91990000TEST0001")};
    r->event = (hcp_completion){.struct_size = sizeof r->event,
                                .line = HCP_LINE_MINING,
                                .host_id = text_of("storm"),
                                .case_no = text_of(r->case_no),
                                .completion_no = text_of("1"),
                                .project_no = text_of("P-1"),
                                .node = text_of("项目登记"),
                                .completed_at_us = now_us,
                                .subjects = &r->subject,
                                .subject_count = 1};
}

/* Spoils one of its fields, another by each number; the field's name. */
static const char* spoil(reported* r, int number) {
    switch (number % 4) {
        case 0:
            return r->event.node = text_of(""), "node";
        case 1:
            return r->event.line = 0, "line";
        case 2:
            memset(r->case_no, 'x', 65);
            return r->event.case_no = (hcp_text){r->case_no, 65}, "case_no";
        default:
            return r->subject.type = 9, "subjects[0].type";
    }
}

static hcp_status report(const hcp_completion* events, size_t count, hcp_result* results) {
    calling = true;
    const hcp_status status = plugin->completed(plugin, events, count, results);
    calling = false;
    return status;
}

static void* report_faulty(void* unused) {
    (void)unused;
    for (int i = 0; i < FAULTY / THREADS; ++i) {
        reported one;
        fill(&one, "F", i);
        const char* const field = spoil(&one, i);
        hcp_result result = {.struct_size = sizeof result, .status = -1};
        check("a faulty event is INVALID", report(&one.event, 1, &result) == HCP_E_INVALID);
        check("so is its result", result.status == HCP_E_INVALID);
        check("the result names its field", strcmp(result.field, field) == 0);
        check("the result gives its reason", result.reason[0] != '\0');
    }
    return NULL;
}

static void report_all(const char* project_name) {
    static reported batch[BATCH];
    static hcp_completion events[BATCH];
    static hcp_result results[BATCH];
    for (int first = 0; first < REPEATED; first += BATCH) {
        for (int i = 0; i < BATCH; ++i) {
            fill(&batch[i], "R", first + i);
            events[i] = batch[i].event;
            events[i].project_name = text_of(project_name);
            results[i] = (hcp_result){.struct_size = sizeof *results, .status = -1};
        }
        check("events and repeats are OK", report(events, BATCH, results) == HCP_OK);
    }
}

static void keep(void* ctx, hcp_text text) {
    snprintf(ctx, 4096, "%.*s", (int)text.size, text.data);
}

/* Conflicts are found when the journal goes into the store. */
static void wait_until_drained(void) {
    char health[4096] = "";
    for (int i = 0; i < GUARD_S * 100 && !strstr(health, "\"journal\":{\"events\":0,"); ++i) {
        const struct timespec moment = {0, 10000000};
        nanosleep(&moment, NULL);
        plugin->health(plugin, keep, health);
    }
    check("the journal goes into the store while the log does not come back",
          strstr(health, "\"journal\":{\"events\":0,") != NULL);
}

static const void* no_extension(void* self, const char* id) {
    (void)self;
    (void)id;
    return NULL;
}

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    void* const library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    void* const symbol = library ? dlsym(library, "hcp_plugin_create") : NULL;
    if (!symbol) return printf("%s\n", dlerror()), 1;
    hcp_plugin* (*create)(const hcp_host*, hcp_text) = NULL;
    memcpy(&create, &symbol, sizeof symbol);
    const hcp_host host = {.struct_size = sizeof host,
                           .abi_major = HCP_ABI_MAJOR,
                           .abi_minor = HCP_ABI_MINOR,
                           .log = log_line,
                           .extension = no_extension};
    plugin = create(&host, text_of(argv[2]));
    if (!plugin) return printf("FAILED: create\n"), 1;
    check("start", plugin->start(plugin) == HCP_OK);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    now_us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;

    set_closed(true);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; ++i) pthread_create(&threads[i], NULL, report_faulty, NULL);
    report_all("首次");
    report_all("再次");
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    wait_until_drained();
    check("the log was kept inside meanwhile", somebody_is_inside());
    set_closed(false);

    check("stop", plugin->stop(plugin, 20000) == HCP_OK);
    check("destroy", plugin->destroy(plugin) == HCP_OK);
    check("nobody waited for the log", !logged.forced);
    check("no call went into the log itself", logged.on_callers == 0);
    judge_kind(faulty_kind, FAULTY);
    judge_kind(repeated_kind, REPEATED);
    printf("%zu lines in all\n", logged.count);
    check("few lines in all", logged.count < 100);
    for (size_t i = 0; i < logged.count; ++i) free(logged.line[i]);
    return failures > 0;
}
