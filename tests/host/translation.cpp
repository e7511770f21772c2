#include "adapters/host/translate.hpp"

#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace hcp;
using test::text;

namespace {
const host::Terms terms{
    domain::instant_from_us(test::now_us), [](const std::string& id) { return id != "stranger"; }, {}};

std::string repeat(std::string_view unit, std::size_t times) {
    std::string all;
    while (times-- > 0) all += unit;
    return all;
}
std::string field_of(const std::optional<host::Fault>& fault) {
    return fault ? fault->field : "none";
}
template <class T>
std::string faulty(const T& from) {
    domain::Event out;
    const auto fault = host::translate(from, terms, out);
    if (fault) CHECK(fault->reason.size() > 10);
    return field_of(fault);
}

// One text field: where it is, how long it may be, whether it must be there.
struct TextRule {
    const char* name;
    hcp_text* field;
    std::size_t most;
    bool required;
};

template <class T>
void hold(const T& from, std::initializer_list<TextRule> rules) {
    REQUIRE(faulty(from) == "none");
    for (const auto& rule : rules) {
        INFO(rule.name);
        const auto good = *rule.field;
        const auto longest = repeat("名", rule.most), too_long = longest + "a", ascii = repeat("x", rule.most + 1);
        const auto answer_to = [&](hcp_text value) {
            *rule.field = value;
            return faulty(from);
        };
        CHECK(answer_to(text(longest)) == "none");
        CHECK(answer_to(text(too_long)) == rule.name);
        CHECK(answer_to(text(ascii)) == rule.name);
        CHECK(answer_to({good.data, 0xFFFFFFFF}) == rule.name);
        CHECK(answer_to({nullptr, 5}) == rule.name);
        CHECK(answer_to({nullptr, 0}) == (rule.required ? rule.name : "none"));
        CHECK(answer_to(text("")) == (rule.required ? rule.name : "none"));
        CHECK(answer_to(text("  ")) == (rule.required ? rule.name : "none"));  // a column of fixed width
        for (const auto* bad : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xe4\xb8", "\xf4\x90\x80\x80", "\n", "\t", "\x01",
                                "\x7f", "\xc2\x85", "\r"})
            CHECK(answer_to(text(bad)) == rule.name);
        CHECK(answer_to({"a\0b", 3}) == rule.name);
        *rule.field = good;
    }
}

struct Instants {
    const char* name;
    std::int64_t* field;
    bool required;
};
template <class T>
void hold_instants(const T& from, std::initializer_list<Instants> rules) {
    for (const auto& rule : rules) {
        INFO(rule.name);
        const auto good = *rule.field;
        // Seconds, milliseconds and nanoseconds of today; before the epoch; what would overflow.
        for (const std::int64_t bad : {test::now_us / 1'000'000, test::now_us / 1000, test::now_us * 1000,
                                       std::int64_t{-1}, INT64_MAX, INT64_MIN}) {
            *rule.field = bad;
            CHECK(faulty(from) == rule.name);
        }
        *rule.field = 0;
        CHECK(faulty(from) == (rule.required ? rule.name : "none"));
        *rule.field = good;
    }
}
template <class T>
void hold_codes(const T& from, const char* name, std::int32_t& field, std::initializer_list<std::int32_t> good,
                std::initializer_list<std::int32_t> bad) {
    INFO(name);
    const auto before = field;
    for (const auto code : good) {
        field = code;
        CHECK(faulty(from) == "none");
    }
    for (const auto code : bad) {
        field = code;
        CHECK(faulty(from) == name);
    }
    field = before;
}
}  // namespace

