#include "integration/trading_host/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

long resident_kib(void) {
    char line[128] = "";
    FILE* const in = fopen("/proc/self/statm", "re");
    const char* const read = in ? fgets(line, sizeof line, in) : NULL;
    if (in) fclose(in);
    const char* const second = read ? strchr(line, ' ') : NULL; /* the first is the size of the address space */
    const long resident = second ? strtol(second, NULL, 10) : 0;
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}
