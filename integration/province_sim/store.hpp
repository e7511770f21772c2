// What the province holds, in one SQLite file that a judge may read with the sqlite3 tool while we run.
//
//   service   every stored M1: id (order of storing), time_us, serviceNumber and each field by its own name
//   rating    every stored M2: id, time_us and each field
//   refusal   id, time_us, message, reason, projectNo
//   arrival   every request: id, time_us, kind, outcome, projectNo, serviceNumber, fault, name (serviceName of an M1)
//   pending   what was taken and is stored later (pending.hpp)
//   doubling  each M1 that we ourselves stored twice: time_us of the second, projectNo, serviceName, first_id and
//             second_id in `service`
// time_us is UTC microseconds; the generated column `time` shows it as UTC+8 text. For a service or rating it is when
// it was stored, which may be later than its request arrived.
#pragma once
#include "integration/province_sim/busy.hpp"
#include "integration/province_sim/checks.hpp"
#include "integration/province_sim/database.hpp"
#include "integration/province_sim/pending.hpp"
#include "integration/province_sim/wish.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace province_sim {

struct Arrival {
    Instant at;
    std::string kind;        // M1, M2, M4, M5, or - for a path we do not serve
    std::string outcome;     // accepted; refused; late while it waits; spoilt when a fault kept it from taking effect
    std::string project_no;  // empty when not known
    int service_number = 0;  // 0 when not known
    std::string fault;       // empty when the answer was honest
    std::string reason;      // of a refusal
    std::string name;        // serviceName of an M1
};

struct KnownService {
    std::string project_no, service_name, service_time, pro_status, satisfaction, assess_time;
    int number = 0;
    bool commented = false;
};

// What makes a second M1 of a projectNo a repetition of the first.
enum class Dedupe { none, name, name_time };
inline constexpr Named<Dedupe> dedupe_names[] = {
    {"none", Dedupe::none}, {"name", Dedupe::name}, {"name_time", Dedupe::name_time}};

// What became of the late records whose time had come.
struct Settled {
    int stored = 0;
    int refused = 0;
};

// All members may be called by any thread, block on the disk, commit before they return, and throw
// std::runtime_error when SQLite fails.
class Store {
public:
    // `fast` gives up the sync at commit: for benchmarks and for tests that cut no power.
    Store(const std::filesystem::path& file, bool fast);

    void refuse_repeated(Dedupe by) { dedupe_ = by; }

    // Numbers the service by its arrival within its projectNo. Throws Refusal beyond 99 and when it is a repetition.
    // With `again_at` we are at fault and store it once more then, which `doubling` will tell.
    void accept_service(const Fields& service, Arrival arrival, std::optional<Instant> again_at = std::nullopt);

    // Throws Refusal when the service is unknown, already rated, or younger than the rating.
    void accept_rating(const Fields& rating, Arrival arrival);

    // Keeps an M1 or M2 until `due`, unchecked against what is stored: that is done when its time has come.
    void postpone(const Fields& record, const Arrival& arrival, Instant due);

    // Stores what is due at `now`, in the order of its time and as of its time. What the store then refuses goes into
    // `refusal`; its arrival becomes accepted or refused.
    Settled settle(Instant now);
    // How many records wait.
    [[nodiscard]] std::int64_t waiting();

    // The services of one subject, by projectNo and number, as far as they and their ratings were stored by then.
    [[nodiscard]] std::vector<KnownService> services_of(const Fields& query, Instant stored_by = Instant::max());

    // Stores the services of a busy subject in one transaction, as of a day before `at`: no lag hides them.
    void fill(const BusySubject& subject, Instant at);

    // Writes the arrival of a request that stores no record, and its reason into `refusal` if there is one.
    void note(const Arrival& arrival);

private:
    struct Stored {
        std::int64_t id;
        int number;
    };

    // Within a transaction of the caller's; a Refusal is thrown before anything is written.
    Stored insert_service(const Fields& service, Instant at);
    Stored insert_rating(const Fields& rating, Instant at);
    // Returns the id in `arrival`.
    std::int64_t write(const Arrival& arrival);
    void write_refusal(const std::string& message, const std::string& reason, const std::string& project_no,
                       Instant at);
    // Whether it was stored.
    bool take_effect(const Postponed& late);

    std::atomic<Dedupe> dedupe_ = Dedupe::none;
    std::mutex mutex_;
    Database db_;
    Pending pending_;
};

}  // namespace province_sim
