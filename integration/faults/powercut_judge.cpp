#include "integration/faults/powercut_judge.hpp"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace hcp::faults {
namespace {

using Rows = std::vector<std::vector<std::string>>;

class Database {
public:
    explicit Database(const std::filesystem::path& file) {
        sqlite3* db = nullptr;
        const int code = sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr);
        db_.reset(db);
        if (code != SQLITE_OK) throw std::runtime_error{file.string() + ": " + sqlite3_errmsg(db)};
    }
    Rows rows(const std::string& sql) {
        Rows found;
        const auto take = [](void* to, int columns, char** values, char**) {
            auto& row = static_cast<Rows*>(to)->emplace_back();
            for (int i = 0; i < columns; ++i) row.emplace_back(values[i] == nullptr ? "" : values[i]);
            return 0;
        };
        if (sqlite3_exec(db_.get(), sql.c_str(), take, &found, nullptr) != SQLITE_OK)
            throw std::runtime_error{sql + ": " + sqlite3_errmsg(db_.get())};
        return found;
    }
    std::map<std::string, std::string> pairs(const std::string& sql) {
        std::map<std::string, std::string> found;
        for (auto& row : rows(sql)) found.emplace(std::move(row[0]), std::move(row[1]));
        return found;
    }

private:
    struct Close {
        void operator()(sqlite3* db) const { sqlite3_close(db); }
    };
    std::unique_ptr<sqlite3, Close> db_;
};

#define KEPT_BACK "(select evaluation_id from deliveries where kind = 1 and held_reason = 8)"
// Each answers nothing when all is well, else one line per contradiction.
constexpr struct {
    const char *what, *sql;
} contradictions[] = {
    {"two cases of one completion",
     "select case_no from cases group by host_id, case_no, completion_no having count(*) > 1"},
    {"case without evaluation",
     "select case_no from cases c where not exists (select 1 from evaluations e where e.case_id = c.id)"},
    {"evaluation without exactly one message of its service, or its withdrawal",
     "select e.id from evaluations e where (select count(*) from deliveries d where d.evaluation_id = e.id and d.kind "
     "= "
     "case e.service_ordinal when 0 then 3 else 1 end) <> 1"},
    // A service that was withdrawn before it left has no place among them (E56).
    {"services of a dossier that are not 1, 2, 3 …",
     "select dossier_id from evaluations where service_ordinal > 0 and id not in " KEPT_BACK
     " group by dossier_id having count(distinct service_ordinal) <> count(*) or max(service_ordinal) <> count(*)"},
    {"dossier that counts its services wrongly",
     "select id from dossiers o where service_count <> (select count(*) from evaluations e where e.dossier_id = o.id "
     "and e.service_ordinal > 0 and e.id not in " KEPT_BACK ")"},
    {"service kept back of a case that nobody withdrew",
     "select e.id from evaluations e join cases c on c.id = e.case_id where c.withdrawn = 0 and e.id in " KEPT_BACK},
    {"rated evaluation without its rating, or the other way round",
     "select id from evaluations e where (state in (2, 3)) <> exists (select 1 from ratings r where r.id = e.rating_id "
     "and r.evaluation_id = e.id)"},
    {"rating without its message",
     "select id from ratings r where not exists (select 1 from deliveries d where d.rating_id = r.id and d.kind = 2)"},
    {"bad review without its ticket",
     "select id from ratings r where level_code <= 2 and origin = 1 and not exists (select 1 from tickets t where "
     "t.rating_id = r.id)"},
    {"draft of an evaluation that is answered",
     "select evaluation_id from drafts d join evaluations e on e.id = d.evaluation_id where e.state in (2, 3)"},
    {"embargo that differs from the case's",
     "select e.id from evaluations e join cases c on c.id = e.case_id where e.embargoed <> (c.secret = 1 and "
     "c.secrecy_lifted_at_us is null)"},
    {"embargoed message that is not held",
     "select d.id from deliveries d join evaluations e on e.id = d.evaluation_id where e.embargoed = 1 and d.state <> "
     "4"},
    {"opened project that is still secret",
     "select case_no from cases c join openings o on o.project_no = c.project_no and o.section in (' ', c.section) "
     "where "
     "c.secret = 1 and c.secrecy_lifted_at_us is null and c.completed_at_us <= o.opened_at_us + 300000000"},
    {"withdrawn case that does not know it",
     "select c.case_no from cases c join withdrawals w on w.key_digest = c.key_digest where c.withdrawn = 0"},
    {"totals of deliveries that differ from the rows",
     "select state from (select state, n from delivery_totals union all select state, -1 from deliveries) group by "
     "state "
     "having sum(n) <> 0"},
    {"gap in the ledger", "select lane from ledger group by lane having count(*) <> max(seq) or min(seq) <> 1"},
    {"case without its ledger entry",
     "select count(*) from cases having count(*) <> (select count(*) from ledger where kind = 1)"},
};

