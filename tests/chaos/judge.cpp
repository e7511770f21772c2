#include "tests/chaos/judge.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace hcp::chaos {

using namespace domain;

namespace {

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const std::filesystem::path& file, const char* sql) {
    sqlite3* db = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(db)};
    std::vector<Row> rows;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        Row row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
            row.emplace_back(text ? text : "");
        }
        rows.push_back(std::move(row));
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return rows;
}

struct Theirs {
    std::string name, time, level;  // level: empty = not rated
    bool is_claimed = false;        // it is a service of ours
};

class Judge {
public:
    Judge(ports::Store& store, FarEnd& far_end, world::Trace& trace, Outcome& outcome)
        : store_{store}, far_end_{far_end}, trace_{trace}, outcome_{outcome} {}

    void all() {
        for (const auto& row :
             rows_of(far_end_.records(),
                     "select s.projectNo, s.serviceNumber, s.serviceName, s.serviceTime, r.satisfaction "
                     "from service s left join rating r on r.projectNo = s.projectNo "
                     "and r.serviceNumber = s.serviceNumber"))
            theirs_[row[0]][std::stoi(row[1])] = {row[2], row[3], row[4]};
        for (const auto& row : rows_of(far_end_.records(), "select distinct projectNo from doubling"))
            doubled_.insert(row[0]);
        for (const auto& [project_no, services] : theirs_) outcome_.services += services.size();
        outcome_.doublings = doubled_.size();
        if (far_end_.most_at_once > 1)
            wrong(std::to_string(far_end_.most_at_once) + " M1 of one dossier were under way at once");
        const auto read = store_.read([this](ports::Snapshot& rows) -> ports::result<void> {
            ports::DeliveryFilter every;
            every.limit = 1'000'000;
            HCP_TRY(const auto owed, rows.deliveries().list(every));
            for (const auto& one : owed) judge_delivery(one);
            HCP_TRY(const auto views, rows.evaluations().after(EvaluationId{}, 1'000'000));
            for (const auto& view : views) {
                ++ours_[key_of(view.evaluation)];
                numbers_.insert({project_nos_[view.evaluation.id], view.evaluation.service_number});
            }
            for (const auto& view : views) judge_evaluation(view);
            return {};
        });
        if (!read) wrong("the store cannot be read");
        for (const auto& [project_no, services] : theirs_)
            for (const auto& [number, service] : services)
                if (!service.is_claimed && !doubled_.contains(project_no))
                    wrong("the province has more than was sent: " + project_no + " " + service.name);
    }

private:
    void wrong(std::string what) { trace_.wrong(std::move(what)); }

    void judge_delivery(const ports::DeliverySummary& one) {
        project_nos_[one.delivery.evaluation_id] = one.project_no;
        const bool may_wait = doubled_.contains(one.project_no);
        const bool is_default = one.delivery.held_reason == HeldReason::unmarked_default;
        if (one.delivery.state == DeliveryState::parked) ++outcome_.parked;
        if (one.delivery.state != DeliveryState::delivered && !may_wait && !is_default)
            wrong("left " + std::string{text_of(one.delivery.state)} + ": " + one.case_no + " " +
                  std::string{text_of(one.delivery.kind)} + " " + one.project_no + " " + one.delivery.last_reason +
                  " " + std::string{text_of(one.delivery.held_reason)});
        if (one.delivery.state == DeliveryState::delivered)
            (one.delivery.kind == DeliveryKind::rating ? rated_ : arrived_).insert(one.delivery.evaluation_id);
    }

    using Key = std::tuple<std::string, std::string, std::string>;  // dossier, name, time
    [[nodiscard]] Key key_of(const ports::EvaluationRow& e) {
        return {project_nos_[e.id], e.service_name, e.service_time};
    }

    void judge_evaluation(const ports::EvaluationView& view) {
        const auto& e = view.evaluation;
        const auto& project_no = project_nos_[e.id];
        auto& services = theirs_[project_no];
        const auto where = project_no + " " + e.service_name + " " + e.service_time;
        std::vector<std::pair<const int, Theirs>*> fitting;
        for (auto& service : services)
            if (service.second.name == e.service_name && service.second.time == e.service_time)
                fitting.push_back(&service);
        const bool is_doubled = doubled_.contains(project_no);
        if (arrived_.contains(e.id) && fitting.empty()) return wrong("lost at the province: " + where);
        // Clamping may have made the times of two alike.
        if (const auto ours = ours_[key_of(e)]; !is_doubled && fitting.size() != ours)
            return wrong(std::to_string(fitting.size()) + " services at the province where " + std::to_string(ours) +
                         " are ours: " + where);
        if (e.service_number != 0 &&
            std::none_of(fitting.begin(), fitting.end(), [&](const auto* s) { return s->first == e.service_number; }))
            return wrong("a number that is another service's: " + where);
        for (auto* service : fitting) service->second.is_claimed = true;

        const bool authored = view.rating && view.rating->origin == Origin::authored;
        const bool sent = authored && rated_.contains(e.id);
        if (authored) outcome_.ratings += sent;
        for (const auto* service : fitting) {
            const auto& level = service->second.level;
            if (level.empty() ||
                (service->first != e.service_number && numbers_.contains({project_no, service->first})))
                continue;
            if (!authored) wrong("a rating of nobody: " + where);
            if (authored && level != std::to_string(static_cast<int>(view.rating->level)))
                wrong("another level: " + where + " " + level);
            if (service->first != e.service_number) wrong("a rating on a number that nobody knew: " + where);
        }
        if (sent && std::none_of(fitting.begin(), fitting.end(), [&](const auto* s) {
                return s->first == e.service_number && !s->second.level.empty();
            }))
            wrong("a rating was lost: " + where);
    }

    ports::Store& store_;
    FarEnd& far_end_;
    world::Trace& trace_;
    Outcome& outcome_;
    std::map<std::string, std::map<int, Theirs>> theirs_;  // by dossier and number
    std::set<std::string> doubled_;                        // dossiers that the far end stored something of twice
    std::map<EvaluationId, std::string> project_nos_;
    std::set<EvaluationId> arrived_, rated_;
    std::map<Key, std::size_t> ours_;
    std::set<std::pair<std::string, int>> numbers_;  // that are some evaluation's
};

}  // namespace

void judge_order(ports::Store& store, world::Trace& trace) {
    const auto read = store.read([&](ports::Snapshot& rows) -> ports::result<void> {
        HCP_TRY(const auto views, rows.evaluations().after(EvaluationId{}, 1'000'000));
        for (const auto& [evaluation, case_row, subject, rating, draft, undelivered, kept_back] : views)
            if (evaluation.service_number != 0 && evaluation.service_number != evaluation.service_ordinal)
                trace.wrong("out of order: " + case_row.case_no + " is " + std::to_string(evaluation.service_ordinal) +
                            " here and " + std::to_string(evaluation.service_number) + " there");
        return {};
    });
    if (!read) trace.wrong("the store cannot be read");
}

void judge(ports::Store& store, FarEnd& far_end, world::Trace& trace, Outcome& outcome) {
    Judge{store, far_end, trace, outcome}.all();
}

}  // namespace hcp::chaos
