#pragma once
#include "adapters/store/fields.hpp"
#include "adapters/store/values.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

// Rows <-> values. Nothing meaningful is empty: a zero id or digest, an empty text or byte string is null in the table.
namespace hcp::store {

inline const Digest no_digest{};

// Gathers the values of rows, one after another. Borrows from the rows; what it has to make itself it keeps.
class Encoder {
public:
    void operator()(std::string_view, const auto& v) { add(v); }

    template <class Tag>
    void add(const Strong<Tag, std::int64_t>& id) {
        add_unless(id.value() == 0, id.value());
    }
    template <class E>
    requires std::is_enum_v<E>
    void add(const E& e) { values_.emplace_back(static_cast<std::int64_t>(e)); }
    template <std::integral T>
    void add(const T& n) {
        values_.emplace_back(static_cast<std::int64_t>(n));
    }
    void add(const Instant& t) { values_.emplace_back(to_us(t)); }
    void add(const std::optional<Instant>& t) { add_unless(!t, t ? to_us(*t) : 0); }
    void add(const Day& d) { values_.emplace_back(std::int64_t{d.time_since_epoch().count()}); }
    void add(std::string_view s) { values_.push_back(s.empty() ? Value{} : Value::text(s)); }
    void add(const std::string& s) { add(std::string_view{s}); }
    void add(const Bytes& b) { values_.push_back(b.empty() ? Value{} : Value::bytes(b)); }
    void add(const Digest& d) { values_.push_back(d == no_digest ? Value{} : Value::bytes(d)); }
    void add(const std::vector<std::string>& lines) {
        std::string joined;
        for (const auto& line : lines) {
            if (!joined.empty()) joined += '\n';
            joined += line;
        }
        made_.push_back(std::move(joined));
        add(std::string_view{made_.back()});
    }
    template <class Text>
    void add(const KeyText<Text>& key) {
        add(key.text.empty() ? std::string_view{" "} : std::string_view{key.text});
    }
    template <class Number>
    void add(const Learnt<Number>& learnt) {
        add_unless(learnt.number == 0, learnt.number);
    }

    template <class Row>
    void row(const Row& r) {
        fields(*this, r);
    }
    void reserve(std::size_t values) { values_.reserve(values); }
    [[nodiscard]] std::span<const Value> values() const { return values_; }
    [[nodiscard]] std::size_t size() const { return values_.size(); }

private:
    void add_unless(bool null, std::int64_t n) { values_.push_back(null ? Value{} : Value{n}); }

    std::vector<Value> values_;
    std::deque<std::string> made_;
};

template <class... T>
[[nodiscard]] Encoder encode(const T&... values) {
    Encoder out;
    (out.add(values), ...);
    return out;
}

template <class T>
[[nodiscard]] Encoder encode_list(std::span<const T> list) {
    Encoder out;
    out.reserve(list.size());
    for (const auto& v : list) out.add(v);
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
    template <std::integral T>
    void read(T& n) {
        n = static_cast<T>(row_.integer(at_));
    }
    void read(Instant& t) { t = instant_from_us(row_.integer(at_)); }
    void read(std::optional<Instant>& t) {
        t.reset();
        if (!row_.null(at_)) t = instant_from_us(row_.integer(at_));
    }
    void read(Day& d) { d = Day{std::chrono::days{row_.integer(at_)}}; }
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
    void read(std::vector<std::string>& lines) {
        lines.clear();
        for (auto rest = row_.text(at_); !rest.empty();) {
            const auto end = std::min(rest.find('\n'), rest.size());
            lines.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
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

// "e.id, e.case_id, …"; an empty alias leaves it out.
template <class R>
[[nodiscard]] std::string columns(std::string_view alias = {}) {
    std::string out;
    const auto name = [&](std::string_view column, auto&&) {
        if (!out.empty()) out += ", ";
        if (!alias.empty()) (out += alias) += '.';
        out += column;
    };
    const R row{};
    fields(name, row);
    return out;
}

template <class R>
[[nodiscard]] std::size_t width() {
    static const std::size_t n = [] {
        std::size_t count = 0;
        const auto one = [&](std::string_view, auto&&) { ++count; };
        const R row{};
        fields(one, row);
        return count;
    }();
    return n;
}

}  // namespace hcp::store
