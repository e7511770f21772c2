#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/subjects.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::SubjectRow> auto& r) {
    io("id", r.id);
    io("lookup", r.lookup);
    io("subject_type", r.type);
    io("wrapped_key", r.wrapped_key);
    io("created_at_us", r.created_at);
}

class SqlSubjects final : public ports::Subjects {
public:
    explicit SqlSubjects(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<std::optional<ports::SubjectRow>>> by_lookup(std::span<const Digest>) override;
    result<std::vector<ports::SubjectRow>> after(SubjectId, std::size_t limit) override;
    result<ports::SubjectMatters> matters(SubjectId) override;
    result<void> insert(std::span<const ports::SubjectRow>) override;
    result<std::int64_t> erase(SubjectId, const Digest& lookup, const Digest& instead) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
