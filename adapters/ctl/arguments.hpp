#pragma once
#include "plugin/domain/vocabulary.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What the command line takes, and how it says what it does not.
namespace hcp::ctl {

// CLI11 runs these on the texts before it converts them, so that what is wrong is said in our words. A number is handed
// on without leading zeros: CLI11 would read those as octal.
[[nodiscard]] CLI::Validator number(std::int64_t min, std::int64_t max);
[[nodiscard]] CLI::Validator identifier();
[[nodiscard]] CLI::Validator date();
[[nodiscard]] CLI::Validator state();
[[nodiscard]] CLI::Validator reason();
[[nodiscard]] CLI::Validator anchor();
[[nodiscard]] CLI::Validator staff_id();
[[nodiscard]] CLI::Validator staff_role();
[[nodiscard]] CLI::Validator subject_type();
[[nodiscard]] std::optional<domain::SubjectType> subject_type_from(std::string_view text);

// CLI11 speaks English.
[[nodiscard]] std::string in_chinese(const CLI::ParseError& error, const CLI::App& app);

}  // namespace hcp::ctl
