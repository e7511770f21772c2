// What the province holds, in one SQLite file that a judge may read with the sqlite3 tool while we run.
//
//   service  every accepted M1: id (arrival order), time_us, serviceNumber and each field by its own name
//   rating   every accepted M2: id, time_us and each field
//   refusal  id, time_us, message, reason, projectNo
//   arrival  every request: id, time_us, kind, outcome, projectNo, serviceNumber, fault
// time_us is UTC microseconds; the generated column `time` shows it as UTC+8 text.
#pragma once
#include "integration/province_sim/checks.hpp"
#include "integration/province_sim/database.hpp"

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace province_sim {

struct Arrival {
    Instant at;
    std::string kind;        // M1, M2, M4, M5, or - for a path we do not serve
    std::string outcome;     // accepted, refused, or spoilt when a fault kept it from taking effect
    std::string project_no;  // empty when not known
    int service_number = 0;  // 0 when not known
    std::string fault;       // empty when the answer was honest
    std::string reason;      // of a refusal
};

struct KnownService {
    std::string project_no, service_name, service_time, pro_status, satisfaction, assess_time;
    int number = 0;
    bool commented = false;
};

// All members may be called by any thread, block on the disk, commit before they return, and throw
// std::runtime_error when SQLite fails.
class Store {
public:
    // `fast` gives up the sync at commit: for benchmarks only.
    Store(const std::filesystem::path& file, bool fast);

    // Numbers the service by its arrival within its projectNo. Throws Refusal beyond 99.
    void accept_service(const Fields& service, Arrival arrival);

    // Throws Refusal when the service is unknown, already rated, or younger than the rating.
    void accept_rating(const Fields& rating, Arrival arrival);

    // The services of one subject, by projectNo and number.
    [[nodiscard]] std::vector<KnownService> services_of(const Fields& query);

    // Writes the arrival of a request that stores no record, and its reason into `refusal` if there is one.
    void note(const Arrival& arrival);

private:
    void write(const Arrival& arrival);

    std::mutex mutex_;
    Database db_;
};

}  // namespace province_sim
