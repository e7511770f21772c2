#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/workers.hpp"

#include <atomic>
#include <chrono>
#include <string>

namespace hcp::app {

// Renews the lease of the instance's number. A number that another instance has taken meanwhile, this one's lease over,
// is not taken back: another number would mean another ledger lane, and that one is for the next start to begin with.
class KeepLease {
public:
    KeepLease(ports::Store& store, const record::Books& books, const ports::Clock& clock, run::Alarms& alarms,
              const run::Workers& writer, std::string token, std::chrono::seconds lease)
        : store_{store},
          books_{books},
          clock_{clock},
          alarms_{alarms},
          writer_{writer},
          token_{std::move(token)},
          lease_{lease} {}

    // False: the number is lost. The writer's thread.
    bool renew() {
        writer_.assert_here();
        const auto now = clock_.now();
        const auto renewed = store_.lease_instance(token_, now, now + lease_);
        if (renewed ? *renewed != books_.instance() : renewed.error() == ports::store_errc::conflict) lost_ = true;
        alarms_.set("lease", !renewed || lost_,
                    lost_ ? "实例编号已被其他实例取用，已停止结转和推送，请重新启动本实例"
                    : renewed ? std::string{}
                              : "实例编号续租失败：" + ports::told(renewed.error(), store_));
        return !lost_;
    }
    // Any thread.
    [[nodiscard]] bool is_lost() const noexcept { return lost_; }

private:
    ports::Store& store_;
    const record::Books& books_;
    const ports::Clock& clock_;
    run::Alarms& alarms_;
    const run::Workers& writer_;
    const std::string token_;
    const std::chrono::seconds lease_;
    std::atomic<bool> lost_ = false;
};

}  // namespace hcp::app
