#include "adapters/journal/anchor_file.hpp"
#include "tests/contract/anchors/anchors_contract.hpp"
#include "tests/journal/faulty_disk.hpp"
#include "tests/journal/fixture.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace hcp;

namespace {

// A SQLite file on a disk that keeps apart what was synced.
class SqliteMedium final : public contract::JournalMedium {
public:
    std::unique_ptr<ports::Journal> open() override { return open_under(*own_); }
    std::unique_ptr<ports::Journal> open_with_other_keys() override { return open_under(*other_); }
    std::string bytes() override {
        std::string all;
        for (const auto& file : std::filesystem::directory_iterator{directory_.path()})
            all += test::text_in(file.path());
        return all;
    }
    void cut_power() override {
        const auto left = directory_.path() / "left";
        disk_.cut_power(left);
        options_ = {.path = left / "journal.db"};
    }

private:
    std::unique_ptr<ports::Journal> open_under(const ports::Sealer& sealer) {
        return contract::must(journal::open(options_, sealer, log_));
    }

    test::TempDirectory directory_{"hcp journal ?#%"};  // what a URI must not take for its own
    test::FaultyDisk disk_;
    journal::Options options_{.path = directory_.path() / "journal.db", .vfs_name = test::FaultyDisk::vfs_name};
    std::unique_ptr<ports::Sealer> own_ = test::sealer(7), other_ = test::sealer(8);
    test::Lines log_;
};

class AnchorsOnDisk final : public contract::AnchorsMedium {
public:
    std::unique_ptr<ports::Anchors> open() override { return std::make_unique<journal::AnchorFile>(path()); }
    void break_off(const ports::Anchor& anchor) override {
        const auto line = journal::anchor_line(anchor);
        write(text() + line.substr(0, line.size() / 2));
    }
    void spoil(std::int64_t line) override {
        auto spoilt = text();
        std::size_t begin = 0;
        for (; line > 1; --line) begin = spoilt.find('\n', begin) + 1;
        spoilt.at(begin) ^= 1;
        write(spoilt);
    }

private:
    [[nodiscard]] std::filesystem::path path() const { return directory_.path() / journal::anchor_file_name; }
    [[nodiscard]] std::string text() const {
        return std::filesystem::exists(path()) ? test::text_in(path()) : std::string{};
    }
    void write(std::string_view all) const { std::ofstream{path(), std::ios::binary} << all; }

    test::TempDirectory directory_;
};

}  // namespace

TEST_CASE("SQLite keeps the contract of the journal", "[journal]") {
    for (const auto& clause : contract::journal_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            SqliteMedium medium;
            clause.holds(medium);
        }
    }
}

TEST_CASE("a file keeps the contract of the anchors", "[anchors]") {
    for (const auto& clause : contract::anchors_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            AnchorsOnDisk medium;
            clause.holds(medium);
        }
    }
}
