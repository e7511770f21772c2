#include "plugin/domain/unmasking.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace hcp::domain {
namespace {

template <class Value>
struct Words {
    Value value;
    std::string_view code, text;
};

constexpr Words<Unmasked> shown_words[] = {
    {Unmasked::identity, "identity", "身份"},
    {Unmasked::phone, "phone", "电话"},
};
constexpr Words<UnmaskingPurpose> purpose_words[] = {
    {UnmaskingPurpose::contact, "contact", "联系评价主体"},
    {UnmaskingPurpose::verify, "verify", "核实评价"},
    {UnmaskingPurpose::request, "request", "评价主体本人申请"},
    {UnmaskingPurpose::authority, "authority", "有权机关依法调取"},
    {UnmaskingPurpose::leak, "leak", "查处泄露"},
};
constexpr Words<LeakFinding> finding_words[] = {
    {LeakFinding::open, "open", "查处中"},
    {LeakFinding::confirmed, "confirmed", "查实，系本单位人员泄露"},
    {LeakFinding::elsewhere, "elsewhere", "确已外泄，未查到本单位人员泄露"},
    {LeakFinding::unfounded, "unfounded", "未外泄"},
};

// Nothing of what a damaged row may have.
template <class Value, std::size_t n>
Words<Value> words_of(const Words<Value> (&all)[n], Value value) noexcept {
    const auto* const found = std::ranges::find(all, value, &Words<Value>::value);
    return found == std::end(all) ? Words<Value>{value, {}, {}} : *found;
}
template <class Value, std::size_t n>
std::optional<Value> value_from(const Words<Value> (&all)[n], std::string_view code) noexcept {
    const auto* const found = std::ranges::find(all, code, &Words<Value>::code);
    return found == std::end(all) ? std::nullopt : std::optional{found->value};
}

}  // namespace

std::string_view code_of(Unmasked shown) noexcept {
    return words_of(shown_words, shown).code;
}
std::string_view text_of(Unmasked shown) noexcept {
    return words_of(shown_words, shown).text;
}
std::optional<Unmasked> unmasked_from(std::string_view code) noexcept {
    return value_from(shown_words, code);
}
Field field_of(Unmasked shown) noexcept {
    return shown == Unmasked::identity ? Field::subject_identity : Field::subject_phone;
}

std::string_view code_of(UnmaskingPurpose purpose) noexcept {
    return words_of(purpose_words, purpose).code;
}
std::string_view text_of(UnmaskingPurpose purpose) noexcept {
    return words_of(purpose_words, purpose).text;
}
std::optional<UnmaskingPurpose> unmasking_purpose_from(std::string_view code) noexcept {
    return value_from(purpose_words, code);
}

std::string_view code_of(LeakFinding finding) noexcept {
    return words_of(finding_words, finding).code;
}
std::string_view text_of(LeakFinding finding) noexcept {
    return words_of(finding_words, finding).text;
}
std::optional<LeakFinding> leak_finding_from(std::string_view code) noexcept {
    const auto found = value_from(finding_words, code);
    return found == LeakFinding::open ? std::nullopt : found;
}

}  // namespace hcp::domain
