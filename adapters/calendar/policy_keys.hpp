#pragma once
#include "plugin/domain/policy.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::calendar {

// One key of policy.ini: how its value becomes part of a version and back. Reading, writing and every remedy come from
// this table.
struct PolicyKey {
    std::string_view name;
    bool required;
    std::string remedy;  // what may be written, in Chinese
    std::function<bool(domain::PolicyVersion&, std::string_view)>
        set;  // false, and nothing changed: not a value of this key
    std::function<std::string(const domain::PolicyVersion&)> get;  // empty: there is nothing to write
};

[[nodiscard]] std::span<const PolicyKey> policy_keys();
[[nodiscard]] const PolicyKey* find_policy_key(std::string_view name);
[[nodiscard]] std::vector<std::string_view> policy_key_names();

}  // namespace hcp::calendar
