#include "plugin/app/identities/erase_subject.hpp"

#include "plugin/domain/ledger_entries.hpp"
#include "plugin/domain/secrecy.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <span>
#include <string>
#include <vector>

namespace hcp::app {

using namespace domain;
using ports::SealedKind;
using ports::View;

namespace {

constexpr std::size_t visits_a_page = 500;

// What stands where a lookup stood: it finds nobody, and says nothing of who it was.
Digest nobody(const record::Keys& keys, SubjectId id) {
    return record::keyed(keys.lookup, "erased subject", {std::to_string(id.value())});
}

}  // namespace

ports::result<std::optional<EraseSubject::Found>> EraseSubject::look(SubjectType type,
                                                                     std::string_view certificate_no) {
    const auto lookup = record::subject_lookup(means_.keys, type, certificate_no);
    return ports::ask(means_.store, [&](ports::Snapshot& rows) -> ports::result<std::optional<Found>> {
        HCP_TRY(const auto found, rows.subjects().by_lookup(std::span{&lookup, 1}));
        if (!found.front()) return std::optional<Found>{};
        HCP_TRY(const auto matters, rows.subjects().matters(found.front()->id));
        return std::optional{Found{*found.front(), matters}};
    });
}

ports::result<EraseSubject::Outcome> EraseSubject::erase(SubjectType type, std::string_view certificate_no) {
    HCP_TRY(const auto found, look(type, certificate_no));
    if (!found) return Outcome::unknown;
    if (found->matters.ticket_open) return Outcome::ticket_open;
    if (found->matters.leak_open) return Outcome::leak_open;
    const ports::Erasure erasure{found->subject.lookup, means_.clock.now()};
    HCP_CHECK(means_.erasures.append(erasure));
    HCP_TRY(const auto erased, erase(erasure));
    return erased > 0 ? Outcome::erased : Outcome::unknown;
}

ports::result<EraseSubject::Again> EraseSubject::erase_again() {
    HCP_TRY(const auto list, means_.erasures.read());
    Again again{0, std::ssize(list.unreadable_lines)};
    for (const auto& erasure : list.erasures) {
        HCP_TRY(const auto one, erase(erasure));
        again.erased += one;
    }
    return again;
}

ports::result<std::int64_t> EraseSubject::erase(const ports::Erasure& erasure) {
    const auto standing = ports::ask(means_.store, [&](ports::Snapshot& rows) {
        return rows.subjects().by_lookup(std::span{&erasure.lookup, 1});
    });
    if (!standing) return standing.error();
    const auto& found = standing->front();
    // Who came after the erasure is somebody new.
    if (!found || found->created_at > erasure.at) return 0;
    HCP_CHECK(empty_visits(erasure.lookup));
    std::int64_t erased = 0;
    HCP_CHECK(means_.books.write([&](ports::Transaction& tx, record::Pen& pen) -> ports::result<void> {
        HCP_TRY(erased, tx.subjects().erase(found->id, erasure.lookup, nobody(means_.keys, found->id)));
        if (erased > 0) pen.enter(open_to_all, entries::SubjectErased{found->id});
        return {};
    }));
    return erased;
}

// A visit is sealed under the module's own key, whoever it was: its visitor is taken out of the row.
ports::result<void> EraseSubject::empty_visits(const Digest& lookup) {
    Digest after{};
    while (true) {
        HCP_TRY(const auto page, ports::ask(means_.store, [&](ports::Snapshot& rows) {
                    return rows.seals().after(SealedKind::visitor, after, visits_a_page);
                }));
        std::vector<ports::Resealed> emptied;
        for (const auto& row : page) {
            const auto plain = means_.keys.sealer.open(View{row.sealed}, View{row.key});
            if (!plain) continue;  // nobody can read it
            const auto visitor = record::decode_subject(View{*plain});
            if (visitor && record::subject_lookup(means_.keys, visitor->type, visitor->certificate_no) == lookup)
                emptied.push_back({row.key, row.sealed, {}});
        }
        if (!emptied.empty())
            HCP_CHECK(means_.store.write([&](ports::Transaction& tx) -> ports::result<void> {
                HCP_TRY(const auto done, tx.seals().replace(SealedKind::visitor, emptied, ports::InHand::awaited));
                if (done != std::ssize(emptied)) return ports::store_errc::conflict;
                return {};
            }));
        if (page.size() < visits_a_page) return {};
        after = page.back().key;
    }
}

}  // namespace hcp::app
