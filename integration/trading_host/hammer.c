#include "integration/trading_host/hammer.h"

#include "integration/trading_host/histogram.h"
#include "integration/trading_host/report.h"
#include "integration/trading_host/synthetic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_BATCH = 3 };

typedef struct hammer {
    host* host;
    hammer_options options;
    int accepted_fd, reported_fd;
    int64_t ends_ns;
    _Atomic bool broken; /* the judge's files could not be written: nothing counts any more */
    _Atomic bool told;   /* to end */
} hammer;

typedef struct arm {
    hammer* hammer;
    pthread_t thread;
    unsigned index;
    uint64_t dice, cases, visits;
    tally tally;
    histogram calls;
} arm;

static uint64_t roll(arm* a, uint64_t sides) {
    return mix(++a->dice) % sides;
}

/* One line for the judge: kind, key, and what is needed to tell what must be in the store. */
static void write_event(buffer* to, event_kind kind, const void* one) {
    buffer_print(to, "%s", kind_name(kind));
    if (kind == COMPLETION) {
        const hcp_completion* const c = one;
        buffer_print(to, "\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%lld\t", c->host_id.data, c->case_no.data,
                     c->completion_no.data, c->project_no.data, c->section.data ? c->section.data : "", c->node.data,
                     c->line, c->bids_secret, (long long)c->completed_at_us);
        for (size_t i = 0; i < c->subject_count; ++i)
            buffer_print(to, "%s%d:%s", i ? " " : "", c->subjects[i].type, c->subjects[i].certificate_no.data);
    } else if (kind == WITHDRAWAL) {
        const hcp_withdrawal* const w = one;
        buffer_print(to, "\t%s\t%s\t%s\t%lld", w->host_id.data, w->case_no.data, w->completion_no.data,
                     (long long)w->withdrawn_at_us);
    } else if (kind == BIDS_OPENED) {
        const hcp_bids_opened* const o = one;
        buffer_print(to, "\t%s\t%s\t%s\t%lld", o->host_id.data, o->project_no.data,
                     o->section.data ? o->section.data : "", (long long)o->opened_at_us);
    } else {
        const hcp_visit* const v = one;
        buffer_print(to, "\t%s\t%s\t%lld", v->host_id.data, v->visit_no.data, (long long)v->visited_at_us);
    }
    buffer_add(to, "\n", 1);
}

static bool going(const arm* a) {
    return !a->hammer->broken && !a->hammer->told &&
           (a->hammer->options.seconds == 0 || steady_ns() < a->hammer->ends_ns);
}

/* FULL means "call again later", which a host does. */
static hcp_status until_not_full(arm* a, event_kind kind, const void* one, hcp_result* result) {
    const struct timespec pause = {0, 20 * 1000000};
    while (result->status == HCP_E_FULL && going(a)) {
        tally_add(&a->tally, HCP_E_FULL);
        nanosleep(&pause, NULL);
        host_call(a->hammer->host, kind, one, 1, result);
    }
    return result->status;
}

static void report(arm* a, event_kind kind, const void* events, size_t count) {
    hammer* const m = a->hammer;
    hcp_result results[MOST_BATCH];
    buffer line = {0};
    const size_t size = kind_size(kind);
    for (size_t i = 0; i < count; ++i) write_event(&line, kind, (const char*)events + i * size);
    if (!append_whole(m->reported_fd, line.data, line.size)) m->broken = true;

    int64_t call_ns = 0;
    host_report(m->host, kind, events, count, results, &call_ns);
    histogram_add(&a->calls, call_ns);

    for (size_t i = 0; i < count; ++i) {
        const void* const one = (const char*)events + i * size;
        const hcp_status status = until_not_full(a, kind, one, &results[i]);
        tally_add(&a->tally, status);
        if (status != HCP_OK) continue;
        line.size = 0;
        write_event(&line, kind, one);
        if (!append_whole(m->accepted_fd, line.data, line.size) || fdatasync(m->accepted_fd) != 0) m->broken = true;
    }
    buffer_free(&line);
}

static void complete_some(arm* a, int64_t now_us) {
    synthetic made[MOST_BATCH];
    hcp_completion events[MOST_BATCH];
    const size_t count = 1 + roll(a, MOST_BATCH);
    for (size_t i = 0; i < count; ++i) {
        synthetic_make(&made[i], a->hammer->options.run, a->index, a->cases++, now_us);
        events[i] = made[i].completion;
    }
    report(a, COMPLETION, events, count);
}

/* One of the last cases, or, seldom, the next one: the event comes before its completion. */
static void pick(arm* a, synthetic* out, int64_t now_us) {
    const uint64_t back = roll(a, 40);
    const uint64_t number = back == 0 || back > a->cases ? a->cases : a->cases - back;
    synthetic_make(out, a->hammer->options.run, a->index, number, now_us);
}

