#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/cases.hpp"
#include "plugin/ports/store/evaluations.hpp"

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

// The subject of an evaluation, under its own data key. One of the two ways to an identity at the centre is
// app/identities/unmask; the other are the messages to the province.
[[nodiscard]] ports::result<domain::SubjectFacts> opened_subject(const ports::SubjectVault&, const ports::SubjectRow&,
                                                                 const ports::EvaluationRow&);

// Those of a case, under the module's seal key and bound to the case.
[[nodiscard]] ports::result<Bytes> sealed_handlers(const ports::Sealer&, std::span<const domain::StaffFacts>,
                                                   const ports::Digest& case_key);
[[nodiscard]] ports::result<std::vector<domain::StaffFacts>> handlers_of(const ports::Sealer&, const ports::CaseRow&);
[[nodiscard]] ports::result<std::vector<std::string>> handler_ids_of(const ports::Sealer&, const ports::CaseRow&);

}  // namespace hcp::record
