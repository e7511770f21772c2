/* What the host offers the plugin, one extension per .c file. All functions may be called by any thread. */
#ifndef TRADING_HOST_EXTENSIONS_H
#define TRADING_HOST_EXTENSIONS_H
#include "integration/trading_host/text.h"

#include <pthread.h>
#include <stdatomic.h>

/* ---- clock: the system's plus an offset, or a file that holds microseconds and stands still until it is rewritten
 * ---- */
typedef struct host_clock {
    const char* file; /* NULL: none */
    _Atomic int64_t offset_us, last_us;
} host_clock;

bool clock_open(host_clock* clock, const char* file); /* makes the file with the time of now where it is missing */
int64_t clock_now(host_clock* clock);
bool clock_set(host_clock* clock, int64_t us);

/* ---- completion hooks ---- */
enum { MOST_HOOKS = 8 };
typedef struct hook_list {
    pthread_mutex_t mutex;
    pthread_cond_t idle; /* a call has ended */
    struct {
        hcp_completion_hook call; /* NULL: a free place */
        void* self;
        unsigned in_flight;
        bool leaving; /* no new call */
    } hook[MOST_HOOKS];
} hook_list;

void hooks_init(hook_list* list);
void hooks_close(hook_list* list);
hcp_status hooks_add(hook_list* list, hcp_completion_hook call, void* self);
/* Returns only when no call of the hook is in flight, and none follows. */
hcp_status hooks_remove(hook_list* list, hcp_completion_hook call, void* self);
/* How many hooks were called. */
size_t hooks_call(hook_list* list, const hcp_completion* events, size_t count, hcp_result* results);

/* ---- completions that the host has committed: an append-only, synced file of feed rows ---- */
typedef struct completed_log {
    int fd;
    bool syncing;
    pthread_mutex_t mutex;
    int64_t written, synced; /* bytes; what is beyond `synced` does not exist yet */
    _Atomic int scan_delay_ms;
    _Atomic unsigned scans;
} completed_log;

bool completed_open(completed_log* log, const char* directory);
void completed_close(completed_log* log);
bool completed_append(completed_log* log, const hcp_completion* events, size_t count);
hcp_status completed_scan(completed_log* log, int64_t since_us, hcp_text cursor,
                          void (*each)(void* ctx, const hcp_completion* event), hcp_emit next, void* ctx);

/* ---- identity: one-time tickets ---- */
enum { MOST_TICKETS = 1024, TICKET_LIFE_S = 60 };
typedef struct ticket_box {
    pthread_mutex_t mutex;
    size_t next;
    struct {
        char text[33];
        int64_t ends_us;
        int32_t subject_type; /* 0 = a staff member */
        char number[65];      /* of a paper or of the staff member */
    } ticket[MOST_TICKETS];
} ticket_box;

void tickets_init(ticket_box* box);
bool tickets_issue(ticket_box* box, int64_t now_us, int32_t subject_type, const char* number, char out[33]);
hcp_status tickets_redeem(ticket_box* box, int64_t now_us, hcp_text ticket,
                          void (*found)(void* ctx, const hcp_identity* who), void* ctx);

/* ---- inbox: what subjects were sent, and, as type 0, members of the staff. Personal data, so it stays in the state
 * directory, owner only ---- */
typedef struct inbox {
    int fd;
} inbox;

bool inbox_open(inbox* box, const char* directory);
hcp_status inbox_deliver(inbox* box, int64_t now_us, int32_t subject_type, hcp_text number, hcp_text subject_line,
                         hcp_text body);

/* ---- small files ---- */
/* Opens `directory/name` for appending, readable by the owner alone; -1 and a message on failure. */
int open_for_append(const char* directory, const char* name);
/* A kill may have torn the last line, whose writer was then not told that it is there: cuts it off. The size left; -1:
 * failed. */
int64_t keep_whole_lines(int fd);
/* One write, so that lines of several threads stay whole. */
bool append_whole(int fd, const char* data, size_t size);

#endif
