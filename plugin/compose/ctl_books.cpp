#include "plugin/compose/ctl_books.hpp"

#include "adapters/ctl/outside.hpp"
#include "plugin/app/membership/join_store.hpp"
#include "plugin/ports/store/door.hpp"

#include <chrono>
#include <string>

namespace hcp::compose {
namespace {

// The store was opened before.
class OpenDoor final : public ports::StoreDoor {
public:
    ports::result<void> open(std::string&) override { return {}; }
    void shut() noexcept override {}
};

constexpr std::chrono::seconds lease{60};

}  // namespace

CtlBooks::CtlBooks(ports::Store& store, ports::Anchors& anchors, const KeySet& key_set, const ports::Clock& clock,
                   ports::Log& log)
    : writer_{0, log}, books_{store, key_set.digests(), key_set.ledger(), clock, clock} {
    const auto keys = key_set.keys();
    OpenDoor door;
    app::JoinStore join{{door, store, anchors, books_, keys, clock, writer_}, {"hcpctl", lease, false}};
    const auto answer = join.join();
    if (answer.joined != app::JoinStore::Joined::yes) throw ctl::Refusal{ctl::finding, answer.why};
    const auto now = clock.now();
    const ports::InstanceStateRow row{.instance_no = answer.number.value(),
                                      .name = "hcpctl",
                                      .version = HCP_VERSION,
                                      .since = now,
                                      .told_at = now,
                                      .stopped_at = now,
                                      .retired_at = {},
                                      .journal_events = 0};
    const auto told = store.write([&](ports::Transaction& tx) { return tx.instances().tell(row); });
    if (!told) throw ctl::refused_by_database(told.error());
}

}  // namespace hcp::compose
