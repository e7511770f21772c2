#pragma once
#include "adapters/host/host_ports.hpp"
#include "adapters/host/module.hpp"

#include <memory>
#include <string_view>

namespace hcp::compose {

// What is behind the gate: reads the ini and chooses the clock. Nothing when the ini has faults, which the log lists.
[[nodiscard]] std::unique_ptr<host::Module> make_module(host::HostPorts& host, std::string_view config_path);

}  // namespace hcp::compose
