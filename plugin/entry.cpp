#include "adapters/host/gate.hpp"
#include "plugin/compose/module.hpp"
#include "plugin/run/openssl_library.hpp"

// The one exported function.
extern "C" HCP_EXPORT hcp_plugin* hcp_plugin_create(const hcp_host* host, hcp_text config_path) {
    hcp::run::begin_openssl();
    return hcp::host::make_gate(host, config_path, hcp::compose::make_module);
}

// The linker gives this to all of the module, its libraries included, for __cxa_atexit: a host that calls exit() may
// have threads in here until the process is gone, so no static object of ours is ever destroyed.
extern "C" int hcp_keeps_until_the_end(void (* /*destroy*/)(void*), void* /*object*/, void* /*module*/) {
    return 0;
}