template <class Keys>
void all_there(const std::string& what, const Keys& promised, const std::map<std::string, std::string>& stored,
               std::vector<std::string>& faults) {
    for (const auto& key : promised)
        if (!stored.contains(key)) faults.push_back("lost: " + what + " " + key);
}

}  // namespace

void judge_file(const std::filesystem::path& file, std::vector<std::string>& faults) {
    Database db{file};
    for (const auto& row : db.rows("pragma integrity_check"))
        if (row[0] != "ok") faults.push_back(file.filename().string() + " is damaged: " + row[0]);
    for (const auto& row : db.rows("pragma foreign_key_check"))
        faults.push_back(file.filename().string() + ": " + row[0] + " refers to nothing in " + row[2]);
}

void judge_store(const std::filesystem::path& file, const Promises& promises, std::vector<std::string>& faults) {
    Database db{file};
    for (const auto& [what, sql] : contradictions)
        for (const auto& row : db.rows(sql)) faults.push_back(std::string{what} + ": " + row[0]);

    const auto cases =
        db.pairs("select c.case_no, count(*) from cases c join evaluations e on e.case_id = c.id group by 1");
    all_there("case", promises.cases, cases, faults);
    for (const auto& [case_no, evaluations] : cases) {
        const auto tried = promises.tried_cases.find(case_no);
        if (tried == promises.tried_cases.end())
            faults.push_back("never reported: case " + case_no);
        else if (evaluations != std::to_string(tried->second))
            faults.push_back("in halves: case " + case_no + " has " + evaluations + " evaluations");
    }
    for (const auto& call : promises.calls) {
        std::size_t present = 0;
        for (const auto& case_no : call) present += cases.count(case_no);
        if (present != 0 && present != call.size()) faults.push_back("in halves: the call with case " + call.front());
    }
    all_there("withdrawal", promises.withdrawals, db.pairs("select case_no, 1 from withdrawals"), faults);
    all_there("opening", promises.openings, db.pairs("select project_no, 1 from openings"), faults);
    all_there("visit", promises.visits, db.pairs("select visit_no, 1 from visits"), faults);

    const auto levels = db.pairs(
        "select c.case_no, r.level_code from ratings r join evaluations e on e.rating_id = r.id join cases c on c.id = "
        "e.case_id where r.origin = 1 and e.id = (select min(f.id) from evaluations f where f.case_id = c.id)");
    for (const auto& [case_no, level] : promises.ratings) {
        const auto stored = levels.find(case_no);
        if (stored == levels.end() || stored->second != std::to_string(level))
            faults.push_back("lost: rating of case " + case_no);
    }
    const auto delivered = db.pairs("select id, 1 from deliveries where state = 3");
    for (const auto id : promises.delivered)
        if (!delivered.contains(std::to_string(id)))
            faults.push_back("lost: receipt of delivery " + std::to_string(id));
}

}  // namespace hcp::faults
