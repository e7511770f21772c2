/* What is released never moves. A failing row means that hosts in the field would break: undo the change. A new minor
 * appends its fields here, with the sizes that its structs then have, and touches no other number. */
#include "plugin/abi/haochaping.h"

#include <stdio.h>
#include <string.h>

#define FROZEN(type, field, offset, size) \
    { #type "." #field, offsetof(type, field), sizeof(((type*)0)->field), offset, size }
#define WHOLE(type, size) \
    { #type " as a whole", 0, sizeof(type), 0, size }
#define VALUE(name, value) \
    { #name, 0, name, 0, value }

static const struct row {
    const char* name;
    size_t offset, size, frozen_offset, frozen_size;
} rows[] = {
    /* clang-format off */
    /* NOLINTBEGIN(bugprone-sizeof-expression): pointers are what some fields are */
    FROZEN(hcp_text, data, 0, 8),
    FROZEN(hcp_text, size, 8, 4),
    FROZEN(hcp_subject, struct_size, 0, 4),
    FROZEN(hcp_subject, type, 4, 4),
    FROZEN(hcp_subject, role, 8, 4),
    FROZEN(hcp_subject, reserved, 12, 4),
    FROZEN(hcp_subject, certificate_no, 16, 16),
    FROZEN(hcp_subject, certificate_kind, 32, 16),
    FROZEN(hcp_subject, name, 48, 16),
    FROZEN(hcp_subject, mobile, 64, 16),
    FROZEN(hcp_subject, agent_name, 80, 16),
    FROZEN(hcp_subject, agent_no, 96, 16),
    FROZEN(hcp_staff, struct_size, 0, 4),
    FROZEN(hcp_staff, reserved, 4, 4),
    FROZEN(hcp_staff, staff_id, 8, 16),
    FROZEN(hcp_staff, name, 24, 16),
    FROZEN(hcp_completion, struct_size, 0, 4),
    FROZEN(hcp_completion, line, 4, 4),
    FROZEN(hcp_completion, host_id, 8, 16),
    FROZEN(hcp_completion, case_no, 24, 16),
    FROZEN(hcp_completion, completion_no, 40, 16),
    FROZEN(hcp_completion, project_no, 56, 16),
    FROZEN(hcp_completion, node, 72, 16),
    FROZEN(hcp_completion, completed_at_us, 88, 8),
    FROZEN(hcp_completion, accepted_at_us, 96, 8),
    FROZEN(hcp_completion, promised_at_us, 104, 8),
    FROZEN(hcp_completion, project_name, 112, 16),
    FROZEN(hcp_completion, section, 128, 16),
    FROZEN(hcp_completion, item_code, 144, 16),
    FROZEN(hcp_completion, department_id, 160, 16),
    FROZEN(hcp_completion, department_name, 176, 16),
    FROZEN(hcp_completion, channel, 192, 4),
    FROZEN(hcp_completion, bids_secret, 196, 4),
    FROZEN(hcp_completion, subjects, 200, 8),
    FROZEN(hcp_completion, subject_count, 208, 8),
    FROZEN(hcp_completion, handlers, 216, 8),
    FROZEN(hcp_completion, handler_count, 224, 8),
    FROZEN(hcp_withdrawal, struct_size, 0, 4),
    FROZEN(hcp_withdrawal, reserved, 4, 4),
    FROZEN(hcp_withdrawal, host_id, 8, 16),
    FROZEN(hcp_withdrawal, case_no, 24, 16),
    FROZEN(hcp_withdrawal, completion_no, 40, 16),
    FROZEN(hcp_withdrawal, withdrawn_at_us, 56, 8),
    FROZEN(hcp_withdrawal, reason, 64, 16),
    FROZEN(hcp_bids_opened, struct_size, 0, 4),
    FROZEN(hcp_bids_opened, reserved, 4, 4),
    FROZEN(hcp_bids_opened, host_id, 8, 16),
    FROZEN(hcp_bids_opened, project_no, 24, 16),
    FROZEN(hcp_bids_opened, section, 40, 16),
    FROZEN(hcp_bids_opened, opened_at_us, 56, 8),
    FROZEN(hcp_visit, struct_size, 0, 4),
    FROZEN(hcp_visit, line, 4, 4),
    FROZEN(hcp_visit, host_id, 8, 16),
    FROZEN(hcp_visit, visit_no, 24, 16),
    FROZEN(hcp_visit, visited_at_us, 40, 8),
    FROZEN(hcp_visit, window, 48, 16),
    FROZEN(hcp_visit, department_id, 64, 16),
    FROZEN(hcp_visit, department_name, 80, 16),
    FROZEN(hcp_visit, item_code, 96, 16),
    FROZEN(hcp_visit, staff_id, 112, 16),
    FROZEN(hcp_visit, subject, 128, 8),
    FROZEN(hcp_result, struct_size, 0, 4),
    FROZEN(hcp_result, status, 4, 4),
    FROZEN(hcp_result, field, 8, 48),
    FROZEN(hcp_result, reason, 56, 176),
    FROZEN(hcp_rating, struct_size, 0, 4),
    FROZEN(hcp_rating, level, 4, 4),
    FROZEN(hcp_rating, host_id, 8, 16),
    FROZEN(hcp_rating, case_no, 24, 16),
    FROZEN(hcp_rating, completion_no, 40, 16),
    FROZEN(hcp_rating, subject_type, 56, 4),
    FROZEN(hcp_rating, reserved, 60, 4),
    FROZEN(hcp_rating, certificate_no, 64, 16),
    FROZEN(hcp_rating, tags, 80, 16),
    FROZEN(hcp_rating, text, 96, 16),
    FROZEN(hcp_rating, request_key, 112, 16),
    FROZEN(hcp_rating, received_at_us, 128, 8),
    FROZEN(hcp_plugin, struct_size, 0, 4),
    FROZEN(hcp_plugin, abi_major, 4, 4),
    FROZEN(hcp_plugin, abi_minor, 8, 4),
    FROZEN(hcp_plugin, reserved, 12, 4),
    FROZEN(hcp_plugin, self, 16, 8),
    FROZEN(hcp_plugin, start, 24, 8),
    FROZEN(hcp_plugin, stop, 32, 8),
    FROZEN(hcp_plugin, destroy, 40, 8),
    FROZEN(hcp_plugin, reload, 48, 8),
    FROZEN(hcp_plugin, completed, 56, 8),
    FROZEN(hcp_plugin, withdrawn, 64, 8),
    FROZEN(hcp_plugin, bids_opened, 72, 8),
    FROZEN(hcp_plugin, visit, 80, 8),
    FROZEN(hcp_plugin, evaluation_link, 88, 8),
    FROZEN(hcp_plugin, health, 96, 8),
    FROZEN(hcp_plugin, pending_for, 104, 8),
    FROZEN(hcp_plugin, rate, 112, 8),
    FROZEN(hcp_host, struct_size, 0, 4),
    FROZEN(hcp_host, abi_major, 4, 4),
    FROZEN(hcp_host, abi_minor, 8, 4),
    FROZEN(hcp_host, reserved, 12, 4),
    FROZEN(hcp_host, self, 16, 8),
    FROZEN(hcp_host, log, 24, 8),
    FROZEN(hcp_host, extension, 32, 8),
    FROZEN(hcp_ext_completion_hooks, struct_size, 0, 4),
    FROZEN(hcp_ext_completion_hooks, reserved, 4, 4),
    FROZEN(hcp_ext_completion_hooks, add_hook, 8, 8),
    FROZEN(hcp_ext_completion_hooks, remove_hook, 16, 8),
    FROZEN(hcp_ext_completion_scan, struct_size, 0, 4),
    FROZEN(hcp_ext_completion_scan, reserved, 4, 4),
    FROZEN(hcp_ext_completion_scan, list_completed, 8, 8),
    FROZEN(hcp_identity, struct_size, 0, 4),
    FROZEN(hcp_identity, subject_type, 4, 4),
    FROZEN(hcp_identity, certificate_no, 8, 16),
    FROZEN(hcp_identity, staff_id, 24, 16),
    FROZEN(hcp_ext_identity, struct_size, 0, 4),
    FROZEN(hcp_ext_identity, reserved, 4, 4),
    FROZEN(hcp_ext_identity, redeem, 8, 8),
    FROZEN(hcp_ext_notify, struct_size, 0, 4),
    FROZEN(hcp_ext_notify, reserved, 4, 4),
    FROZEN(hcp_ext_notify, notify, 8, 8),
    FROZEN(hcp_ext_notify_staff, struct_size, 0, 4),
    FROZEN(hcp_ext_notify_staff, reserved, 4, 4),
    FROZEN(hcp_ext_notify_staff, notify_staff, 8, 8),
    FROZEN(hcp_ext_clock, struct_size, 0, 4),
    FROZEN(hcp_ext_clock, reserved, 4, 4),
    FROZEN(hcp_ext_clock, now_us, 8, 8),

    /* Padding at the end would swallow a field that a later minor appends, unseen. So sizes are frozen as well. */
    WHOLE(hcp_text, 16),
    WHOLE(hcp_subject, 112),
    WHOLE(hcp_staff, 40),
    WHOLE(hcp_completion, 232),
    WHOLE(hcp_withdrawal, 80),
    WHOLE(hcp_bids_opened, 64),
    WHOLE(hcp_visit, 136),
    WHOLE(hcp_result, 232),
    WHOLE(hcp_rating, 136),
    WHOLE(hcp_plugin, 120),
    WHOLE(hcp_host, 40),
    WHOLE(hcp_ext_completion_hooks, 24),
    WHOLE(hcp_ext_completion_scan, 16),
    WHOLE(hcp_identity, 40),
    WHOLE(hcp_ext_identity, 16),
    WHOLE(hcp_ext_notify, 16),
    WHOLE(hcp_ext_notify_staff, 16),
    WHOLE(hcp_ext_clock, 16),

    VALUE(HCP_OK, 0),
    VALUE(HCP_E_INVALID, 1),
    VALUE(HCP_E_FULL, 2),
    VALUE(HCP_E_STATE, 3),
    VALUE(HCP_E_TIMEOUT, 4),
    VALUE(HCP_E_IN_DOUBT, 5),
    VALUE(HCP_E_REFUSED, 6),
    VALUE(HCP_E_INTERNAL, 7),
    VALUE(HCP_LOG_DEBUG, 0),
    VALUE(HCP_LOG_INFO, 1),
    VALUE(HCP_LOG_WARNING, 2),
    VALUE(HCP_LOG_ERROR, 3),
    VALUE(HCP_LINE_GOVERNMENT, 1),
    VALUE(HCP_LINE_MEDICAL, 2),
    VALUE(HCP_LINE_ENGINEERING, 3),
    VALUE(HCP_LINE_MINING, 4),
    VALUE(HCP_SUBJECT_PERSON, 1),
    VALUE(HCP_SUBJECT_LEGAL, 2),
    VALUE(HCP_SUBJECT_OTHER, 3),
    VALUE(HCP_CHANNEL_UNKNOWN, 0),
    VALUE(HCP_CHANNEL_ONLINE, 1),
    VALUE(HCP_CHANNEL_ON_SITE, 2),
    VALUE(HCP_ROLE_UNKNOWN, 0),
    VALUE(HCP_ROLE_TENDERER, 1),
    VALUE(HCP_ROLE_AGENCY, 2),
    VALUE(HCP_ROLE_BIDDER, 3),
    VALUE(HCP_ROLE_EXPERT, 4),
    VALUE(HCP_ROLE_MINING_BIDDER, 5),
    VALUE(HCP_ROLE_OTHER, 9),
    VALUE(HCP_ABI_MAJOR, 1),
    VALUE(HCP_ABI_MINOR, 0),
    VALUE(HCP_MAX_EVENTS, 100000),
    /* NOLINTEND(bugprone-sizeof-expression) */
    /* clang-format on */
};

/* A pointer's size says nothing of what it points to: a parameter more is a break as well. */
#define SIGNATURE(type, field, ...) \
    _Static_assert(_Generic(((type*)0)->field, hcp_status(*)(__VA_ARGS__) : 1, default : 0), #type "." #field)
SIGNATURE(hcp_plugin, start, hcp_plugin*);
SIGNATURE(hcp_plugin, stop, hcp_plugin*, uint32_t);
SIGNATURE(hcp_plugin, destroy, hcp_plugin*);
SIGNATURE(hcp_plugin, reload, hcp_plugin*);
SIGNATURE(hcp_plugin, completed, hcp_plugin*, const hcp_completion*, size_t, hcp_result*);
SIGNATURE(hcp_plugin, withdrawn, hcp_plugin*, const hcp_withdrawal*, size_t, hcp_result*);
SIGNATURE(hcp_plugin, bids_opened, hcp_plugin*, const hcp_bids_opened*, size_t, hcp_result*);
SIGNATURE(hcp_plugin, visit, hcp_plugin*, const hcp_visit*, size_t, hcp_result*);
SIGNATURE(hcp_plugin, evaluation_link, hcp_plugin*, const hcp_completion*, const hcp_subject*, hcp_emit, void*);
SIGNATURE(hcp_plugin, health, hcp_plugin*, hcp_emit, void*);
SIGNATURE(hcp_plugin, pending_for, hcp_plugin*, int32_t, hcp_text, hcp_text, uint32_t, hcp_emit, void*);
SIGNATURE(hcp_plugin, rate, hcp_plugin*, const hcp_rating*, uint32_t, hcp_emit, void*);
SIGNATURE(hcp_ext_completion_hooks, add_hook, void*, hcp_completion_hook, void*);
SIGNATURE(hcp_ext_completion_hooks, remove_hook, void*, hcp_completion_hook, void*);
SIGNATURE(hcp_ext_completion_scan, list_completed, void*, int64_t, hcp_text, void (*)(void*, const hcp_completion*),
          hcp_emit, void*);
SIGNATURE(hcp_ext_identity, redeem, void*, hcp_text, void (*)(void*, const hcp_identity*), void*);
SIGNATURE(hcp_ext_notify, notify, void*, int32_t, hcp_text, hcp_text, hcp_text);
SIGNATURE(hcp_ext_notify_staff, notify_staff, void*, hcp_text, hcp_text, hcp_text);

int main(void) {
    int moved = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
        const struct row* const r = &rows[i];
        if (r->offset == r->frozen_offset && r->size == r->frozen_size) continue;
        printf("%s: released at %zu with %zu, now at %zu with %zu\n", r->name, r->frozen_offset, r->frozen_size,
               r->offset, r->size);
        ++moved;
    }
    const char* const ids[][2] = {{HCP_EXT_COMPLETION_HOOKS, "hcp.completion_hooks/1"},
                                  {HCP_EXT_COMPLETION_SCAN, "hcp.completion_scan/1"},
                                  {HCP_EXT_IDENTITY, "hcp.identity/1"},
                                  {HCP_EXT_NOTIFY, "hcp.notify/1"},
                                  {HCP_EXT_NOTIFY_STAFF, "hcp.notify_staff/1"},
                                  {HCP_EXT_CLOCK, "hcp.clock/1"}};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; ++i) {
        if (strcmp(ids[i][0], ids[i][1]) == 0) continue;
        printf("%s: released as %s\n", ids[i][0], ids[i][1]);
        ++moved;
    }
    return moved > 0;
}
