#pragma once
#include "plugin/ports/result.hpp"

namespace hcp::ports {

enum class store_errc {
    unavailable = 1,  // nothing happened; ask again later
    conflict,         // somebody moved a row first, or a unique key is taken: reread and decide again
    in_doubt,         // commit sent, answer lost: reread before repeating
    refused,          // the database refuses these data for good (too long, a check): repeating is useless
    corrupt,          // what was read is not what this version wrote
};
[[nodiscard]] const boost::system::error_category& store_category() noexcept;
[[nodiscard]] inline error_code make_error_code(store_errc e) noexcept {
    return {static_cast<int>(e), store_category()};
}

}  // namespace hcp::ports

template <>
struct boost::system::is_error_code_enum<hcp::ports::store_errc> : std::true_type {};
