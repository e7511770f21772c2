#include "adapters/sheets/xlsx.hpp"

#include "adapters/sheets/sheet_files.hpp"
#include "tests/sheets/sample.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <thread>
#include <vector>

using namespace hcp;

namespace {

bool is_zip(const std::string& bytes) {
    return bytes.starts_with("PK\x03\x04") && bytes.find("xl/worksheets/sheet1.xml") != std::string::npos;
}

}  // namespace

SCENARIO("a form is written that the machine can write", "[sheets]") {
    const sheets::SheetFiles files;
    CHECK(files.can_write(domain::FileForm::csv));
    REQUIRE(files.can_write(domain::FileForm::xlsx));
    CHECK(is_zip(files.write(test::sample_sheet(), domain::FileForm::xlsx).value()));
    CHECK(files.write(test::sample_sheet(), domain::FileForm::csv).value().starts_with("\xEF\xBB\xBF办件"));
}

SCENARIO("a text longer than a cell holds is cut there", "[sheets]") {
    auto sheet = test::sample_sheet();
    for (std::size_t i = 0; i < 40'000; ++i) std::get<std::string>(sheet.rows[0][0]) += "长";
    CHECK(is_zip(sheets::xlsx_of(sheet).value()));
}

SCENARIO("many threads write at once", "[sheets]") {
    std::vector<std::string> files(8);
    std::vector<std::thread> threads;
    for (auto& file : files)
        threads.emplace_back([&file] {
            auto sheet = test::sample_sheet();
            sheet.rows.resize(2000, sheet.rows[0]);
            file = sheets::xlsx_of(sheet).value();
        });
    for (auto& thread : threads) thread.join();
    for (const auto& file : files) CHECK(is_zip(file));
}
