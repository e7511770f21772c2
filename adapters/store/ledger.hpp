#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/ledger.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::LedgerRow> auto& r) {
    io("lane", r.lane);
    io("seq", r.seq);
    io("kind", r.kind);
    io("at_us", r.at);
    io("canonical", r.canonical);
    io("hash", r.hash);
    io("seal", r.seal);
}

void fields(auto& io, Of<ports::LedgerHead> auto& r) {
    io("lane", r.lane);
    io("seq", r.seq);
    io("hash", r.hash);
}

class SqlLedger final : public ports::Ledger {
public:
    explicit SqlLedger(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::LedgerHead>> heads() override;
    result<std::vector<ports::LedgerRow>> after(std::int32_t lane, std::int64_t seq, std::size_t limit) override;
    result<void> append(std::span<const ports::LedgerRow>) override;
    result<std::optional<ports::LedgerHead>> at(std::int32_t lane, std::int64_t seq);

private:
    Unit& unit_;
};

}  // namespace hcp::store
