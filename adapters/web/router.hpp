#pragma once
#include "adapters/web/http.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::web {

// The named parts of a path, percent-decoded.
using Parameters = std::map<std::string, std::string, std::less<>>;

using Handler = std::function<void(std::shared_ptr<const Request>, Parameters, Reply)>;

// A listener's routes: "/e/{token}/receipt" matches one whole segment per name. HEAD goes where GET goes.
class RouteTable {
public:
    struct Route {
        Method method;
        std::string pattern;
        std::vector<std::string> segments;  // of the pattern
        Handler handler;
    };
    struct Match {
        const Route* route = nullptr;  // null: see `allowed`
        Parameters parameters;
        std::string allowed;  // of a path that exists with other methods: "GET, HEAD"; empty = no such path
    };

    // The pattern begins with '/'.
    void add(Method method, std::string pattern, Handler handler);
    [[nodiscard]] Match match(Method method, std::string_view path) const;
    [[nodiscard]] const std::vector<Route>& routes() const noexcept { return routes_; }

private:
    std::vector<Route> routes_;
};

[[nodiscard]] std::string_view text_of(Method method) noexcept;

}  // namespace hcp::web
