#include "integration/trading_host/extensions.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t system_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool read_file(const char* path, int64_t* us) {
    char text[40] = "";
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0) return false;
    text[strcspn(text, "\n")] = '\0';
    return parse_whole(text, us);
}

/* By rename, so that a reader sees the old time or the new one. */
static bool write_file(const char* path, int64_t us) {
    buffer name = {0}, line = {0};
    buffer_print(&name, "%s.new", path);
    buffer_print(&line, "%lld\n", (long long)us);
    const int fd = open(name.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool good = fd >= 0 && append_whole(fd, line.data, line.size);
    if (fd >= 0) close(fd);
    good = good && rename(name.data, path) == 0;
    buffer_free(&name);
    buffer_free(&line);
    return good;
}

bool clock_open(host_clock* clock, const char* file) {
    clock->file = file;
    if (!file) return true;
    int64_t us = system_now();
    if (access(file, F_OK) != 0 && !write_file(file, us)) return false;
    if (!read_file(file, &us)) return false;
    clock->last_us = us;
    return true;
}

int64_t clock_now(host_clock* clock) {
    if (!clock->file) return system_now() + clock->offset_us;
    int64_t us = 0;
    if (read_file(clock->file, &us)) clock->last_us = us;
    return clock->last_us;
}

bool clock_set(host_clock* clock, int64_t us) {
    if (clock->file) return write_file(clock->file, us);
    clock->offset_us = us - system_now();
    return true;
}
