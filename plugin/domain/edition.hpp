#pragma once
#include "plugin/domain/time.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

// How what is versioned comes and goes: what it says never changes, another edition takes its place.
namespace hcp::domain {

// Stored: never renumber, never reuse.
enum class EditionState : std::int32_t {
    draft = 1,       // at most one of a code
    active = 2,      // the same
    superseded = 3,  // by a later one that was released, or as a draft that was given up
};

struct Edition {
    std::int32_t revision = 1;  // 1.. per code, in the order in which they were drafted
    EditionState state = EditionState::draft;
    std::int32_t superseded_no = 0;  // its revision, once it is superseded: (code, state, this) is taken once
    std::string drafted_by;          // staff id
    Instant drafted_at;
    std::string released_by;  // staff id
    std::optional<Instant> released_at;

    friend bool operator==(const Edition&, const Edition&) = default;
};

// Which of all editions of one code, by revision, was active at that instant. Nothing: none was yet.
template <class Row>
[[nodiscard]] const Row* active_at(std::span<const Row> rows, Instant at) noexcept {
    const Row* active = nullptr;
    for (const auto& row : rows)
        if (row.edition.released_at && *row.edition.released_at <= at) active = &row;
    return active;
}

}  // namespace hcp::domain
