#pragma once
#include "adapters/host/check.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

namespace hcp::host {

// The struct as this side knows it: fields that the other side did not compile are zero, which means absent everywhere.
template <class T>
[[nodiscard]] T known_part(const void* from, std::uint32_t struct_size) {
    T whole{};
    std::memcpy(&whole, from, std::min<std::size_t>(struct_size, sizeof(T)));
    return whole;
}

// Why an array cannot be walked. `least`: where the last required field of an element ends.
[[nodiscard]] std::optional<std::string> array_fault(const void* first, std::size_t count, std::size_t least,
                                                     std::size_t alignment);

// Elements of one size, which may be larger or smaller than ours.
template <class T>
class Array {
public:
    Array(const T* first, std::size_t count)
        : first_{reinterpret_cast<const char*>(first)}, count_{count}, stride_{count > 0 ? first->struct_size : 0} {}
    [[nodiscard]] std::size_t size() const { return count_; }
    [[nodiscard]] T operator[](std::size_t i) const { return known_part<T>(first_ + i * stride_, stride_); }

private:
    const char* first_;
    std::size_t count_;
    std::uint32_t stride_;
};

// Where the answers go. What does not fit into the caller's struct is left out.
class Results {
public:
    Results(hcp_result* first, std::size_t count) : first_{reinterpret_cast<char*>(first)}, count_{first ? count : 0} {}

    [[nodiscard]] std::optional<std::string> fault() const;
    void set(std::size_t i, hcp_status status, const Fault* fault = nullptr) const;
    void set_all(hcp_status status, const Fault* fault = nullptr) const;

private:
    char* first_;
    std::size_t count_;
};

}  // namespace hcp::host
