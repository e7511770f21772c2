#include "integration/trading_host/breach.h"

#include <stdlib.h>
#include <string.h>

enum { INVALID = ONE(HCP_E_INVALID), GOOD = ONE(HCP_OK) };

/* INVALID must name the field: a host's developer has nothing else to go by. */
static void judge_invalid(breach* b, const char* call, const hcp_completion* one, const char* field) {
    hcp_result result;
    judge(b, call, report_one(b, one, &result), INVALID);
    if (field)
        judge_that(b, "the result names the field and says why", !strcmp(result.field, field) && result.reason[0]);
}

static void judge_still_good(breach* b) {
    synthetic made;
    good_completion(b, &made);
    judge(b, "completed, well-formed, afterwards", report_one(b, &made.completion, NULL), GOOD);
}

void null_events(breach* b) {
    if (!bring_up(b)) return;
    hcp_plugin* const p = b->host->plugin;
    hcp_result result;
    results_init(&result, 1);
    judge(b, "completed, events NULL", p->completed(p, NULL, 1, &result), INVALID);
    judge(b, "withdrawn, events NULL", p->withdrawn(p, NULL, 1, &result), INVALID);
    judge(b, "bids_opened, events NULL", p->bids_opened(p, NULL, 1, &result), INVALID);
    judge(b, "visit, events NULL", p->visit(p, NULL, 1, &result), INVALID);
    judge(b, "rate, rating NULL", p->rate(p, NULL, 1000, emit_into, NULL), INVALID);
    judge(b, "evaluation_link, key NULL", p->evaluation_link(p, NULL, NULL, emit_into, NULL), INVALID);
    judge(b, "completed, no events", p->completed(p, NULL, 0, NULL), GOOD);

    synthetic one, other;
    good_completion(b, &one);
    good_completion(b, &other);
    const hcp_completion two[] = {one.completion, other.completion};
    judge(b, "completed, two events, results NULL", p->completed(p, two, 2, NULL), INVALID);
    judge(b, "completed, one event, results NULL", p->completed(p, two, 1, NULL), GOOD);
    take_down(b);
}

void short_event_struct(breach* b) {
    if (!bring_up(b)) return;
    synthetic made;
    good_completion(b, &made);
    made.completion.struct_size = 16;
    judge_invalid(b, "completed, struct_size 16", &made.completion, NULL);
    good_completion(b, &made);
    made.subjects[0].struct_size = 8;
    made.completion.subject_count = 1;
    judge_invalid(b, "completed, subject struct_size 8", &made.completion, NULL);
    judge_still_good(b);
    take_down(b);
}

void unequal_strides(breach* b) {
    if (!bring_up(b)) return;
    synthetic made[2];
    hcp_completion two[2];
    hcp_result results[2];
    for (int i = 0; i < 2; ++i) {
        good_completion(b, &made[i]);
        two[i] = made[i].completion;
    }
    hcp_plugin* const p = b->host->plugin;
    results_init(results, 2);
    two[1].struct_size -= 8;
    judge(b, "completed, events of two sizes", p->completed(p, two, 2, results), INVALID);
    two[1].struct_size += 8;

    results_init(results, 2);
    results[1].struct_size -= 8;
    judge(b, "completed, results of two sizes", p->completed(p, two, 2, results), INVALID);

    made[0].subjects[1] = made[0].subjects[0];
    made[0].subjects[1].struct_size -= 16;
    made[0].completion.subject_count = 2;
    judge_invalid(b, "completed, subjects of two sizes", &made[0].completion, NULL);
    judge_still_good(b);
    take_down(b);
}

void zero_struct_size(breach* b) {
    if (!bring_up(b)) return;
    synthetic made;
    hcp_result result;
    good_completion(b, &made);
    made.completion.struct_size = 0;
    judge_invalid(b, "completed, event struct_size 0", &made.completion, NULL);
    good_completion(b, &made);
    made.subjects[0].struct_size = 0;
    made.completion.subject_count = 1;
    judge_invalid(b, "completed, subject struct_size 0", &made.completion, NULL);
    good_completion(b, &made);
    memset(&result, 0, sizeof result);
    judge(b, "completed, result struct_size 0",
          b->host->plugin->completed(b->host->plugin, &made.completion, 1, &result), INVALID);
    judge_still_good(b);
    take_down(b);
}

void null_text_with_size(breach* b) {
    if (!bring_up(b)) return;
    const hcp_text nowhere = {NULL, 5};
    synthetic made;
    good_completion(b, &made);
    made.completion.case_no = nowhere;
    judge_invalid(b, "completed, case_no", &made.completion, "case_no");
    good_completion(b, &made);
    made.completion.project_name = nowhere;
    judge_invalid(b, "completed, project_name", &made.completion, "project_name");
    good_completion(b, &made);
    made.subjects[0].name = nowhere;
    judge_invalid(b, "completed, a subject's name", &made.completion, "subjects[0].name");
    judge_still_good(b);
    take_down(b);
}

void not_utf8(breach* b) {
    if (!bring_up(b)) return;
    static const char* const spoilt[] = {"\xff\xfe", "\xc0\xaf" /* overlong */, "\xed\xa0\x80" /* a surrogate */,
                                         "\xe4\xb8" /* cut short */, "\xf4\x90\x80\x80" /* beyond U+10FFFF */};
    for (size_t i = 0; i < sizeof spoilt / sizeof *spoilt; ++i) {
        synthetic made;
        good_completion(b, &made);
        made.completion.project_name = text_of(spoilt[i]);
        judge_invalid(b, "completed, project_name", &made.completion, "project_name");
    }
    judge_still_good(b);
    take_down(b);
}

