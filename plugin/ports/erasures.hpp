#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <vector>

namespace hcp::ports {

// Who was erased, by the digest that the store looks subjects up by, and when: whoever traded again afterwards is
// somebody new to it.
struct Erasure {
    domain::Digest lookup{};
    domain::Instant at;
    friend bool operator==(const Erasure&, const Erasure&) = default;
};

// The list outside the database, by which what a backup brings back is erased again. Appending is synced; a torn last
// line from a power cut is ignored when reading. Several processes may append. Any thread.
class Erasures {
public:
    virtual ~Erasures() = default;
    virtual result<void> append(const Erasure&) = 0;
    struct Content {
        std::vector<Erasure> erasures;               // in file order
        std::vector<std::int64_t> unreadable_lines;  // counted from 1
    };
    virtual result<Content> read() = 0;
};

}  // namespace hcp::ports
