#pragma once
#include "adapters/store/complaint.hpp"
#include "adapters/store/dialect.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/ledger.hpp"

#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace hcp::store {

using ports::result;

// One transaction's way to the database, shared by the subjects. The first error stays: whatever the work answers after
// it, the transaction ends with it.
class Unit {
public:
    Unit(const Dialect& dialect, Session& session, std::int32_t instance)
        : dialect_{dialect}, session_{session}, instance_{instance} {}

    [[nodiscard]] std::optional<store_errc> failed() const { return failed_; }
    [[nodiscard]] const std::string& complaint() const { return complaint_; }  // of that
    [[nodiscard]] Session& session() { return session_; }
    // Whose rows of the counters are ours to change.
    [[nodiscard]] std::int32_t instance() const { return instance_; }

    // The last entry of the ledger that this transaction has written.
    [[nodiscard]] const std::optional<ports::LedgerHead>& ledger_end() const { return ledger_end_; }
    void set_ledger_end(const ports::LedgerHead& head) { ledger_end_ = head; }

    // The border of exceptions: every operation of a subject runs in here.
    template <class Work, class T = std::invoke_result_t<Work>>
    result<T> guarded(Work work) noexcept;

    // What the operations are made of; these throw. `take` gets a Decoder for each row.
    template <class Take>
    void query(const Statement&, const Encoder& values, const Take& take);
    template <class Take>
    void query(const Statement&, const Encoder& values, const Encoder& keys, const Take& take);
    template <class Take>
    void query_list(const Statement&, const Encoder& keys, const Take& take);
    template <class R>
    std::vector<R> rows(const Statement&, const Encoder& values = {});
    // One of each key, in order.
    template <class R, class KeyOf>
    std::vector<std::optional<R>> in_order(const Statement&, std::span<const Digest> keys, const KeyOf& key_of);
    template <class R>
    void insert(const Statement&, std::span<const R> all);
    std::vector<std::int64_t> each(const Statement& statement, const Encoder& runs) {
        std::vector<std::int64_t> changed;
        session_.each(statement, runs, &changed);
        return changed;
    }
    std::int64_t change(const Statement& statement, const Encoder& values, const Encoder& keys = {}) {
        return session_.change(statement, values, keys);
    }

private:
    const Dialect& dialect_;
    Session& session_;
    std::int32_t instance_;
    std::optional<ports::LedgerHead> ledger_end_;
    std::optional<store_errc> failed_;
    std::string complaint_;
};

// What the exception being handled means, whoever threw it; call it in a catch block. An unknown one is taken as
// passing.
[[nodiscard]] store_errc current_error(const Dialect&) noexcept;

template <class Work, class T>
result<T> Unit::guarded(Work work) noexcept {
    try {
        if constexpr (std::is_void_v<T>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (...) {
        const auto error = current_error(dialect_);
        if (!failed_) {
            failed_ = error;
            complaint_ = current_complaint();
        }
        return make_error_code(error);
    }
}

template <class Take>
void Unit::query(const Statement& statement, const Encoder& values, const Encoder& keys, const Take& take) {
    session_.query(statement, values, keys, [&](const Row& row) { take(Decoder{row}); });
}

template <class Take>
void Unit::query(const Statement& statement, const Encoder& values, const Take& take) {
    query(statement, values, Encoder{}, take);
}

template <class Take>
void Unit::query_list(const Statement& statement, const Encoder& keys, const Take& take) {
    if (!keys.empty()) query(statement, {}, keys, take);
}

template <class R>
std::vector<R> Unit::rows(const Statement& statement, const Encoder& values) {
    std::vector<R> out;
    query(statement, values, [&](Decoder from) { out.push_back(from.row<R>()); });
    return out;
}

template <class R, class KeyOf>
std::vector<std::optional<R>> Unit::in_order(const Statement& statement, std::span<const Digest> keys,
                                             const KeyOf& key_of) {
    std::unordered_map<Digest, R, DigestHash> found;
    query_list(statement, list(keys), [&](Decoder from) {
        auto r = from.row<R>();
        const auto key = key_of(r);
        found.insert_or_assign(key, std::move(r));
    });
    std::vector<std::optional<R>> out(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (const auto at = found.find(keys[i]); at != found.end()) out[i] = at->second;
    return out;
}

template <class R>
void Unit::insert(const Statement& statement, std::span<const R> all) {
    if (all.empty()) return;
    Encoder out;
    for (const auto& r : all) {
        out.row(r);
        if (&r == &all.front()) out.reserve(all.size() * out.values().size());
    }
    session_.each(statement, out);
}

}  // namespace hcp::store
