#include "tests/support/memory/subjects.hpp"

namespace hcp::test::memory {

result<std::vector<std::optional<SubjectRow>>> MemorySubjects::by_lookup(std::span<const Digest> keys) {
    const auto& t = unit_.tables;
    return in_order<SubjectRow>(keys, [&](const Digest& key) {
        const auto* id = t.subjects_by_lookup.find(key);
        return id == nullptr ? nullptr : t.subjects.find(*id);
    });
}

result<std::vector<SubjectRow>> MemorySubjects::after(SubjectId id, std::size_t limit) {
    return page(unit_.tables.subjects, id, limit);
}

result<SubjectMatters> MemorySubjects::matters(SubjectId id) {
    const auto& t = unit_.tables;
    SubjectMatters matters;
    for (const auto& [evaluation, row] : t.evaluations)
        if (row.subject_id == id && row.secrecy.may_be_told()) ++matters.evaluations;
    for (const auto& [ticket, row] : t.tickets)
        if (t.evaluations.find(row.evaluation_id)->subject_id == id && row.state == TicketState::fresh)
            matters.ticket_open = true;
    for (const auto& [leak, row] : t.leak_cases)
        if (t.evaluations.find(row.evaluation_id)->subject_id == id && !row.decided_at) matters.leak_open = true;
    return matters;
}

result<std::int64_t> MemorySubjects::erase(SubjectId id, const Digest& lookup, const Digest& instead) {
    auto& t = unit_.tables;
    const auto* found = t.subjects.find(id);
    if (found == nullptr || found->lookup != lookup) return 0;
    auto row = *found;
    row.wrapped_key.clear();
    row.lookup = instead;
    t.subjects_by_lookup.erase(unit_.undo, lookup);
    t.subjects_by_lookup.put(unit_.undo, instead, id);
    t.subjects.put(unit_.undo, id, std::move(row));
    return 1;
}

result<void> MemorySubjects::insert(std::span<const SubjectRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            conflict_if(t.subjects.contains(row.id) || t.subjects_by_lookup.contains(row.lookup));
            t.subjects.put(unit_.undo, row.id, row);
            t.subjects_by_lookup.put(unit_.undo, row.lookup, row.id);
        }
    });
}

}  // namespace hcp::test::memory
