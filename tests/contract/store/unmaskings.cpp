#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace hcp::contract {
namespace {

bool are(const std::vector<UnmaskingRow>& rows, const std::vector<UnmaskingRow>& wanted) {
    return std::ranges::equal(rows, wanted, [](const UnmaskingRow& a, const UnmaskingRow& b) { return same(a, b); });
}

void come_back_by_evaluation_and_time(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto one = make.id<EvaluationId>(), other = make.id<EvaluationId>();
    const auto first = make.unmasking(one, "S3"), second = make.unmasking(other, "S4"),
               third = with(make.unmasking(one, "S3"), [](auto&row) {
                   row.shown = Unmasked::phone;
                   row.purpose = UnmaskingPurpose::authority;
                   row.sealed_reason.clear();
                   row.seen_at = monday + 30h;
               });
    must(put(*store, third, first, second));
    const auto seen = [&](Instant from, Instant to, UnmaskingId before, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.unmaskings().between(from, to, before, limit); });
    };
    const UnmaskingId latest{INT64_MAX};
    CHECK(are(reading(*store, [&](Snapshot& rows) { return rows.unmaskings().after(first.id, 9); }), {second, third}));
    CHECK(are(reading(*store, [&](Snapshot& rows) { return rows.unmaskings().of_evaluation(one); }), {first, third}));
    CHECK(are(seen(monday, monday + 31h, latest, 9), {third, second, first}));
    CHECK(are(seen(monday, monday + 31h, latest, 2), {third, second}));
    CHECK(are(seen(monday, monday + 31h, second.id, 9), {first}));
    CHECK(are(seen(monday, monday + 30h, latest, 9), {second, first}));
    CHECK(are(seen(monday + 30h, monday + 31h, latest, 9), {third}));
    check_taken(*store, first);
}

void are_counted_by_person_and_purpose(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto one = make.id<EvaluationId>(), other = make.id<EvaluationId>();
    const auto by_phone = [](UnmaskingRow& row) { row.shown = Unmasked::phone; };
    must(put(*store, make.unmasking(one, "S3"), make.unmasking(one, "S3"), make.unmasking(other, "S3"),
             with(make.unmasking(one, "S3"), by_phone), make.unmasking(one, "S4"),
             with(make.unmasking(one, "S4"), [](auto& row) { row.seen_at = monday + 30h; })));
    const auto counts = reading(*store, [&](Snapshot& rows) { return rows.unmaskings().counts(monday, monday + 30h); });
    const auto is = [](const UnmaskingCount& count, std::string_view staff_id, Unmasked shown, std::int64_t times,
                       std::int64_t evaluations) {
        return count.staff_id == staff_id && count.shown == shown && count.purpose == UnmaskingPurpose::contact &&
               count.times == times && count.evaluations == evaluations;
    };
    REQUIRE(counts.size() == 3);
    CHECK(is(counts[0], "S3", Unmasked::identity, 3, 2));
    CHECK(is(counts[1], "S3", Unmasked::phone, 1, 1));
    CHECK(is(counts[2], "S4", Unmasked::identity, 1, 1));
}

}  // namespace

void add_unmaskings(std::vector<Clause>& all) {
    all.push_back({"who saw an identity comes back by evaluation and by time", come_back_by_evaluation_and_time});
    all.push_back({"what was seen of identities is counted by person and purpose", are_counted_by_person_and_purpose});
}

}  // namespace hcp::contract
