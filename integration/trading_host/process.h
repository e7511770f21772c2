/* What a server's process does besides serving: it begins children, and it may end without stopping anything first. */
#ifndef TRADING_HOST_PROCESS_H
#define TRADING_HOST_PROCESS_H
#include <stdbool.h>
#include <stdint.h>

/* On SIGTERM a thread calls exit(code), with everything still running. Before any other thread begins. */
bool process_exits_on_term(int code);

/* A child that runs `command` in a shell, and is not waited for. False: there is none. */
bool process_spawn(const char* command);

/* A storm of SIGALRM, one every `every_us` and no call restarted after it, as a host may have whose own timers run so.
 * The kernel gives each to any thread that does not block it. The calling thread takes them. */
bool process_begins_alarms(int64_t every_us);
/* The calling thread, from now on; a thread that it begins inherits its mask and says for itself that it takes them.
 * Without a storm, nothing. */
void process_takes_alarms(void);
void process_leaves_alarms(void);
typedef struct alarm_count {
    unsigned taken, elsewhere; /* on threads that take them, and on others: those are not the host's */
} alarm_count;
alarm_count process_alarms(void);

#endif
