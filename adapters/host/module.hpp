#pragma once
#include "plugin/abi/haochaping.h"
#include "plugin/domain/evaluation.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/evaluations.hpp"

#include <chrono>
#include <memory>
#include <optional>
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
// thrown becomes HCP_E_INTERNAL, and of `rate`, which may have stored by then, HCP_E_IN_DOUBT.
class Module {
public:
    virtual ~Module() = default;

    // HCP_OK, or nothing runs, the log says why, and it may be called again: HCP_E_INVALID when somebody must change
    // something first, HCP_E_STATE when it is held by others at the moment.
    virtual hcp_status start() = 0;
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
                          const std::optional<ports::UnansweredPlace>& after, std::chrono::milliseconds limit) = 0;
    virtual Reply rate(const Rater& rater, const domain::Answer& answer, std::chrono::milliseconds limit) = 0;
};

}  // namespace hcp::host
