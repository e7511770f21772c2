#include "integration/bench/bare_file.h"

#include "integration/trading_host/text.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WAITING, LEADING, DONE };

static void die(const char* what) {
    perror(what);
    exit(EXIT_FAILURE);
}

void bare_file_open(bare_file* file, const char* path, size_t record_size) {
    memset(file, 0, sizeof *file);
    file->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (file->fd < 0) die(path);
    file->record_size = record_size;
    file->record = allocate(record_size);
    memset(file->record, 'x', record_size);
    file->batch = allocate(record_size * MOST_THREADS);
    pthread_mutex_init(&file->mutex, NULL);
}

void bare_file_close(bare_file* file, const char* path) {
    close(file->fd);
    unlink(path);
    free(file->record);
    free(file->batch);
    pthread_mutex_destroy(&file->mutex);
}

static void tell(_Atomic uint32_t* place, uint32_t state) {
    *place = state;
    syscall(SYS_futex, place, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static uint32_t wait_for_word(_Atomic uint32_t* place) {
    while (*place == WAITING) syscall(SYS_futex, place, FUTEX_WAIT_PRIVATE, WAITING, NULL, NULL, 0);
    return *place;
}

static void lead(bare_file* file, unsigned thread) {
    unsigned batch[MOST_THREADS];
    pthread_mutex_lock(&file->mutex);
    const size_t count = file->waiting_count;
    memcpy(batch, file->waiting, count * sizeof *batch);
    file->waiting_count = 0;
    pthread_mutex_unlock(&file->mutex);

    for (size_t i = 0; i < count; ++i) memcpy(file->batch + i * file->record_size, file->record, file->record_size);
    const size_t size = count * file->record_size;
    if (write(file->fd, file->batch, size) != (ssize_t)size) die("write");
    if (fdatasync(file->fd) != 0) die("fdatasync");

    pthread_mutex_lock(&file->mutex);
    const int next = file->waiting_count ? (int)file->waiting[0] : -1;
    file->led = next >= 0;
    pthread_mutex_unlock(&file->mutex);
    if (next >= 0) tell(&file->state[next], LEADING);
    for (size_t i = 0; i < count; ++i)
        if (batch[i] != thread) tell(&file->state[batch[i]], DONE);
}

void bare_file_append(void* self, unsigned thread) {
    bare_file* const file = self;
    file->state[thread] = WAITING;
    pthread_mutex_lock(&file->mutex);
    file->waiting[file->waiting_count++] = thread;
    const int leads = !file->led;
    file->led = 1;
    pthread_mutex_unlock(&file->mutex);
    if (leads || wait_for_word(&file->state[thread]) == LEADING) lead(file, thread);
}
