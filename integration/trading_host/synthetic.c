#include "integration/trading_host/synthetic.h"

#include <stdio.h>
#include <string.h>

#define HOST_ID "hammer"

uint64_t mix(uint64_t value) {
    value += UINT64_C(0x9E3779B97F4A7C15);
    value = (value ^ (value >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94D049BB133111EB);
    return value ^ (value >> 31);
}

/* Steps of the shipped nodes.csv, and the last part of their items in items.csv; the first part is the line's. */
static const char* const nodes[] = {"项目登记", "招标公告", "保证金", "中标公示"};
static const char* const items[] = {"01", "02", "03", "06"};
static const char* const lines[] = {"ZC", "YX", "GC", "KY"};

void synthetic_make(synthetic* out, const char* run, unsigned thread, uint64_t number, int64_t completed_at_us) {
    const uint64_t project = number / CASES_PER_PROJECT;
    const uint64_t dice = mix(number * 1024 + thread);
    const uint64_t project_dice = mix(~(project * 1024 + thread));
    memset(out, 0, sizeof *out);
    snprintf(out->case_no, sizeof out->case_no, "%.32s-%u-%llu", run, thread, (unsigned long long)number);
    snprintf(out->project_no, sizeof out->project_no, "P-%.32s-%u-%llu", run, thread, (unsigned long long)project);
    out->handler =
        (hcp_staff){.struct_size = sizeof out->handler, .staff_id = text_of("S-0001"), .name = text_of("示例经办")};

    const size_t count = 1 + dice % MOST_SUBJECTS;
    for (size_t i = 0; i < count; ++i) {
        const bool person = (project_dice >> (12 + 2 * i)) % 4 == 0;
        /* A pool of 90,000 parties; three in a row are never the same. The parties of a project stay with it. */
        const unsigned long long party = (project_dice >> 20) % 30000 * 3 + i;
        snprintf(out->certificate_no[i], sizeof out->certificate_no[i], "%s%05llu",
                 person ? "9900001980010" : "91990000HAMMR", party);
        out->subjects[i] = (hcp_subject){.struct_size = sizeof *out->subjects,
                                         .type = person ? HCP_SUBJECT_PERSON : HCP_SUBJECT_LEGAL,
                                         .role = i == 0 ? HCP_ROLE_TENDERER : HCP_ROLE_BIDDER,
                                         .certificate_no = text_of(out->certificate_no[i]),
                                         .name = text_of(person ? "示例自然人" : "示例有限公司")};
    }
    /* Of every sixteenth project the item is not known. */
    if ((project_dice >> 48) % 16 != 0)
        snprintf(out->item_code, sizeof out->item_code, "%s-%s", lines[project_dice % 4],
                 items[number % CASES_PER_PROJECT]);
    out->completion = (hcp_completion){
        .struct_size = sizeof out->completion,
        .line = HCP_LINE_GOVERNMENT + (int32_t)(project_dice % 4),
        .host_id = text_of(HOST_ID),
        .case_no = text_of(out->case_no),
        .completion_no = text_of("1"),
        .project_no = text_of(out->project_no),
        .node = text_of(nodes[number % CASES_PER_PROJECT]),
        .completed_at_us = completed_at_us,
        .project_name = text_of("示例项目"),
        .section = text_of(project % 2 ? "1" : ""),
        .item_code = text_of(out->item_code),
        .department_id = text_of("D-1"),
        .department_name = text_of("交易一部"),
        .channel = HCP_CHANNEL_ONLINE,
        .bids_secret = (project_dice >> 8) % 3 == 0,
        .subjects = out->subjects,
        .subject_count = count,
        .handlers = &out->handler,
        .handler_count = 1,
    };
}