SCENARIO("a good completion arrives whole", "[translate]") {
    const test::GoodCompletion good;
    domain::Event event;
    REQUIRE_FALSE(host::translate(good.c, terms, event).has_value());
    const auto& c = std::get<domain::Completion>(event);
    CHECK((c.key == domain::CompletionKey{"host", "case", "1"}));
    CHECK(c.line == domain::Line::engineering);
    CHECK(c.project_no == "project");
    CHECK(c.section == "一标段");
    CHECK(c.node == "项目登记");
    CHECK(c.project_name == "项目");
    CHECK(c.item_code == "item");
    CHECK(c.department_id == "jyyb");
    CHECK(c.department_name == "交易一部");
    CHECK(domain::to_us(c.completed_at) == test::now_us);
    CHECK(domain::to_us(*c.accepted_at) == test::now_us - 2);
    CHECK(domain::to_us(*c.promised_at) == good.c.promised_at_us);
    CHECK(c.mode == domain::Mode::online);
    CHECK(c.secrecy == domain::Secrecy::until_opening());
    REQUIRE(c.subjects.size() == 2);
    CHECK((c.subjects[1] == domain::SubjectFacts{domain::SubjectType::legal,
                                                 domain::Role::bidder,
                                                 "91370000MA3C0002XY",
                                                 "001",
                                                 "山东明湖测试有限公司",
                                                 "13800000000",
                                                 "王小明",
                                                 "370102199001011234",
                                                 {}}));
    CHECK((c.handlers == std::vector<domain::StaffFacts>{{"s-1", "李办事"}}));
}

SCENARIO("every text of a completion is held to its length, encoding and presence", "[translate]") {
    test::GoodCompletion good;
    auto& c = good.c;
    auto& s = good.subjects[1];
    hold(c, {{"host_id", &c.host_id, 32, true},
             {"case_no", &c.case_no, 64, true},
             {"completion_no", &c.completion_no, 32, true},
             {"project_no", &c.project_no, 64, true},
             {"node", &c.node, 40, true},
             {"project_name", &c.project_name, 200, false},
             {"section", &c.section, 64, false},
             {"item_code", &c.item_code, 64, false},
             {"department_id", &c.department_id, 64, false},
             {"department_name", &c.department_name, 100, false},
             {"subjects[1].certificate_no", &s.certificate_no, 64, true},
             {"subjects[1].certificate_kind", &s.certificate_kind, 40, false},
             {"subjects[1].name", &s.name, 100, false},
             {"subjects[1].mobile", &s.mobile, 18, false},
             {"subjects[1].agent_name", &s.agent_name, 100, false},
             {"subjects[1].agent_no", &s.agent_no, 64, false},
             {"handlers[0].staff_id", &good.staff.staff_id, 64, true},
             {"handlers[0].name", &good.staff.name, 60, false}});
}

SCENARIO("every code, time and count of a completion is held to its range", "[translate]") {
    test::GoodCompletion good;
    auto& c = good.c;
    hold_codes(c, "line", c.line, {1, 2, 3, 4, 100, INT32_MAX, 5, 99, -1, INT32_MIN}, {0});  // E36
    hold_codes(c, "channel", c.channel, {0, 1, 2}, {3, -1});
    hold_codes(c, "bids_secret", c.bids_secret, {0, 1}, {2, -1});
    hold_codes(c, "subjects[1].type", good.subjects[1].type, {1, 2, 3}, {0, 4, -1});
    hold_codes(c, "subjects[1].role", good.subjects[1].role, {0, 1, 2, 3, 4, 5, 9}, {6, 8, 10, -1});
    hold_instants(c, {{"completed_at_us", &c.completed_at_us, true},
                      {"accepted_at_us", &c.accepted_at_us, false},
                      {"promised_at_us", &c.promised_at_us, false}});
    WHEN("the host's clock is ahead") {
        c.completed_at_us = test::now_us + 300'000'000;
        CHECK(faulty(c) == "none");
        c.completed_at_us += 1;
        CHECK(faulty(c) == "completed_at_us");
    }
    WHEN("subjects are missing, too many or nowhere") {
        c.subject_count = 0;
        CHECK(faulty(c) == "subjects");
        c.subject_count = 1001;
        CHECK(faulty(c) == "subjects");
        c.subject_count = 1;
        c.subjects = nullptr;
        CHECK(faulty(c) == "subjects");
    }
    WHEN("handlers are too many or nowhere") {
        c.handler_count = 21;
        CHECK(faulty(c) == "handlers");
        c.handler_count = 1;
        c.handlers = nullptr;
        CHECK(faulty(c) == "handlers");
        c.handler_count = 0;
        CHECK(faulty(c) == "none");
    }
    WHEN("reserved fields are not zero") {
        good.subjects[0].reserved = 1;
        CHECK(faulty(c) == "subjects[0].reserved");
        good.subjects[0].reserved = 0;
        good.staff.reserved = 1;
        CHECK(faulty(c) == "handlers[0].reserved");
    }
    WHEN("the host id is not one of ours") {
        c.host_id = text("stranger");
        CHECK(faulty(c) == "host_id");
    }
}

