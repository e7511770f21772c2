#include "plugin/app/load_references.hpp"

#include "plugin/app/ledger_facts.hpp"
#include "plugin/domain/bytes.hpp"

#include <algorithm>

namespace hcp::app {

using namespace domain;

std::string_view text_of(ports::ReferenceKind kind) noexcept {
    switch (kind) {
        case ports::ReferenceKind::policy:
            return "规则版本";
        case ports::ReferenceKind::calendar:
            return "工作日历";
        case ports::ReferenceKind::tags:
            return "评价标签";
        case ports::ReferenceKind::items:
            return "事项表";
        case ports::ReferenceKind::nodes:
            return "环节表";
    }
    return "";
}

ports::result<std::vector<ReferenceConflict>> load_references(Books& books, const ports::Digests& digests,
                                                              std::span<const ReferenceFile> files) {
    std::vector<ReferenceConflict> conflicts;
    HCP_CHECK(books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        conflicts.clear();
        std::vector<ports::ReferenceRow> fresh;
        for (const auto& file : files) {
            const auto digest = [&](const std::string& content) { return digests.sm3({ports::as_bytes(content)}); };
            const auto content = digest(file.content);
            HCP_TRY(const auto known, tx.references().of(file.kind));
            const auto same = std::find_if(known.begin(), known.end(),
                                           [&](const ports::ReferenceRow& row) { return row.version == file.version; });
            if (same != known.end()) {
                if (digest(same->content) != content) conflicts.push_back({file.kind, file.version, false});
                continue;
            }
            fresh.push_back({file.kind, file.version, domain::hex_text(content), file.content, pen.now()});
            pen.enter(open_to_all, fact_of(fresh.back(), content));
        }
        HCP_TRY(const auto policies, tx.references().of(ports::ReferenceKind::policy));
        for (const auto& row : policies)
            if (std::none_of(files.begin(), files.end(), [&](const ReferenceFile& file) {
                    return file.kind == ports::ReferenceKind::policy && file.version == row.version;
                }))
                conflicts.push_back({ports::ReferenceKind::policy, row.version, true});
        return tx.references().insert(fresh);
    }));
    return conflicts;
}

}  // namespace hcp::app
