#pragma once
#include <cstdint>

namespace hcp::web {

// In which a page speaks. What hosts and people wrote stays as they wrote it.
enum class Language : std::int32_t { zh, en };

}  // namespace hcp::web
