#pragma once
#include "plugin/abi/haochaping.h"

#include <cstdint>
#include <string>

namespace hcp::host {

// A host in C++ whose emit throws: told as the host's, and not as an error of ours.
struct EmitThrew {};

// Hands the host what there is; throws EmitThrew.
inline void give(hcp_emit emit, void* ctx, const std::string& text) {
    if (text.empty()) return;
    try {
        emit(ctx, {text.data(), static_cast<std::uint32_t>(text.size())});
    } catch (...) {
        throw EmitThrew{};
    }
}

}  // namespace hcp::host