SCENARIO("E57: a subject that comes again in one completion is one evaluation, and all its agents are kept",
         "[translate]") {
    test::GoodCompletion good;
    good.subjects[0].certificate_no = text("91370000ma3c0002xy");  // letters count as upper case
    const auto subjects = [&] {
        domain::Event out;
        REQUIRE_FALSE(host::translate(good.c, terms, out));
        return std::get<domain::Completion>(out).subjects;
    };
    const auto named = [&](std::size_t i, const char* name, const char* no) {
        good.subjects[i].agent_name = text(name);
        good.subjects[i].agent_no = text(no);
    };
    WHEN("another agent acted") {
        named(0, "王小明", "370102199001011234");
        named(1, "李小红", "");
        const auto joined = subjects();
        REQUIRE(joined.size() == 1);
        CHECK(joined[0].certificate_no == "91370000MA3C0002XY");
        CHECK(joined[0].agent_name == "王小明");
        CHECK(joined[0].agent_no == "370102199001011234");
        CHECK(joined[0].other_agents == std::vector<domain::AgentFacts>{{"李小红", ""}});
    }
    WHEN("the same agent is named again, or none") {
        named(0, "王小明", "");
        named(1, "王小明", "");
        CHECK(subjects()[0].other_agents.empty());
        named(1, "", "");
        CHECK(subjects()[0].other_agents.empty());
    }
    WHEN("it is of another type") {
        good.subjects[0].type = HCP_SUBJECT_OTHER;
        CHECK(subjects().size() == 2);
    }
}

SCENARIO("a thousand subjects are taken, and a thousand agents of one", "[translate]") {
    test::GoodCompletion good;
    std::vector<std::string> numbers;
    std::vector<hcp_subject> many;
    for (int i = 0; i < 1000; ++i) numbers.push_back("N" + std::to_string(i));
    for (const auto& number : numbers) {
        many.push_back(good.subjects[0]);
        many.back().certificate_no = text(number);
    }
    good.c.subjects = many.data();
    good.c.subject_count = many.size();
    CHECK(faulty(good.c) == "none");
    for (std::size_t i = 1; i < many.size(); ++i) {
        many[i].certificate_no = text("N0");
        many[i].agent_no = text(numbers[i]);
    }
    domain::Event out;
    REQUIRE_FALSE(host::translate(good.c, terms, out));
    const auto& joined = std::get<domain::Completion>(out).subjects;
    REQUIRE(joined.size() == 1);
    CHECK(joined[0].other_agents.size() == 999);
}

