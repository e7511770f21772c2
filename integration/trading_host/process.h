/* What a server's process does besides serving: it begins children, and it may end without stopping anything first. */
#ifndef TRADING_HOST_PROCESS_H
#define TRADING_HOST_PROCESS_H
#include <stdbool.h>

/* On SIGTERM a thread calls exit(code), with everything still running. Before any other thread begins. */
bool process_exits_on_term(int code);

/* A child that runs `command` in a shell, and is not waited for. False: there is none. */
bool process_spawn(const char* command);

#endif
