#include "plugin/app/exports/record_export.hpp"

#include "plugin/record/ledger_facts.hpp"

#include <algorithm>
#include <span>

namespace hcp::app {

using namespace domain;
using namespace record;

ports::result<std::string> export_mark(const ports::Tokens& tokens) {
    constexpr std::size_t characters = 12;  // 72 bits
    HCP_TRY(const auto token, tokens.next());
    return token.substr(token.size() - std::min(token.size(), characters));
}

ports::result<void> record_export(Books& books, const run::Workers& writer, ports::ExportRow row) {
    writer.assert_here();
    return books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        row.id = pen.id<ExportId>();
        row.made_at = pen.now();
        pen.enter(open_to_all, fact_of(row));
        return tx.exports().insert(std::span<const ports::ExportRow>{&row, 1});
    });
}

}  // namespace hcp::app
