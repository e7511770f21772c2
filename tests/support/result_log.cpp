#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <string>

// What became of each test case and each of its sections, for tests/backends.py: in the folder where the program runs,
// a line `CASE TAB SECTION TAB passed|failed` each, the section of the case itself being empty.
namespace {

class ResultLog final : public Catch::TestEventListenerBase {
public:
    using TestEventListenerBase::TestEventListenerBase;

    void testRunStarting(const Catch::TestRunInfo& run) override {
        const bool on_real = std::getenv("HCP_ON_REAL") != nullptr;
        out_.open(run.name + (on_real ? "_real" : "") + ".results.tsv", std::ios::trunc);
    }
    void testCaseStarting(const Catch::TestCaseInfo& test) override { case_ = test.name; }
    void sectionEnded(const Catch::SectionStats& section) override {
        if (section.sectionInfo.name != case_) write(section.sectionInfo.name, section.assertions.allOk());
    }
    void testCaseEnded(const Catch::TestCaseStats& test) override { write("", test.totals.assertions.allOk()); }

private:
    void write(const std::string& section, bool passed) {
        out_ << case_ << '\t' << section << '\t' << (passed ? "passed" : "failed") << std::endl;
    }

    std::ofstream out_;
    std::string case_;
};

}  // namespace

CATCH_REGISTER_LISTENER(ResultLog)
