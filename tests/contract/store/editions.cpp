#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <string>
#include <vector>

namespace hcp::contract {
namespace {

const Day day{std::chrono::year{2026} / 1 / 1};

template <class Content>
Content sample(const std::string& code);
template <>
Department sample(const std::string& code) {
    return {code, "交易一部", "政府采购项目的进场交易服务", "12370000999999999K", day, day + std::chrono::days{90},
            "JY2"};
}
template <>
Item sample(const std::string& code) {
    return {code,
            "政府采购",
            "项目登记",
            "JY1",
            "370000000000",
            "12370000999999999K",
            "交易中心",
            "370099GGZY123001A1B2C3D4E5F6789",
            "37009",
            "20",
            "1",
            Promise::within,
            0,
            3,
            {"一站式", "一网通办"},
            {"项目登记"},
            day + std::chrono::days{900}};
}
template <>
Guide sample(const std::string& code) {
    std::vector<std::string> elements(guide_elements.size(), "要素🚇");
    elements[4] = std::string(3999, 'a') + "末";
    return {code, "2026-1", day, "交易一部综合岗", "首次发布", elements};
}

// What may be missing is.
template <class Content>
Content bare(const std::string& code) {
    auto content = sample<Content>(code);
    if constexpr (requires { content.until; }) content.until.reset();
    if constexpr (requires { content.successor; }) content.successor.clear();
    if constexpr (requires { content.norms; }) {
        content.norms.clear();
        content.nodes.clear();
        content.task_handle_item.clear();
        content.working_days = 0;
    }
    return content;
}

template <class Content>
EditionRow<Content> draft(Content content, std::int32_t revision = 1) {
    Edition edition;
    edition.revision = revision;
    edition.drafted_by = "S5";
    edition.drafted_at = monday + 1us;
    return {std::move(content), edition};
}

template <class Content, class Rows>
auto& part_in(Rows& rows) {
    if constexpr (std::is_same_v<Content, Department>) return rows.departments();
    if constexpr (std::is_same_v<Content, Item>) return rows.item_editions();
    if constexpr (std::is_same_v<Content, Guide>) return rows.guides();
}
template <class Content>
std::vector<EditionRow<Content>> all_in(Store& store) {
    return reading(store, [](Snapshot& rows) { return part_in<Content>(rows).all(); });
}
template <class Content>
std::vector<EditionRow<Content>> standing_in(Store& store) {
    return reading(store, [](Snapshot& rows) { return part_in<Content>(rows).standing(); });
}

template <class Content>
void come_and_go(Database& database) {
    const auto store = database.open();
    const auto first = draft(sample<Content>("B")), other = draft(bare<Content>("A"));
    must(put(*store, first, other));
    CHECK(all_in<Content>(*store) == std::vector{other, first});
    CHECK(standing_in<Content>(*store) == std::vector{other, first});

    const auto supersede = [&](std::int32_t revision, EditionState from) {
        return writing(*store, [&](Transaction& tx) { return part_in<Content>(tx).supersede("B", revision, from); });
    };
    const auto release = [&](std::int32_t revision, Instant at) {
        return writing(*store, [&](Transaction& tx) { return part_in<Content>(tx).release("B", revision, "S3", at); });
    };
    CHECK(release(1, monday + 1h) == 1);
    CHECK(release(1, monday + 2h) == 0);
    CHECK(release(7, monday + 2h) == 0);
    must(put(*store, draft(bare<Content>("B"), 2)));
    CHECK(supersede(1, EditionState::draft) == 0);
    CHECK(supersede(1, EditionState::active) == 1);
    CHECK(supersede(1, EditionState::active) == 0);
    CHECK(release(2, monday + 3h) == 1);
    must(put(*store, draft(sample<Content>("B"), 3)));
    CHECK(supersede(3, EditionState::draft) == 1);

    const std::vector<std::string> asked{"B", "nothing"};
    const auto history = reading(*store, [&](Snapshot& rows) { return part_in<Content>(rows).of(asked); });
    REQUIRE(history.size() == 3);
    CHECK(history[0].content == first.content);
    CHECK(history[0].edition == Edition{1, EditionState::superseded, 1, "S5", monday + 1us, "S3", monday + 1h});
    CHECK(history[1].edition == Edition{2, EditionState::active, 0, "S5", monday + 1us, "S3", monday + 3h});
    CHECK(history[2].edition == Edition{3, EditionState::superseded, 3, "S5", monday + 1us, "", std::nullopt});
    CHECK(standing_in<Content>(*store) == std::vector{other, history[1]});
    CHECK(reading(*store, [&](Snapshot& rows) { return part_in<Content>(rows).of({}); }).empty());
    const std::span<const EditionRow<Content>> versions{history};
    CHECK(active_at(versions, monday + 1h - 1us) == nullptr);
    CHECK(active_at(versions, monday + 1h) == &history[0]);
    CHECK(active_at(versions, monday + 24h) == &history[1]);
}

template <class Content>
void stand_alone(Database& database) {
    const auto store = database.open();
    must(put(*store, draft(sample<Content>("B"))));
    check_taken(*store, draft(sample<Content>("B")));
    check_taken(*store, draft(bare<Content>("B"), 2));  // a second draft
    CHECK(writing(*store, [](Transaction& tx) { return part_in<Content>(tx).release("B", 1, "S3", monday); }) == 1);
    must(put(*store, draft(bare<Content>("B"), 2)));
    const auto second = store->write([](Transaction& tx) -> result<void> {
        HCP_TRY(const auto moved, part_in<Content>(tx).release("B", 2, "S3", monday));
        (void)moved;
        return {};
    });
    CHECK(second.error() == store_errc::conflict);  // what is active was not superseded
    CHECK(standing_in<Content>(*store).size() == 2);
}

// By what an instance notices that the catalogue is another one.
void those_that_are_no_drafts_are_counted(Database& database) {
    const auto store = database.open();
    const auto settled = [&] {
        return reading(*store, [](Snapshot& rows) { return rows.references().newest(); }).editions;
    };
    must(put(*store, ReferenceRow{ReferenceKind::calendar, "2026", std::string(64, 'a'), "x", monday}));
    must(put(*store, draft(sample<Department>("A")), draft(sample<Item>("B")), draft(sample<Guide>("B"))));
    CHECK(settled() == 0);
    must(store->write([](Transaction& tx) -> result<void> {
        HCP_CHECK(tx.departments().release("A", 1, "S3", monday));
        HCP_CHECK(tx.item_editions().release("B", 1, "S3", monday));
        HCP_CHECK(tx.guides().release("B", 1, "S3", monday));
        return {};
    }));
    CHECK(settled() == 3);
    const auto supersede = [](Transaction& tx) { return tx.item_editions().supersede("B", 1, EditionState::active); };
    CHECK(writing(*store, supersede) == 1);
    CHECK(settled() == 3);
}

}  // namespace

void add_editions(std::vector<Clause>& all) {
    all.push_back({"editions of departments are drafted, released, superseded", come_and_go<Department>});
    all.push_back({"editions of items are drafted, released, superseded", come_and_go<Item>});
    all.push_back({"guides are drafted, released, superseded", come_and_go<Guide>});
    all.push_back({"a department has one draft and one active edition", stand_alone<Department>});
    all.push_back({"an item has one draft and one active edition", stand_alone<Item>});
    all.push_back({"an item has one draft of its guide and one active guide (M4.2)", stand_alone<Guide>});
    all.push_back({"editions that are drafts no more are counted, whatever became of them",
                   those_that_are_no_drafts_are_counted});
}

}  // namespace hcp::contract
