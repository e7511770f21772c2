#include "adapters/web/content_coding.hpp"

#include "plugin/domain/text.hpp"

namespace hcp::web {
namespace {

// "0", "0.", "0.000"
bool is_zero(std::string_view weight) noexcept {
    return weight.starts_with('0') && weight.find_first_not_of("0.") == std::string_view::npos;
}

bool takes(std::string_view accepted, std::string_view coding) noexcept {
    while (!accepted.empty()) {
        const auto comma = accepted.find(',');
        const auto one = accepted.substr(0, comma);
        accepted.remove_prefix(comma == std::string_view::npos ? accepted.size() : comma + 1);
        const auto semicolon = one.find(';');
        if (domain::trimmed(one.substr(0, semicolon)) != coding) continue;
        if (semicolon == std::string_view::npos) return true;
        const auto weight = domain::trimmed(one.substr(semicolon + 1));
        return !(weight.starts_with("q=") && is_zero(weight.substr(2)));
    }
    return false;
}

}  // namespace

std::string_view best_coding(std::string_view accepted) noexcept {
    for (const std::string_view coding : {"br", "gzip"})
        if (takes(accepted, coding)) return coding;
    return {};
}

}  // namespace hcp::web
