#include "adapters/host/translate.hpp"
#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/utf8.hpp"
#include "tests/host/fake_host.hpp"
#include "tests/support/utf8_of.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace hcp;
using namespace hcp::test;

namespace {

const host::Terms terms{domain::instant_from_us(now_us), [](const std::string&) { return true; }, {}};

// Up to forty characters: half of what people type, half of all that Unicode has, controls and hidden ones often.
class Texts {
public:
    std::string next() {
        std::string out;
        for (auto left = below(41); left > 0; --left) out += utf8_of(character());
        return out;
    }

private:
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_()) % bound; }
    char32_t character() {
        static constexpr char32_t odd[] = {0x0,    0x9,    0xA,    0xD,    0x20,   0x7F,   0x85,   0xA0,    0xAD,
                                           0x200B, 0x200D, 0x200E, 0x202E, 0x2028, 0x2066, 0x3000, 0x3164,  0xFEFF,
                                           0xFF10, 0xFF21, 0xFF41, 0x301,  0x1F62, 0xFDFA, 0x2800, 0x1F621, 0xE0041};
        switch (below(4)) {
            case 0:
                return odd[below(std::size(odd))];
            case 1:
                return 0x21 + below(0x5E);
            case 2:
                return 0x4E00 + below(0x5000);
            default:
                for (;;)
                    if (const char32_t c = below(0x110000); c < 0xD800 || c >= 0xE000) return c;
        }
    }
    std::mt19937 random_{20'261'126};
};

struct Told {
    std::optional<host::Fault> fault;
    domain::Completion completion;
};
Told translated(const hcp_completion& c) {
    domain::Event event;
    Told told;
    told.fault = translate(c, terms, event);
    if (!told.fault) told.completion = std::get<domain::Completion>(event);
    return told;
}

hcp_rating rating_with(std::string_view text_given, std::string_view key) {
    hcp_rating r{};
    r.struct_size = sizeof r;
    r.level = 5;
    r.host_id = r.case_no = r.completion_no = r.certificate_no = text("x");
    r.subject_type = HCP_SUBJECT_LEGAL;
    r.text = text(text_given);
    r.request_key = text(key);
    return r;
}

domain::Answer on_our_page(const std::string& text_given, const std::string& key) {
    domain::Answer answer;
    answer.text = text_given;
    answer.request_key = key;
    return domain::normal(std::move(answer));
}

}  // namespace

SCENARIO("E36: padded, folded and odd keys are the bare ones, whatever field they stand in", "[host][folding]") {
    const GoodCompletion bare;
    const auto wanted = translated(bare.c);
    REQUIRE_FALSE(wanted.fault);

    GoodCompletion padded;
    padded.c.host_id = text(" host\u3000");
    padded.c.case_no = text("\u00A0case  ");
    padded.c.completion_no = text("\u20051 ");
    padded.c.project_no = text("\u200Bproject\uFEFF ");
    padded.c.section = text(" 一标\u200D段\u3000");
    padded.c.node = text(" 项目登记 ");
    padded.c.item_code = text("item \u200E");
    padded.c.department_id = text("jyyb                ");
    padded.staff.staff_id = text("s-1\u2003");
    padded.subjects[0].certificate_no = text("９１３７００００ＭＡ３Ｃ０００１ＸＹ");
    padded.subjects[1].certificate_no = text(" 9137 0000 ma3c 0002 xy ");
    for (auto& subject : padded.subjects) {
        subject.agent_no = text("３７０１０２ 199001011234");
        subject.name = text("山东明湖测试有限公司\u3000\u3000");
    }
    const auto told = translated(padded.c);
    REQUIRE_FALSE(told.fault);
    CHECK(told.completion == wanted.completion);
}

SCENARIO("E36: an idempotency key with something invisible in it is refused by name", "[host][folding]") {
    for (const auto& [field, place] : std::vector<std::pair<const char*, hcp_text hcp_completion::*>>{
             {"host_id", &hcp_completion::host_id},
             {"case_no", &hcp_completion::case_no},
             {"completion_no", &hcp_completion::completion_no}}) {
        GoodCompletion odd;
        odd.c.*place = text("a\u200Bb");
        const auto told = translated(odd.c);
        REQUIRE(told.fault);
        CHECK(told.fault->field == field);
        CHECK(told.fault->reason.find("U+200B") != std::string::npos);
    }
}

