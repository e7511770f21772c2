#include "plugin/domain/event_codec.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Whatever the bytes, decoding ends; and bytes that are events are the one encoding of these events.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace hcp::domain;
    if (const auto events = decode_events({data, size})) {
        const auto again = encode_events(*events);
        if (!std::equal(again.begin(), again.end(), data, data + size)) std::abort();
    }
    return 0;
}
