#pragma once
#include "plugin/ports/result.hpp"

#include <boost/system/errc.hpp>

#include <cstdint>
#include <functional>

namespace hcp::ports {

// What long work is given by whoever waits for it: it tells how far it is now and then, and goes on while it is wanted.
struct Signs {
    std::function<void(std::int64_t rows)> met = [](std::int64_t) {};
    std::function<bool()> cancelled = [] { return false; };

    // operation_canceled: it is not wanted any more.
    [[nodiscard]] result<void> go_on() const {
        if (cancelled()) return boost::system::errc::make_error_code(boost::system::errc::operation_canceled);
        return {};
    }
};

}  // namespace hcp::ports
