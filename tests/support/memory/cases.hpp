#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryCases final : public Cases {
public:
    explicit MemoryCases(Unit& unit) : unit_{unit} {}
    result<std::vector<std::optional<CaseRow>>> by_key(std::span<const Digest> keys) override;
    result<std::vector<std::optional<WithdrawalRow>>> withdrawals(std::span<const Digest> keys) override;
    result<std::vector<CaseRow>> after(CaseId id, std::size_t limit) override;
    result<std::optional<CaseRow>> find(CaseId id) override;
    result<std::vector<CaseRow>> by_number(std::string_view case_no, std::size_t limit) override;
    result<std::vector<CaseRow>> unassigned_after(CaseId id, std::size_t limit) override;
    result<void> insert(std::span<const CaseRow> all) override;
    result<void> insert(std::span<const WithdrawalRow> all) override;
    result<void> withdraw(CaseId id, Instant at) override;
    result<void> attribute(CaseId id, const CaseAttribution& to) override;
    result<std::vector<CaseId>> lift(const OpeningRow& opening, Instant at) override;

private:
    static void check(const CaseRow& row);

    Unit& unit_;
};

}  // namespace hcp::test::memory
