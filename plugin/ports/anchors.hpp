#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/ledger.hpp"

#include <vector>

namespace hcp::ports {

// One lane's head at one time, signed. Of a secret lane (domain::is_secret_lane) neither the number nor whether it
// moved may be told: there `seq` is 0 and `hash` is that of secret_head().
struct Anchor {
    LedgerHead head;
    domain::Instant at;
    Bytes signature;  // SM2 over signed_text()

    // What stands for the head of a secret lane: another at every time, though the lane may not have moved.
    [[nodiscard]] static Digest secret_head(const Digests& digests, domain::Instant at, const Digest& head) {
        const auto when = "hcp secret head|" + std::to_string(domain::to_us(at)) + '|';
        return digests.sm3({as_bytes(when), View{head}});
    }

    // "hcp anchor 1|at_us|lane|seq|hash"
    [[nodiscard]] std::string signed_text() const {
        return "hcp anchor 1|" + std::to_string(domain::to_us(at)) + '|' + std::to_string(head.lane) + '|' +
               std::to_string(head.seq) + '|' + domain::hex_text(head.hash);
    }
};

// The file outside the database. Appending is synced; a torn last line from a power cut is ignored when reading and cut
// off by the next append. What would not read back (a negative number or time, no signature) is refused, and with it
// all of its call. Any thread; each passes tests/contract/anchors.
class Anchors {
public:
    virtual ~Anchors() = default;
    virtual result<void> append(const std::vector<Anchor>&) = 0;
    struct Content {
        std::vector<Anchor> anchors;                 // in file order
        std::vector<std::int64_t> unreadable_lines;  // counted from 1
    };
    virtual result<Content> read() = 0;
};

}  // namespace hcp::ports
