#include "integration/trading_host/breach.h"
#include "integration/trading_host/histogram.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { GOOD = ONE(HCP_OK), STATE = ONE(HCP_E_STATE) };

static void pause_ms(long ms) {
    const struct timespec span = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&span, NULL);
}

/* ---- create ---- */

static void judge_refusal(breach* b, const char* call, bool must_say_why) {
    const unsigned lines_before = b->host->log_lines;
    judge_that(b, call, !host_create(b->host));
    if (must_say_why) judge_that(b, "the log says why", log_grows(b, lines_before));
}

void wrong_major(breach* b) {
    b->host->abi.abi_major = HCP_ABI_MAJOR + 1;
    judge_refusal(b, "create, a newer major, refused", true);
    b->host->abi.abi_major = HCP_ABI_MAJOR - 1;
    judge_refusal(b, "create, an older major, refused", true);
    b->host->abi.abi_major = HCP_ABI_MAJOR;
    b->host->abi.abi_minor = HCP_ABI_MINOR + 7;
    judge_that(b, "create, a newer minor, taken", host_create(b->host));
    judge(b, "destroy", host_destroy(b->host), GOOD);
}

void short_host_struct(breach* b) {
    b->host->abi.struct_size = 8;
    judge_refusal(b, "create, struct_size 8, refused", false);
    b->host->abi.struct_size = offsetof(hcp_host, extension);
    judge_refusal(b, "create, struct_size before extension, refused", true);
}

void null_log(breach* b) {
    b->host->abi.log = NULL;
    judge_refusal(b, "create, log NULL, refused", false);
}

/* ---- state ---- */

static void judge_all(breach* b, unsigned expected) {
    hcp_plugin* const p = b->host->plugin;
    synthetic made;
    hcp_result result;
    buffer text = {0};
    good_completion(b, &made);
    const hcp_completion* const c = &made.completion;
    const hcp_withdrawal withdrawal = {.struct_size = sizeof withdrawal,
                                       .host_id = c->host_id,
                                       .case_no = c->case_no,
                                       .completion_no = c->completion_no,
                                       .withdrawn_at_us = c->completed_at_us};
    const hcp_bids_opened opened = {.struct_size = sizeof opened,
                                    .host_id = c->host_id,
                                    .project_no = c->project_no,
                                    .opened_at_us = c->completed_at_us};
    const hcp_visit visit = {.struct_size = sizeof visit,
                             .host_id = c->host_id,
                             .visit_no = c->case_no,
                             .visited_at_us = c->completed_at_us};
    const hcp_rating rating = {.struct_size = sizeof rating,
                               .level = 5,
                               .host_id = c->host_id,
                               .case_no = c->case_no,
                               .completion_no = c->completion_no,
                               .subject_type = made.subjects[0].type,
                               .certificate_no = made.subjects[0].certificate_no,
                               .request_key = c->case_no};
    judge(b, "completed", report_one(b, c, &result), expected);
    results_init(&result, 1);
    judge(b, "withdrawn", p->withdrawn(p, &withdrawal, 1, &result), expected);
    judge(b, "bids_opened", p->bids_opened(p, &opened, 1, &result), expected);
    judge(b, "visit", p->visit(p, &visit, 1, &result), expected);
    judge(b, "evaluation_link", p->evaluation_link(p, c, made.subjects, emit_into, &text), expected);
    judge(b, "health", p->health(p, emit_into, &text), expected);
    judge(b, "pending_for",
          p->pending_for(p, made.subjects[0].type, made.subjects[0].certificate_no, (hcp_text){NULL, 0}, 1000,
                         emit_into, &text),
          expected);
    judge(b, "rate", p->rate(p, &rating, 1000, emit_into, &text), expected);
    judge(b, "reload", p->reload(p), expected);
    judge_that(b, "nothing was emitted", text.size == 0);
    buffer_free(&text);
}

