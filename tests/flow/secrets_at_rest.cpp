#include "tests/support/file_desk.hpp"
#include "tests/support/text_in.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("what was said, and by whom, stands nowhere in clear", "[flow]") {
    FileDesk desk;
    const auto event = Desk::completion("C1");
    const auto journal = desk.open_journal();
    REQUIRE(journal->append(std::vector<Event>{event}, desk.clock.now()).has_value());
    desk.apply({event});
    const std::string said = "工作人员耐心细致独一无二";
    desk.rate(event, Level::very_satisfied, desk.clock.now(), said, {"517"});
    const auto facts = desk.show->by_token(desk.token(event), desk.clock.now());
    REQUIRE(facts.has_value());
    REQUIRE(*facts);
    REQUIRE((*facts)->rating);
    CHECK((*facts)->rating->text == said);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator{desk.dir.path()}) {
        INFO(entry.path());
        ++files;
        const auto bytes = text_in(entry.path());
        for (const auto& secret : {said, std::string{"甲公司"}, std::string{"91370000AAAAAAAA1X"},
                                   std::string{"13800000000"}, std::string{"某经办"}})
            CHECK(bytes.find(secret) == std::string::npos);
    }
    CHECK(files >= 4);  // both keys, the store and the journal
}