void too_long(breach* b) {
    if (!bring_up(b)) return;
    char letters[66];
    memset(letters, 'A', sizeof letters - 1);
    letters[sizeof letters - 1] = '\0';
    buffer name = {0};
    for (int i = 0; i < 200; ++i) buffer_print(&name, "名");

    synthetic made;
    good_completion(b, &made);
    made.completion.case_no = text_of(letters);
    judge_invalid(b, "completed, case_no of 65 characters", &made.completion, "case_no");
    good_completion(b, &made);
    made.completion.project_name = text_of(name.data);
    judge(b, "completed, project_name of 200 characters, 600 bytes", report_one(b, &made.completion, NULL), GOOD);
    buffer_print(&name, "名");
    good_completion(b, &made);
    made.completion.project_name = text_of(name.data);
    judge_invalid(b, "completed, project_name of 201 characters", &made.completion, "project_name");
    good_completion(b, &made);
    made.completion.subject_count = 1;
    made.subjects[0].certificate_no = text_of(letters);
    judge_invalid(b, "completed, certificate_no of 65 characters", &made.completion, "subjects[0].certificate_no");
    buffer_free(&name);
    take_down(b);
}

void future_completion(breach* b) {
    if (!bring_up(b)) return;
    const int64_t minute_us = 60 * 1000000;
    synthetic made;
    good_completion(b, &made);
    made.completion.completed_at_us += 6 * minute_us;
    judge_invalid(b, "completed, 6 minutes ahead", &made.completion, "completed_at_us");
    good_completion(b, &made);
    made.completion.completed_at_us += 4 * minute_us;
    judge(b, "completed, 4 minutes ahead", report_one(b, &made.completion, NULL), GOOD);
    good_completion(b, &made);
    made.completion.completed_at_us = 0;
    judge_invalid(b, "completed, at no time", &made.completion, "completed_at_us");
    take_down(b);
}

void no_subjects(breach* b) {
    if (!bring_up(b)) return;
    synthetic made;
    good_completion(b, &made);
    made.completion.subject_count = 0;
    judge_invalid(b, "completed, no subject", &made.completion, "subjects");
    good_completion(b, &made);
    made.completion.subjects = NULL;
    judge_invalid(b, "completed, subjects at NULL", &made.completion, "subjects");

    hcp_subject* const many = allocate(1001 * sizeof *many);
    good_completion(b, &made);
    for (size_t i = 0; i < 1001; ++i) many[i] = made.subjects[0];
    made.completion.subjects = many;
    made.completion.subject_count = 1001;
    judge_invalid(b, "completed, 1001 subjects", &made.completion, "subjects");
    free(many);
    judge_still_good(b);
    take_down(b);
}

/* There is one of each: whoever looked for more would fall. */
static void claim_too_many(breach* b, size_t count) {
    hcp_plugin* const p = b->host->plugin;
    synthetic made;
    hcp_result result, before;
    good_completion(b, &made);
    memset(&result, 0x5a, sizeof result);
    before = result;
    judge(b, "completed, too many events", p->completed(p, &made.completion, count, &result), INVALID);
    judge(b, "completed, too many events, results NULL", p->completed(p, &made.completion, count, NULL), INVALID);
    judge(b, "withdrawn, too many events", p->withdrawn(p, NULL, count, &result), INVALID);
    judge(b, "bids_opened, too many events", p->bids_opened(p, NULL, count, &result), INVALID);
    judge(b, "visit, too many events", p->visit(p, NULL, count, &result), INVALID);
    judge_that(b, "no result is touched", memcmp(&result, &before, sizeof before) == 0);
}

void huge_batch(breach* b) {
    if (!bring_up(b)) return;
    claim_too_many(b, HCP_MAX_EVENTS + 1);
    claim_too_many(b, SIZE_MAX / sizeof(hcp_completion));
    claim_too_many(b, SIZE_MAX);
    enum { MANY = 5000 };
    synthetic* const made = allocate(MANY * sizeof *made);
    hcp_completion* const events = allocate(MANY * sizeof *events);
    hcp_result* const results = allocate(MANY * sizeof *results);
    size_t accepted = 0;
    for (size_t i = 0; i < MANY; ++i) {
        good_completion(b, &made[i]);
        events[i] = made[i].completion;
    }
    results_init(results, MANY);
    judge(b, "completed, 5000 events", b->host->plugin->completed(b->host->plugin, events, MANY, results), GOOD);
    for (size_t i = 0; i < MANY; ++i) accepted += results[i].status == HCP_OK;
    judge_that(b, "every result is OK", accepted == MANY);

    /* One bad event among the many concerns itself alone. */
    for (size_t i = 0; i < MANY; ++i) {
        good_completion(b, &made[i]);
        events[i] = made[i].completion;
    }
    events[MANY / 2].case_no = text_of(NULL);
    results_init(results, MANY);
    judge(b, "completed, 5000 events, one spoilt", b->host->plugin->completed(b->host->plugin, events, MANY, results),
          INVALID);
    accepted = 0;
    for (size_t i = 0; i < MANY; ++i) accepted += results[i].status == HCP_OK;
    judge_that(b, "the others are OK", accepted == MANY - 1 && results[MANY / 2].status == HCP_E_INVALID);
    free(made);
    free(events);
    free(results);
    take_down(b);
}