SCENARIO("withdrawals, openings and visits are held to the same rules", "[translate]") {
    WHEN("a withdrawal") {
        hcp_withdrawal w{sizeof w, 0, text("host"), text("case"), text("1"), test::now_us, text("错报")};
        hold(w, {{"host_id", &w.host_id, 32, true},
                 {"case_no", &w.case_no, 64, true},
                 {"completion_no", &w.completion_no, 32, true},
                 {"reason", &w.reason, 200, false}});
        hold_instants(w, {{"withdrawn_at_us", &w.withdrawn_at_us, true}});
        w.reserved = 1;
        CHECK(faulty(w) == "reserved");
    }
    WHEN("an opening of bids") {
        hcp_bids_opened b{sizeof b, 0, text("host"), text("project"), text("一标段"), test::now_us};
        hold(b, {{"host_id", &b.host_id, 32, true},
                 {"project_no", &b.project_no, 64, true},
                 {"section", &b.section, 64, false}});
        hold_instants(b, {{"opened_at_us", &b.opened_at_us, true}});
        b.opened_at_us = test::now_us + 300'000'001;  // bids that are still to be opened
        CHECK(faulty(b) == "opened_at_us");
        b.opened_at_us = test::now_us + 300'000'000;
        CHECK(faulty(b) == "none");
        b.reserved = 1;
        CHECK(faulty(b) == "reserved");
    }
    WHEN("a visit") {
        test::GoodCompletion good;
        hcp_visit v{};
        v.struct_size = sizeof v;
        v.host_id = text("host");
        v.visit_no = text("v-1");
        v.visited_at_us = test::now_us;
        hold(v, {{"host_id", &v.host_id, 32, true},
                 {"visit_no", &v.visit_no, 64, true},
                 {"window", &v.window, 40, false},
                 {"department_id", &v.department_id, 64, false},
                 {"department_name", &v.department_name, 100, false},
                 {"item_code", &v.item_code, 64, false},
                 {"staff_id", &v.staff_id, 64, false}});
        hold_instants(v, {{"visited_at_us", &v.visited_at_us, true}});
        hold_codes(v, "line", v.line, {0, 1, 4, 100, 5, 99, -1}, {});
        v.subject = &good.subjects[0];
        CHECK(faulty(v) == "none");
        good.subjects[0].certificate_no = {nullptr, 0};
        CHECK(faulty(v) == "subject.certificate_no");
        good.subjects[0].struct_size = 8;
        CHECK(faulty(v) == "subject");
    }
}

SCENARIO("a rating is held to the header, its text may have lines", "[translate]") {
    hcp_rating r{};
    r.struct_size = sizeof r;
    r.level = 2;
    r.host_id = text("host");
    r.case_no = text("case");
    r.completion_no = text("1");
    r.subject_type = HCP_SUBJECT_PERSON;
    r.certificate_no = text("370102199001011234");
    r.tags = text("101,205");
    r.text = text("第一行\n第二行\t。");
    r.request_key = text("k");
    host::Rater rater;
    domain::Answer answer;
    const auto judge = [&] {
        rater = {};
        answer = {};
        return field_of(host::translate(r, terms, rater, answer));
    };
    REQUIRE(judge() == "none");
    CHECK(answer.level == domain::Level::dissatisfied);
    CHECK(answer.tags == std::vector<std::string>{"101", "205"});
    CHECK(answer.text == "第一行\n第二行 。");
    CHECK(answer.channel == domain::Channel::host);
    CHECK(domain::to_us(answer.received_at) == test::now_us);
    CHECK(rater.certificate_no == "370102199001011234");

    for (const auto level : {0, 6, -1}) {
        r.level = level;
        CHECK(judge() == "level");
    }
    r.level = 5;
    for (const auto* tags : {",", "1,", ",1", "1,,2"}) {
        r.tags = text(tags);
        CHECK(judge() == "tags");
    }
    r.tags = {nullptr, 0};
    CHECK(judge() == "none");
    CHECK(answer.tags.empty());
    r.received_at_us = test::now_us + 1;
    CHECK(judge() == "received_at_us");
    r.received_at_us = test::now_us - 1;
    CHECK(judge() == "none");
    CHECK(domain::to_us(answer.received_at) == test::now_us - 1);
    r.struct_size = offsetof(hcp_rating, received_at_us);
    CHECK(judge() == "none");
    CHECK(domain::to_us(answer.received_at) == test::now_us);
    const auto long_text = repeat("字", 2001);
    r.text = text(long_text);
    CHECK(judge() == "text");
    r.text = {r.text.data, r.text.size - 3};
    CHECK(judge() == "none");
    r.request_key = {nullptr, 0};
    CHECK(judge() == "request_key");
    r.struct_size = 16;
    CHECK(judge() == "struct_size");
}
