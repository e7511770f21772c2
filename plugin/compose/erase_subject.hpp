#pragma once
#include "adapters/ctl/outside.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/erasures.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/keys.hpp"

#include <optional>
#include <string_view>

namespace hcp::compose {

// Erases a subject beside the running instances. Throws Refusal.
[[nodiscard]] std::optional<ctl::Outside::ErasedSubject> erase_subject(
    ports::Store& store, record::Books& books, const record::Keys& keys, ports::Erasures& erasures,
    const ports::Clock& clock, domain::SubjectType type, std::string_view certificate_no, bool confirmed);

}  // namespace hcp::compose
