#pragma once
#include "plugin/ports/clock.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/store/notices.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/workers.hpp"

#include <span>
#include <string>
#include <vector>

namespace hcp::app {

// Asks the host to message whoever has a new notice, where it can (hcp.notify_staff/1). Each is marked as told before
// the host is asked, so that of several hosts one asks; where the host fails the mark is taken away, and it is asked
// again the next time, for a day. A host that dies in between leaves one untold that is marked: it is in the inbox all
// the same.
class TellStaff {
public:
    struct Means {
        ports::Host& host;
        ports::Store& store;
        record::Books& books;
        const ports::Clock& clock;
        ports::Log& log;
        run::Workers& writer;
        run::Workers& host_thread;  // the host may block
    };
    // `address`: of the desk; empty: there is none.
    TellStaff(const Means& means, std::string address) : means_{means}, address_{std::move(address)} {}

    // The writer's thread; goes on on the host thread. What is posted must be done before this ends.
    void tell();

private:
    // What waits, marked as told; most of the time nothing does, and then nothing is written.
    [[nodiscard]] ports::result<std::vector<ports::NoticeRow>> claim();
    void ask_host(const std::vector<ports::NoticeRow>& claimed);
    void take_back(std::span<const ports::NoticeRow> failed);

    const Means means_;
    const std::string address_;
};

}  // namespace hcp::app
