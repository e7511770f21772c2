// What goes back over the connection, before anything of HTTP is written.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace province_sim {

struct Answer {
    unsigned status = 200;
    std::string content_type = "application/json;charset=utf-8";
    std::string content_encoding;  // empty: as it is
    std::string date;              // by the province's clock; empty: none is told
    std::string body;
    std::optional<unsigned> retry_after_s;
    std::chrono::milliseconds delay{0};  // before the first octet, or before the cut
    bool cut = false;                    // close the connection instead of answering
    std::shared_ptr<void> in_flight;     // let go just before the first octet leaves
};

}  // namespace province_sim
