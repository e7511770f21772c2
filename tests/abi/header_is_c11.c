/* Compiles, and that is the test: the header alone, in C11, without a warning. */
#include "plugin/abi/haochaping.h"

#include "plugin/abi/haochaping.h" /* twice does no harm */

extern hcp_plugin* (*const entrance)(const hcp_host*, hcp_text);
hcp_plugin* (*const entrance)(const hcp_host*, hcp_text) = hcp_plugin_create;