SCENARIO("E36: the same number twice in one completion is one subject, however each is written", "[host][folding]") {
    GoodCompletion twice;
    twice.subjects[1].certificate_no = text("91370000 ma3c0001xy");
    const auto told = translated(twice.c);
    REQUIRE_FALSE(told.fault);
    CHECK(told.completion.subjects.size() == 1);
}

SCENARIO("E38: times that cannot be are refused by name", "[host][folding]") {
    const host::Terms since{terms.now, terms.accepts_host, terms.now - std::chrono::days{30}};
    domain::Event event;
    GoodCompletion early;
    early.c.accepted_at_us = 0;
    early.c.completed_at_us = now_us - 31LL * 86'400'000'000;
    auto fault = translate(early.c, since, event);
    REQUIRE(fault);
    CHECK(fault->field == "completed_at_us");
    early.c.completed_at_us = now_us - 30LL * 86'400'000'000;
    CHECK_FALSE(translate(early.c, since, event));

    constexpr std::int64_t ahead = now_us + 5LL * 60'000'000;
    hcp_withdrawal w{};
    w.struct_size = sizeof w;
    w.host_id = w.case_no = w.completion_no = text("x");
    w.withdrawn_at_us = ahead;
    CHECK_FALSE(translate(w, terms, event));
    w.withdrawn_at_us = ahead + 1;
    fault = translate(w, terms, event);
    REQUIRE(fault);
    CHECK(fault->field == "withdrawn_at_us");

    hcp_visit v{};
    v.struct_size = sizeof v;
    v.host_id = v.visit_no = text("x");
    v.visited_at_us = ahead;
    CHECK_FALSE(translate(v, terms, event));
    v.visited_at_us = ahead + 1;
    fault = translate(v, terms, event);
    REQUIRE(fault);
    CHECK(fault->field == "visited_at_us");
}

SCENARIO("ten thousand odd texts in each key and text: refused by name or folded, and folding again changes nothing",
         "[host][folding]") {
    Texts texts;
    int taken = 0, refused = 0;
    const auto judge = [&](const std::optional<host::Fault>& fault, std::string_view field) {
        ++(fault ? refused : taken);
        if (!fault) return true;
        if (fault->field != field) CHECK(fault->field == field);
        return false;
    };
    for (int i = 0; i < 10'000; ++i) {
        const auto odd = texts.next();
        GoodCompletion good;
        const auto check = [&](hcp_text& place, std::string_view field, const auto& told_text) {
            const auto before = std::exchange(place, text(odd));
            const auto told = translated(good.c);
            if (judge(told.fault, field)) {
                const std::string folded = told_text(told.completion);
                place = text(folded);
                const auto again = translated(good.c);
                if (again.fault || told_text(again.completion) != folded) {
                    INFO(field);
                    CHECK_FALSE(again.fault);
                    CHECK(told_text(again.completion) == folded);
                }
            }
            place = before;
        };
        using C = domain::Completion;
        check(good.c.host_id, "host_id", [](const C& c) { return c.key.host_id; });
        check(good.c.case_no, "case_no", [](const C& c) { return c.key.case_no; });
        check(good.c.completion_no, "completion_no", [](const C& c) { return c.key.completion_no; });
        check(good.c.project_no, "project_no", [](const C& c) { return c.project_no; });
        check(good.c.section, "section", [](const C& c) { return c.section; });
        check(good.c.node, "node", [](const C& c) { return c.node; });
        check(good.c.item_code, "item_code", [](const C& c) { return c.item_code; });
        check(good.c.project_name, "project_name", [](const C& c) { return c.project_name; });
        check(good.c.department_name, "department_name", [](const C& c) { return c.department_name; });
        check(good.subjects[0].certificate_no, "subjects[0].certificate_no",
              [](const C& c) { return c.subjects[0].certificate_no; });
        check(good.subjects[0].name, "subjects[0].name", [](const C& c) { return c.subjects[0].name; });
        check(good.subjects[0].agent_no, "subjects[0].agent_no", [](const C& c) { return c.subjects[0].agent_no; });
        check(good.staff.staff_id, "handlers[0].staff_id", [](const C& c) { return c.handlers[0].staff_id; });

        // What the host's page sends is what our own page would make of it.
        host::Rater rater;
        domain::Answer answer;
        if (judge(translate(rating_with(odd, "k"), terms, rater, answer), "text"))
            CHECK(answer.text == on_our_page(odd, "k").text);
        if (judge(translate(rating_with("", odd), terms, rater, answer), "request_key"))
            CHECK(answer.request_key == on_our_page("", odd).request_key);
    }
    CHECK(taken > 10'000);
    CHECK(refused > 10'000);
}
