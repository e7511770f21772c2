#include "adapters/host/gate.hpp"
#include "plugin/compose/module.hpp"

// The one exported function.
extern "C" HCP_EXPORT hcp_plugin* hcp_plugin_create(const hcp_host* host, hcp_text config_path) {
    return hcp::host::make_gate(host, config_path, hcp::compose::make_module);
}
