#pragma once
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/ports/crypto.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
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

// M4: which services of this subject the province holds, of all its dossiers.
struct ServiceQuery {
    domain::SubjectFacts subject;
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

// A message as it will be sent, before it is encrypted.
struct WireRecord {
    std::string text;                 // empty when there are faults
    std::vector<std::string> faults;  // Chinese, each naming its field: nothing may be sent
    std::vector<std::string> notes;   // what was cut, or sent in place of nothing; the stored original is never touched
    std::vector<std::string> moved;   // times that were sent as others
    std::string service_name, service_time;  // M1: as in the text, and so as an M4 will list them
    Digest digest{};                         // keyed, of the text
};

// One that the province lists, in our words: names without blanks around them, yyyy-MM-dd HH:mm:ss or, where the
// province tells no seconds, yyyy-MM-dd HH:mm; empty where it tells none.
struct KnownService {
    std::string project_no;  // with the prefix
    std::int32_t number = 0;
    std::string service_name, service_time;
    bool rated = false;
    std::optional<domain::Level> level;
    friend bool operator==(const KnownService&, const KnownService&) = default;
};

struct Exchange {
    domain::Verdict verdict = domain::Verdict::ask_first;
    std::string reason;  // for operators, Chinese, no personal datum; empty on success
    std::optional<std::chrono::milliseconds> retry_after;
    std::vector<KnownService> services;  // of a ServiceQuery that was delivered, by project and number
    std::chrono::microseconds took{};
    bool left = true;        // false: refused or given up before the province was tried, which says nothing of it
    bool duplicate = false;  // delivered: it says that it had it already
    bool denied = false;     // ask_first: answered 429 or 503, which is mostly said of what was not stored
    bool throttled = false;  // it is there, and wants less at once
    std::optional<domain::Instant> province_now;  // by the Date of its answer
};

// The bridge as it stands, since the start.
struct BridgeFigures {
    std::int64_t delivered = 0, failed = 0, refused = 0, in_flight = 0;
    bool breaker_open = false;
    std::string breaker_reason;
};

// Any thread; nothing throws.
class Province {
public:
    virtual ~Province() = default;
    // How the message is said. Pure: of one message and one `at`, by which times are clamped, always the same text.
    [[nodiscard]] virtual WireRecord written(const ProvinceMessage& message, domain::Instant at) const = 0;
    // Sends what was written of it; returns at once. After `leave_by` it does not leave any more. `done` is called
    // exactly once, on a thread of the adapter, also when the adapter is stopped meanwhile. Errors are verdicts.
    virtual void exchange(ProvinceMessage message, WireRecord record, domain::Instant leave_by,
                          std::function<void(Exchange)> done) = 0;
    [[nodiscard]] virtual std::size_t parallel() const noexcept = 0;  // exchanges at once; more wait their turn
};

}  // namespace hcp::ports
