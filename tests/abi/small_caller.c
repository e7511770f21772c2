/* A host with nothing but a log, compiled apart from the current header: from the saved header of 1.0, and once more as
 * a later minor would be, with structs that have grown at the end. Both must be able to hand three events to any 1.x
 * plugin. small_caller MODULE CONFIG */
#include HCP_HEADER

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#ifdef HCP_FUTURE
#define TAIL unsigned char later_fields[48];
#else
#define TAIL
#endif

typedef struct completion {
    hcp_completion v1;
    TAIL
} completion;
typedef struct subject {
    hcp_subject v1;
    TAIL
} subject;
typedef struct withdrawal {
    hcp_withdrawal v1;
    TAIL
} withdrawal;
typedef struct result {
    hcp_result v1;
    TAIL
} result;
typedef struct host {
    hcp_host v1;
    TAIL
} host;

static int failures;

static void check(const char* what, bool holds) {
    if (holds) return;
    printf("FAILED: %s\n", what);
    ++failures;
}

static hcp_text text_of(const char* text) {
    const hcp_text value = {text, (uint32_t)strlen(text)};
    return value;
}

static void log_line(void* self, int32_t level, hcp_text message) {
    (void)self;
    fprintf(stderr, "%d %.*s\n", level, (int)message.size, message.data);
}

static const void* no_extension(void* self, const char* id) {
    (void)self;
    (void)id;
    return NULL;
}

static void keep(void* ctx, hcp_text text) {
    snprintf(ctx, 200, "%.*s", (int)text.size, text.data);
}

enum { EVENTS = 3 };

/* What a later minor means with its further fields, this plugin cannot know: they are noise to it. */
static void fill(completion* events, subject* subjects, result* results, const char* const* case_no, int64_t now_us) {
    memset(events, 0xee, EVENTS * sizeof *events);
    memset(subjects, 0xee, EVENTS * sizeof *subjects);
    memset(results, 0xee, EVENTS * sizeof *results);
    for (int i = 0; i < EVENTS; ++i) {
        subjects[i].v1 = (hcp_subject){.struct_size = sizeof(subject),
                                       .type = HCP_SUBJECT_LEGAL,
                                       .certificate_no = text_of(i ? "91990000TEST0001" : "91990000TEST0002")};
        events[i].v1 = (hcp_completion){.struct_size = sizeof(completion),
                                        .line = HCP_LINE_MINING,
                                        .host_id = text_of("small"),
                                        .case_no = text_of(case_no[i]),
                                        .completion_no = text_of("1"),
                                        .project_no = text_of("P-1"),
                                        .node = text_of("项目登记"),
                                        .completed_at_us = now_us,
                                        .subjects = &subjects[0].v1,
                                        .subject_count = 2};
        results[i].v1 = (hcp_result){.struct_size = sizeof(result), .status = -1};
    }
}

static void report_completions(hcp_plugin* p, int64_t now_us) {
    completion events[EVENTS];
    subject subjects[EVENTS];
    result results[EVENTS];
    fill(events, subjects, results, (const char* const[]){"C-1", "C-2", "C-3"}, now_us);
    check("three completions are OK", p->completed(p, &events[0].v1, EVENTS, &results[0].v1) == HCP_OK);
    for (int i = 0; i < EVENTS; ++i) check("each result is OK", results[i].v1.status == HCP_OK);

    fill(events, subjects, results, (const char* const[]){"C-4", "", "C-6"}, now_us);
    check("one of three is INVALID", p->completed(p, &events[0].v1, EVENTS, &results[0].v1) == HCP_E_INVALID);
    check("the first is OK", results[0].v1.status == HCP_OK);
    check("the second is INVALID", results[1].v1.status == HCP_E_INVALID);
    check("the second names its field", strcmp(results[1].v1.field, "case_no") == 0);
    check("the third is OK", results[2].v1.status == HCP_OK);
#ifdef HCP_FUTURE
    for (int i = 0; i < EVENTS; ++i) check("nothing is written past what is known", results[i].later_fields[0] == 0xee);
#endif
}

static void report_withdrawals(hcp_plugin* p, int64_t now_us) {
    withdrawal events[EVENTS];
    result results[EVENTS];
    memset(events, 0xee, sizeof events);
    memset(results, 0xee, sizeof results);
    const char* const case_no[] = {"C-1", "C-2", "C-9"};
    for (int i = 0; i < EVENTS; ++i) {
        events[i].v1 = (hcp_withdrawal){.struct_size = sizeof(withdrawal),
                                        .host_id = text_of("small"),
                                        .case_no = text_of(case_no[i]),
                                        .completion_no = text_of("1"),
                                        .withdrawn_at_us = now_us};
        results[i].v1 = (hcp_result){.struct_size = sizeof(result), .status = -1};
    }
    check("three withdrawals are OK", p->withdrawn(p, &events[0].v1, EVENTS, &results[0].v1) == HCP_OK);
    for (int i = 0; i < EVENTS; ++i) check("each withdrawal is OK", results[i].v1.status == HCP_OK);
}

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    void* const library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    void* const symbol = library ? dlsym(library, "hcp_plugin_create") : NULL;
    if (!symbol) return printf("%s\n", dlerror()), 1;
    hcp_plugin* (*create)(const hcp_host*, hcp_text) = NULL;
    memcpy(&create, &symbol, sizeof symbol);

    host mine;
    memset(&mine, 0xee, sizeof mine);
    mine.v1 = (hcp_host){.struct_size = sizeof mine,
                         .abi_major = HCP_ABI_MAJOR,
                         .abi_minor = HCP_ABI_MINOR,
                         .log = log_line,
                         .extension = no_extension};
    hcp_plugin* const p = create(&mine.v1, text_of(argv[2]));
    if (!p) return printf("FAILED: create\n"), 1;
    check("the plugin has all that 1.0 promised", p->struct_size >= 120 && p->abi_major == 1);
    check("start", p->start(p) == HCP_OK);

    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const int64_t now_us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    report_completions(p, now_us);
    report_withdrawals(p, now_us);

    char text[200] = "";
    check("health", p->health(p, keep, text) == HCP_OK && text[0] == '{');
    check("stop", p->stop(p, 20000) == HCP_OK);
    check("destroy", p->destroy(p) == HCP_OK);
    return failures > 0;
}
