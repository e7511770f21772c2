#pragma once
#include "adapters/host/check.hpp"
#include "plugin/app/rating/unanswered_cursor.hpp"

#include <optional>
#include <string>

namespace hcp::host {

// Where a page of pending_for goes on; absent = at the start.
[[nodiscard]] inline std::optional<Fault> read_cursor(hcp_text cursor, std::optional<ports::UnansweredPlace>& after) {
    std::string text;
    Check check;
    check.optional("cursor", cursor, 64, text);
    if (!check.failed() && !text.empty() && !(after = app::place_of(text)))
        check.fail("cursor", "不是上一页给出的 next；从头开始时请留空（{NULL,0}）");
    return check.take();
}

}  // namespace hcp::host
