#include "adapters/host/arrays.hpp"

#include "plugin/domain/utf8.hpp"

#include <cstddef>

namespace hcp::host {
namespace {

std::uint32_t size_at(const char* element) {
    std::uint32_t size = 0;
    std::memcpy(&size, element, sizeof size);
    return size;
}

template <std::size_t N>
void copy_text(char (&to)[N], std::string_view text) {
    const auto whole = domain::characters_within(text, N - 1);
    std::memcpy(to, whole.data(), whole.size());
    to[whole.size()] = '\0';
}

}  // namespace

std::optional<std::string> array_fault(const void* first, std::size_t count, std::size_t least, std::size_t alignment) {
    if (count == 0) return std::nullopt;
    if (!first) return "指针为 NULL 而个数不为 0";
    if (reinterpret_cast<std::uintptr_t>(first) % alignment != 0) return "指针没有按该结构对齐";
    const auto* bytes = static_cast<const char*>(first);
    const auto stride = size_at(bytes);
    if (stride < least)
        return "struct_size 为 " + std::to_string(stride) + "，至少应为 " + std::to_string(least) +
               "；请填 sizeof 该结构";
    if (stride % alignment != 0) return "struct_size 为 " + std::to_string(stride) + "，不是任何版本的 sizeof";
    for (std::size_t i = 1; i < count; ++i)
        if (size_at(bytes + i * stride) != stride)
            return "第 " + std::to_string(i) + " 个元素的 struct_size 与第 0 个不同；同一数组中必须相等";
    return std::nullopt;
}

std::optional<std::string> Results::fault() const {
    return array_fault(first_, count_, offsetof(hcp_result, status) + sizeof(hcp_status), alignof(hcp_result));
}

void Results::set(std::size_t i, hcp_status status, const Fault* fault) const {
    if (i >= count_) return;
    auto* const place = first_ + i * size_at(first_);
    hcp_result result{};
    result.struct_size = size_at(place);
    result.status = status;
    if (fault) {
        copy_text(result.field, fault->field);
        copy_text(result.reason, fault->reason);
    }
    // Whole fields only: half a field would be a text without its end.
    const auto fits = HCP_HAS(&result, hcp_result, reason)  ? sizeof(hcp_result)
                      : HCP_HAS(&result, hcp_result, field) ? offsetof(hcp_result, reason)
                                                            : offsetof(hcp_result, field);
    std::memcpy(place, &result, fits);
}

void Results::set_all(hcp_status status, const Fault* fault) const {
    for (std::size_t i = 0; i < count_; ++i) set(i, status, fault);
}

}  // namespace hcp::host
