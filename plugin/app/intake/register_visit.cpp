#include "plugin/app/intake/register_visit.hpp"

#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <span>

namespace hcp::app {

using namespace domain;
using namespace record;

ports::result<void> register_visit(Batch& batch, const Visit& visit) {
    const auto key = visit_key(batch.keys, visit.host_id, visit.visit_no);
    HCP_TRY(const auto known, batch.tx.visits().known(std::span{&key, 1}));
    if (known[0]) {
        ++batch.applied.repeats;
        return {};
    }
    ports::VisitRow row;
    row.id = batch.pen.id<VisitId>();
    row.key_digest = key;
    row.host_id = visit.host_id;
    row.visit_no = visit.visit_no;
    row.line = visit.line;
    row.visited_at = visit.visited_at;
    row.window = visit.window;
    row.department_id = visit.department_id;
    row.department_name = visit.department_name;
    row.item_code = visit.item_code;
    row.staff_id = visit.staff_id;
    row.stored_at = batch.pen.now();
    if (visit.subject) {
        const auto plain = encode(*visit.subject);
        HCP_TRY(row.sealed_subject, batch.keys.sealer.seal(View{plain}, View{key}));
    }
    HCP_CHECK(batch.tx.visits().insert(std::span<const ports::VisitRow>{&row, 1}));
    batch.pen.enter(open_to_all, fact_of(row));
    batch.counts.add({day_of(row.visited_at), row.line, row.department_id, row.item_code, Metric::visit, 1});
    ++batch.applied.visits;
    return {};
}

}  // namespace hcp::app
