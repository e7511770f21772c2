#pragma once
#include "plugin/domain/day_text.hpp"
#include "plugin/ports/sheet_writer.hpp"

namespace hcp::test {

// One of everything: each kind of cell, what a spreadsheet would calculate, what CSV must quote, and what XML must not
// hold.
inline ports::Sheet sample_sheet() {
    const auto moment =
        domain::start_of(*domain::day_from("2026-09-24")) + std::chrono::seconds{15 * 3600 + 20 * 60 + 5};
    return {"推送 & 办件",
            "张三（S1） 2026-09-24 15:20:00 Ab3",
            {"办件", "次数", "时间"},
            {{"A-1", std::int64_t{3}, moment},
             {"=HYPERLINK(\"http://evil.example\",\"看\")", std::int64_t{-7}, std::monostate{}},
             {"+86 130", std::int64_t{0}, "@SUM(A1)"},
             {"-2+3", std::int64_t{5'000'000'000}, "\t=1"},
             {"一行，\"引号\"\n又一行", std::monostate{}, "<b>&\x01"},
             {"", std::monostate{}, std::monostate{}}}};
}

}  // namespace hcp::test
