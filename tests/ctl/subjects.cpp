#include "adapters/journal/erasure_file.hpp"
#include "tests/ctl/working_desk.hpp"

#include <iostream>

using namespace hcp;
using namespace hcp::test;

namespace {

// What stands on the standard input meanwhile.
class Typed {
public:
    explicit Typed(const std::string& text) : text_{text}, before_{std::cin.rdbuf(text_.rdbuf())} {}
    ~Typed() { std::cin.rdbuf(before_); }
    Typed(const Typed&) = delete;
    Typed& operator=(const Typed&) = delete;

private:
    std::istringstream text_;
    std::streambuf* before_;
};

struct AskedDesk : WorkingDesk {
    AskedDesk() { apply({asking, other}); }
    Said erase(const std::string& typed, std::vector<std::string> more = {}) {
        const Typed input{typed};
        std::vector<std::string> words{"subjects", "erase", "--type", "legal"};
        words.insert(words.end(), more.begin(), more.end());
        return ctl(words);
    }
    fs::path list() const { return dir.path() / "data" / journal::erasure_file_name; }

    const Completion asking = completion("C1"), other = completion("C2", {"91370000BBBBBBBB2X"});
};

}  // namespace

SCENARIO("subjects erase shows what it concerns, and does nothing before that is confirmed", "[ctl]") {
    AskedDesk desk;
    const auto shown = desk.erase("91370000AAAAAAAA1X\n");
    CHECK(shown.code == 1);
    CHECK(has(shown.out, "涉及评价 1 件"));
    CHECK(has(shown.out, "--yes"));
    CHECK_FALSE(desk.view(desk.asking).subject.is_erased());
    CHECK_FALSE(fs::exists(desk.list()));

    const auto done = desk.erase("  91370000ａａａａａａａａ1x \n", {"--yes"});
    INFO(done.out << done.err);
    CHECK(done.code == 0);
    CHECK(desk.view(desk.asking).subject.is_erased());
    CHECK_FALSE(desk.view(desk.other).subject.is_erased());
    for (const auto& text : {done.out, done.err, shown.out, text_in(desk.list())}) CHECK_FALSE(has(text, "AAAAAAAA"));
    CHECK(has(text_in(desk.list()), "hcp-erasure/1 "));

    desk.anchor();
    const auto verified = desk.ctl({"ledger", "verify"});
    INFO(verified.out << verified.err);
    CHECK(verified.code == 0);
    const auto again = desk.erase("91370000AAAAAAAA1X\n", {"--yes"});
    CHECK(again.code == 1);
    CHECK(has(again.err, "已经删除"));
}

SCENARIO("subjects erase is refused with its reason", "[ctl]") {
    AskedDesk desk;
    CHECK(desk.erase("").code == 2);
    CHECK(has(desk.erase("").err, "标准输入"));
    CHECK(has(desk.erase("91370000CCCCCCCC3X\n", {"--yes"}).err, "没有这个主体"));
    CHECK(has(desk.ctl({"subjects", "erase", "--type", "nobody"}).err, "person"));
    (void)desk.rate(desk.asking, Level::dissatisfied, desk.clock.now(), "窗口等候时间长，没有人解释");
    const auto open = desk.erase("91370000AAAAAAAA1X\n", {"--yes"});
    CHECK(open.code == 1);
    CHECK(has(open.err, "暂缓删除"));
    CHECK_FALSE(desk.view(desk.asking).subject.is_erased());
    CHECK_FALSE(fs::exists(desk.list()));
}
