#include "plugin/domain/ledger_entries.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace hcp::domain;
using namespace hcp::domain::entries;

namespace {

Digest digest(std::uint8_t first, std::uint8_t last) {
    Digest d{};
    d.front() = first;
    d.back() = last;
    return d;
}

struct Vector {
    const char* says;
    LedgerFact fact;
    std::string hex;  // each field on a line of its own
};

// Made by hand from plugin/decisions/0002-ledger.md: what was written once must read the same for ever.
const Vector vectors[] = {
    {"a case is opened",
     CaseOpened{CaseId{1}, digest(0xa1, 0x01), digest(0xa2, 0x02), instant_from_us(3), Line::mining, "P-9", "标段一",
                "N1", "ZC-01", "D1", Mode::on_site, "2020", "2020-2026@2025-11-04"},
     "010100000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "00000020a100000000000000000000000000000000000000000000000000000000000001"
     "00000020a200000000000000000000000000000000000000000000000000000000000002"
     "000000080000000000000003"
     "000000080000000000000004"
     "00000003502d39"
     "00000009e6a087e6aeb5e4b880"
     "000000024e31"
     "000000055a432d3031"
     "000000024431"
     "000000080000000000000002"
     "0000000432303230"
     "00000014323032302d3230323640323032352d31312d3034"},
    {"an evaluation is opened", EvaluationOpened{EvaluationId{1}, CaseId{2}, digest(0xb1, 0x03), instant_from_us(-1)},
     "010200000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "00000020b100000000000000000000000000000000000000000000000000000000000003"
     "00000008ffffffffffffffff"},
    {"a subject has rated",
     Rated{RatingId{1},
           EvaluationId{2},
           1,
           Level::very_satisfied,
           {"510", "517"},
           digest(0xab, 0xcd),
           Channel::qr,
           false,
           true,
           true,
           instant_from_us(-1)},
     "010300000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000001"
     "000000080000000000000005"
     "000000073531302c353137"
     "00000020ab000000000000000000000000000000000000000000000000000000000000cd"
     "000000080000000000000003"
     "000000080000000000000000"
     "000000080000000000000001"
     "000000080000000000000001"
     "00000008ffffffffffffffff"},
    {"nobody has rated",
     Defaulted{RatingId{1},
               EvaluationId{2},
               1,
               Level::very_satisfied,
               {},
               {},
               Channel::system,
               false,
               false,
               true,
               instant_from_us(9)},
     "010400000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000001"
     "000000080000000000000005"
     "00000000"
     "000000200000000000000000000000000000000000000000000000000000000000000000"
     "000000080000000000000007"
     "000000080000000000000000"
     "000000080000000000000000"
     "000000080000000000000001"
     "000000080000000000000009"},
    {"an evaluation is void", Voided{EvaluationId{1}, CaseId{2}},
     "010500000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"},
    {"a bad review has its ticket",
     TicketOpened{TicketId{1}, EvaluationId{2}, RatingId{3}, CommentId{}, Level::dissatisfied, true, instant_from_us(4),
                  instant_from_us(5), instant_from_us(6)},
     "010600000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000003"
     "000000080000000000000000"
     "000000080000000000000002"
     "000000080000000000000001"
     "000000080000000000000004"
     "000000080000000000000005"
     "000000080000000000000006"},
    {"a late bad comment has its care ticket",
     TicketOpened{TicketId{1},
                  EvaluationId{2},
                  RatingId{},
                  CommentId{3},
                  Level::very_dissatisfied,
                  false,
                  instant_from_us(4),
                  {},
                  {}},
     "010600000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000000"
     "000000080000000000000003"
     "000000080000000000000001"
     "000000080000000000000000"
     "000000080000000000000004"
     "00000000"
     "00000000"},
    {"a case is withdrawn", Withdrawn{CaseId{1}, digest(0xc1, 0x04)},
     "010700000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "00000020c100000000000000000000000000000000000000000000000000000000000004"},
    {"bids are opened", BidsOpened{"P-1", "标段一", instant_from_us(7), 42},
     "010800000201000000000001117000065bfeda25e001"
     "00000003502d31"
     "00000009e6a087e6aeb5e4b880"
     "000000080000000000000007"
     "00000008000000000000002a"},
    {"somebody has come",
     VisitMade{VisitId{1}, digest(0xd1, 0x05), instant_from_us(8), Line::mining, "三号窗口", "D1", "ZC-01", ""},
     "010900000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "00000020d100000000000000000000000000000000000000000000000000000000000005"
     "000000080000000000000008"
     "000000080000000000000004"
     "0000000ce4b889e58fb7e7aa97e58fa3"
     "000000024431"
     "000000055a432d3031"
     "00000000"},
    {"a comment has come late",
     CommentMade{CommentId{1},
                 EvaluationId{2},
                 Level::satisfied,
                 {"410"},
                 digest(0xe1, 0x06),
                 Channel::mobile,
                 instant_from_us(9)},
     "010a00000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000004"
     "00000003343130"
     "00000020e100000000000000000000000000000000000000000000000000000000000006"
     "000000080000000000000002"
     "000000080000000000000009"},
    {"the province has it", Delivered{DeliveryId{1}, EvaluationId{2}, 3, digest(0xf1, 0x07)},
     "010b00000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000003"
     "00000020f100000000000000000000000000000000000000000000000000000000000007"},
    {"a file of rules is loaded", ReferenceLoaded{2, "2026", digest(0x11, 0x08)},
     "010c00000201000000000001117000065bfeda25e001"
     "000000080000000000000002"
     "0000000432303236"
     "000000201100000000000000000000000000000000000000000000000000000000000008"},
    {"a deadline is extended",
     DeadlineExtended{EvaluationId{1}, instant_from_us(2), instant_from_us(3), "2026-1", "2026-2"},
     "010d00000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000003"
     "00000006323032362d31"
     "00000006323032362d32"},
    {"the clock is virtual", VirtualClock{}, "010e00000201000000000001117000065bfeda25e001"},
    {"a case comes with another content", CaseConflict{digest(0x21, 0x09), digest(0x22, 0x0a), digest(0x23, 0x0b)},
     "010f00000201000000000001117000065bfeda25e001"
     "000000202100000000000000000000000000000000000000000000000000000000000009"
     "00000020220000000000000000000000000000000000000000000000000000000000000a"
     "00000020230000000000000000000000000000000000000000000000000000000000000b"},
    {"a working day is lost", DayLost{instant_from_us(2)},
     "011000000201000000000001117000065bfeda25e001"
     "000000080000000000000002"},
    {"a comment is said anew, in words alone",
     CommentRevised{CommentId{1}, EvaluationId{2}, 3, {}, {}, digest(0xe1, 0x06), Channel::mobile, instant_from_us(9)},
     "011100000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000003"
     "00000000"
     "00000000"
     "00000020e100000000000000000000000000000000000000000000000000000000000006"
     "000000080000000000000002"
     "000000080000000000000009"},
    {"a rater may be contacted", Consented{RatingId{1}, false, true, digest(0xe2, 0x07)},
     "011200000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000000"
     "000000080000000000000001"
     "00000020e200000000000000000000000000000000000000000000000000000000000007"},
    {"a subject is erased", SubjectErased{SubjectId{5}},
     "011300000201000000000001117000065bfeda25e001"
     "000000080000000000000005"},
    {"a role is proposed",
     RoleProposed{RoleGrantId{1}, "S5", StaffRole::supervisor, "D1", "S2", instant_from_us(3), true},
     "011500000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000025335"
     "000000080000000000000004"
     "000000024431"
     "000000025332"
     "000000080000000000000003"
     "000000080000000000000001"},
    {"a role is confirmed", RoleConfirmed{RoleGrantId{1}, "S3", instant_from_us(4)},
     "011600000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000025333"
     "000000080000000000000004"},
    {"a role is ended", RoleEnded{RoleGrantId{1}, "S3", instant_from_us(5), digest(0xf1, 0x08)},
     "011700000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000025333"
     "000000080000000000000005"
     "00000020f100000000000000000000000000000000000000000000000000000000000008"},
    {"a one-time link is made",
     StaffInvited{StaffInviteId{1}, digest(0xf2, 0x09), "S5", "S2", instant_from_us(3), instant_from_us(7)},
     "011800000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "00000020f200000000000000000000000000000000000000000000000000000000000009"
     "000000025335"
     "000000025332"
     "000000080000000000000003"
     "000000080000000000000007"},
    {"somebody signs on",
     StaffSignedOn{StaffSessionId{4}, digest(0xf3, 0x0a), "S5", SignOnWay::ticket, StaffInviteId{}, instant_from_us(5),
                   instant_from_us(9)},
     "011900000201000000000001117000065bfeda25e001"
     "000000080000000000000004"
     "00000020f30000000000000000000000000000000000000000000000000000000000000a"
     "000000025335"
     "000000080000000000000002"
     "000000080000000000000000"
     "000000080000000000000005"
     "000000080000000000000009"},
    {"a department is released",
     DepartmentReleased{"ZC-01", 2, "S1", instant_from_us(3), "S4", instant_from_us(4), digest(0x31, 0x09)},
     "011a00000201000000000001117000065bfeda25e001"
     "000000055a432d3031"
     "000000080000000000000002"
     "000000025331"
     "000000080000000000000003"
     "000000025334"
     "000000080000000000000004"
     "000000203100000000000000000000000000000000000000000000000000000000000009"},
    {"an item is released",
     ItemReleased{"ZC-01", 2, "S1", instant_from_us(3), "S4", instant_from_us(4), digest(0x31, 0x09)},
     "011b00000201000000000001117000065bfeda25e001"
     "000000055a432d3031"
     "000000080000000000000002"
     "000000025331"
     "000000080000000000000003"
     "000000025334"
     "000000080000000000000004"
     "000000203100000000000000000000000000000000000000000000000000000000000009"},
    {"a guide is released",
     GuideReleased{"ZC-01", 2, "S1", instant_from_us(3), "S4", instant_from_us(4), digest(0x31, 0x09)},
     "011c00000201000000000001117000065bfeda25e001"
     "000000055a432d3031"
     "000000080000000000000002"
     "000000025331"
     "000000080000000000000003"
     "000000025334"
     "000000080000000000000004"
     "000000203100000000000000000000000000000000000000000000000000000000000009"},
    {"a ticket runs longer", TicketExtended{TicketId{1}, instant_from_us(6), instant_from_us(7), "2026"},
     "011d00000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000006"
     "000000080000000000000007"
     "0000000432303236"},
    {"local days come into force", LocalDaysActivated{"2026", "S3"},
     "011e00000201000000000001117000065bfeda25e001"
     "0000000432303236"
     "000000025333"},
    {"a case is another department's",
     Attributed{AttributionId{1},
                CaseId{2},
                1,
                "ZC-01",
                "D1",
                {"S7", "S8"},
                "S3",
                "S4",
                instant_from_us(4),
                digest(0x41, 0x0b)},
     "011f00000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000080000000000000001"
     "000000055a432d3031"
     "000000024431"
     "0000000553372c5338"
     "000000025333"
     "000000025334"
     "000000080000000000000004"
     "00000020410000000000000000000000000000000000000000000000000000000000000b"},
    {"a list leaves the desk",
     ListExported{ExportId{1}, "Ab-9", "S3", "deliveries", FileForm::xlsx, "state=parked", 70, digest(0x51, 0x0c),
                  instant_from_us(4)},
     "012000000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "0000000441622d39"
     "000000025333"
     "0000000a64656c69766572696573"
     "000000080000000000000002"
     "0000000c73746174653d7061726b6564"
     "000000080000000000000046"
     "00000020510000000000000000000000000000000000000000000000000000000000000c"
     "000000080000000000000004"},
    {"somebody sees who rated",
     IdentityUnmasked{UnmaskingId{1}, EvaluationId{2}, "S3", Unmasked::phone, UnmaskingPurpose::authority,
                      digest(0x61, 0x0d), instant_from_us(4)},
     "012100000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000025333"
     "000000080000000000000002"
     "000000080000000000000004"
     "00000020610000000000000000000000000000000000000000000000000000000000000d"
     "000000080000000000000004"},
    {"a leak is reported", LeakReported{LeakCaseId{1}, EvaluationId{2}, "S3", digest(0x71, 0x0e), instant_from_us(4)},
     "012200000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000002"
     "000000025333"
     "00000020710000000000000000000000000000000000000000000000000000000000000e"
     "000000080000000000000004"},
    {"a leak is decided",
     LeakDecided{LeakCaseId{1}, LeakFinding::confirmed, "S7", "S9", digest(0x81, 0x0f), instant_from_us(4)},
     "012300000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "000000080000000000000001"
     "000000025337"
     "000000025339"
     "00000020810000000000000000000000000000000000000000000000000000000000000f"
     "000000080000000000000004"},
    {"a rule is interpreted",
     RuleInterpreted{InterpretationId{1}, "2020", "window_days", "ok", "S3", instant_from_us(4)},
     "012400000201000000000001117000065bfeda25e001"
     "000000080000000000000001"
     "0000000432303230"
     "0000000b77696e646f775f64617973"
     "000000026f6b"
     "000000025333"
     "000000080000000000000004"},
};

constexpr std::int32_t lane = 513;
constexpr std::int64_t seq = 70000;
constexpr Instant at = instant_from_us(1'790'000'000'000'001);

}  // namespace

SCENARIO("every kind of entry has its golden vector", "[ledger]") {
    std::set<std::size_t> kinds;
    for (const auto& [says, fact, hex] : vectors) {
        INFO(says);
        CHECK(hex_text(canonical(lane, seq, at, fact)) == hex);
        kinds.insert(fact.index());
    }
    CHECK(kinds.size() == std::variant_size_v<LedgerFact>);
}

SCENARIO("an entry reads back as it was written", "[ledger]") {
    for (const auto& [says, fact, hex] : vectors) {
        INFO(says);
        const auto bytes = canonical(lane, seq, at, fact);
        const auto place = place_in(bytes);
        REQUIRE(place);
        CHECK(place->kind == static_cast<std::int32_t>(kind_of(fact)));
        CHECK(place->lane == lane);
        CHECK(place->seq == seq);
        CHECK(place->at == at);
        CHECK(fact_in(bytes) == fact);
    }
}

SCENARIO("what is not exactly an entry is none", "[ledger]") {
    for (const auto& [says, fact, hex] : vectors) {
        INFO(says);
        const auto whole = canonical(lane, seq, at, fact);
        for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(fact_in(View{whole}.first(size)));
        auto longer = whole;
        longer.push_back(0);
        CHECK_FALSE(fact_in(longer));
        auto other_version = whole;
        other_version[0] = 2;
        CHECK_FALSE(place_in(other_version));
        CHECK_FALSE(fact_in(other_version));
        auto no_kind = whole;
        no_kind[1] = 99;
        CHECK(place_in(no_kind)->kind == 99);
        CHECK_FALSE(fact_in(no_kind));
    }
    const auto short_place = canonical(lane, seq, at, VirtualClock{});
    CHECK_FALSE(place_in(View{short_place}.first(short_place.size() - 1)));
}

SCENARIO("where two of one kind differ is named", "[ledger]") {
    const Rated rated{RatingId{1}, EvaluationId{2}, 1,     Level::satisfied,  {"410"}, {}, Channel::kiosk,
                      false,       false,           false, instant_from_us(1)};
    auto other = rated;
    CHECK(differing_fields(rated, other).empty());
    other.level = Level::dissatisfied;
    other.real_name = true;
    CHECK(differing_fields(rated, other) == std::vector<std::string_view>{"等级", "实名标记"});
}

SCENARIO("the secret chains have lanes of their own", "[ledger]") {
    CHECK(lane_of(InstanceNo{1}, open_to_all.chain()) == 1);
    CHECK(lane_of(InstanceNo{1023}, Secrecy::until_opening().chain()) == 2047);
    CHECK_FALSE(is_secret_lane(1023));
    CHECK(is_secret_lane(1025));
}
