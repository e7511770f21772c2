#pragma once
#include "tests/support/memory/unit.hpp"

#include <set>

namespace hcp::test::memory {

template <class Content>
class MemoryEditions final : public Editions<Content> {
public:
    using Row = EditionRow<Content>;
    explicit MemoryEditions(Unit& unit) : unit_{unit} {}
    result<std::vector<Row>> all() override {
        return those([](const Row&) { return true; });
    }
    result<std::vector<Row>> standing() override {
        return those([](const Row& row) { return row.edition.state != EditionState::superseded; });
    }
    result<std::vector<Row>> of(std::span<const std::string> codes) override {
        const std::set<std::string> asked{codes.begin(), codes.end()};
        return those([&](const Row& row) { return asked.contains(code_of(row.content)); });
    }
    result<void> insert(std::span<const Row> all) override {
        return unit_.guarded([&] {
            for (const auto& row : all) {
                fits(code_of(row.content), 64);
                conflict_if(table().contains(key_of(row)));
                put(row);
            }
        });
    }
    result<std::int64_t> supersede(std::string_view code, std::int32_t revision, EditionState from) override {
        return change(code, revision, from, [](Edition& edition) {
            edition.state = EditionState::superseded;
            edition.superseded_no = edition.revision;
        });
    }
    result<std::int64_t> release(std::string_view code, std::int32_t revision, std::string_view by,
                                 Instant at) override {
        return change(code, revision, EditionState::draft, [&](Edition& edition) {
            edition.state = EditionState::active;
            edition.released_by = by;
            edition.released_at = at;
        });
    }

private:
    using Key = std::pair<std::string, std::int32_t>;
    static Key key_of(const Row& row) { return {code_of(row.content), row.edition.revision}; }
    auto& table() { return std::get<Table<Key, Row>>(unit_.tables.editions); }

    template <class Is>
    std::vector<Row> those(const Is& is) {
        std::vector<Row> out;
        for (const auto& [key, row] : table())
            if (is(row)) out.push_back(row);
        return out;
    }
    void put(const Row& row) {
        for (const auto& [key, known] : table())
            conflict_if(key != key_of(row) && code_of(known.content) == code_of(row.content) &&
                        known.edition.state == row.edition.state &&
                        known.edition.superseded_no == row.edition.superseded_no);
        table().put(unit_.undo, key_of(row), row);
    }
    template <class Change>
    result<std::int64_t> change(std::string_view code, std::int32_t revision, EditionState from, const Change& how) {
        return unit_.guarded([&]() -> std::int64_t {
            const auto* const found = table().find({std::string{code}, revision});
            if (found == nullptr || found->edition.state != from) return 0;
            auto row = *found;
            how(row.edition);
            put(row);
            return 1;
        });
    }

    Unit& unit_;
};

}  // namespace hcp::test::memory
