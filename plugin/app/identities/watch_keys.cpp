#include "plugin/app/identities/watch_keys.hpp"

#include "plugin/app/identities/rotate_keys.hpp"
#include "plugin/domain/bytes.hpp"

#include <set>
#include <string>

namespace hcp::app {

void watch_keys(ports::Store& store, const ports::MasterKeys& masters, run::Alarms& alarms,
                const std::function<bool()>& cancelled) {
    const auto all = sealed_under(store, masters, cancelled);
    if (!all || cancelled()) return;
    std::int64_t rows = 0;
    std::set<ports::KeyId> missing;
    for (const auto& one : *all) {
        if (masters.opens(one.key) || one.key == ports::KeyId{}) continue;
        rows += one.rows;
        missing.insert(one.key);
    }
    std::string ids;
    for (const auto& id : missing) ids += (ids.empty() ? "" : "、") + domain::hex_text(id);
    alarms.set("keys", rows > 0,
               "数据库中有资料由本实例没有的主密钥 " + ids +
                   " 封存，读不出来：把那把主密钥列进 [keys] old_key_files 重新启动，再运行 hcpctl keys rotate");
}

}  // namespace hcp::app
