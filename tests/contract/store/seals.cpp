#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <latch>
#include <string>
#include <thread>
#include <tuple>

namespace hcp::contract {
namespace {

// One row of each kind with something sealed in it.
struct Stored {
    Stored(Store& store, Samples& make) {
        const auto subject = make.subject();
        const auto row = make.completion();
        const WithdrawalRow withdrawal{make.digest(), "平台一", "案-1", "1", make.bytes(), monday, monday};
        VisitRow visit;
        visit.id = make.id<VisitId>();
        visit.key_digest = make.digest();
        visit.sealed_subject = make.bytes();
        const auto person = make.staff("S" + std::to_string(make.id<VisitId>().value()));
        auto grant = make.grant(person.staff_id);
        const auto attribution = make.attribution(row.id);
        must(put(store, subject, row, withdrawal, visit, person, grant, attribution));
        const RoleEnding ending{"S7", monday, make.bytes(), make.digest()};
        writing(store, [&](Transaction& tx) { return tx.role_grants().end(grant.id, ending); });
        rows = {{subject.lookup, subject.wrapped_key},
                {row.key_digest, row.sealed_handlers},
                {withdrawal.key_digest, withdrawal.sealed_reason},
                {visit.key_digest, visit.sealed_subject},
                {person.name_digest, person.sealed_name},
                {ending.why_digest, ending.sealed_why},
                {attribution.reason_digest, attribution.sealed_reason}};
    }
    std::vector<SealedRow> rows;  // by kind
};

const SealedRow& of(const Stored& stored, SealedKind kind) {
    return stored.rows[static_cast<std::size_t>(kind) - 1];
}

std::vector<SealedRow> page(Store& store, SealedKind kind, const Digest& after, std::size_t limit) {
    return reading(store, [&](Snapshot& rows) { return rows.seals().after(kind, after, limit); });
}

std::int64_t replace(Store& store, SealedKind kind, const std::vector<Resealed>& all, InHand in_hand = InHand::left) {
    return writing(store, [&](Transaction& tx) { return tx.seals().replace(kind, all, in_hand); });
}

void come_by_key(Database& database) {
    const auto store = database.open();
    Samples make;
    const Stored one{*store, make}, two{*store, make}, three{*store, make};
    must(put(*store, with(make.subject(), [](auto& r) { r.wrapped_key.clear(); }),
             with(make.completion(), [](auto& r) { r.sealed_handlers.clear(); })));
    for (const auto kind : all_sealed_kinds) {
        INFO(static_cast<int>(kind));
        std::vector<SealedRow> expected{of(one, kind), of(two, kind), of(three, kind)};
        std::ranges::sort(expected, {}, &SealedRow::key);
        const auto all = page(*store, kind, Digest{}, 10);
        REQUIRE(all.size() == 3);
        for (std::size_t i = 0; i < all.size(); ++i) CHECK(same(all[i], expected[i]));
        const auto next = page(*store, kind, expected[0].key, 1);
        REQUIRE(next.size() == 1);
        CHECK(same(next[0], expected[1]));
        CHECK(page(*store, kind, expected[2].key, 10).empty());
    }
}

void are_replaced_as_they_stood(Database& database) {
    const auto store = database.open();
    Samples make;
    const Stored one{*store, make}, two{*store, make};
    for (const auto kind : all_sealed_kinds) {
        INFO(static_cast<int>(kind));
        const auto &changed = of(one, kind), &kept = of(two, kind);
        const auto now = make.bytes();
        CHECK(replace(*store, kind,
                      {{changed.key, changed.sealed, now},
                       {kept.key, make.bytes(), make.bytes()},
                       {make.digest(), kept.sealed, make.bytes()}}) == 1);
        for (const auto& row : page(*store, kind, Digest{}, 10))
            CHECK(row.sealed == (row.key == changed.key ? now : kept.sealed));
        CHECK(replace(*store, kind, {{changed.key, changed.sealed, make.bytes()}}, InHand::awaited) == 0);
        CHECK(replace(*store, kind, {}) == 0);
        // Nothing is sealed there any more.
        CHECK(replace(*store, kind, {{changed.key, now, {}}}, InHand::awaited) == 1);
        CHECK(page(*store, kind, Digest{}, 10).size() == 1);
    }
}

// As an opening holds the row of its subject: for the key that refers to it, and by no statement that names it.
void what_another_has_in_hand_is_awaited(Database& database) {
    const auto one = database.open(), two = database.open();
    Samples make;
    const Stored stored{*one, make};
    const auto& row = of(stored, SealedKind::data_key);
    const auto now = make.bytes();
    const std::vector<Resealed> same_again{{row.key, row.sealed, row.sealed}}, change{{row.key, row.sealed, now}};
    std::latch held{1};
    std::int64_t replaced = 0;
    result<void> held_to_its_end;  // judged on this thread: Catch knows one alone
    std::jthread opening{[&] {
        held_to_its_end = one->write([&](Transaction& tx) -> result<void> {
            HCP_CHECK(tx.seals().replace(SealedKind::data_key, same_again, InHand::awaited));
            held.count_down();
            std::this_thread::sleep_for(100ms);
            return {};
        });
    }};
    held.wait();
    must(two->write([&](Transaction& tx) -> result<void> {
        HCP_TRY(replaced, tx.seals().replace(SealedKind::data_key, change, InHand::awaited));
        return {};
    }));
    opening.join();
    must(held_to_its_end);
    CHECK(replaced == 1);
    CHECK(page(*one, SealedKind::data_key, Digest{}, 10).at(0).sealed == now);
}

}  // namespace

void add_seals(std::vector<Clause>& all) {
    all.push_back({"what lies under a master key comes by its key, of each kind", come_by_key});
    all.push_back({"a seal is replaced where it is still the one that was read", are_replaced_as_they_stood});
    all.push_back({"a seal that another transaction has in hand is awaited", what_another_has_in_hand_is_awaited});
}

}  // namespace hcp::contract
