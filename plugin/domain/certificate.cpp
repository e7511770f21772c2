#include "plugin/domain/certificate.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace hcp::domain {
namespace {

constexpr std::string_view credit_code = "001", identity_card = "111";
constexpr std::string_view kinds[] = {credit_code, identity_card, "114", "118", "414", "511", "516", "821", "999"};

constexpr std::size_t length = 18;

// What a character counts is its place; letters that look like a digit or another letter are left out.
constexpr std::string_view values = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// GB 32100-2015: modulus 31, each place weighs three times as much as the one before.
bool is_credit_code(std::string_view number) noexcept {
    constexpr int modulus = 31;
    int sum = 0, weight = 1;
    for (const char c : number.substr(0, length - 1)) {
        const auto value = values.find(c);
        if (value == std::string_view::npos) return false;
        sum += static_cast<int>(value) * weight;
        weight = weight * 3 % modulus;
    }
    return number.back() == values[static_cast<std::size_t>((modulus - sum % modulus) % modulus)];
}

// GB 11643-1999: ISO 7064, MOD 11-2.
bool is_identity_number(std::string_view number) noexcept {
    constexpr std::string_view digits = values.substr(0, 10), check_characters = "10X98765432";
    std::size_t sum = 0;
    for (const char c : number.substr(0, length - 1)) {
        const auto value = digits.find(c);
        if (value == std::string_view::npos) return false;
        sum = (sum + value) * 2 % check_characters.size();
    }
    return number.back() == check_characters[sum];
}

}  // namespace

bool is_certificate_kind(std::string_view code) noexcept {
    return std::find(std::begin(kinds), std::end(kinds), code) != std::end(kinds);
}

std::string_view usual_certificate_kind(SubjectType type) noexcept {
    return type == SubjectType::person ? identity_card : credit_code;
}

bool is_right_number(std::string_view kind, std::string_view number) noexcept {
    if (kind != credit_code && kind != identity_card) return true;
    if (number.size() != length) return false;
    return kind == credit_code ? is_credit_code(number) : is_identity_number(number);
}

}  // namespace hcp::domain
