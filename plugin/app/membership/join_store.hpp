#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/store/door.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <string>

namespace hcp::app {

// How an instance comes to its place in the store: it opens it, makes sure that what is stored was stored under its
// keys and is no older than what it has signed, and leases the number under which it writes. Until then nothing is
// written, and nothing is read but for that.
class JoinStore {
public:
    struct Means {
        ports::StoreDoor& door;
        ports::Store& store;
        ports::Anchors& anchors;
        record::Books& books;
        const record::Keys& keys;
        const ports::Clock& clock;
        const run::Workers& writer;
    };
    struct Who {
        std::string token;           // of the instance's directory: the same number after a restart
        std::chrono::seconds lease;  // of the number
        bool virtual_clock = false;  // noted in the ledger
    };
    JoinStore(const Means& means, Who who) : means_{means}, who_{std::move(who)} {}

    enum class Joined {
        yes,
        not_yet,  // the database does not answer: again later
        refused,  // a person must look
    };
    struct Answer {
        Joined joined = Joined::not_yet;
        domain::InstanceNo number;
        std::string why;  // unless joined; Chinese
    };
    // The writer's thread. What the instance had claimed before is claimable at once, its outcome unknown.
    [[nodiscard]] Answer join();

private:
    [[nodiscard]] Answer failed(const ports::error_code& error, const std::string& what);
    [[nodiscard]] ports::result<bool> is_our_store() const;
    // What the anchors know and the store does not, in Chinese; empty: nothing.
    [[nodiscard]] ports::result<std::string> missing() const;

    const Means means_;
    const Who who_;
};

}  // namespace hcp::app
