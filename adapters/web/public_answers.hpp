#pragma once
#include "adapters/web/http.hpp"
#include "plugin/app/rating/rating_outcome.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace hcp::web {

class PublicContext;

// What the public listener answers with: each response protected, in the words that people read. Any thread.
class PublicAnswers {
public:
    explicit PublicAnswers(const PublicContext& context) : context_{context} {}  // whose part it is

    [[nodiscard]] Response page(int status, std::string html, const Request& request) const;
    // Says what cannot be done, in the phrases of that name.
    [[nodiscard]] Response notice(int status, std::string_view what, const Request& request) const;
    [[nodiscard]] Response redirect(const std::string& to) const;
    [[nodiscard]] Response json(int status, std::string body) const;
    // problem+json (RFC 9457), for people as much as for programs.
    [[nodiscard]] Response problem(int status, std::string_view code, std::string_view reason, std::string_view remedy,
                                   std::string_view field = {}) const;
    // The same failure as a page or as problem+json, whichever was asked for.
    [[nodiscard]] Response failure(int status, const Request& request) const;
    // The database did not answer: what to tell whoever asked.
    [[nodiscard]] Response store_failure(const ports::error_code& error, const Request& request) const;
    // What to tell whoever rated: `decided` says it where the rating was decided.
    [[nodiscard]] Response answer_to(const app::RatingOutcome& outcome, const Request& request,
                                     const std::function<Response(const app::RatingReply&)>& decided) const;

private:
    const PublicContext& context_;
};

// A choice of how pages look that a cookie remembers: the name of its query parameter and of its cookie.
struct Choice {
    std::string_view parameter, cookie;
    std::string_view chosen, usual;  // what the parameter says
};
inline constexpr Choice elder_choice{"elder", "hcp_elder", "on", "off"};
inline constexpr Choice english_choice{"lang", "hcp_lang", "en", "zh"};

}  // namespace hcp::web
