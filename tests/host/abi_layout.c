/* The header is C11, and no released field ever moves. */
#include "plugin/abi/haochaping.h"

#include <assert.h>

#define AT(type, field, offset) static_assert(offsetof(type, field) == (offset), #type "." #field)
AT(hcp_text, size, 8);
AT(hcp_subject, certificate_no, 16);
AT(hcp_subject, agent_no, 96);
AT(hcp_staff, staff_id, 8);
AT(hcp_completion, host_id, 8);
AT(hcp_completion, completed_at_us, 88);
AT(hcp_completion, project_name, 112);
AT(hcp_completion, channel, 192);
AT(hcp_completion, subjects, 200);
AT(hcp_completion, handler_count, 224);
AT(hcp_withdrawal, reason, 64);
AT(hcp_bids_opened, opened_at_us, 56);
AT(hcp_visit, visited_at_us, 40);
AT(hcp_visit, subject, 128);
AT(hcp_result, status, 4);
AT(hcp_result, field, 8);
AT(hcp_result, reason, 56);
AT(hcp_rating, host_id, 8);
AT(hcp_rating, received_at_us, 128);
AT(hcp_plugin, self, 16);
AT(hcp_plugin, start, 24);
AT(hcp_plugin, completed, 56);
AT(hcp_plugin, rate, 112);
AT(hcp_host, self, 16);
AT(hcp_host, log, 24);
AT(hcp_host, extension, 32);
