#include "plugin/domain/certificate.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace hcp::domain;

namespace {

// Every other last character is wrong.
void only_this_last(std::string_view kind, const std::string& number) {
    for (const char last : std::string_view{"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}) {
        const auto other = number.substr(0, number.size() - 1) + last;
        INFO(other);
        CHECK(is_right_number(kind, other) == (other == number));
    }
}

}  // namespace

SCENARIO("the last character of a 统一社会信用代码 follows from the others (GB 32100, E36)", "[certificate]") {
    only_this_last("001", "91350100M000100Y43");  // the standard's own example
    only_this_last("001", "91990000000000449U");
    // Letters that the standard leaves out, and what is no letter of it at all.
    for (const std::string number : {"9135010OM000100Y43", "91350100I000100Y43", "91350100m000100Y43",
                                     "91350100M000100Y4", "91350100M000100Y433", "91350100M 00100Y43", ""})
        CHECK_FALSE(is_right_number("001", number));
}

SCENARIO("the last character of a 居民身份证 follows from the others (GB 11643, E36)", "[certificate]") {
    only_this_last("111", "11010519491231002X");  // the standard's own examples
    only_this_last("111", "440524188001010014");
    for (const std::string number :
         {"11010519491231002x", "110105491231002", "1101051949123100 2X", "A1010519491231002X"})
        CHECK_FALSE(is_right_number("111", number));
}

SCENARIO("a number of a kind that has no check character is never wrong", "[certificate]") {
    for (const std::string kind : {"114", "118", "414", "511", "516", "821", "999", "ZZZ", ""})
        CHECK(is_right_number(kind, "E12345678"));
}

SCENARIO("kinds of certificate are those of the table, and a subject's usual one is among them", "[certificate]") {
    for (const std::string kind : {"001", "111", "114", "118", "414", "511", "516", "821", "999"})
        CHECK(is_certificate_kind(kind));
    for (const std::string kind : {"", "1", "01", "112", "0011", "身份证"}) CHECK_FALSE(is_certificate_kind(kind));
    CHECK(usual_certificate_kind(SubjectType::person) == "111");
    CHECK(usual_certificate_kind(SubjectType::legal) == "001");
    CHECK(usual_certificate_kind(SubjectType::other) == "001");
}
