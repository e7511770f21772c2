#include "adapters/gm/sm2_key.hpp"
#include "tests/compose/house.hpp"

#include <algorithm>

using namespace hcp;
using namespace hcp::test;
using namespace std::chrono_literals;
using domain::Answer;
using domain::Completion;
using domain::Level;
using domain::SubjectFacts;

namespace {

const auto morning = domain::instant_from_us(now_us);

const std::vector<SubjectFacts>& subjects() {
    using domain::Role;
    using domain::SubjectType;
    static const std::vector<SubjectFacts> all{
        {SubjectType::legal,
         Role::tenderer,
         "91370000MA3C0001XY",
         "001",
         "山东明湖测试有限公司",
         "13800000000",
         "王小明",
         "37010219900101123X",
         {}},
        {SubjectType::legal, Role::bidder, "91370000MA3C0002XY", "001", "山东泉城测试有限公司", "", "李小红", "", {}},
        {SubjectType::other, Role::agency, "52370000MJD6543210", "", "示例合作社", "0531-00000000", "", "", {}},
        {SubjectType::person, Role::mining_bidder, "11010519491231002X", "111", "某人", "", "", "", {}},
        {SubjectType::person, Role::expert, "ZJ-0042-B", "", "", "", "", "", {}},
    };
    return all;
}

// Three projects with and without sections, three steps each; the second under bid secrecy, some items and departments
// unknown, one to three subjects in a dossier.
std::vector<Completion> day() {
    std::vector<Completion> all;
    int number = 0;
    for (const std::string project : {"SDGP-2026-001", "SDGP-2026-002", "KY-2026-07"})
        for (const std::string section : {"", "一标段", "B2"})
            for (const std::string node : {"项目登记", "招标公告", "合同"}) {
                Completion c;
                c.key = {"sdggzy", "BJ-" + std::to_string(++number), "1"};
                c.line = project[0] == 'K' ? domain::Line::mining : domain::Line::government;
                c.project_no = project;
                c.section = section;
                c.node = node;
                c.project_name = "示例项目 第" + std::to_string(number) + "号";
                c.item_code = number % 5 == 0 ? "XX-99" : number % 7 == 0 ? "" : "ZC-01";
                if (number % 4 != 0) c.department_id = "jyyb", c.department_name = "交易一部";
                c.completed_at = morning - std::chrono::minutes{number};
                c.mode = number % 2 == 0 ? domain::Mode::online : domain::Mode::on_site;
                c.secrecy = domain::Secrecy::from_flag(project == "SDGP-2026-002");
                for (int i = 0; i <= number % 3; ++i)
                    c.subjects.push_back(subjects()[static_cast<std::size_t>(number + i) % subjects().size()]);
                if (number % 3 != 0) c.handlers = {{"s-1", "张办事"}, {"s-" + std::to_string(number), ""}};
                all.push_back(std::move(c));
            }
    return all;
}

const std::vector<domain::Withdrawal> first_withdrawals{{{"sdggzy", "BJ-3", "1"}, morning, "误报"}},
    later_withdrawals{{{"sdggzy", "BJ-4", "1"}, morning, ""}, {{"sdggzy", "BJ-11", "1"}, morning, "项目终止"}};
const std::vector<domain::BidsOpened> openings{{"sdggzy", "SDGP-2026-002", "一标段", morning},
                                               {"sdggzy", "KY-2026-07", "", morning}};
std::vector<domain::Visit> visits() {
    const auto visit = [](const char* number, const char* window, std::optional<SubjectFacts> who) {
        return domain::Visit{
            "sdggzy", number,        domain::Line::government, morning, window, "jyyb", "交易一部", "ZC-01",
            "s-1",    std::move(who)};
    };
    return {visit("V-1", "3号", subjects()[3]), visit("V-2", "", {}), visit("V-3", "VIP 1", subjects()[0])};
}

// ---- answers, one after another by another entrance

enum class Entrance { host, form, api, draft, none };
struct Asked {
    Completion about;
    SubjectFacts who;
    Answer answer;
    Entrance by = Entrance::host;
};

// Whatever of the day may be answered.
std::vector<Asked> answers() {
    std::vector<Asked> all;
    for (const auto& about : day()) {
        const auto is_it = [&](const domain::Withdrawal& w) { return w.key == about.key; };
        if (std::any_of(first_withdrawals.begin(), first_withdrawals.end(), is_it) ||
            std::any_of(later_withdrawals.begin(), later_withdrawals.end(), is_it))
            continue;
        for (const auto& who : about.subjects) {
            const auto which = all.size();
            Answer answer;
            answer.level = static_cast<Level>(5 - which / 5 % 5);
            if (answer.level == Level::dissatisfied) answer.tags = {"209"};
            if (answer.level != Level::very_satisfied) answer.text = "办得很快\n窗口 A2 的同志耐心";
            answer.request_key = "请求-" + std::to_string(which);
            all.push_back({about, who, answer, static_cast<Entrance>(which % 5)});
        }
    }
    return all;
}

std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        out += (out.empty() ? "" : "&") + name + "=";
        for (const char c : value) out += "%" + domain::hex_text(domain::as_bytes(std::string_view{&c, 1}));
    }
    return out;
}

