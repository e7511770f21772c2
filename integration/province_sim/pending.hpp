// The waiting room: records that were taken and are stored later, as a province does that queues them.
//
//   pending  id, due_us (and `due` as UTC+8 text), message, projectNo, record (JSON), arrival (its id, if a request of
//            its own brought it), first_id (the service it repeats, if we store it twice)
// It is a table like the others, so a killed simulator forgets nothing of it.
#pragma once
#include "integration/province_sim/clock.hpp"
#include "integration/province_sim/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace province_sim {

struct Postponed {
    Instant due;
    std::string message;  // M1 or M2
    Fields record;
    std::int64_t arrival = 0;   // 0: none
    std::int64_t first_id = 0;  // 0: repeats nothing
    std::int64_t id = 0;        // given by add()
};

// Reads and writes within the transactions of its owner.
class Pending {
public:
    explicit Pending(Database& database);

    void add(const Postponed& late);
    void remove(std::int64_t id);
    // By due time; what is due at the same time by arrival.
    [[nodiscard]] std::vector<Postponed> due(Instant now);
    [[nodiscard]] std::int64_t size();

private:
    Database& db_;
};

}  // namespace province_sim
