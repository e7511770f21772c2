#pragma once
#include "adapters/web/http.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/result.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <string_view>

namespace hcp::web {

// What the staff listener answers with: each response protected, each refusal in one shape, as a page or as
// problem+json. Any thread.
class StaffAnswers {
public:
    explicit StaffAnswers(ports::Log& log) : log_{log} {}

    [[nodiscard]] Response page(int status, std::string html) const;
    [[nodiscard]] Response redirect(const std::string& to) const;
    [[nodiscard]] Response json(int status, std::string body) const;
    // That a browser keeps rather than shows.
    [[nodiscard]] Response file(std::string content_type, const std::string& name, std::string bytes) const;
    // problem+json (RFC 9457). `faults`: of files, each of them.
    [[nodiscard]] Response problem(int status, std::string_view code, std::string_view reason, std::string_view remedy,
                                   std::string_view field = {}, boost::json::array faults = {}) const;
    [[nodiscard]] Response failure(int status, const Request& request) const;
    // The database did not answer, or a key or randomness could not be had.
    [[nodiscard]] Response store_failure(const ports::error_code& error, const Request& request) const;

private:
    ports::Log& log_;
};

}  // namespace hcp::web
