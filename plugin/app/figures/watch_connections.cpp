#include "plugin/app/figures/watch_connections.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace hcp::app {
namespace {

constexpr std::chrono::minutes window{1};
// A hall behind one address, or a phone that loses its network in the handshake, is turned away now and then.
constexpr std::int64_t many = 20;

}  // namespace

void WatchConnections::tell(const ports::ConnectionFigures& figures) noexcept {
    {
        const run::Lock lock{mutex_};
        figures_ = figures;
    }
    means_.meter.connections(figures);
}

void WatchConnections::look() {
    std::optional<bool> crowded;
    std::int64_t limit = 0;
    {
        const auto now = means_.steady.now();
        const run::Lock lock{mutex_};
        limit = figures_.limit;
        const auto turned_away = figures_.turned_away();
        const bool over = now - since_ >= window;
        if (turned_away - before_ >= many)
            crowded = true;
        else if (over)
            crowded = false;
        if (over) {
            since_ = now;
            before_ = turned_away;
        }
    }
    // The text holds no count: each change of an alarm's text is a line in the log.
    if (crowded)
        means_.alarms.set(
            "connections", *crowded,
            "公众页面有大量连接被拒绝、收回或迟迟不握手（上限 " + std::to_string(limit) +
                " 个），可能有人在占用连接：在防火墙或反向代理上按来源地址限制连接数。指标 "
                "haochaping_http_connections_refused_total 的 reason 为 full 时调高 [web] max_connections，为 "
                "descriptors 时调高宿主的 LimitNOFILE（ulimit -n）");
}

}  // namespace hcp::app
