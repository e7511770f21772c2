#include "integration/trading_host/report.h"

#include "integration/trading_host/histogram.h"

#include <string.h>

void results_init(hcp_result* results, size_t count) {
    memset(results, 0, count * sizeof *results);
    for (size_t i = 0; i < count; ++i) {
        results[i].struct_size = sizeof results[i];
        results[i].status = HOST_UNHOOKED;
    }
}

static hcp_status first_fault(const hcp_result* results, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        if (results[i].status != HCP_OK) return results[i].status;
    }
    return HCP_OK;
}

/* splitmix64 over a shared counter: no lock, and the same losses for the same seed and one thread. */
static bool loses(host* h) {
    if (h->lose_percent <= 0) return false;
    uint64_t z = atomic_fetch_add(&h->dice, UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int)((z ^ (z >> 31)) % 100) < h->lose_percent;
}

hcp_status host_call(host* h, event_kind kind, const void* events, size_t count, hcp_result* results) {
    hcp_plugin* const p = h->plugin;
    results_init(results, count);
    if (kind == COMPLETION && !h->options.without_hooks) {
        hooks_call(&h->hooks, events, count, results);
        return first_fault(results, count);
    }
    if (!p) return HOST_UNHOOKED;
    switch (kind) {
        case COMPLETION:
            return p->completed(p, events, count, results);
        case WITHDRAWAL:
            return p->withdrawn(p, events, count, results);
        case BIDS_OPENED:
            return p->bids_opened(p, events, count, results);
        case VISIT:
            return p->visit(p, events, count, results);
        default:
            return HCP_E_INVALID;
    }
}

hcp_status host_report(host* h, event_kind kind, const void* events, size_t count, hcp_result* results,
                       int64_t* call_ns) {
    results_init(results, count);
    if (kind == COMPLETION && !h->options.without_commit) {
        if (!completed_append(&h->completed, events, count)) return HCP_E_FULL; /* not committed: nothing to report */
        if (loses(h)) {
            for (size_t i = 0; i < count; ++i) results[i].status = HOST_LOST;
            return HOST_LOST;
        }
    }
    const int64_t before = steady_ns();
    const hcp_status status = host_call(h, kind, events, count, results);
    if (call_ns) *call_ns = steady_ns() - before;
    return status;
}

static size_t place_of(hcp_status status) {
    const size_t last = sizeof((tally*)NULL)->of / sizeof(uint64_t) - 1;
    return status >= HOST_UNHOOKED && status <= HCP_E_INTERNAL ? (size_t)(status - HOST_UNHOOKED) : last;
}

void tally_add(tally* to, hcp_status status) {
    ++to->of[place_of(status)];
}

void tally_merge(tally* to, const tally* from) {
    for (size_t i = 0; i < sizeof to->of / sizeof *to->of; ++i) to->of[i] += from->of[i];
}

void tally_print(buffer* to, const tally* one) {
    for (hcp_status status = HOST_UNHOOKED; status <= HCP_E_INTERNAL + 1; ++status) {
        const uint64_t count = one->of[place_of(status)];
        if (count || status == HCP_OK) buffer_print(to, ",\"%s\":%llu", status_name(status), (unsigned long long)count);
    }
}
