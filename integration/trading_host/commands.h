/* The command language: one command a line on stdin, one JSON object a line on stdout. */
#ifndef TRADING_HOST_COMMANDS_H
#define TRADING_HOST_COMMANDS_H
#include "integration/trading_host/host.h"

typedef struct session {
    host* host;
    char* host_id; /* of events that name none */
    uint64_t seed;
    struct background* background; /* a feed that goes on beside the commands, or NULL */
} session;

/* Until `quit` or the end of the input. */
void commands_run(session* s);
void commands_list(buffer* to); /* a line for each command */

/* One answer line. `members`, where given, begins with a comma. */
void answer(const char* command, hcp_status status, const buffer* members);

#endif
