#pragma once
#include "plugin/ports/result.hpp"

#include <catch2/catch.hpp>

#include <type_traits>
#include <utility>

namespace hcp::contract {

// One promise of a port. It is tried on fresh ground.
template <class Ground>
struct ClauseOn {
    const char* says;  // a sentence
    void (*holds)(Ground&);
};

template <class T>
T must(ports::result<T> r) {
    INFO("error: " << (r ? "" : r.error().message()));
    REQUIRE(r.has_value());
    if constexpr (!std::is_void_v<T>) return std::move(*r);
}

}  // namespace hcp::contract
