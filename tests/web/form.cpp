#include "adapters/web/form.hpp"

#include <catch2/catch.hpp>

using namespace hcp::web;

SCENARIO("percent encoding is undone exactly or refused", "[web]") {
    CHECK(percent_decode("a%20b") == "a b");
    CHECK(percent_decode("%E6%BB%A1%e6%84%8f") == "满意");
    CHECK(percent_decode("a+b") == "a+b");
    CHECK(percent_decode("a+b", true) == "a b");
    CHECK(percent_decode("") == "");
    for (const auto* broken : {"%", "%4", "a%4", "%zz", "%%41", "%0g", "%00", "a%00b", "%ff", "%C0%AF", "%ED%A0%80"}) {
        INFO(broken);
        CHECK_FALSE(percent_decode(broken).has_value());
    }
    CHECK_FALSE(percent_decode(std::string_view{"a\0b", 3}).has_value());
    const std::string hard = "满意 &=+%/?#\"'<>~-._";
    CHECK(percent_decode(percent_encode(hard)) == hard);
    CHECK(percent_encode("a/b c") == "a%2Fb%20c");
}

SCENARIO("a form is read field by field", "[web]") {
    const auto form = Form::parse("level=2&tag_2=207&tag_2=209&text=%E5%A4%AA%E6%85%A2+%26&empty=&&bare");
    REQUIRE(form.has_value());
    CHECK(form->first("level") == "2");
    CHECK(form->all("tag_2") == std::vector<std::string>{"207", "209"});
    CHECK(form->first("text") == "太慢 &");
    CHECK(form->first("empty").empty());
    CHECK(form->first("absent").empty());

    CHECK(Form::parse("").value().first("a").empty());
    CHECK(Form::parse("&&&a=1&&").value().first("a") == "1");
    CHECK(Form::parse("a=b=c").value().first("a") == "b=c");
    CHECK(Form::parse("a=/?:@!$'()*,;[]").value().first("a") == "/?:@!$'()*,;[]");

    for (const auto* broken : {"a=%zz", "%00=a", "a=%e6", "a=%E6%BB", "a=%"}) {
        INFO(broken);
        CHECK_FALSE(Form::parse(broken).has_value());
    }
    CHECK(Form::parse(std::string(300, '&')).has_value());
    std::string many;
    for (int i = 0; i < 257; ++i) many += "a=1&";
    CHECK_FALSE(Form::parse(many).has_value());
}

SCENARIO("a form may hold bare what a query may not", "[web]") {
    CHECK(Form::parse("text=太慢 了").value().first("text") == "太慢 了");
    CHECK(Form::parse("a=\"<x>|\\{}^`#").value().first("a") == "\"<x>|\\{}^`#");
    CHECK_FALSE(Form::parse(std::string_view{"a=\0", 3}).has_value());
    CHECK_FALSE(Form::parse("a=\xff").has_value());
}

SCENARIO("a cookie is found by its whole name", "[web]") {
    CHECK(cookie_value("a=1; hcp_session=abc; b=2", "hcp_session") == "abc");
    CHECK(cookie_value("xhcp_session=no; hcp_session=yes", "hcp_session") == "yes");
    CHECK(cookie_value("hcp_session", "hcp_session").empty());
    CHECK(cookie_value("", "hcp_session").empty());
    CHECK(cookie_value(";;; ;=;", "hcp_session").empty());
    CHECK(cookie_value("hcp_session=a; hcp_session=b", "hcp_session").empty());
    CHECK(cookie_value("hcp_session=a; x=1; hcp_session=a", "hcp_session") == "a");
    CHECK(cookie_value("hcp_session=; hcp_session=b", "hcp_session").empty());
}
