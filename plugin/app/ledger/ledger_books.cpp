#include "plugin/app/ledger/ledger_rows.hpp"
#include "plugin/ports/store/editions.hpp"
#include "plugin/record/editions.hpp"
#include "plugin/record/people.hpp"

#include <map>
#include <string_view>
#include <utility>
#include <vector>

// What the centre brings in itself: rule files, rosters, the catalogue.
namespace hcp::app {

ports::result<void> LedgerAccount::compare_references(ports::ReferenceQueries& references, ports::StaffQueries& staff) {
    using Kind = ports::ReferenceKind;
    for (const auto kind : {Kind::policy, Kind::calendar, Kind::tags, Kind::items, Kind::nodes}) {
        HCP_TRY(const auto rows, references.of(kind));
        for (const auto& row : rows) {
            compare(LedgerSubject::reference, references_, ReferenceKey{static_cast<std::int32_t>(kind), row.version},
                    0, fact_of(row, digests_.sm3({as_bytes(row.content)})));
        }
    }
    HCP_TRY(const auto people, staff.all());
    std::map<std::int32_t, std::vector<ports::StaffRow>> imports;
    for (const auto& row : people) {
        imports[row.roster_no].push_back(row);
        if (row.sealed_name.empty())
            find(LedgerFault::row_changed, LedgerSubject::reference, 0, static_cast<std::int64_t>(Kind::staff),
                 "名册中 " + row.staff_id + " 的姓名已被拿走");
    }
    for (const auto& [number, rows] : imports) {
        const auto said = roster_fact(digests_, rows);
        compare(LedgerSubject::reference, references_, ReferenceKey{said.reference_kind, said.version}, 0, said);
    }
    find_missing(LedgerSubject::reference, references_);
    return {};
}

template <class Content>
ports::result<void> LedgerAccount::compare_editions_of(ports::EditionQueries<Content>& editions) {
    HCP_TRY(const auto rows, editions.all());
    std::string_view code;
    bool newest = true;  // of those of this code that were released
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (code_of(row->content) != std::exchange(code, code_of(row->content))) newest = true;
        const auto& edition = row->edition;
        // A draft was released by nobody yet, and the ledger does not know it.
        if (!edition.released_at && edition.state != EditionState::active) continue;
        const EditionKey key{part_of<Content>, code_of(row->content), edition.revision};
        compare(LedgerSubject::edition, editions_, key, 0, release_fact(digests_, *row));
        const auto state = std::exchange(newest, false) ? EditionState::active : EditionState::superseded;
        if (edition.state != state)
            find(LedgerFault::row_changed, LedgerSubject::edition, 0, number_of(key),
                 named(LedgerSubject::edition, key) + " 的状态与留痕链记载不符");
    }
    return {};
}

ports::result<void> LedgerAccount::compare_editions(ports::Snapshot& rows) {
    HCP_CHECK(compare_editions_of(rows.departments()));
    HCP_CHECK(compare_editions_of(rows.item_editions()));
    HCP_CHECK(compare_editions_of(rows.guides()));
    find_missing(LedgerSubject::edition, editions_);
    return {};
}

}  // namespace hcp::app
