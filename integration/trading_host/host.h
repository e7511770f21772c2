/* The trading platform's side of the contract: one host, its extensions, and the module it has loaded. */
#ifndef TRADING_HOST_HOST_H
#define TRADING_HOST_HOST_H
#include "integration/trading_host/extensions.h"

typedef struct host_options {
    const char *module, *config, *state_dir, *log_file, *clock_file;
    bool without_hooks, without_scan, without_commit;
} host_options;

typedef struct host {
    host_options options;
    host_clock clock;
    hook_list hooks;
    completed_log completed;
    ticket_box tickets;
    inbox inbox;
    int log_fd;
    _Atomic unsigned log_lines;
    int lose_percent; /* of the callbacks: the host forgets them */
    _Atomic uint64_t dice;

    hcp_host abi;
    hcp_ext_completion_hooks hooks_ext;
    hcp_ext_completion_scan scan_ext;
    hcp_ext_identity identity_ext;
    hcp_ext_notify notify_ext;
    hcp_ext_notify_staff notify_staff_ext;
    hcp_ext_clock clock_ext;

    hcp_plugin* (*create)(const hcp_host*, hcp_text);
    hcp_plugin* plugin; /* NULL before create and after destroy */
    bool stopped;
} host;

/* Opens the state directory and loads the module. False: the reason is on stderr. */
bool host_open(host* h, const host_options* options);
void host_close(host* h);

/* The control thread's calls. */
bool host_create(host* h);
/* From any state to running: a stopped plugin is destroyed and made anew. */
hcp_status host_start(host* h);
hcp_status host_stop(host* h, uint32_t deadline_ms);
hcp_status host_destroy(host* h);

int64_t host_now(host* h);
void host_say(host* h, const char* level, hcp_text message); /* a line in the log */

/* Collects what the plugin emits. */
void emit_into(void* buffer_ctx, hcp_text text);

#endif