void call_before_start(breach* b) {
    judge_that(b, "create", host_create(b->host));
    if (!b->host->plugin) return;
    const unsigned lines_before = b->host->log_lines;
    judge_all(b, STATE);
    judge_that(b, "the log says it once", log_grows(b, lines_before) && b->host->log_lines == lines_before + 1);
    judge(b, "stop", b->host->plugin->stop(b->host->plugin, 1000), STATE);
    judge(b, "destroy", host_destroy(b->host), GOOD);
}

void call_after_stop(breach* b) {
    if (!bring_up(b)) return;
    judge(b, "stop", host_stop(b->host, 20000), GOOD);
    const unsigned lines_before = b->host->log_lines;
    judge_all(b, STATE);
    judge_that(b, "the log says it once", log_grows(b, lines_before) && b->host->log_lines == lines_before + 1);
    judge(b, "start again", b->host->plugin->start(b->host->plugin), STATE);
    judge(b, "stop again", host_stop(b->host, 1000), GOOD);
    judge(b, "destroy", host_destroy(b->host), GOOD);
}

void destroy_while_running(breach* b) {
    if (!bring_up(b)) return;
    const unsigned lines_before = b->host->log_lines;
    judge(b, "destroy, running", host_destroy(b->host), STATE);
    judge_that(b, "the log says why", log_grows(b, lines_before));
    synthetic made;
    good_completion(b, &made);
    judge(b, "completed, afterwards", report_one(b, &made.completion, NULL), GOOD);
    take_down(b);
}

/* ---- the wrong process, the wrong thread ---- */

void call_from_fork(breach* b) {
    if (!bring_up(b)) return;
    synthetic made;
    good_completion(b, &made);
    const pid_t child = fork();
    if (child == 0) {
        alarm(10); /* a lock that a thread of the parent held is held for ever here */
        judge(b, "completed, in the child", report_one(b, &made.completion, NULL), STATE);
        _exit(b->as_expected ? 0 : 1);
    }
    int end = 1;
    judge_that(b, "the child got its answer", child > 0 && waitpid(child, &end, 0) == child && end == 0);
    judge(b, "completed, in the parent", report_one(b, &made.completion, NULL), GOOD);
    take_down(b);
}

typedef struct control_call {
    breach* breach;
    bool stops;
    hcp_status answer;
} control_call;

static void* call_control(void* argument) {
    control_call* const call = argument;
    hcp_plugin* const p = call->breach->host->plugin;
    call->answer = call->stops ? p->stop(p, 20000) : p->start(p);
    return NULL;
}

/* Whoever comes second, or is not the control thread, may be refused; nobody may hang and the state must stay sound. */
static void both_at_once(breach* b, bool stops) {
    control_call calls[2] = {{b, stops, HOST_UNHOOKED}, {b, stops, HOST_UNHOOKED}};
    pthread_t threads[2];
    for (int i = 0; i < 2; ++i) pthread_create(&threads[i], NULL, call_control, &calls[i]);
    for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
    for (int i = 0; i < 2; ++i)
        judge(b, stops ? "stop, from two threads" : "start, from two threads", calls[i].answer, GOOD | STATE);
}

void two_control_threads(breach* b) {
    judge_that(b, "create", host_create(b->host));
    if (!b->host->plugin) return;
    hcp_plugin* const p = b->host->plugin;
    both_at_once(b, false);
    judge(b, "start, from the control thread", p->start(p), GOOD | STATE);
    synthetic made;
    good_completion(b, &made);
    judge(b, "completed", report_one(b, &made.completion, NULL), GOOD);
    both_at_once(b, true);
    take_down(b);
}

/* ---- callbacks ---- */

static host* reentered;
static _Thread_local bool inside;
static _Atomic unsigned reentries;

static void log_that_calls_back(void* self, int32_t level, hcp_text message) {
    (void)level;
    host_say(self, "reentering", message);
    if (inside || !reentered->plugin) return;
    inside = true; /* or the complaint about the breach would be a breach again, without end */
    buffer text = {0};
    reentered->plugin->health(reentered->plugin, emit_into, &text);
    buffer_free(&text);
    inside = false;
    ++reentries;
}

