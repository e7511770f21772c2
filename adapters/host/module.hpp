#pragma once
#include "plugin/abi/haochaping.h"
#include "plugin/domain/evaluation.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/ports/result.hpp"

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hcp::host {

// One subject of one completion.
struct Rater {
    domain::CompletionKey key;
    domain::SubjectType type = domain::SubjectType::legal;
    std::string certificate_no;
};

// What a blocking call comes to: the status, and for HCP_OK, HCP_E_REFUSED and HCP_E_INVALID the JSON that the host is
// given.
struct Reply {
    hcp_status status = HCP_E_INTERNAL;
    std::string json;
};

// Where the events of one call of the host go. It ends with the call, and counts as one, however many pieces there
// were.
class Intake {
public:
    virtual ~Intake() = default;
    // [any] All or none of the piece. Costs the journal at most.
    virtual ports::result<void> take(std::span<const domain::Event> piece) = 0;
};

// What is behind the gate. The gate has checked state, process and every argument; control calls never overlap, and no
// other call runs before start has succeeded or after stop has begun; those in flight then see `close`. Whatever is
// thrown becomes HCP_E_INTERNAL.
class Module {
public:
    virtual ~Module() = default;

    virtual bool start() = 0;  // false: nothing runs, the log says why; may be called again
    // The host is stopping us and calls are still in flight: what waits for the database and has not begun to be
    // written is answered now. Followed by stop.
    virtual void close() = 0;
    // Ends every thread. False: not finished within the limit, call again.
    virtual bool stop(std::chrono::milliseconds limit) = 0;
    // Frees what ran, after stop has succeeded; the module may then be started again.
    virtual void release() = 0;
    virtual bool reload() = 0;  // false: refused in part or in whole, the log says what

    // [any] Costs the journal at most.
    [[nodiscard]] virtual bool accepts_host(const std::string& host_id) const = 0;
    [[nodiscard]] virtual domain::Instant earliest_completion() const = 0;  // E38; while it runs
    [[nodiscard]] virtual std::unique_ptr<Intake> intake() = 0;
    [[nodiscard]] virtual std::string link(const Rater& rater) = 0;
    [[nodiscard]] virtual std::string health() = 0;

    // [any, blocking]
    virtual Reply pending(domain::SubjectType type, const std::string& certificate_no,
                          std::chrono::milliseconds limit) = 0;
    virtual Reply rate(const Rater& rater, const domain::Answer& answer, std::chrono::milliseconds limit) = 0;
};

}  // namespace hcp::host
