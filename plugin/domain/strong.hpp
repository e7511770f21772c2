#pragma once
#include <compare>
#include <functional>
#include <utility>

namespace hcp::domain {

// A value that remembers what it counts. No arithmetic, no implicit conversion either way.
template <class Tag, class Rep>
class Strong {
public:
    constexpr Strong() = default;
    constexpr explicit Strong(Rep v) : value_{std::move(v)} {}
    [[nodiscard]] constexpr const Rep& value() const noexcept { return value_; }
    friend constexpr auto operator<=>(const Strong&, const Strong&) = default;

private:
    Rep value_{};
};

}  // namespace hcp::domain

template <class Tag, class Rep>
struct std::hash<hcp::domain::Strong<Tag, Rep>> {
    std::size_t operator()(const hcp::domain::Strong<Tag, Rep>& v) const noexcept {
        return std::hash<Rep>{}(v.value());
    }
};
