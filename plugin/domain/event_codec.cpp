#include "plugin/domain/event_codec.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace hcp::domain {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t instant_bytes = 8;

// One list of fields serves both directions, so that they cannot disagree.
template <class Coder, class T>
void fields(Coder& c, T& v) {
    using Value = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Value, SubjectFacts>)
        c(v.type, v.role, v.certificate_no, v.certificate_kind, v.name, v.mobile, v.agent_name, v.agent_no,
          v.other_agents);
    else if constexpr (std::is_same_v<Value, AgentFacts>)
        c(v.name, v.no);
    else if constexpr (std::is_same_v<Value, StaffFacts>)
        c(v.staff_id, v.name);
    else if constexpr (std::is_same_v<Value, CompletionKey>)
        c(v.host_id, v.case_no, v.completion_no);
    else if constexpr (std::is_same_v<Value, Completion>)
        c(v.key, v.line, v.project_no, v.section, v.node, v.project_name, v.item_code, v.department_id,
          v.department_name, v.completed_at, v.accepted_at, v.promised_at, v.mode, v.secrecy, v.subjects, v.handlers);
    else if constexpr (std::is_same_v<Value, Withdrawal>)
        c(v.key, v.withdrawn_at, v.reason);
    else if constexpr (std::is_same_v<Value, BidsOpened>)
        c(v.host_id, v.project_no, v.section, v.opened_at);
    else if constexpr (std::is_same_v<Value, Visit>)
        c(v.host_id, v.visit_no, v.line, v.visited_at, v.window, v.department_id, v.department_name, v.item_code,
          v.staff_id, v.subject);
}

class Encoder {
public:
    explicit Encoder(Bytes& out) : out_{out} {}

    template <class... T>
    void operator()(const T&... values) {
        (put(values), ...);
    }
    void put_byte(std::uint8_t b) { out_.push_back(b); }
    void put_count(std::uint64_t n) {
        for (; n >= 0x80; n >>= 7) put_byte(static_cast<std::uint8_t>(n | 0x80));
        put_byte(static_cast<std::uint8_t>(n));
    }

private:
    void put(const std::string& text) {
        put_count(text.size());
        out_.insert(out_.end(), text.begin(), text.end());
    }
    void put(Instant t) { put_integer(out_, static_cast<std::uint64_t>(to_us(t)), instant_bytes); }
    void put(bool flag) { put_byte(flag ? 1 : 0); }
    void put(Secrecy secrecy) { put(secrecy.flag()); }
    template <class T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <class T>
    void put(const std::vector<T>& list) {
        put_count(list.size());
        for (const auto& element : list) put(element);
    }
    template <class T>
    void put(const T& value) {
        if constexpr (std::is_enum_v<T>)
            put_count(static_cast<std::uint32_t>(value));
        else
            fields(*this, value);
    }

    Bytes& out_;
};

constexpr bool known(SubjectType t) {
    return t >= SubjectType::person && t <= SubjectType::other;
}
constexpr bool known(Role r) {
    return (r >= Role::unknown && r <= Role::mining_bidder) || r == Role::other;
}
constexpr bool known(Mode m) {
    return m >= Mode::unknown && m <= Mode::on_site;
}
constexpr bool known(Line) {
    return true;  // E36
}

class Decoder {
public:
    explicit Decoder(View in) : in_{in} {}

    template <class... T>
    void operator()(T&... values) {
        (get(values), ...);
    }
    std::uint8_t get_byte() {
        if (in_.empty()) sound_ = false;
        if (!sound_) return 0;
        const auto b = in_.front();
        in_ = in_.subspan(1);
        return b;
    }
    // Every counted thing takes at least a byte, so that no count can ask for more memory than the input justifies.
    std::size_t get_count() {
        const auto n = get_number();
        if (n > in_.size()) sound_ = false;
        return sound_ ? static_cast<std::size_t>(n) : 0;
    }
    [[nodiscard]] bool sound() const { return sound_; }
    [[nodiscard]] bool finished() const { return sound_ && in_.empty(); }

private:
    std::uint64_t get_number() {
        std::uint64_t n = 0;
        for (unsigned shift = 0; shift < 35; shift += 7) {
            const auto b = get_byte();
            n |= std::uint64_t{b & 0x7Fu} << shift;
            if ((b & 0x80u) != 0) continue;
            if (b == 0 && shift != 0) sound_ = false;  // not the shortest form
            return n;
        }
        sound_ = false;
        return 0;
    }
    void get(std::string& text) {
        const auto n = get_count();
        text = as_text(in_.first(n));
        in_ = in_.subspan(n);
    }
    void get(Instant& t) {
        const auto us = sound_ ? take_integer(in_, instant_bytes) : std::nullopt;
        if (!us) sound_ = false;
        t = instant_from_us(static_cast<std::int64_t>(us.value_or(0)));
    }
    void get(bool& flag) {
        const auto b = get_byte();
        if (b > 1) sound_ = false;
        flag = b == 1;
    }
    void get(Secrecy& secrecy) {
        bool flag = false;
        get(flag);
        secrecy = Secrecy::from_flag(flag);
    }
    template <class T>
    void get(std::optional<T>& value) {
        bool present = false;
        get(present);
        if (present) get(value.emplace());
    }
    template <class T>
    void get(std::vector<T>& list) {
        const auto n = get_count();
        list.reserve(std::min<std::size_t>(n, 1000));
        for (std::size_t i = 0; i < n && sound_; ++i) get(list.emplace_back());
    }
    template <class T>
    void get(T& value) {
        if constexpr (std::is_enum_v<T>) {
            const auto code = get_number();
            value = static_cast<T>(static_cast<std::int32_t>(code));
            if (code > 0xFFFFFFFF || !known(value)) sound_ = false;
        } else {
            fields(*this, value);
        }
    }

    View in_;
    bool sound_ = true;
};

template <std::size_t I = 0>
bool decode_kind(Decoder& in, std::size_t index, Event& event) {
    if constexpr (I < std::variant_size_v<Event>) {
        if (index != I) return decode_kind<I + 1>(in, index, event);
        in(event.emplace<I>());
        return in.sound();
    } else {
        return false;
    }
}

}  // namespace

Bytes encode_events(std::span<const Event> events) {
    Bytes bytes;
    bytes.reserve(16 + events.size() * 320);
    Encoder out{bytes};
    out.put_byte(version);
    out.put_count(events.size());
    for (const auto& event : events) {
        out.put_byte(static_cast<std::uint8_t>(event.index() + 1));
        std::visit([&](const auto& value) { out(value); }, event);
    }
    return bytes;
}

std::optional<std::vector<Event>> decode_events(View bytes) {
    Decoder in{bytes};
    if (in.get_byte() != version) return std::nullopt;
    const auto count = in.get_count();
    std::vector<Event> events;
    events.reserve(std::min<std::size_t>(count, 1000));
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t kind = in.get_byte();
        if (kind == 0 || !decode_kind(in, kind - 1, events.emplace_back())) return std::nullopt;
    }
    if (!in.finished()) return std::nullopt;
    return events;
}

}  // namespace hcp::domain
