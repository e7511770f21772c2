#include "integration/trading_host/event.h"
#include "integration/trading_host/extensions.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 200, CHUNK = 1 << 16 };

int open_for_append(const char* directory, const char* name) {
    buffer path = {0};
    if (*name == '/')
        buffer_print(&path, "%s", name);
    else
        buffer_print(&path, "%s/%s", directory, name);
    const int fd = open(path.data, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) fprintf(stderr, "%s: %s\n", path.data, strerror(errno));
    buffer_free(&path);
    return fd;
}

bool append_whole(int fd, const char* data, size_t size) {
    return write(fd, data, size) == (ssize_t)size;
}

int64_t keep_whole_lines(int fd) {
    struct stat status;
    if (fstat(fd, &status) != 0) return -1;
    int64_t size = status.st_size;
    char last = '\n';
    while (size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n') --size;
    return size == status.st_size || ftruncate(fd, size) == 0 ? size : -1;
}

bool completed_open(completed_log* log, const char* directory) {
    memset(log, 0, sizeof *log);
    pthread_mutex_init(&log->mutex, NULL);
    log->syncing = true;
    log->fd = open_for_append(directory, "completed.log");
    if (log->fd < 0) return false;
    log->written = log->synced = keep_whole_lines(log->fd);
    if (log->written != 0) return log->written > 0;
    buffer header = {0};
    completion_write_header(&header);
    const bool good = append_whole(log->fd, header.data, header.size);
    log->written = log->synced = (int64_t)header.size;
    buffer_free(&header);
    return good;
}

void completed_close(completed_log* log) {
    if (log->fd >= 0) close(log->fd);
    pthread_mutex_destroy(&log->mutex);
}

bool completed_append(completed_log* log, const hcp_completion* events, size_t count) {
    buffer rows = {0};
    for (size_t i = 0; i < count; ++i) completion_write(&rows, &events[i]);
    pthread_mutex_lock(&log->mutex);
    bool good = append_whole(log->fd, rows.data, rows.size);
    if (good) log->written += (int64_t)rows.size;
    if (!good && ftruncate(log->fd, log->written) != 0)
        fputs("completed.log: half a row could not be taken back\n", stderr);
    const int64_t end = log->written;
    pthread_mutex_unlock(&log->mutex);
    buffer_free(&rows);

    /* Outside the lock: threads sync side by side. What stands before `end` was written before it, so it is synced too.
     */
    if (good && log->syncing) good = fdatasync(log->fd) == 0;
    pthread_mutex_lock(&log->mutex);
    if (good && log->synced < end) log->synced = end;
    pthread_mutex_unlock(&log->mutex);
    return good;
}

/* The bytes [from, to) of the file up to the last line end among them. */
static char* read_lines(const completed_log* log, int64_t from, int64_t to, size_t* size) {
    size_t wanted = CHUNK;
    char* data = NULL;
    for (;; wanted *= 2) { /* until one line fits */
        if ((int64_t)wanted > to - from) wanted = (size_t)(to - from);
        data = reallocate(data, wanted + 1);
        const ssize_t have = pread(log->fd, data, wanted, from);
        *size = have > 0 ? (size_t)have : 0;
        while (*size > 0 && data[*size - 1] != '\n') --*size;
        if (*size > 0 || have <= 0 || from + (int64_t)wanted >= to) return data;
    }
}

typedef struct scan {
    columns names;
    int64_t since_us;
    size_t found;
    void (*each)(void* ctx, const hcp_completion* event);
    void* ctx;
} scan;

/* How many bytes were gone through. */
static size_t scan_lines(scan* s, const char* data, size_t size) {
    size_t at = 0;
    while (at < size && s->found < PAGE) {
        const char *const line = data + at, *const end = memchr(line, '\n', size - at);
        const size_t length = (size_t)(end - line);
        at += length + 1;
        event one;
        const char* why = NULL;
        if (!event_parse(&one, &s->names, line, length, &why)) continue;
        if (one.as.completion.completed_at_us >= s->since_us) {
            s->each(s->ctx, &one.as.completion);
            ++s->found;
        }
        event_free(&one);
    }
    return at;
}

static bool read_header(const completed_log* log, int64_t end, columns* names, int64_t* first_row) {
    size_t size = 0;
    char* const data = read_lines(log, 0, end, &size);
    char* const line_end = size ? memchr(data, '\n', size) : NULL;
    const char* why = NULL;
    bool good = line_end != NULL;
    if (good) {
        *line_end = '\0';
        *first_row = line_end - data + 1;
        good = columns_parse(names, data, &why);
    }
    free(data);
    return good;
}

/* A cursor is the offset of the next line. */
static bool offset_of(hcp_text cursor, int64_t* at) {
    char text[24] = "";
    if (cursor.size == 0) return true;
    if (cursor.size >= sizeof text) return false;
    memcpy(text, cursor.data, cursor.size);
    return parse_whole(text, at);
}

hcp_status completed_scan(completed_log* log, int64_t since_us, hcp_text cursor,
                          void (*each)(void* ctx, const hcp_completion* event), hcp_emit next, void* ctx) {
    ++log->scans;
    const int delay_ms = log->scan_delay_ms;
    const struct timespec delay = {delay_ms / 1000, delay_ms % 1000 * 1000000L};
    if (delay_ms > 0) nanosleep(&delay, NULL);

    pthread_mutex_lock(&log->mutex);
    const int64_t end = log->synced;
    pthread_mutex_unlock(&log->mutex);

    scan s = {.since_us = since_us, .each = each, .ctx = ctx};
    int64_t first_row = 0;
    if (!read_header(log, end, &s.names, &first_row)) return HCP_E_INTERNAL;
    int64_t at = first_row;
    const bool known = offset_of(cursor, &at) && at >= first_row && at <= end;
    while (known && at < end && s.found < PAGE) {
        size_t size = 0;
        char* const data = read_lines(log, at, end, &size);
        at += (int64_t)scan_lines(&s, data, size);
        free(data);
        if (size == 0) break;
    }
    columns_free(&s.names);
    if (!known) return HCP_E_INVALID;
    char text[24] = "";
    if (at < end) snprintf(text, sizeof text, "%lld", (long long)at);
    next(ctx, text_of(text));
    return HCP_OK;
}
