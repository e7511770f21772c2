#pragma once
#include "plugin/app/desk_sessions/desk.hpp"
#include "plugin/ports/store/staff_sessions.hpp"

#include <cstdint>
#include <string_view>

namespace hcp::app {

// Ends this session; one that is over stays as it was.
[[nodiscard]] ports::result<void> sign_out(const DeskMeans&, const ports::StaffSessionRow&);

// Ends every session of a person: his own by anybody, those of another by whoever may. Answers how many.
[[nodiscard]] ports::result<DeskReply<std::int64_t>> sign_out_everywhere(const DeskMeans&, std::string_view actor,
                                                                         std::string_view staff_id);

}  // namespace hcp::app
