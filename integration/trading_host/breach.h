/* What the breaches share: the judge of answers, and a well-formed completion to spoil. */
#ifndef TRADING_HOST_BREACH_H
#define TRADING_HOST_BREACH_H
#include "integration/trading_host/report.h"
#include "integration/trading_host/synthetic.h"

typedef struct breach {
    host* host;
    const char* kind;
    bool as_expected;
    uint64_t made;       /* completions so far */
    unsigned lines_seen; /* of the host's log, when the last answer was judged */
} breach;

/* Sets of statuses. */
#define ONE(status) (1u << (status))
enum { ANY_STATUS = 0xff };

/* Prints the answer beside what the contract says, and remembers whether they agree. INVALID must have left a line in
 * the log as well. */
void judge(breach* b, const char* call, hcp_status answer, unsigned expected);
void judge_that(breach* b, const char* what, bool holds);
/* Whether there are more lines than before. The plugin writes them on a thread of its own, soon after its answer. */
bool log_grows(const breach* b, unsigned lines_before);

/* A well-formed completion that has not been reported before. */
void good_completion(breach* b, synthetic* out);
hcp_status report_one(breach* b, const hcp_completion* one, hcp_result* result);

/* create and start; stop and destroy. Both judged: a breach must not hinder them. */
bool bring_up(breach* b);
void take_down(breach* b);

/* Events and results that are malformed (breach_events.c). */
void null_events(breach* b);
void short_event_struct(breach* b);
void unequal_strides(breach* b);
void zero_struct_size(breach* b);
void null_text_with_size(breach* b);
void not_utf8(breach* b);
void too_long(breach* b);
void future_completion(breach* b);
void no_subjects(breach* b);
void huge_batch(breach* b);

/* Calls in the wrong state, from the wrong thread or process (breach_calls.c). */
void wrong_major(breach* b);
void short_host_struct(breach* b);
void null_log(breach* b);
void call_before_start(breach* b);
void call_after_stop(breach* b);
void call_from_fork(breach* b);
void two_control_threads(breach* b);
void destroy_while_running(breach* b);
void log_reenters(breach* b);
void slow_scan(breach* b);
void hook_after_remove(breach* b);
void blocking_on_completion_thread(breach* b);

#endif
