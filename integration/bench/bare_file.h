/* The limit of a disk: records appended to a file and synced. With several threads a group commit: who finds nobody
 * writing leads, writes its own record and all that wait by one write and one sync, hands the lead to the first of
 * those who came meanwhile, and wakes the rest. The journal's discipline without a database, a seal or a check. */
#ifndef BENCH_BARE_FILE_H
#define BENCH_BARE_FILE_H
#include "integration/bench/slice.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct bare_file {
    int fd;
    char* record;
    size_t record_size;
    char* batch; /* what one write takes */
    pthread_mutex_t mutex;
    int led;
    unsigned waiting[MOST_THREADS];
    size_t waiting_count;
    _Atomic uint32_t state[MOST_THREADS]; /* of each thread's call */
} bare_file;

void bare_file_open(bare_file* file, const char* path, size_t record_size);
void bare_file_close(bare_file* file, const char* path);
/* One durable append by `thread`; for slice.h. */
void bare_file_append(void* file, unsigned thread);

#endif
