// What the province does wrong on request. Ways 1 to 11 are the numbered behaviours of the interface document.
#pragma once
#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <span>
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
};

struct Fault {
    FaultKind kind{};
    std::int64_t count = 1;  // requests still to spoil; -1 until cleared
    std::string only = "any";
    std::chrono::milliseconds delay{0};
    double probability = 1;
    bool processed = true;  // the request takes effect before the answer is spoilt
    std::string message;    // replaces the text of inner_failure, duplicate, unknown_service, token_expired
    unsigned status = 0;    // of html_error and the http kinds
    unsigned retry_after_s = 1;
};

std::string_view name_of(FaultKind kind);

// {"kind": name or number, "count", "only", "delay_ms", "probability", "processed", "message", "status",
//  "retry_after_s"}; throws std::invalid_argument saying which of them is wrong.
Fault parse_fault(const boost::json::object& wish);
boost::json::object describe(const Fault& fault);

// The faults in force, oldest first; the first that applies is drawn. All members may be called by any thread.
class Faults {
public:
    explicit Faults(std::uint64_t seed) : random_{seed} {}

    void add(Fault fault);
    void clear();
    [[nodiscard]] std::vector<Fault> active();

    // One use of a fault for this message (M1, M2, M4, M5), if one applies. Never `down`.
    std::optional<Fault> draw(std::string_view message);

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
