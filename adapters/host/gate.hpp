#pragma once
#include "adapters/host/host_ports.hpp"
#include "adapters/host/module.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace hcp::host {

// Builds what is behind the gate, on the control thread; nothing when it refuses, with the reason logged.
using MakeModule = std::function<std::unique_ptr<Module>(HostPorts& host_ports, std::string_view config_path)>;

// The whole of hcp_plugin_create: checks versions and sizes before anything else, then makes the module and the table
// through which the host calls it. NULL on refusal; the reason went to the host's log where there is one. Behind every
// function: the state, the process, the thread (in debug builds) and the arguments are checked, nothing is ever thrown
// out, and `stop` waits for the calls in flight.
[[nodiscard]] hcp_plugin* make_gate(const hcp_host* host, hcp_text config_path, const MakeModule& make) noexcept;

}  // namespace hcp::host
