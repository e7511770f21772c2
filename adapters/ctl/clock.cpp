#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"

namespace hcp::ctl {

// Through the store, where a running instance looks every few seconds, and one that starts looks first.
Exit confirm_clock(Outside& outside, Streams streams) {
    const auto now = outside.now();
    std::int64_t instances = 0;
    const auto done = outside.store().write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(instances, tx.clock_marks().confirm(now));
        return {};
    });
    if (!done) throw refused_by_database(done.error());
    if (instances == 0)
        throw Refusal{finding, "没有实例记录过时钟，无需确认：实例从未启动过，或使用虚拟时钟、数据库服务器的时钟"};
    streams.out << "已确认系统时钟正确：" << text_of(now) << "。运行中的实例几秒内恢复结转。\n";
    return fine;
}

}  // namespace hcp::ctl
