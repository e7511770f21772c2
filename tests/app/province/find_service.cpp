#include "plugin/app/province/find_service.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::domain;
using app::find_service;
using ports::IdentifiedBy, ports::KnownService, ports::SentService;

namespace {

constexpr std::string_view project = "37A";

KnownService listed(std::int32_t number, std::string name, std::string time = "2026-01-15 09:00:01") {
    return {std::string{project}, number, std::move(name), std::move(time), false, {}};
}
SentService sent(std::int64_t evaluation, std::string name, std::string time = "2026-01-15 09:00:01",
                 std::int32_t number = 0) {
    return {EvaluationId{evaluation}, static_cast<std::int32_t>(evaluation), number, std::move(name), std::move(time)};
}

struct Asked {
    std::vector<SentService> sent;
    std::vector<std::int32_t> surplus = {};

    app::Found find(std::int64_t own, const std::vector<KnownService>& list,
                    IdentifiedBy by = IdentifiedBy::name_and_time) const {
        ports::DeliveryWork work;
        work.dossier.project_no = project;
        work.evaluation.id = EvaluationId{own};
        work.sent = sent;
        work.surplus = surplus;
        return find_service(work, list, by);
    }
    std::int32_t number(std::int64_t own, const std::vector<KnownService>& list,
                        IdentifiedBy by = IdentifiedBy::name_and_time) const {
        const auto found = find(own, list, by);
        CHECK(found.listing == Listing::present);
        return found.number;
    }
    Listing listing(std::int64_t own, const std::vector<KnownService>& list,
                    IdentifiedBy by = IdentifiedBy::name_and_time) const {
        return find(own, list, by).listing;
    }
};

const std::string other_time = "2026-01-15 10:00:00";

}  // namespace

TEST_CASE("a service is the listed one of its name and time, whatever its number", "[find_service]") {
    const Asked asked{{sent(1, "甲"), sent(2, "乙")}};
    CHECK(asked.number(2, {listed(1, "甲"), listed(2, "乙")}) == 2);
    CHECK(asked.number(2, {listed(7, "乙")}) == 7);
    CHECK(asked.listing(2, {listed(1, "甲"), listed(9, "丙")}) ==
          Listing::absent);  // the highest number proves nothing
    CHECK(asked.listing(2, {}) == Listing::absent);
    auto elsewhere = listed(1, "乙");
    elsewhere.project_no = "37B";
    CHECK(asked.listing(2, {elsewhere}) == Listing::absent);
}

TEST_CASE("a list without seconds is compared without them", "[find_service]") {
    const Asked asked{{sent(1, "甲"), sent(2, "甲", "2026-01-15 09:00:40"), sent(3, "甲", other_time)}};
    const std::vector<KnownService> list{listed(1, "甲", "2026-01-15 09:00"), listed(2, "甲", "2026-01-15 09:00"),
                                         listed(3, "甲", "2026-01-15 10:00")};
    CHECK(asked.number(1, list) == 1);
    CHECK(asked.number(2, list) == 2);
    CHECK(asked.number(3, list) == 3);
}

TEST_CASE("of those that nobody could tell apart the numbers follow the order of sending", "[find_service]") {
    const Asked asked{{sent(1, "甲"), sent(2, "甲"), sent(3, "甲")}};
    CHECK(asked.number(2, {listed(4, "甲"), listed(6, "甲")}) == 6);
    CHECK(asked.listing(3, {listed(4, "甲"), listed(6, "甲")}) == Listing::absent);
    const Asked one_known{{sent(1, "甲"), sent(2, "甲", "2026-01-15 09:00:01", 4), sent(3, "甲")}};
    CHECK(one_known.number(1, {listed(4, "甲"), listed(6, "甲")}) == 6);
    CHECK(one_known.listing(3, {listed(4, "甲"), listed(6, "甲")}) == Listing::absent);
}

TEST_CASE("more of a name than were sent are a doubling, unless a person has said which are surplus",
          "[find_service]") {
    const std::vector<KnownService> list{listed(1, "甲"), listed(2, "甲"), listed(3, "乙")};
    const Asked asked{{sent(1, "甲"), sent(2, "乙")}};
    const auto found = asked.find(1, list);
    CHECK(found.listing == Listing::doubled);
    CHECK(found.why == "省平台有 2 条“甲”，本中心发送了 1 条");
    CHECK(found.of_dossier == list);
    CHECK(asked.number(2, list) == 3);  // the other name is not touched by it
    CHECK(Asked{asked.sent, {1}}.number(1, list) == 2);
}

TEST_CASE("a name at a time of nothing that was sent is unclear", "[find_service]") {
    const Asked asked{{sent(1, "甲"), sent(2, "甲", other_time)}};
    CHECK(asked.listing(2, {listed(1, "甲"), listed(2, "甲", "2026-01-15 11:11:11")}) == Listing::unclear);
    CHECK(asked.listing(1, {listed(1, "甲"), listed(2, "甲")}) == Listing::doubled);
    CHECK(asked.listing(1, {listed(1, "甲", "2026-01-15 11:11:11")}) == Listing::unclear);
}

TEST_CASE("what identifies is the profile's to say", "[find_service]") {
    const Asked asked{{sent(1, "甲"), sent(2, "乙", other_time)}};
    const std::vector<KnownService> nameless{listed(1, ""), listed(2, "", other_time)};
    const std::vector<KnownService> timeless{listed(1, "甲", ""), listed(2, "乙", "")};
    CHECK(asked.listing(2, nameless) == Listing::unclear);
    CHECK(asked.listing(2, timeless) == Listing::unclear);
    CHECK(asked.number(2, nameless, IdentifiedBy::time) == 2);
    CHECK(asked.number(2, timeless, IdentifiedBy::name) == 2);
    CHECK(asked.listing(2, {listed(1, "甲"), listed(2, "乙")}, IdentifiedBy::nothing) == Listing::unclear);
    CHECK(asked.listing(2, {}, IdentifiedBy::nothing) == Listing::absent);
    const std::vector<KnownService> twice{listed(1, "", other_time), listed(2, "", other_time)};
    CHECK(asked.listing(2, twice, IdentifiedBy::time) == Listing::doubled);
}

TEST_CASE("what may have left since it was read may be what is listed beyond", "[find_service]") {
    auto behind = sent(2, "甲", other_time);
    behind.pending = true;
    const Asked asked{{sent(1, "甲"), behind}};
    CHECK(asked.number(1, {listed(1, "甲"), listed(2, "甲", other_time)}) == 1);
    CHECK(asked.number(1, {listed(1, "甲"), listed(2, "甲", "2026-01-15 12:00:00")}) == 1);
    CHECK(asked.listing(1, {listed(1, "甲"), listed(2, "甲")}) == Listing::absent);  // whose the second is will show
    CHECK(asked.listing(1, {listed(1, "甲"), listed(2, "甲"), listed(3, "甲")}) == Listing::doubled);
}
