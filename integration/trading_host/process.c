#include "integration/trading_host/process.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/time.h>
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

static bool storming;
static atomic_uint taken, elsewhere;
static _Thread_local volatile sig_atomic_t takes;

static void note_alarm(int number) {
    (void)number;
    atomic_fetch_add(takes ? &taken : &elsewhere, 1);
}

static void mask_alarms(int how) {
    sigset_t alarms;
    sigemptyset(&alarms);
    sigaddset(&alarms, SIGALRM);
    pthread_sigmask(how, &alarms, NULL);
}

void process_takes_alarms(void) {
    if (!storming) return;
    takes = 1;
    mask_alarms(SIG_UNBLOCK);
}

void process_leaves_alarms(void) {
    if (storming) mask_alarms(SIG_BLOCK);
}

bool process_begins_alarms(int64_t every_us) {
    storming = true;
    process_takes_alarms();
    const struct sigaction noted = {.sa_handler = note_alarm};
    const struct timeval every = {every_us / 1000000, every_us % 1000000};
    const struct itimerval timer = {every, every};
    return sigaction(SIGALRM, &noted, NULL) == 0 && setitimer(ITIMER_REAL, &timer, NULL) == 0;
}

alarm_count process_alarms(void) {
    return (alarm_count){atomic_load(&taken), atomic_load(&elsewhere)};
}
