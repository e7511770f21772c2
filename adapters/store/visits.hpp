#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/visits.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::VisitRow> auto& r) {
    io("id", r.id);
    io("key_digest", r.key_digest);
    io("host_id", r.host_id);
    io("visit_no", r.visit_no);
    io("line", r.line);
    io("visited_at_us", r.visited_at);
    io("window_no", r.window);
    io("department_id", r.department_id);
    io("department_name", r.department_name);
    io("item_code", r.item_code);
    io("staff_id", r.staff_id);
    io("sealed_subject", r.sealed_subject);
    io("stored_at_us", r.stored_at);
}

class SqlVisits final : public ports::Visits {
public:
    explicit SqlVisits(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<bool>> known(std::span<const Digest>) override;
    result<std::vector<ports::VisitRow>> after(VisitId, std::size_t limit) override;
    result<void> insert(std::span<const ports::VisitRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
