#include "plugin/app/identities/rotate_keys.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <utility>

namespace hcp::app {

using ports::Digest;
using ports::InHand;
using ports::SealedKind;
using ports::SealedRow;
using ports::View;

namespace {

constexpr std::size_t seals_a_page = 1000;
// Hosts that have another current key go on sealing under it: no number of passes would come to an end.
constexpr int most_passes = 20;

// Every row of every kind, in pages; `take` gets a page and may fail.
template <class Take>
ports::result<void> each_page(ports::Store& store, std::size_t size, const std::function<bool()>& cancelled,
                              const Take& take) {
    for (const auto kind : ports::all_sealed_kinds) {
        Digest after{};
        while (true) {
            if (cancelled()) return {};
            HCP_TRY(const auto rows,
                    ports::ask(store, [&](ports::Snapshot& all) { return all.seals().after(kind, after, size); }));
            if (!rows.empty()) HCP_CHECK(take(kind, rows));
            if (rows.size() < size) break;
            after = rows.back().key;
        }
    }
    return {};
}

}  // namespace

ports::result<std::vector<SealedUnder>> sealed_under(ports::Store& store, const ports::MasterKeys& masters,
                                                     const std::function<bool()>& cancelled) {
    std::map<std::pair<SealedKind, ports::KeyId>, std::int64_t> counts;
    const auto count = [&](SealedKind kind, const std::vector<SealedRow>& rows) -> ports::result<void> {
        for (const auto& row : rows) ++counts[{kind, masters.of(row.sealed).value_or(ports::KeyId{})}];
        return {};
    };
    HCP_CHECK(each_page(store, seals_a_page, cancelled, count));
    std::vector<SealedUnder> all;
    all.reserve(counts.size());
    for (const auto& [place, rows] : counts) all.push_back({place.first, place.second, rows});
    return all;
}

std::int64_t RotateKeys::Outcome::left(const ports::MasterKeys& masters) const {
    std::int64_t rows = 0;
    for (const auto& one : under)
        if (one.key != masters.current()) rows += one.rows;
    return rows;
}

ports::result<RotateKeys::Outcome> RotateKeys::run(const std::function<void(Progress)>& tell,
                                                   const std::function<bool()>& cancelled) {
    Outcome outcome;
    Progress progress;
    HCP_TRY(outcome.under, sealed_under(means_.store, means_.masters, cancelled));
    progress.of = outcome.left(means_.masters);
    for (int passes = 0; passes < most_passes && !cancelled(); ++passes) {
        const auto count = [&](std::int64_t done) {
            progress.done += done;
            progress.of = std::max(progress.of, progress.done);
            tell(progress);
        };
        HCP_TRY(const auto passed, pass(passes == 0 ? InHand::left : InHand::awaited, count, cancelled));
        outcome.done += passed.done;
        outcome.spoilt = passed.spoilt;
        if (passed.met == 0) break;
    }
    HCP_TRY(outcome.under, sealed_under(means_.store, means_.masters, cancelled));
    outcome.ended_early = cancelled();
    return outcome;
}

ports::result<RotateKeys::Passed> RotateKeys::pass(InHand in_hand, const std::function<void(std::int64_t)>& done,
                                                   const std::function<bool()>& cancelled) {
    Passed passed;
    const auto take = [&](SealedKind kind, const std::vector<SealedRow>& rows) -> ports::result<void> {
        std::vector<ports::Resealed> changes;
        for (const auto& row : rows) {
            const auto key = means_.masters.of(row.sealed);
            if (!key || *key == means_.masters.current() || !means_.masters.opens(*key)) continue;
            auto sealed = anew(kind, row);
            // Every other row is worth its own try; the count of what is left says that this one is not done.
            if (!sealed) {
                ++passed.spoilt;
                continue;
            }
            changes.push_back({row.key, row.sealed, *std::move(sealed)});
        }
        passed.met += std::ssize(changes);
        const std::size_t together = in_hand == InHand::awaited ? 1 : changes.size();
        for (std::span<const ports::Resealed> rest{changes}; !rest.empty(); rest = rest.subspan(together)) {
            std::int64_t replaced = 0;
            HCP_CHECK(means_.store.write([&](ports::Transaction& tx) -> ports::result<void> {
                HCP_TRY(replaced, tx.seals().replace(kind, rest.first(together), in_hand));
                return {};
            }));
            passed.done += replaced;
            done(replaced);
        }
        return {};
    };
    HCP_CHECK(each_page(means_.store, batch_, cancelled, take));
    return passed;
}

// Wrapped data keys are bound to their purpose, the others to the key of their row.
ports::result<ports::Bytes> RotateKeys::anew(SealedKind kind, const SealedRow& row) const {
    if (kind == SealedKind::data_key) return means_.vault.rewrap(row.sealed);
    HCP_TRY(const auto plain, means_.sealer.open(row.sealed, View{row.key}));
    return means_.sealer.seal(plain, View{row.key});
}

}  // namespace hcp::app
