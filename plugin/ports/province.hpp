#pragma once
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/ports/crypto.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// What the far end understands, in the words of this side. Wire names, codes, padding and crypto are the profile's.
namespace hcp::ports {

// What the province must know of an item and step; from the item and node tables.
struct ProvinceItem {
    std::string area_code, department_code, department_name;
    std::string task_code, task_handle_item, task_name, task_type, project_type;
    std::string service_name;    // of the step
    std::string project_status;  // "1" | "2" | "3"
};

// M1: one step of a dossier is one service.
struct ServiceMessage {
    std::string project_no;  // the province's, made once per dossier
    std::string project_name;
    ProvinceItem item;
    domain::Mode mode = domain::Mode::online;
    domain::SubjectFacts subject;
    std::string handler_name;
    std::optional<domain::Instant> accepted_at;
    domain::Instant completed_at;
    domain::Instant service_time;
};

// M4: which services of this subject the province holds.
struct ServiceQuery {
    domain::SubjectFacts subject;
    std::string project_no;  // answers are filtered to it
};

// M2: the rating of one service.
struct RatingMessage {
    std::string project_no;
    std::int32_t service_number = 0;
    std::string task_type;
    domain::Level level = domain::Level::very_satisfied;
    domain::Origin origin = domain::Origin::authored;
    domain::Channel channel = domain::Channel::portal;
    std::string subject_name;
    std::vector<std::string> tags;
    std::string text;                             // whole; cut to the wire's length by the adapter
    bool unsubmitted = false, withdrawn = false;  // what nobody may take for an answer in force (E55, E17)
    domain::Instant rated_at;
    domain::Instant service_time;  // the rating's time on the wire is never before it
};

using ProvinceMessage = std::variant<ServiceMessage, ServiceQuery, RatingMessage>;

struct KnownService {
    std::int32_t number = 0;
    std::string service_name;
    std::string service_time;  // as on the wire, yyyy-MM-dd HH:mm:ss
    bool rated = false;
};

struct Exchange {
    domain::Verdict verdict = domain::Verdict::ask_first;
    std::string reason;  // for operators, Chinese, no personal datum; empty on success
    std::optional<std::chrono::milliseconds> retry_after;
    std::vector<KnownService> services;  // of a ServiceQuery that was delivered, ordered by number
    Digest sent_digest{};                // keyed digest of the plaintext record that was sent
    std::string service_time;            // M1: as put on the wire, to recognise the service in an M4
    std::chrono::microseconds took{};
    bool left = true;  // false: refused or given up before anything went out, which says nothing of the province
};

// The bridge as it stands, since the start.
struct BridgeFigures {
    std::int64_t delivered = 0, failed = 0, refused = 0, in_flight = 0;
    bool breaker_open = false;
    std::string breaker_reason;
};

// Thread: exchange() from any thread; returns at once. `done` is called exactly once, on a thread of the adapter, also
// when the adapter is stopped meanwhile. Errors are verdicts; nothing throws.
class Province {
public:
    virtual ~Province() = default;
    virtual void exchange(ProvinceMessage message, std::function<void(Exchange)> done) = 0;
    [[nodiscard]] virtual std::size_t parallel() const noexcept = 0;  // exchanges at once; more wait their turn
};

}  // namespace hcp::ports
