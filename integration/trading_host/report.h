/* How the host reports: commits first, then the callback; one event or a batch. */
#ifndef TRADING_HOST_REPORT_H
#define TRADING_HOST_REPORT_H
#include "integration/trading_host/event.h"
#include "integration/trading_host/host.h"

/* The host's own words beside hcp_status. */
enum {
    HOST_LOST = -1,    /* committed, and the callback forgotten on purpose (--lose-callback)   */
    HOST_UNHOOKED = -2 /* committed, and no hook is registered: the plugin does not run        */
};

/* `events` is an array of the kind's struct, `results` has `count` elements. The status of the call: OK when every
 * result is, else that of the first event that is not. `call_ns`, where given, is the time the plugin took. */
hcp_status host_report(host* h, event_kind kind, const void* events, size_t count, hcp_result* results,
                       int64_t* call_ns);
/* The same without the commit. */
hcp_status host_call(host* h, event_kind kind, const void* events, size_t count, hcp_result* results);

void results_init(hcp_result* results, size_t count);

/* How often each status was the answer. */
typedef struct tally {
    uint64_t of[HCP_E_INTERNAL - HOST_UNHOOKED + 2]; /* the last place is for what no header names */
} tally;

void tally_add(tally* to, hcp_status status);
void tally_merge(tally* to, const tally* from);
void tally_print(buffer* to, const tally* one); /* ,"OK":3,"FULL":1: those that occurred, OK always */

#endif
