#pragma once
#include "adapters/store/columns.hpp"
#include "adapters/store/values.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/secrecy.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/time.hpp"

#include <algorithm>
#include <concepts>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Rows <-> values. Nothing meaningful is empty: a zero id or digest, an empty text or byte string is null in the table.
namespace hcp::store {

using namespace domain;

// Gathers values under the names that statements call them by: of one run, or of rows, one after another, whose names
// are the first one's. Borrows from what it is given; what it has to make itself it keeps.
class Encoder {
public:
    void operator()(std::string_view name, const auto& v) {
        if (!names_.empty() && name == names_.front()) named_ = true;  // the second row begins
        if (!named_) names_.push_back(name);
        put(v);
    }
    template <class Row>
    void row(const Row& r) {
        fields(*this, r);
    }
    void reserve(std::size_t values) { values_.reserve(values); }

    // Without a name: a key of a list.
    void add(const auto& v) { put(v); }

    [[nodiscard]] std::span<const std::string_view> names() const { return names_; }
    [[nodiscard]] std::span<const Value> values() const { return values_; }
    [[nodiscard]] bool empty() const { return values_.empty(); }

private:
    template <class Tag>
    void put(const Strong<Tag, std::int64_t>& id) {
        add_unless(id.value() == 0, id.value());
    }
    template <class E>
    requires std::is_enum_v<E>
    void put(const E& e) { values_.emplace_back(static_cast<std::int64_t>(e)); }
    template <class E>
    requires std::is_enum_v<E>
    void put(const std::optional<E>& e) { add_unless(!e, e ? static_cast<std::int64_t>(*e) : 0); }
    template <std::integral T>
    void put(const T& n) {
        values_.emplace_back(static_cast<std::int64_t>(n));
    }
    void put(const Secrecy& secrecy) { put(secrecy.flag()); }
    void put(const Instant& t) { values_.emplace_back(to_us(t)); }
    void put(const std::optional<Instant>& t) { add_unless(!t, t ? to_us(*t) : 0); }
    void put(const Day& d) { values_.emplace_back(std::int64_t{d.time_since_epoch().count()}); }
    void put(const std::optional<Day>& d) { add_unless(!d, d ? std::int64_t{d->time_since_epoch().count()} : 0); }
    void put(std::string_view s) { values_.push_back(s.empty() ? Value::none_of(Value::Kind::text) : Value::text(s)); }
    void put(const std::string& s) { put(std::string_view{s}); }
    void put(const Bytes& b) { add_unless(b.empty(), b); }
    void put(const Digest& d) { add_unless(d == no_digest, d); }
    void put(const std::vector<std::string>& lines) {
        made_.push_back(joined(lines, "\n"));
        put(std::string_view{made_.back()});
    }
    template <class Text>
    void put(const KeyText<Text>& key) {
        put(key.text.empty() ? std::string_view{" "} : std::string_view{key.text});
    }
    template <class Number>
    void put(const Learnt<Number>& learnt) {
        add_unless(learnt.number == 0, learnt.number);
    }
    void add_unless(bool null, std::int64_t n) {
        values_.push_back(null ? Value::none_of(Value::Kind::integer) : Value{n});
    }
    void add_unless(bool null, View b) {
        values_.push_back(null ? Value::none_of(Value::Kind::bytes) : Value::bytes(b));
    }

    std::vector<std::string_view> names_;
    bool named_ = false;
    std::vector<Value> values_;
    std::deque<std::string> made_;
};

// with("now", now, "limit", limit)
inline void add_all(Encoder&) {}
template <class T, class... Rest>
void add_all(Encoder& to, std::string_view name, const T& value, const Rest&... rest) {
    to(name, value);
    add_all(to, rest...);
}
template <class... T>
[[nodiscard]] Encoder with(const T&... names_and_values) {
    Encoder out;
    add_all(out, names_and_values...);
    return out;
}

template <class Keys>
[[nodiscard]] Encoder list(const Keys& keys) {
    Encoder out;
    for (const auto& key : keys) out.add(key);
    return out;
}

// Reads the columns of a row from left to right.
class Decoder {
public:
    explicit Decoder(const Row& row) : row_{row} {}

    template <class T>
    void operator()(std::string_view, T&& v) {
        read(v);
        ++at_;
    }
    template <class T>
    [[nodiscard]] T take() {
        T v{};
        (*this)("", v);
        return v;
    }
    template <class R>
    [[nodiscard]] R row() {
        R r;
        fields(*this, r);
        return r;
    }
    // Of an outer join: nothing when the first column, the key, is null.
    template <class R>
    [[nodiscard]] std::optional<R> row_if_any() {
        const bool none = row_.null(at_);
        auto r = row<R>();
        if (none) return std::nullopt;
        return r;
    }

private:
    template <class Tag>
    void read(Strong<Tag, std::int64_t>& id) {
        id = Strong<Tag, std::int64_t>{row_.integer(at_)};
    }
    template <class E>
    requires std::is_enum_v<E>
    void read(E& e) { e = static_cast<E>(row_.integer(at_)); }
    template <class E>
    requires std::is_enum_v<E>
    void read(std::optional<E>& e) {
        e.reset();
        const auto code = row_.integer(at_);
        if (!row_.null(at_)) e = static_cast<E>(code);
    }
    template <std::integral T>
    void read(T& n) {
        n = static_cast<T>(row_.integer(at_));
    }
    void read(Secrecy& secrecy) { secrecy = Secrecy::from_flag(row_.integer(at_) != 0); }
    void read(Instant& t) { t = instant_from_us(row_.integer(at_)); }
    void read(std::optional<Instant>& t) {
        const auto us = row_.integer(at_);
        t.reset();
        if (!row_.null(at_)) t = instant_from_us(us);
    }
    void read(Day& d) { d = Day{std::chrono::days{row_.integer(at_)}}; }
    void read(std::optional<Day>& d) {
        const auto days = row_.integer(at_);
        d.reset();
        if (!row_.null(at_)) d = Day{std::chrono::days{days}};
    }
    void read(std::string& s) { s = row_.text(at_); }
    void read(Bytes& b) {
        const auto bytes = row_.bytes(at_);
        b.assign(bytes.begin(), bytes.end());
    }
    void read(Digest& d) {
        d = {};
        const auto bytes = row_.bytes(at_);
        if (bytes.empty()) return;
        if (bytes.size() != d.size()) throw StoreError{store_errc::corrupt};
        std::copy(bytes.begin(), bytes.end(), d.begin());
    }
    void read(std::vector<std::string>& lines) { lines = split(row_.text(at_), '\n'); }
    template <class Text>
    void read(const KeyText<Text>& key) {
        key.text = row_.text(at_);
        if (key.text == " ") key.text.clear();
    }
    template <class Number>
    void read(const Learnt<Number>& learnt) {
        read(learnt.number);
    }

    const Row& row_;
    int at_ = 0;
};

}  // namespace hcp::store
