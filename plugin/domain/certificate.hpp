#pragma once
#include "plugin/domain/vocabulary.hpp"

#include <string_view>

// What a certificate number says of itself (E36). Nothing here refuses one: a number that is wrong is still somebody's.
namespace hcp::domain {

// Codes of GA/T 2000.156; these are the ones that 好差评 has a meaning for.
[[nodiscard]] bool is_certificate_kind(std::string_view code) noexcept;
// What the number of such a subject is where nobody says.
[[nodiscard]] std::string_view usual_certificate_kind(SubjectType type) noexcept;

// False: it is not such a number, for its form or its last character, which follows from the others: 统一社会信用代码
// by GB 32100, 居民身份证 by GB 11643. Other kinds have no such character, and are all right. `number` is folded.
[[nodiscard]] bool is_right_number(std::string_view kind, std::string_view number) noexcept;

}  // namespace hcp::domain