void answer(House& house, const Asked& asked) {
    INFO(asked.about.key.case_no << " " << asked.who.certificate_no);
    const auto code = static_cast<int>(*asked.answer.level);
    const auto level = std::to_string(code);
    const auto words = house.hand.words(asked.answer.text), key = house.hand.key(asked.answer.request_key);
    const auto page = house.page_of(asked.about, asked.who);
    const auto api = "/api/v1/evaluations/" + page.substr(page.rfind('/') + 1);
    boost::json::object body{{"level", code},
                             {"tags", boost::json::array(asked.answer.tags.begin(), asked.answer.tags.end())},
                             {"text", words}};
    switch (asked.by) {
        case Entrance::host:
            CHECK(house.rate(asked.about, asked.who, asked.answer, house.hand) == HCP_OK);
            break;
        case Entrance::form: {
            std::vector<std::pair<std::string, std::string>> fields{
                {"level", level}, {"stage", "details"}, {"text", words}, {"request_key", key}};
            for (const auto& tag : asked.answer.tags) fields.emplace_back("tag_" + level, tag);
            CHECK(house.send("POST", page, "application/x-www-form-urlencoded", form_of(fields)) == 303);
            break;
        }
        case Entrance::draft:
            CHECK(house.send("PUT", api + "/draft", "application/json", boost::json::serialize(body)) == 200);
            break;
        case Entrance::api:
            body["request_key"] = key;
            CHECK(house.send("POST", api + "/rating", "application/json", boost::json::serialize(body)) == 201);
            break;
        case Entrance::none:
            break;
    }
}

void check_same(const House& bare, const House& padded) {
    const auto wanted = bare.rows(), told = padded.rows();
    REQUIRE(wanted.size() == told.size());
    for (const auto& [table, rows] : wanted) {
        INFO(table);
        const auto& others = told.at(table);
        REQUIRE(rows.size() == others.size());
        for (std::size_t i = 0; i < rows.size(); ++i) CHECK(others[i] == rows[i]);
    }
}

bool says(const House& house, const char* table, std::string_view what) {
    const auto all = house.rows();
    const auto& rows = all.at(table);
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return has(row, what); });
}

}  // namespace

SCENARIO("E36: one day, told bare to one instance and padded to another, leaves the same in both stores", "[compose]") {
    const auto pem = gm::new_sm2_private_pem();
    REQUIRE(pem.has_value());
    const auto whole_day = day();
    const auto asked = answers();
    // The callbacks of two were lost: the host's list has them.
    const std::vector<Completion> lost{whole_day[0], whole_day[12]};
    House bare{Hand::Manner::bare, ports::as_text(pem->view()), lost};
    House padded{Hand::Manner::padded, ports::as_text(pem->view()), lost};

    std::vector<std::size_t> pending[2];
    for (auto* house : {&bare, &padded}) {
        house->start();
        house->wait_until([&] { return house->rows().at("cases").size() == lost.size(); });
        house->report(first_withdrawals, house->hand);
        house->report(whole_day, house->hand);
        house->report(later_withdrawals, house->hand);
        house->report(openings, house->hand);
        house->report(visits(), house->hand);
        for (const auto& who : subjects()) pending[house == &padded].push_back(house->pending_for(who));
        for (const auto& one : asked) answer(*house, one);
    }
    CHECK(pending[0] == pending[1]);
    check_same(bare, padded);
    const auto evening = bare.rows();
    CHECK(evening.at("cases").size() == whole_day.size());
    CHECK(evening.at("subjects").size() == subjects().size());
    CHECK(evening.at("visits").size() == 3);
    CHECK(evening.at("drafts").size() == asked.size() / 5);
    CHECK(evening.at("tickets").size() > 5);

    // Told once more in the other's hand, nothing of it is new, and nothing contradicts.
    for (auto* house : {&bare, &padded}) {
        Hand other{house == &bare ? Hand::Manner::padded : Hand::Manner::bare};
        house->report(whole_day, other);
        house->report(later_withdrawals, other);
        house->report(openings, other);
        house->report(visits(), other);
        CHECK(house->rate(asked[0].about, asked[0].who, asked[0].answer, other) == HCP_OK);
        CHECK(house->rows() == evening);
    }

    // When the windows are over, what was left or only tapped is settled, and what comes then is a comment.
    for (auto* house : {&bare, &padded}) {
        house->now = now_us + std::chrono::microseconds{std::chrono::days{40}}.count();
        house->wait_until([&] { return !says(*house, "evaluations", "\nstate = 1\n"); });
        auto late = asked[4];
        CHECK(house->rate(late.about, late.who, late.answer, house->hand) == HCP_E_REFUSED);
        late = asked[9];
        late.by = Entrance::form;
        answer(*house, late);
        house->stop();
    }
    check_same(bare, padded);
    CHECK(bare.rows().at("comments").size() == 2);
}