static void withdraw_one(arm* a, int64_t now_us) {
    synthetic made;
    pick(a, &made, now_us);
    const hcp_withdrawal one = {.struct_size = sizeof one,
                                .host_id = made.completion.host_id,
                                .case_no = made.completion.case_no,
                                .completion_no = made.completion.completion_no,
                                .withdrawn_at_us = now_us,
                                .reason = text_of("示例撤回")};
    report(a, WITHDRAWAL, &one, 1);
}

static void open_one(arm* a, int64_t now_us) {
    synthetic made;
    for (int tries = 0; tries < 8; ++tries) {
        pick(a, &made, now_us);
        if (made.completion.bids_secret) break;
    }
    if (!made.completion.bids_secret) return;
    const hcp_bids_opened one = {.struct_size = sizeof one,
                                 .host_id = made.completion.host_id,
                                 .project_no = made.completion.project_no,
                                 .section = made.completion.section,
                                 .opened_at_us = now_us};
    report(a, BIDS_OPENED, &one, 1);
}

static void visit_once(arm* a, int64_t now_us) {
    synthetic made;
    char visit_no[65];
    synthetic_make(&made, a->hammer->options.run, a->index, a->visits, now_us);
    snprintf(visit_no, sizeof visit_no, "V-%.32s-%u-%llu", a->hammer->options.run, a->index,
             (unsigned long long)a->visits++);
    const hcp_visit one = {.struct_size = sizeof one,
                           .line = made.completion.line,
                           .host_id = made.completion.host_id,
                           .visit_no = text_of(visit_no),
                           .visited_at_us = now_us,
                           .window = text_of("3号窗口"),
                           .department_id = made.completion.department_id,
                           .staff_id = made.handler.staff_id,
                           .subject = roll(a, 2) ? made.subjects : NULL};
    report(a, VISIT, &one, 1);
}

static void pause_after(const arm* a) {
    const hammer_options* const o = &a->hammer->options;
    if (o->rate == 0) return;
    const int64_t ns = 1000000000 * o->threads / o->rate;
    const struct timespec pause = {ns / 1000000000, ns % 1000000000};
    nanosleep(&pause, NULL);
}

static void* swing(void* argument) {
    arm* const a = argument;
    while (going(a)) {
        const int64_t now_us = host_now(a->hammer->host);
        const uint64_t side = roll(a, 10);
        if (side < 7)
            complete_some(a, now_us);
        else if (side == 7)
            withdraw_one(a, now_us);
        else if (side == 8)
            open_one(a, now_us);
        else
            visit_once(a, now_us);
        pause_after(a);
    }
    return NULL;
}

bool hammer_run(host* h, const hammer_options* options, buffer* answer) {
    hammer m = {.host = h, .options = *options};
    m.accepted_fd = open_for_append(h->options.state_dir, "accepted.log");
    m.reported_fd = open_for_append(h->options.state_dir, "reported.log");
    if (m.accepted_fd < 0 || m.reported_fd < 0) return false;
    if (keep_whole_lines(m.accepted_fd) < 0 || keep_whole_lines(m.reported_fd) < 0) return false;
    m.ends_ns = steady_ns() + options->seconds * 1000000000;

    const size_t wanted = (size_t)options->threads;
    arm* const arms = allocate(wanted * sizeof *arms);
    memset(arms, 0, wanted * sizeof *arms);
    size_t made = 0;
    for (; made < wanted; ++made) {
        arms[made].hammer = &m;
        arms[made].index = (unsigned)made;
        arms[made].dice = mix(options->seed * 4096 + made);
        if (pthread_create(&arms[made].thread, NULL, swing, &arms[made]) != 0) break;
    }
    if (options->until_told) {
        char ignored[64];
        while (read(STDIN_FILENO, ignored, sizeof ignored) > 0) {
        }
        m.told = true;
    }
    tally all = {{0}};
    histogram calls = {{0}, 0, 0};
    for (size_t i = 0; i < made; ++i) {
        pthread_join(arms[i].thread, NULL);
        tally_merge(&all, &arms[i].tally);
        histogram_merge(&calls, &arms[i].calls);
    }
    free(arms);
    close(m.accepted_fd);
    close(m.reported_fd);
    buffer_print(answer, ",\"threads\":%zu", made);
    tally_print(answer, &all);
    buffer_print(answer, ",\"p99_us\":%.1f,\"max_us\":%.1f", histogram_us(&calls, 0.99), (double)calls.max_ns / 1000);
    return !m.broken && made == wanted;
}
