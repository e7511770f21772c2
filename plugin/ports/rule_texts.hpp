#pragma once
#include "plugin/domain/calendar.hpp"
#include "plugin/domain/policy.hpp"
#include "plugin/domain/tags.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hcp::ports {

// The texts that the store keeps of rules. Nothing: the text is not one of those that were stored. Any thread.
class RuleTexts {
public:
    virtual ~RuleTexts() = default;
    // The text of one version, or those of several one after the other.
    [[nodiscard]] virtual std::optional<domain::PolicyBook> policies(std::string_view text) const = 0;
    [[nodiscard]] virtual std::optional<domain::Calendar> calendar(std::string_view text) const = 0;
    [[nodiscard]] virtual std::optional<domain::TagBook> tags(std::string_view text) const = 0;
    // The same content always gives the same text.
    [[nodiscard]] virtual std::string text_of(const domain::Calendar&) const = 0;
};

}  // namespace hcp::ports
