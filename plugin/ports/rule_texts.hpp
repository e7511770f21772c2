#pragma once
#include "plugin/domain/calendar.hpp"
#include "plugin/domain/policy.hpp"
#include "plugin/domain/tags.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

// One line of a version as its file writes it.
struct RuleLine {
    std::string key, value;  // value: empty where the version says nothing
    friend bool operator==(const RuleLine&, const RuleLine&) = default;
};

// The texts that the store keeps of rules. Nothing: the text is not one of those that were stored. Any thread.
class RuleTexts {
public:
    virtual ~RuleTexts() = default;
    // The text of one version, or those of several one after the other.
    [[nodiscard]] virtual std::optional<domain::PolicyBook> policies(std::string_view text) const = 0;
    [[nodiscard]] virtual std::optional<domain::Calendar> calendar(std::string_view text) const = 0;
    [[nodiscard]] virtual std::optional<domain::TagBook> tags(std::string_view text) const = 0;
    // Every key that a version may have, in the order of the file.
    [[nodiscard]] virtual std::vector<RuleLine> lines_of(const domain::PolicyVersion&) const = 0;
    // The same content always gives the same text.
    [[nodiscard]] virtual std::string text_of(const domain::Calendar&) const = 0;
};

}  // namespace hcp::ports
