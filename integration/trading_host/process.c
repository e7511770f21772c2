#include "integration/trading_host/process.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static int code_on_term;

static void* wait_for_term(void* unused) {
    (void)unused;
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    int got = 0;
    sigwait(&term, &got);
    exit(code_on_term);
}

bool process_exits_on_term(int code) {
    code_on_term = code;
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    pthread_t waiting;
    return pthread_sigmask(SIG_BLOCK, &term, NULL) == 0 && pthread_create(&waiting, NULL, wait_for_term, NULL) == 0 &&
           pthread_detach(waiting) == 0;
}

bool process_spawn(const char* command) {
    const pid_t child = fork();
    if (child != 0) return child > 0;
    execl("/bin/sh", "sh", "-c", command, (char*)NULL);
    _exit(127);
}
