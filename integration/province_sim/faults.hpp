// What the province does wrong on request. Ways 1 to 11 are the numbered behaviours of the interface document.
#pragma once
#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace province_sim {

enum class FaultKind : std::uint8_t {
    inner_failure = 1,
    body_string = 2,
    no_wrapper = 3,
    empty_body = 4,
    duplicate = 5,
    unknown_service = 6,
    token_expired = 7,
    cut_after_store = 8,
    html_error = 9,
    gbk_message = 10,
    slow = 11,
    cut_before_store,
    http_500,
    http_429,
    http_503,
    down,
    drop_second,
    late,
    twice,
    gzip,
    utf16,
    numeric_flags,
    contradiction,
    repeated_keys,
    vague,
    truncated,
    gateway_words,
    echo,
};

struct Fault {
    FaultKind kind{};
    std::int64_t count = 1;  // requests still to spoil; -1 until cleared
    std::string only = "any";
    std::string certificate;  // of the subject whose M1 and M4 alone are spoilt; empty: everybody's
    std::chrono::milliseconds delay{0};
    double probability = 1;
    bool processed = true;  // the request takes effect before the answer is spoilt
    // How long after its arrival what it brought is stored; of `twice` this is the second time, the first is at once.
    std::chrono::milliseconds store_after{0};
    std::string message;    // replaces the text of those kinds that have one
    unsigned status = 0;    // of html_error and the http kinds
    int retry_after_s = 1;  // of http_429 and http_503; -1: no such header
};

// A request, as far as faults can be particular about it.
struct Occasion {
    std::string_view message;           // M1, M2, M4, M5 or -
    std::string_view certificate = {};  // of the subject of an M1 or M4
    unsigned number = 1;                // within its connection
};

std::string_view name_of(FaultKind kind);

// The kinds whose answers are hard to read though the request was processed.
[[nodiscard]] const std::vector<FaultKind>& kinds_hard_to_read();

// As it is when nothing but its kind is asked for.
Fault plain_fault(FaultKind kind);

// What it tells a request of this message (M1, M2, M4, M5) instead of the truth.
std::string words_of(const Fault& fault, std::string_view message);

// {"kind": name or number, "count", "only", "certificate", "delay_ms", "probability", "processed", "store_after_ms",
//  "message", "status", "retry_after_s"}; throws std::invalid_argument saying which of them is wrong.
Fault parse_fault(const boost::json::object& wish);
boost::json::object describe(const Fault& fault);

// The faults in force, oldest first; the first that applies is drawn. All members may be called by any thread.
class Faults {
public:
    explicit Faults(std::uint64_t seed) : random_{seed} {}

    void add(Fault fault);
    void clear();
    [[nodiscard]] std::vector<Fault> active();

    // One use of a fault for this request, if one applies. Never `down`.
    std::optional<Fault> draw(const Occasion& occasion);

    // Whether the connection at hand is refused because the platform is down.
    bool draw_down();

private:
    template <class Applies>
    std::optional<Fault> draw_if(Applies applies);

    std::mutex mutex_;
    std::vector<Fault> faults_;
    std::mt19937_64 random_;
};

}  // namespace province_sim
