#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemorySubjects final : public Subjects {
public:
    explicit MemorySubjects(Unit& unit) : unit_{unit} {}
    result<std::vector<std::optional<SubjectRow>>> by_lookup(std::span<const Digest> keys) override;
    result<std::vector<SubjectRow>> after(SubjectId, std::size_t limit) override;
    result<SubjectMatters> matters(SubjectId) override;
    result<void> insert(std::span<const SubjectRow> all) override;
    result<std::int64_t> erase(SubjectId, const Digest& lookup, const Digest& instead) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
