#include "plugin/domain/ledger_entries.hpp"

#include "plugin/domain/text.hpp"

#include <algorithm>
#include <utility>

namespace hcp::domain {
namespace {

constexpr std::uint8_t version = 1;

class Writer {
public:
    explicit Writer(Bytes& out) : out_{out} {}
    void operator()(std::string_view, const auto& value) { put(value); }

private:
    void number(std::int64_t n) {
        put_integer(out_, 8, 4);
        put_integer(out_, static_cast<std::uint64_t>(n), 8);
    }
    template <class Tag>
    void put(const Strong<Tag, std::int64_t>& id) {
        number(id.value());
    }
    template <class T>
    requires std::integral<T> || std::is_enum_v<T>
    void put(const T& n) { number(static_cast<std::int64_t>(n)); }
    void put(const Instant& t) { number(to_us(t)); }
    template <class T>
    void put(const std::optional<T>& value) {
        value ? put(*value) : put_field(out_, {});
    }
    void put(const std::string& text) { put_field(out_, as_bytes(text)); }
    void put(const std::vector<std::string>& texts) { put(joined(texts, ",")); }
    void put(const Digest& digest) { put_field(out_, digest); }

    Bytes& out_;
};

class Reader {
public:
    explicit Reader(View in) : in_{in} {}
    void operator()(std::string_view, auto& value) { get(value); }
    [[nodiscard]] bool finished() const { return sound_ && in_.empty(); }

private:
    View field() {
        const auto taken = sound_ ? take_field(in_) : std::nullopt;
        sound_ = taken.has_value();
        return taken.value_or(View{});
    }
    static std::int64_t number_in(View bytes) { return static_cast<std::int64_t>(take_integer(bytes, 8).value_or(0)); }
    std::int64_t number() {
        const auto bytes = field();
        if (bytes.size() != 8) sound_ = false;
        return sound_ ? number_in(bytes) : 0;
    }
    template <class Tag>
    void get(Strong<Tag, std::int64_t>& id) {
        id = Strong<Tag, std::int64_t>{number()};
    }
    template <class T>
    requires std::integral<T> || std::is_enum_v<T>
    void get(T& n) {
        const auto read = number();
        n = static_cast<T>(read);
        if (static_cast<std::int64_t>(n) != read) sound_ = false;
    }
    void get(Instant& t) { t = instant_from_us(number()); }
    template <class T>
    void get(std::optional<T>& value) {
        value.reset();
        auto rest = in_;
        if (const auto taken = take_field(rest); !taken || !taken->empty()) return get(value.emplace());
        in_ = rest;
    }
    void get(std::string& text) { text = as_text(field()); }
    void get(std::vector<std::string>& texts) { texts = split(as_text(field()), ','); }
    void get(Digest& digest) {
        const auto bytes = field();
        if (bytes.size() != digest.size()) sound_ = false;
        if (sound_) std::copy(bytes.begin(), bytes.end(), digest.begin());
    }

    View in_;
    bool sound_ = true;
};

// Takes the fixed part from the front.
std::optional<LedgerPlace> take_place(View& bytes) {
    LedgerPlace place;
    if (take_integer(bytes, 1) != version) return std::nullopt;
    const auto kind = take_integer(bytes, 1), lane = take_integer(bytes, 4), seq = take_integer(bytes, 8),
               at = take_integer(bytes, 8);
    if (!at) return std::nullopt;
    place.kind = static_cast<std::int32_t>(*kind);
    place.lane = static_cast<std::int32_t>(*lane);
    place.seq = static_cast<std::int64_t>(*seq);
    place.at = instant_from_us(static_cast<std::int64_t>(*at));
    return place;
}

template <std::size_t I = 0>
std::optional<LedgerFact> fact_of(std::int32_t kind, View rest) {
    if constexpr (I < std::variant_size_v<LedgerFact>) {
        using Entry = std::variant_alternative_t<I, LedgerFact>;
        if (static_cast<std::int32_t>(Entry::kind) != kind) return fact_of<I + 1>(kind, rest);
        Entry entry;
        Reader in{rest};
        fields(in, entry);
        if (!in.finished()) return std::nullopt;
        return entry;
    } else {
        return std::nullopt;
    }
}

using NamedBytes = std::vector<std::pair<std::string_view, Bytes>>;
NamedBytes field_by_field(const LedgerFact& fact) {
    NamedBytes all;
    std::visit(
        [&](const auto& entry) {
            const auto one = [&](std::string_view name, const auto& value) {
                Bytes bytes;
                Writer{bytes}(name, value);
                all.emplace_back(name, std::move(bytes));
            };
            fields(one, entry);
        },
        fact);
    return all;
}

}  // namespace

Bytes canonical(std::int32_t lane, std::int64_t seq, Instant at, const LedgerFact& fact) {
    Bytes bytes;
    bytes.reserve(256);
    put_integer(bytes, version, 1);
    std::visit(
        [&](const auto& entry) {
            put_integer(bytes, static_cast<std::uint64_t>(entry.kind), 1);
            put_integer(bytes, static_cast<std::uint32_t>(lane), 4);
            put_integer(bytes, static_cast<std::uint64_t>(seq), 8);
            put_integer(bytes, static_cast<std::uint64_t>(to_us(at)), 8);
            Writer out{bytes};
            fields(out, entry);
        },
        fact);
    return bytes;
}

std::optional<LedgerPlace> place_in(View canonical) {
    return take_place(canonical);
}

std::optional<LedgerFact> fact_in(View canonical) {
    const auto place = take_place(canonical);
    if (!place) return std::nullopt;
    return fact_of(place->kind, canonical);
}

std::vector<std::string_view> differing_fields(const LedgerFact& a, const LedgerFact& b) {
    const auto in_a = field_by_field(a), in_b = field_by_field(b);
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < std::min(in_a.size(), in_b.size()); ++i)
        if (in_a[i] != in_b[i]) names.push_back(in_a[i].first);
    return names;
}

}  // namespace hcp::domain