void log_reenters(breach* b) {
    reentered = b->host;
    b->host->abi.log = log_that_calls_back;
    if (!bring_up(b)) return;
    synthetic made;
    good_completion(b, &made);
    judge(b, "completed", report_one(b, &made.completion, NULL), GOOD);
    take_down(b);
    judge_that(b, "the log was called and called back", reentries > 0);
}

void slow_scan(breach* b) {
    b->host->completed.scan_delay_ms = 5000;
    if (!bring_up(b)) return;
    /* The daily reconciliation comes due. */
    clock_set(&b->host->clock, host_now(b->host) + INT64_C(86400) * 1000000);
    for (int i = 0; i < 200 && b->host->completed.scans == 0; ++i) pause_ms(50);
    judge_that(b, "the scan was called", b->host->completed.scans > 0);

    const int64_t before = steady_ns();
    synthetic made;
    good_completion(b, &made);
    judge(b, "completed, during the scan", report_one(b, &made.completion, NULL), GOOD);
    judge_that(b, "within a second", steady_ns() - before < 1000000000);
    judge(b, "stop, during the scan, 1 s", host_stop(b->host, 1000), GOOD | ONE(HCP_E_TIMEOUT));
    judge(b, "stop, 20 s", host_stop(b->host, 20000), GOOD);
    judge(b, "destroy", host_destroy(b->host), GOOD);
}

void hook_after_remove(breach* b) {
    if (!bring_up(b)) return;
    const hcp_completion_hook hook = b->host->hooks.hook[0].call;
    void* const self = b->host->hooks.hook[0].self;
    judge_that(b, "the plugin hooked itself in", hook != NULL);
    judge(b, "stop", host_stop(b->host, 20000), GOOD);
    judge_that(b, "the plugin took its hook out", b->host->hooks.hook[0].call == NULL);
    if (hook) {
        synthetic made;
        hcp_result result;
        good_completion(b, &made);
        results_init(&result, 1);
        const unsigned lines_before = b->host->log_lines;
        hook(self, &made.completion, 1, &result);
        judge(b, "the hook, after remove_hook", result.status, STATE);
        judge_that(b, "the log says why", log_grows(b, lines_before));
    }
    judge(b, "destroy", host_destroy(b->host), GOOD);
}

typedef struct careless {
    breach* breach;
    hcp_status answer;
} careless;

static void rate_at_once(void* self, const hcp_completion* events, size_t count, hcp_result* results) {
    (void)count;
    (void)results;
    careless* const c = self;
    hcp_plugin* const p = c->breach->host->plugin;
    const hcp_rating rating = {.struct_size = sizeof rating,
                               .level = 5,
                               .host_id = events->host_id,
                               .case_no = events->case_no,
                               .completion_no = events->completion_no,
                               .subject_type = events->subjects->type,
                               .certificate_no = events->subjects->certificate_no,
                               .request_key = events->case_no};
    buffer text = {0};
    c->answer = p->rate(p, &rating, 1000, emit_into, &text);
    buffer_free(&text);
}

void blocking_on_completion_thread(breach* b) {
    if (!bring_up(b)) return;
    careless c = {b, HOST_UNHOOKED};
    synthetic made;
    hcp_result result;
    good_completion(b, &made);
    judge(b, "add_hook of the host's own", hooks_add(&b->host->hooks, rate_at_once, &c), GOOD);
    judge(b, "completed", host_call(b->host, COMPLETION, &made.completion, 1, &result), GOOD);
    judge(b, "rate, within the callback", c.answer, ANY_STATUS & ~ONE(HCP_E_INTERNAL));
    judge(b, "remove_hook", hooks_remove(&b->host->hooks, rate_at_once, &c), GOOD);
    take_down(b);
}
