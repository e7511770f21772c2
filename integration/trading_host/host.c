#include "integration/trading_host/host.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hcp_status add_hook(void* self, hcp_completion_hook hook, void* hook_self) {
    return hooks_add(&((host*)self)->hooks, hook, hook_self);
}

static hcp_status remove_hook(void* self, hcp_completion_hook hook, void* hook_self) {
    return hooks_remove(&((host*)self)->hooks, hook, hook_self);
}

static hcp_status list_completed(void* self, int64_t since_us, hcp_text cursor,
                                 void (*each)(void* ctx, const hcp_completion* event), hcp_emit next, void* ctx) {
    return completed_scan(&((host*)self)->completed, since_us, cursor, each, next, ctx);
}

static hcp_status redeem(void* self, hcp_text ticket, void (*found)(void* ctx, const hcp_identity* who), void* ctx) {
    host* const h = self;
    return tickets_redeem(&h->tickets, host_now(h), ticket, found, ctx);
}

static hcp_status notify(void* self, int32_t subject_type, hcp_text certificate_no, hcp_text subject_line,
                         hcp_text body) {
    host* const h = self;
    return inbox_deliver(&h->inbox, host_now(h), subject_type, certificate_no, subject_line, body);
}

static hcp_status notify_staff(void* self, hcp_text staff_id, hcp_text subject_line, hcp_text body) {
    host* const h = self;
    return inbox_deliver(&h->inbox, host_now(h), 0, staff_id, subject_line, body);
}

static int64_t now_us(void* self) {
    return host_now(self);
}

static void log_line(void* self, int32_t level, hcp_text message) {
    static const char* const names[] = {"debug", "info", "warning", "error"};
    host_say(self, level >= HCP_LOG_DEBUG && level <= HCP_LOG_ERROR ? names[level] : "unknown level", message);
}

static const void* extension(void* self, const char* id) {
    host* const h = self;
    if (!strcmp(id, HCP_EXT_COMPLETION_HOOKS)) return h->options.without_hooks ? NULL : &h->hooks_ext;
    if (!strcmp(id, HCP_EXT_COMPLETION_SCAN)) return h->options.without_scan ? NULL : &h->scan_ext;
    if (!strcmp(id, HCP_EXT_IDENTITY)) return &h->identity_ext;
    if (!strcmp(id, HCP_EXT_NOTIFY)) return &h->notify_ext;
    if (!strcmp(id, HCP_EXT_NOTIFY_STAFF)) return &h->notify_staff_ext;
    if (!strcmp(id, HCP_EXT_CLOCK)) return &h->clock_ext;
    return NULL;
}

static void fill_tables(host* h) {
    h->abi = (hcp_host){.struct_size = sizeof h->abi,
                        .abi_major = HCP_ABI_MAJOR,
                        .abi_minor = HCP_ABI_MINOR,
                        .self = h,
                        .log = log_line,
                        .extension = extension};
    h->hooks_ext = (hcp_ext_completion_hooks){
        .struct_size = sizeof h->hooks_ext, .add_hook = add_hook, .remove_hook = remove_hook};
    h->scan_ext = (hcp_ext_completion_scan){.struct_size = sizeof h->scan_ext, .list_completed = list_completed};
    h->identity_ext = (hcp_ext_identity){.struct_size = sizeof h->identity_ext, .redeem = redeem};
    h->notify_ext = (hcp_ext_notify){.struct_size = sizeof h->notify_ext, .notify = notify};
    h->notify_staff_ext =
        (hcp_ext_notify_staff){.struct_size = sizeof h->notify_staff_ext, .notify_staff = notify_staff};
    h->clock_ext = (hcp_ext_clock){.struct_size = sizeof h->clock_ext, .now_us = now_us};
}

static bool load(host* h) {
    void* const library = dlopen(h->options.module, RTLD_NOW | RTLD_LOCAL);
    void* const symbol = library ? dlsym(library, "hcp_plugin_create") : NULL;
    if (!symbol) {
        fprintf(stderr, "%s\n", dlerror());
        return false;
    }
    memcpy(&h->create, &symbol, sizeof symbol); /* C has no cast from an object pointer to a function pointer */
    return true;
}

bool host_open(host* h, const host_options* options) {
    memset(h, 0, sizeof *h);
    h->options = *options;
    h->dice = 1;
    h->log_fd = STDERR_FILENO;
    fill_tables(h);
    hooks_init(&h->hooks);
    tickets_init(&h->tickets);
    if (mkdir(options->state_dir, 0700) != 0 && errno != EEXIST) {
        fprintf(stderr, "%s: %s\n", options->state_dir, strerror(errno));
        return false;
    }
    if (options->log_file) h->log_fd = open_for_append(".", options->log_file);
    if (h->log_fd < 0) return false;
    if (!clock_open(&h->clock, options->clock_file)) {
        fprintf(stderr, "%s: no microseconds in it\n", options->clock_file);
        return false;
    }
    if (!completed_open(&h->completed, options->state_dir) || !inbox_open(&h->inbox, options->state_dir)) return false;
    h->completed.syncing = !options->without_commit;
    return load(h);
}

void host_close(host* h) {
    completed_close(&h->completed);
    hooks_close(&h->hooks);
    close(h->inbox.fd);
    if (h->log_fd != STDERR_FILENO) close(h->log_fd);
}

bool host_create(host* h) {
    h->plugin = h->create(&h->abi, text_of(h->options.config));
    return h->plugin != NULL;
}

hcp_status host_start(host* h) {
    if (h->stopped) {
        const hcp_status status = host_destroy(h);
        if (status != HCP_OK) return status;
    }
    if (!h->plugin && !host_create(h)) return HCP_E_INTERNAL;
    return h->plugin->start(h->plugin);
}

hcp_status host_stop(host* h, uint32_t deadline_ms) {
    const hcp_status status = h->plugin ? h->plugin->stop(h->plugin, deadline_ms) : HCP_E_STATE;
    if (status == HCP_OK) h->stopped = true;
    return status;
}

hcp_status host_destroy(host* h) {
    const hcp_status status = h->plugin ? h->plugin->destroy(h->plugin) : HCP_OK;
    if (status != HCP_OK) return status;
    h->plugin = NULL;
    h->stopped = false;
    return HCP_OK;
}

int64_t host_now(host* h) {
    return clock_now(&h->clock);
}

void host_say(host* h, const char* level, hcp_text message) {
    char now[40];
    format_instant(host_now(h), now);
    buffer line = {0};
    buffer_print(&line, "%s %s ", now, level);
    buffer_add(&line, message.data, message.size);
    buffer_add(&line, "\n", 1);
    append_whole(h->log_fd, line.data, line.size);
    buffer_free(&line);
    ++h->log_lines;
}

void emit_into(void* buffer_ctx, hcp_text text) {
    buffer_add(buffer_ctx, text.data, text.size);
}
