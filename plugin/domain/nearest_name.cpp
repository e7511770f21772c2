#include "plugin/domain/nearest_name.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace hcp::domain {
namespace {

// Only ever compared with `limit`: when the lengths alone are further apart, that is answer enough.
std::size_t edits_between(std::string_view a, std::string_view b, std::size_t limit) {
    const auto apart = std::max(a.size(), b.size()) - std::min(a.size(), b.size());
    if (apart >= limit) return apart;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = std::exchange(row[j + 1], std::min({changed, row[j] + 1, row[j + 1] + 1}));
        }
    }
    return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view word, std::span<const std::string_view> known, std::size_t limit) {
    std::string_view nearest;
    for (const auto name : known) {
        if (const auto edits = edits_between(word, name, limit); edits < limit) {
            limit = edits;
            nearest = name;
        }
    }
    return nearest;
}

}  // namespace hcp::domain
