/* A host that breaks the contract on purpose, one breach a run. The plugin must answer as README.md says and never
 * fall. */
#ifndef TRADING_HOST_MISBEHAVE_H
#define TRADING_HOST_MISBEHAVE_H
#include "integration/trading_host/host.h"

/* Prints `kind call answer expected` lines, tab separated. `h` is open, nothing is created yet. False: an answer was
 * another than expected. */
bool misbehave_run(host* h, const char* kind, bool* known);
void misbehave_list(buffer* to); /* a line for each kind */

#endif
