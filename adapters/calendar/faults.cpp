#include "adapters/calendar/faults.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace hcp::calendar {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
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

std::string nearest_hint(std::string_view name, std::span<const std::string_view> known) {
    std::string_view best;
    std::size_t least = name.size() / 3 + 1;
    for (const auto candidate : known) {
        const auto d = distance(name, candidate);
        if (d <= least) best = candidate, least = d == 0 ? 0 : d - 1;
    }
    return best.empty() ? std::string{} : "最接近的是 " + std::string{best};
}

std::string joined(std::span<const std::string_view> names, std::string_view between) {
    std::string text;
    for (const auto name : names) {
        if (!text.empty()) text += between;
        text += name;
    }
    return text;
}

}  // namespace hcp::calendar
