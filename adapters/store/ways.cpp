#include "adapters/store/ways.hpp"

#include "adapters/store/complaint.hpp"
#include "adapters/store/dialect.hpp"
#include "plugin/domain/text.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace hcp::store {
namespace {

constexpr std::chrono::seconds bad_for{30};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::string_view rest = text; !rest.empty();) {
        const auto [line, others] = domain::parted(rest, "\n");
        if (const auto one = domain::trimmed(line); !one.empty()) lines.emplace_back(one);
        rest = others;
    }
    if (lines.empty()) throw soci::soci_error{"连接串文件是空的"};
    return lines;
}

}  // namespace

std::string connection_of(const StoreOptions& options) {
    auto given = options.connection();
    if (!given) throw soci::soci_error{"连接串文件无法读取：" + given.error().message()};
    return *std::move(given);
}

Ways::Ways(const Dialect& dialect, const StoreOptions& options, Examine examine)
    : dialect_{dialect}, options_{options}, examine_{std::move(examine)} {}

std::unique_ptr<Session> Ways::open(Access access, bool create) {
    const bool is_file = options_.backend == ports::Backend::sqlite3;
    const auto lines = is_file ? std::vector{options_.path.string()} : lines_of(connection_of(options_));
    const auto order = in_order(lines.size());
    std::string said;
    for (const auto way : order) {
        auto by = options_;
        by.connection = [&line = lines[way]] { return line; };
        // Together they take no longer than one may.
        by.connect_timeout = std::max(options_.connect_timeout / std::ssize(order), std::chrono::milliseconds{1000});
        try {
            auto session = dialect_.open(by, access, create);
            examine_(*session);
            session->way = way;
            if (taken(way) != way) options_.warn("数据库改用连接串文件的第 " + std::to_string(way + 1) + " 行" + said);
            return session;
        } catch (...) {
            failed(way);
            if (way == order.back()) throw;
            said += "；第 " + std::to_string(way + 1) + " 行：" + current_complaint();
        }
    }
    throw StoreError{store_errc::unavailable};
}

bool Ways::fits(const Session& session) const {
    const run::Lock lock{mutex_};
    return session.way == now_;
}

void Ways::left(const Session& session) {
    failed(session.way);
}

void Ways::failed(std::size_t way) {
    const run::Lock lock{mutex_};
    if (way < bad_until_.size()) bad_until_[way] = std::chrono::steady_clock::now() + bad_for;
}

std::size_t Ways::taken(std::size_t way) {
    const run::Lock lock{mutex_};
    bad_until_[way] = {};
    return std::exchange(now_, way);
}

std::vector<std::size_t> Ways::in_order(std::size_t count) {
    const run::Lock lock{mutex_};
    if (bad_until_.size() < count) bad_until_.resize(count);
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (now_ < count) {
        const auto at = order.begin() + static_cast<std::ptrdiff_t>(now_);
        std::rotate(order.begin(), at, at + 1);
    }
    const auto now = std::chrono::steady_clock::now();
    const auto bad_until = [&](std::size_t way)
                               HCP_REQUIRES(mutex_) { return bad_until_[way] <= now ? Time{} : bad_until_[way]; };
    std::ranges::stable_sort(order, {}, bad_until);
    return order;
}

}  // namespace hcp::store
