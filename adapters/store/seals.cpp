#include "adapters/store/seals.hpp"

#include "adapters/store/statement_list.hpp"

#include <unordered_map>

namespace hcp::store {

using ports::InHand;
using ports::Resealed;
using ports::SealedKind;
using ports::SealedRow;

namespace {

constexpr std::string_view named_data_keys = "select lookup, wrapped_key from subjects where lookup in (@keys) ";
constexpr std::string_view named_handlers =
    "select key_digest, sealed_handlers from cases where key_digest in (@keys) ";
constexpr std::string_view named_reasons =
    "select key_digest, sealed_reason from withdrawals where key_digest in (@keys) ";
constexpr std::string_view named_visitors =
    "select key_digest, sealed_subject from visits where key_digest in (@keys) ";
constexpr std::string_view named_staff_names =
    "select name_digest, sealed_name from staff where name_digest in (@keys) ";
constexpr std::string_view named_role_reasons =
    "select why_digest, sealed_why from role_grants where why_digest in (@keys) ";
constexpr std::string_view named_attribution_reasons =
    "select reason_digest, sealed_reason from attributions where reason_digest in (@keys) ";

constexpr struct {
    Statement data_keys{"seals.data_keys", R"(
        select lookup, wrapped_key from subjects where lookup > :after and wrapped_key is not null order by lookup {limit :limit})"};
    Statement take_data_keys{"seals.take_data_keys", {named_data_keys, "{take}"}};
    Statement await_data_keys{"seals.await_data_keys", {named_data_keys, "{await}"}};
    Statement put_data_keys{"seals.put_data_keys", "update subjects set wrapped_key = :sealed where lookup = :key"};
    Statement handlers{"seals.handlers", R"(
        select key_digest, sealed_handlers from cases where key_digest > :after and sealed_handlers is not null order by key_digest {limit :limit})"};
    Statement take_handlers{"seals.take_handlers", {named_handlers, "{take}"}};
    Statement await_handlers{"seals.await_handlers", {named_handlers, "{await}"}};
    Statement put_handlers{"seals.put_handlers", "update cases set sealed_handlers = :sealed where key_digest = :key"};
    Statement reasons{"seals.reasons", R"(
        select key_digest, sealed_reason from withdrawals where key_digest > :after and sealed_reason is not null order by key_digest {limit :limit})"};
    Statement take_reasons{"seals.take_reasons", {named_reasons, "{take}"}};
    Statement await_reasons{"seals.await_reasons", {named_reasons, "{await}"}};
    Statement put_reasons{"seals.put_reasons",
                          "update withdrawals set sealed_reason = :sealed where key_digest = :key"};
    Statement visitors{"seals.visitors", R"(
        select key_digest, sealed_subject from visits where key_digest > :after and sealed_subject is not null order by key_digest {limit :limit})"};
    Statement take_visitors{"seals.take_visitors", {named_visitors, "{take}"}};
    Statement await_visitors{"seals.await_visitors", {named_visitors, "{await}"}};
    Statement put_visitors{"seals.put_visitors", "update visits set sealed_subject = :sealed where key_digest = :key"};
    Statement staff_names{"seals.staff_names", R"(
        select name_digest, sealed_name from staff where name_digest > :after and sealed_name is not null order by name_digest {limit :limit})"};
    Statement take_staff_names{"seals.take_staff_names", {named_staff_names, "{take}"}};
    Statement await_staff_names{"seals.await_staff_names", {named_staff_names, "{await}"}};
    Statement put_staff_names{"seals.put_staff_names",
                              "update staff set sealed_name = :sealed where name_digest = :key"};
    Statement role_reasons{"seals.role_reasons", R"(
        select why_digest, sealed_why from role_grants where why_digest > :after and sealed_why is not null order by why_digest {limit :limit})"};
    Statement take_role_reasons{"seals.take_role_reasons", {named_role_reasons, "{take}"}};
    Statement await_role_reasons{"seals.await_role_reasons", {named_role_reasons, "{await}"}};
    Statement put_role_reasons{"seals.put_role_reasons",
                               "update role_grants set sealed_why = :sealed where why_digest = :key"};
    Statement attribution_reasons{"seals.attribution_reasons", R"(
        select reason_digest, sealed_reason from attributions where reason_digest > :after and sealed_reason is not null order by reason_digest {limit :limit})"};
    Statement take_attribution_reasons{"seals.take_attribution_reasons", {named_attribution_reasons, "{take}"}};
    Statement await_attribution_reasons{"seals.await_attribution_reasons", {named_attribution_reasons, "{await}"}};
    Statement put_attribution_reasons{"seals.put_attribution_reasons",
                                      "update attributions set sealed_reason = :sealed where reason_digest = :key"};
} seals_sql;

struct OfKind {
    const Statement &page, &take, &await, &put;
};
OfKind of(SealedKind kind) {
    switch (kind) {
        case SealedKind::data_key:
            return {seals_sql.data_keys, seals_sql.take_data_keys, seals_sql.await_data_keys, seals_sql.put_data_keys};
        case SealedKind::handlers:
            return {seals_sql.handlers, seals_sql.take_handlers, seals_sql.await_handlers, seals_sql.put_handlers};
        case SealedKind::withdrawal_reason:
            return {seals_sql.reasons, seals_sql.take_reasons, seals_sql.await_reasons, seals_sql.put_reasons};
        case SealedKind::visitor:
            return {seals_sql.visitors, seals_sql.take_visitors, seals_sql.await_visitors, seals_sql.put_visitors};
        case SealedKind::staff_name:
            return {seals_sql.staff_names, seals_sql.take_staff_names, seals_sql.await_staff_names,
                    seals_sql.put_staff_names};
        case SealedKind::role_reason:
            return {seals_sql.role_reasons, seals_sql.take_role_reasons, seals_sql.await_role_reasons,
                    seals_sql.put_role_reasons};
        case SealedKind::attribution_reason:
            return {seals_sql.attribution_reasons, seals_sql.take_attribution_reasons,
                    seals_sql.await_attribution_reasons, seals_sql.put_attribution_reasons};
    }
    throw StoreError{store_errc::refused};
}

SealedRow sealed_in(Decoder& from) {
    SealedRow row;
    from("", row.key);
    from("", row.sealed);
    return row;
}

}  // namespace

std::vector<const Statement*> SqlSeals::statements() {
    return list_of(seals_sql);
}

result<std::vector<SealedRow>> SqlSeals::after(SealedKind kind, const Digest& key, std::size_t limit) {
    return unit_.guarded([&] {
        const Bytes last{key.begin(), key.end()};  // which is no null where all of it is zero
        std::vector<SealedRow> rows;
        unit_.query(of(kind).page, with("after", last, "limit", limit),
                    [&](Decoder from) { rows.push_back(sealed_in(from)); });
        return rows;
    });
}

// Oracle compares no BLOB with another: the rows are taken, compared here, and then written.
result<std::int64_t> SqlSeals::replace(SealedKind kind, std::span<const Resealed> all, InHand in_hand) {
    return unit_.guarded([&] {
        std::unordered_map<Digest, Bytes, DigestHash> standing;
        Encoder keys;
        for (const auto& one : all) keys.add(one.key);
        const auto statements = of(kind);
        unit_.query_list(in_hand == InHand::left ? statements.take : statements.await, keys, [&](Decoder from) {
            auto row = sealed_in(from);
            standing.insert_or_assign(row.key, std::move(row.sealed));
        });
        Encoder runs;
        std::int64_t replaced = 0;
        for (const auto& one : all) {
            const auto found = standing.find(one.key);
            if (found == standing.end() || found->second != one.was) continue;
            runs("sealed", one.sealed);
            runs("key", one.key);
            ++replaced;
        }
        if (!runs.empty()) unit_.each(statements.put, runs);
        return replaced;
    });
}

}  // namespace hcp::store
