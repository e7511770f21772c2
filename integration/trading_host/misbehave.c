#include "integration/trading_host/misbehave.h"

#include "integration/trading_host/breach.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct {
    const char* name;
    void (*commit)(breach* b);
    const char* what;
} breaches[] = {
    {"wrong_major", wrong_major, "create with another major version"},
    {"short_host_struct", short_host_struct, "create with a host struct that ends too early"},
    {"null_log", null_log, "create without a log function"},
    {"null_events", null_events, "events NULL, or no place for the results of two"},
    {"short_event_struct", short_event_struct, "a struct_size that ends before the first required field"},
    {"unequal_strides", unequal_strides, "elements of one array with different struct_size"},
    {"zero_struct_size", zero_struct_size, "struct_size 0 in event, subject or result"},
    {"null_text_with_size", null_text_with_size, "a text of five bytes at NULL"},
    {"not_utf8", not_utf8, "bytes that are not UTF-8"},
    {"too_long", too_long, "one character more than the header allows"},
    {"future_completion", future_completion, "completed six minutes from now"},
    {"no_subjects", no_subjects, "no subject, subjects at NULL, 1001 subjects"},
    {"call_before_start", call_before_start, "every function before start"},
    {"call_after_stop", call_after_stop, "every function after stop"},
    {"call_from_fork", call_from_fork, "completed in a forked child"},
    {"two_control_threads", two_control_threads, "start, then stop, from two threads at once"},
    {"destroy_while_running", destroy_while_running, "destroy without stop"},
    {"log_reenters", log_reenters, "the log function calls back into the plugin"},
    {"slow_scan", slow_scan, "the completion scan takes five seconds"},
    {"hook_after_remove", hook_after_remove, "the hook is called after it was removed"},
    {"huge_batch", huge_batch, "5000 events in one call, and more than there may be"},
    {"blocking_on_completion_thread", blocking_on_completion_thread, "rate within a completion callback"},
};

bool log_grows(const breach* b, unsigned lines_before) {
    const struct timespec pause = {0, 1000000};
    for (int left = 2000; b->host->log_lines == lines_before && left > 0; --left) nanosleep(&pause, NULL);
    return b->host->log_lines > lines_before;
}

void judge(breach* b, const char* call, hcp_status answer, unsigned expected) {
    buffer wanted = {0};
    for (hcp_status s = HCP_OK; s <= HCP_E_INTERNAL; ++s) {
        if (expected & ONE(s)) buffer_print(&wanted, "%s%s", wanted.size ? "|" : "", status_name(s));
    }
    const bool logged = answer != HCP_E_INVALID || log_grows(b, b->lines_seen);
    b->lines_seen = b->host->log_lines;
    const bool good = answer >= HCP_OK && answer <= HCP_E_INTERNAL && (expected & ONE(answer)) && logged;
    printf("%s\t%s\t%s\t%s%s\n", b->kind, call, status_name(answer), wanted.data,
           good     ? ""
           : logged ? "\tUNEXPECTED"
                    : "\tNOT LOGGED");
    fflush(stdout);
    buffer_free(&wanted);
    b->as_expected = b->as_expected && good;
}

void judge_that(breach* b, const char* what, bool holds) {
    printf("%s\t%s\t%s\tyes%s\n", b->kind, what, holds ? "yes" : "no", holds ? "" : "\tUNEXPECTED");
    fflush(stdout);
    b->as_expected = b->as_expected && holds;
}

void good_completion(breach* b, synthetic* out) {
    char run[24];
    snprintf(run, sizeof run, "breach-%d", (int)getpid());
    synthetic_make(out, run, 0, b->made++, host_now(b->host));
}

hcp_status report_one(breach* b, const hcp_completion* one, hcp_result* result) {
    hcp_result unused;
    hcp_result* const to = result ? result : &unused;
    results_init(to, 1);
    return b->host->plugin->completed(b->host->plugin, one, 1, to);
}

bool bring_up(breach* b) {
    const hcp_status status = host_start(b->host);
    judge(b, "start", status, ONE(HCP_OK));
    return status == HCP_OK;
}

void take_down(breach* b) {
    judge(b, "stop", host_stop(b->host, 20000), ONE(HCP_OK));
    judge(b, "destroy", host_destroy(b->host), ONE(HCP_OK));
}

bool misbehave_run(host* h, const char* kind, bool* known) {
    *known = false;
    breach b = {.host = h, .kind = kind, .as_expected = true};
    for (size_t i = 0; i < sizeof breaches / sizeof *breaches; ++i) {
        if (strcmp(breaches[i].name, kind) != 0) continue;
        *known = true;
        breaches[i].commit(&b);
    }
    return *known && b.as_expected;
}

void misbehave_list(buffer* to) {
    for (size_t i = 0; i < sizeof breaches / sizeof *breaches; ++i)
        buffer_print(to, "  %-30s %s\n", breaches[i].name, breaches[i].what);
}
