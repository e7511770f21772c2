#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <span>
#include <vector>

// Persons as the rows hold them: encoded, then sealed.
namespace hcp::record {

using ports::Bytes;
using ports::View;

[[nodiscard]] Bytes encode(const domain::SubjectFacts&);
[[nodiscard]] ports::result<domain::SubjectFacts> decode_subject(View);
[[nodiscard]] Bytes encode(std::span<const domain::StaffFacts>);
[[nodiscard]] ports::result<std::vector<domain::StaffFacts>> decode_staff(View);

}  // namespace hcp::record
