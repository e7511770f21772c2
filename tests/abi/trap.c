#include <stdio.h>
#include <stdlib.h>

/* The module called one of the host's functions by the name of its own library's. */
void hcp_trap(const char* name);
void hcp_trap(const char* name) {
    fprintf(stderr, "the module called the host's %s\n", name);
    abort();
}
