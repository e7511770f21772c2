#include "plugin/compose/openers.hpp"

#include "adapters/config/ini_reader.hpp"
#include "adapters/gm/key_file.hpp"
#include "adapters/journal/journal.hpp"
#include "adapters/store/sql_store.hpp"

#include <filesystem>
#include <string>
#include <system_error>

namespace hcp::compose {

ports::result<std::unique_ptr<ports::Journal>> open_journal(const ports::JournalSettings& settings,
                                                            const InstanceDirectory& directory, const KeySet& key_set,
                                                            ports::Log& log) {
    journal::Options options;
    options.path = directory.journal();
    options.max_bytes = settings.max_bytes;
    options.masters = &key_set.masters();
    make_owner_only(options.path);
    return journal::open(options, key_set.journal(), log);
}

std::string log_faults(const std::vector<ports::Fault>& faults, ports::Log& log) {
    for (const auto& fault : faults) log.error(config::text_of(fault));
    return "有 " + std::to_string(faults.size()) + " 处错误";
}

store::StoreOptions store_options(const ports::StoreSettings& settings, std::size_t readers) {
    store::StoreOptions options;
    options.backend = settings.backend;
    options.path = settings.path;
    options.schema = settings.schema;
    options.readers = readers;
    options.busy_timeout = settings.read_timeout;
    options.connect_timeout = settings.connect_timeout;
    options.connection = [file = settings.connection_file]() -> ports::result<std::string> {
        HCP_TRY(const auto lines, gm::read_words_file(file));
        std::string all;
        for (const auto& line : lines) all.append(domain::as_text(line.view())).append("\n");
        return all;
    };
    return options;
}

store::LateStore::Open store_opener(const ports::StoreSettings& settings, const ports::Clock& clock, ports::Log& log,
                                    bool may_create) {
    auto told = store_options(settings, settings.sessions);
    told.warn = [&log](const std::string& text) { log.warning(text); };
    return [options = std::move(told), &clock, &log,
            may_create](std::string& why) -> ports::result<std::unique_ptr<ports::Store>> {
        if (options.backend == ports::Backend::sqlite3) {
            std::error_code error;
            if (!may_create && !std::filesystem::exists(options.path, error)) {
                why = "数据库文件 " + options.path.string() +
                      " 不存在：请放回原文件；确要从空库重新开始的，先换一个实例目录";
                return ports::store_errc::unavailable;
            }
            make_owner_only(options.path);
            const auto taken = store::migrate(options, clock.now(), &why);
            if (!taken) {
                why = "数据库无法升级到本版本：" + (why.empty() ? taken.error().message() : why);
                return taken.error();
            }
            if (*taken > 0) log.info("数据库已执行 " + std::to_string(*taken) + " 步升级");
        }
        auto opened = store::open_store(options, &why);
        if (!opened) why = "数据库无法打开：" + (why.empty() ? opened.error().message() : why);
        return opened;
    };
}

}  // namespace hcp::compose
